import {
  existsSync,
  fstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { isForeground } from '../system/foreground.ts';
import { makeDirectories } from '../system/make-directories.ts';
import { holdsAlone, isRootInAnothers, whyUnsafe } from '../system/ownership.ts';
import { realOr } from '../system/real-path.ts';
import { isRunning } from '../system/running.ts';
import type { Environment, TypedIn } from '../system/variables.ts';
import { parentOfTyped } from '../system/waiting-pip.ts';

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
 * Says that the environment is still the one: what was published is newer than it then, which is how the shim knows that
 * nothing has been put in its place since (_pd_awaited in shims/pip).
 */
export function confirm(stateDirectory: string, directory: string): void {
  const now = new Date();
  try {
    utimesSync(published(stateDirectory, directory), now, now);
  } catch {
    // Nothing was published, or it cannot be changed: the shim then takes the longer way.
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
export function setShellSwitch(stateDirectory: string, name: ShellSwitch, on: boolean): void {
  const file = join(shellDirectory(stateDirectory), name);
  if (on) {
    makeOwn(stateDirectory, dirname(file));
    if (!existsSync(file)) writeFileSync(file, '', { flag: 'wx' });
  } else rmSync(file, { force: true });
}

/**
 * Whether the shell this was typed in will see what `enter` writes: its hook was read, it waits for us as its own child
 * in the foreground, and it is still that shell and not a program it was replaced by. A part of a pipeline is a subshell's
 * in some shells and the shell's own in others; it is one rule for all of them.
 */
export function canEnter({ typedIn, stateDirectory }: Environment): boolean {
  return (
    typedIn !== undefined &&
    typedIn.fixed === undefined &&
    parentOfTyped() === typedIn.pid &&
    isForeground() !== false &&
    ![0, 1, 2].some(isPipe) &&
    isThatShell(typedIn) &&
    dirname(typedIn.file) === shellDirectory(stateDirectory)
  );
}

/** The readonly variable for which the shell this was typed in can enter no environment, not even by a line typed there. */
export function fixedInShell({ typedIn }: Environment): string | undefined {
  return typedIn !== undefined && parentOfTyped() === typedIn.pid && isThatShell(typedIn)
    ? typedIn.fixed
    : undefined;
}

function isPipe(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFIFO();
  } catch {
    return false;
  }
}

/** The name Linux has for a process is its program's; elsewhere there is nothing to compare. */
function isThatShell({ shell, pid }: TypedIn): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').includes(shell);
  } catch {
    return true;
  }
}

/** Why a shell cannot enter an environment, whatever its hook does, in words; undefined when it can. */
export function cannotBeEntered(directory: string): string | undefined {
  if (directory.includes(':')) return 'its path has a colon, which separates the entries of PATH';
  if (!canBeTold(directory)) return 'its path has characters in it that cannot be handed to a shell';
  if (!existsSync(join(directory, 'pyvenv.cfg')) || !existsSync(join(directory, 'bin/python')))
    return 'it is not a virtual environment';
  return undefined;
}

/**
 * Tells the shell this was typed in to enter an environment before its next prompt, and to leave it with `place`, the
 * directory (a real path) that it is for; true when it will. Only to be called where `canEnter` says so, and after
 * everything has worked.
 */
export function enter(environment: Environment, directory: string, place: string): boolean {
  if (cannotBeEntered(directory) !== undefined) return false;
  const reach = holdsAlone(place, realOr(environment.home)) ? 'alone' : 'below';
  return tell(environment, [directory, ...(canBeTold(place) ? [place, reach] : [])]);
}

/** Tells the shell this was typed in, where there is one, to look again at what its directory is to be in. */
export function lookAgain(environment: Environment): void {
  if (canEnter(environment)) tell(environment, ['.']);
}

function tell({ typedIn, stateDirectory }: Environment, lines: readonly string[]): boolean {
  if (typedIn === undefined) return false;
  try {
    makeOwn(stateDirectory, dirname(typedIn.file));
    sweep(dirname(typedIn.file));
    writeWhole(typedIn.file, `${lines.join('\n')}\n`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes the files of this machine's shells that are gone: a shell can empty its own with builtins, not remove it. And
 * what was written beside one (writeWhole) by a process that was killed.
 */
function sweep(directory: string): void {
  const ours = `${hostname()}.`;
  for (const name of readdirSync(directory)) {
    const [, shell, writer] = /^(\d+)(?:\.(\d+))?$/.exec(name.slice(ours.length)) ?? [];
    if (!name.startsWith(ours) || shell === undefined || isRunning(Number(writer ?? shell))) continue;
    rmSync(join(directory, name), { force: true });
  }
}

/** A path that a shell can read from a line: absolute, text, no control characters. */
function canBeTold(path: string): boolean {
  return /^\/[^\u0000-\u001f\u007f\ufffd]*$/u.test(path);
}

/** Makes a directory for shells. @throws Error when what all of them lie in is another's, or others may write there. */
function makeOwn(stateDirectory: string, directory: string): void {
  const top = shellDirectory(stateDirectory);
  if (isRootInAnothers(top)) throw new Error(`${top} belongs to another user, and you are root`);
  makeDirectories(directory, 0o700);
  const unsafe = whyUnsafe(top);
  if (unsafe !== undefined) throw new Error(`${top}: ${unsafe}`);
}

/** A shell never reads half a line: the file is put in place whole. */
function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    // Whatever was left or planted under that name is not written through.
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } catch (thrown) {
    rmSync(beside, { force: true });
    throw thrown;
  }
}
