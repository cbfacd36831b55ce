import { realpathSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../environment.ts';
import { isExecutable } from '../pip/shebang.ts';
import { isInside } from './venv.ts';

/**
 * A program on PATH, or in `~/.local/bin` though that be missing from it. Relative entries of PATH do not count, nor
 * those inside `below` (somebody's project): nothing is run because it lies in a directory.
 */
export function findProgram(name: string, environment: Environment, below: string): string | undefined {
  const outside = (entry: string) =>
    isInside(real(environment.home), real(below)) || !isInside(real(entry), real(below));
  return [...environment.path.split(':'), join(environment.home, '.local/bin')]
    .filter((entry) => isAbsolute(entry) && outside(entry))
    .map((entry) => join(entry, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    return isExecutable(file);
  } catch {
    return false;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
