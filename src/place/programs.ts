import { isAbsolute, join, resolve } from 'node:path';
import { isExecutable } from '../pip/shebang.ts';
import { isInside, realPath } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';

/** Finding programs on PATH without trusting the directory somebody stands in. */

/**
 * Nothing is run because it lies in the directory somebody stands in, so neither relative entries count nor those below
 * it; a person standing in their home (or above it) still has the pipx of their own `~/.local/bin`.
 */
export function onPath(program: string, environment: Environment, cwd: string): string | undefined {
  return trustedEntries(environment, cwd)
    .map((entry) => join(entry, program))
    .find(isExecutable);
}

/** The entries of PATH in which programs are looked for by that rule. */
export function trustedEntries({ path, home }: Environment, cwd: string): string[] {
  const here = cwd === '' ? '/' : real(cwd);
  if (isInside(real(home), here)) return absoluteEntries(path);
  return absoluteEntries(path).filter((entry) => !isInside(real(entry), here));
}

/** As `onPath`, and also in `~/.local/bin` where that is not on PATH: people's own tools are installed there. */
export function findProgram(program: string, environment: Environment, cwd: string): string | undefined {
  const path = `${environment.path}:${join(environment.home, '.local/bin')}`;
  return onPath(program, { ...environment, path }, cwd);
}

/** The entries of a PATH that do not depend on where one stands. */
export function absoluteEntries(path: string): string[] {
  return path.split(':').filter((entry) => isAbsolute(entry));
}

/** A path with its links resolved, as far as it is there. */
export function real(path: string): string {
  try {
    return realPath(path);
  } catch {
    return resolve(path);
  }
}
