import { chmodSync, chownSync, cpSync, lchownSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freshHome, placeProgram } from '../install/support.ts';
import type { Ran, RunOptions, Sandbox } from './sandbox.ts';

/** Two ordinary users who need no entry in /etc/passwd: the person, and somebody else on the same machine. */
export const person = 23_001;
export const neighbour = 23_002;

/** Only root can make files of two users, and run as one of them. */
export const cannotBeTwo = process.getuid?.() !== 0;

/** What runs a command as a user without any privilege. */
export const asUser = (uid: number): readonly string[] => [
  '/usr/bin/setpriv',
  `--reuid=${uid}`,
  `--regid=${uid}`,
  '--clear-groups',
  '--inh-caps=-all',
];

export interface Shared extends Sandbox {
  /** A directory of the machine that the test says who owns: not below the person's home. */
  readonly shared: string;
  /** Runs as the person (or `uid`), in `shared` unless told otherwise. */
  as(uid: number, command: string, args?: readonly string[], options?: RunOptions): Ran;
  /** A directory, made, with this owner and mode whatever the umask. */
  directory(path: string, uid: number, mode?: number): string;
}

/** A machine of several: the person has pip-detour in a home of theirs, and `shared` is `mode` and `owner`'s. */
export function sharedMachine(
  owner: number,
  mode: number,
  extra: Readonly<Record<string, string>> = {},
): Shared {
  const box = freshHome(extra);
  const program = placeProgram({
    ...box,
    env: { ...box.env, XDG_DATA_HOME: join(box.home, '.local/share') },
  });
  // What the tests use of this machine lies in directories of root's alone.
  const wheels = join(box.root, 'wheels');
  cpSync(box.wheels, wheels, { recursive: true });
  chmodSync(box.root, 0o755);
  chmodSync(wheels, 0o755);
  box.env['PIP_FIND_LINKS'] = wheels;
  box.env['PATH'] = `${program}/shims:${box.env['PATH']}:${dirname(process.execPath)}`;
  delete box.env['PIPX_SHARED_LIBS'];
  box.run('chown', ['-R', `${person}:${person}`, box.home]);
  const directory = (path: string, uid: number, its = 0o755): string => {
    mkdirSync(path, { recursive: true });
    chownSync(path, uid, uid);
    chmodSync(path, its);
    return path;
  };
  const shared = directory(join(box.root, 'shared'), owner, mode);
  return {
    ...box,
    shared,
    directory,
    as: (uid, command, args = [], options = {}) =>
      box.run('/usr/bin/setpriv', [...asUser(uid).slice(1), command, ...args], { cwd: shared, ...options }),
  };
}

/** Gives a link or a file to a user. */
export function give(path: string, uid: number): void {
  lchownSync(path, uid, uid);
}

/** Owner and mode, as `stat` shows them: `23001 755`. */
export function whose(path: string): string {
  const { uid, mode } = statSync(path);
  return `${uid} ${(mode & 0o7777).toString(8)}`;
}
