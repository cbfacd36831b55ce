import { existsSync, fstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { isForeground } from '../system/foreground.ts';
import { holdsAlone } from '../system/ownership.ts';
import { realOr } from '../system/real-path.ts';
import { isRunning } from '../system/running.ts';
import type { TypedIn } from '../system/typed-in.ts';
import type { Environment } from '../system/variables.ts';
import { parentOfTyped } from '../system/waiting-pip.ts';
import { canBeTold, makeOwn, shellDirectory, writeWhole } from './told-files.ts';

/** What the very shell that this was typed in is told. */

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
