import { existsSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { statOf } from '../system/ownership.ts';
import { canBeTold, makeOwn, shellDirectory, writeWhole } from './told-files.ts';

/**
 * What the shell hooks read, all of it below the state directory, and never code: a hook looks with builtins only, so
 * what it needs to know lies in places it can name without asking anybody.
 *
 *     shell/auto/<real path of a directory>/.pip-detour-environment    the environment to be in there; `below` or
 *                                                                      `alone`; `always` where that was answered
 *     shell/<host>.<pid>                                               the environment that very shell is to enter next;
 *                                                                      the directory it is for; `below` or `alone`. Or `.`
 *     shell/<switch>                                                   a setting that shells must know: there is on
 */

/** Settings that a shell must know without starting a process. */
export type ShellSwitch = 'auto-activate' | 'no-auto-activate' | 'no-activation-note' | 'no-python-m-pip';

/** Improbable as a directory's own name, which would stand in its place. */
const leaf = '.pip-detour-environment';

/** The file that tells a shell what is remembered for a directory, by its real path. */
function published(stateDirectory: string, directory: string): string {
  return join(shellDirectory(stateDirectory), 'auto', directory, leaf);
}

/**
 * Tells the shells that this person wants `environment` (an absolute path) in `directory` (a real path) and below, or
 * with `alone` in it only; with `always` whatever the setting auto-activate is by default. To be called whenever a choice with an environment is remembered; replaces what was there.
 * False when a shell could not be told: a name no line can hold, a disk that cannot be written to.
 */
export function publish(
  stateDirectory: string,
  directory: string,
  environment: string,
  { alone = false, always = false } = {},
): boolean {
  if (!canBeTold(directory) || !canBeTold(environment) || directory.split('/').includes(leaf)) return false;
  const file = published(stateDirectory, directory);
  try {
    makeOwn(stateDirectory, dirname(file));
    writeWhole(file, `${environment}\n${alone ? 'alone' : 'below'}\n${always ? 'always\n' : ''}`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Says that the environment is still the one: what was published is newer than it then, which is how the shim and the shells
 * know that nothing has been put in its place since (_pd_awaited in shims/pip, _pip_detour_meant in the hooks).
 */
export function confirm(stateDirectory: string, directory: string): void {
  // A Date has no more than milliseconds, and the environment may have been written in this very one.
  const now = new Date(Date.now() + 1);
  try {
    utimesSync(published(stateDirectory, directory), now, now);
  } catch {
    // Nothing was published, or it cannot be changed: the shim then takes the longer way.
  }
}

/** Whether nothing has been put in the place of `environment` since it was published for `directory`, as a shell sees it. */
export function isConfirmed(stateDirectory: string, directory: string, environment: string): boolean {
  const told = statOf(published(stateDirectory, directory))?.mtimeMs;
  return ['pyvenv.cfg', 'bin/python'].every((name) => {
    const changed = statOf(join(environment, name))?.mtimeMs;
    return changed !== undefined && told !== undefined && changed <= told;
  });
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
export function setShellSwitch(stateDirectory: string, name: ShellSwitch, on: boolean): void {
  const file = join(shellDirectory(stateDirectory), name);
  if (on) {
    makeOwn(stateDirectory, dirname(file));
    if (!existsSync(file)) writeFileSync(file, '', { flag: 'wx' });
  } else rmSync(file, { force: true });
}
