import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lookAtEnvironment } from '../place/environment.ts';
import { putAsideFile, putAsideFor, unfinishedFile } from '../place/unfinished.ts';
import { DetourError } from '../system/errors.ts';
import { endLeftBy } from '../system/left-running.ts';
import { listing } from '../system/listing.ts';
import { isRunning } from '../system/running.ts';
import { succeeds } from '../system/succeeds.ts';

/** Where a broken environment is put while another is made in its place by the process `pid`. */
export function asideOf(path: string, pid: number): string {
  return `${path}.pip-detour-old-${pid}`;
}

/** The environments that were put aside by this process, and by processes that were killed. */
export function oldOnes(path: string): string[] {
  const start = asideOf(basename(path), 0).slice(0, -1);
  return listing(dirname(path))
    .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    .filter((name) => {
      const pid = Number(name.slice(start.length));
      return pid === process.pid || !isRunning(pid);
    })
    .map((name) => join(dirname(path), name));
}

/**
 * Puts a broken environment aside. One that a killed run left half-made is removed; the one which that run had put aside
 * takes its place.
 */
export function putAside(path: string, aside: string): void {
  // The question may have been open for long, and somebody else have answered the same one since.
  if (lookAtEnvironment(path, process.getuid?.() ?? -1).state !== 'broken')
    throw new DetourError(
      'made-meanwhile',
      `${path} was changed in the meantime`,
      'type the same command again',
    );
  const maker = makerOf(path);
  // A pip that outlived its pip-detour would go on by this path, into the new one.
  endLeftBy(maker, path);
  const earlier = putAsideFor(path) ?? asideOf(path, maker);
  if (existsSync(earlier)) {
    rmSync(path, { recursive: true, force: true });
    renameSync(earlier, path);
  }
  // rename(2) takes an empty directory's place without a word.
  if (existsSync(aside)) throw new DetourError('in-the-way', `${aside} is there already`, 'move it away');
  succeeds(() => writeFileSync(join(path, putAsideFile), `${basename(path)}\n`));
  renameSync(path, aside);
}

/** The process that was making an environment, as it wrote it down; NaN where none did. */
function makerOf(path: string): number {
  try {
    return Number.parseInt(readFileSync(join(path, unfinishedFile), 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}
