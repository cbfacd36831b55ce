import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { isatty } from 'node:tty';
import { readRelease } from '../../place/platform.ts';
import { onPath } from '../../place/programs.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { Interpreter, SystemPackages } from '../../types.ts';
import { distributionsManager, keeperOf, managerById } from './managers/index.ts';

/**
 * The package manager whose packages the refused Python sees, not yet asked; undefined when there is none: the Python
 * is uv's or conda's, lies elsewhere, or is not the one the distribution makes packages for. Starts nothing.
 */
export function lookForSystemPackages(
  interpreter: Interpreter | undefined,
  environment: Environment,
  uid: number,
  release: ReadonlyMap<string, string> = readRelease(),
): SystemPackages | undefined {
  if (interpreter?.marker === undefined) return undefined;
  const kept = keeperOf(interpreter.stdlib);
  const manager = kept ?? (isDistributions(interpreter) ? distributionsManager(release) : undefined);
  if (manager === undefined) return undefined;
  const root = rootBy(managerById(manager)?.needsRoot === true, environment, uid);
  return {
    manager,
    state: 'unasked',
    answers: [],
    // Not process.stdin: opening the stream takes 1 ms, and more on a pipe (src/flow/attendance.ts).
    attended: isatty(0) && isatty(2),
    ...(root === undefined ? {} : { root }),
  };
}

function isDistributions(interpreter: Interpreter): boolean {
  return /^\/usr\/lib(32|64)?\/python3\.\d+$/.test(interpreter.stdlib) && isDefault(interpreter);
}

/** Packages are made for the distribution's own version of Python, which is what python3 leads to. */
function isDefault({ version }: Interpreter): boolean {
  try {
    // Gentoo has a wrapper there that says nothing.
    const target = basename(realpathSync('/usr/bin/python3'));
    return !/^python3\.\d+$/.test(target) || target === `python${version}`;
  } catch {
    return false;
  }
}

function rootBy(needsRoot: boolean, environment: Environment, uid: number): readonly string[] | undefined {
  if (uid === 0 || !needsRoot) return [];
  const cwd = currentDirectory();
  for (const program of ['sudo', 'doas']) {
    const found = onPath(program, environment, cwd);
    if (found !== undefined) return [found];
  }
  return undefined;
}
