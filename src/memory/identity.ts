import { statSync } from 'node:fs';
import type { RememberedTarget } from '../types.ts';

/**
 * Tells a directory from a later one of the same name: its inode and when that was made (stat(2), statx(2)). The
 * device is left out, its number may change with every start. A directory that is moved keeps it, a copy has another.
 * Undefined when there is no such directory.
 */
export function identityOf(directory: string): string | undefined {
  try {
    const { ino, birthtimeMs } = statSync(directory, { bigint: true });
    return `${ino}-${birthtimeMs}`;
  } catch {
    return undefined;
  }
}

/** A remembered environment as what stands in its place now: on another disk it has another identity. */
export function identified(environment: NonNullable<RememberedTarget['environment']>) {
  const identity = identityOf(environment.directory);
  return { ...environment, ...(identity === undefined ? {} : { identity }) };
}

/** False only when both are known and differ: what was never noted proves nothing. */
export function isSame(directory: string, identity: string | undefined): boolean {
  const now = identityOf(directory);
  return identity === undefined || now === undefined || now === identity;
}
