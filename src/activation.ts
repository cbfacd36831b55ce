import { mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What the shell hooks read, all of it below the state directory, and never code: a hook looks with builtins only, so
 * what it needs to know lies in places it can name without asking anybody.
 *
 *     shell/auto/<real path of a directory>/.pip-detour-environment    the environment to be in there
 *     shell/<switch>                                                   a setting that shells must know: there is on
 */

/** Settings that a shell must know without starting a process. */
export type ShellSwitch = 'auto-activate' | 'no-python-m-pip';

/** Improbable as a directory's own name, which would stand in its place. */
const leaf = '.pip-detour-environment';

/** Where everything for shells lies. */
export function shellDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'shell');
}

/** The file that tells a shell what is remembered for a directory, by its real path. */
function published(stateDirectory: string, directory: string): string {
  return join(shellDirectory(stateDirectory), 'auto', directory, leaf);
}

/**
 * Tells the shells that this person wants `environment` (an absolute path) in `directory` (a real path) and below, or
 * with `alone` in it only. To be called whenever a choice with an environment is remembered; replaces what was there.
 * False when a shell could not be told: a name no line can hold, a disk that cannot be written to.
 */
export function publish(
  stateDirectory: string,
  directory: string,
  environment: string,
  { alone = false } = {},
): boolean {
  if (!canBeTold(directory) || !canBeTold(environment) || directory.split('/').includes(leaf)) return false;
  const file = published(stateDirectory, directory);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeWhole(file, `${environment}\n${alone ? 'alone' : 'below'}\n`);
    return true;
  } catch {
    return false;
  }
}

/** Takes back what was published for exactly this directory (a real path); true when there was something. */
export function withdraw(stateDirectory: string, directory: string): boolean {
  const file = published(stateDirectory, directory);
  const top = shellDirectory(stateDirectory);
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return false;
    rmSync(file);
    // The directories that led to it alone.
    for (let above = dirname(file); above !== top; above = dirname(above)) rmdirSync(above);
  } catch {
    // The rest leads to something else.
  }
  return statSync(file, { throwIfNoEntry: false }) === undefined;
}

/** Takes back everything that was published. */
export function withdrawAll(stateDirectory: string): void {
  rmSync(join(shellDirectory(stateDirectory), 'auto'), { recursive: true, force: true });
}

/** Tells the shells that a setting is on or off. @throws what writing there throws. */
export function flip(stateDirectory: string, name: ShellSwitch, on: boolean): void {
  const file = join(shellDirectory(stateDirectory), name);
  if (on) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, '');
  } else rmSync(file, { force: true });
}

/** A path that a shell can read from a line: absolute, text, no control characters. */
export function canBeTold(path: string): boolean {
  return /^\/[^\u0000-\u001f\u007f\ufffd]*$/u.test(path);
}

/** A shell never reads half a line: the file is put in place whole. */
function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, text, { mode: 0o600 });
    renameSync(beside, file);
  } catch (thrown) {
    rmSync(beside, { force: true });
    throw thrown;
  }
}
