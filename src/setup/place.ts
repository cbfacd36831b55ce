import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DetourError } from '../system/errors.ts';
import { listing } from '../system/listing.ts';
import { printable } from '../system/quote.ts';
import { sameFile } from '../system/real-path.ts';
import { ask } from '../system/unseen.ts';
import { type Environment, nowhere } from '../system/variables.ts';
import { readBytes } from './files.ts';
import { machineFront } from './machine.ts';
import { hasManifest } from './manifest.ts';
import { type Homes, shellNamed } from './shells.ts';
import { isPackaged, originOf } from './way.ts';

/** The directory this copy of the program lies in, by the name the person's own paths use where a link leads to it. */
export function programDirectory(environment: Environment): string {
  const running = dirname(dirname(fileURLToPath(import.meta.url)));
  return sameFile(running, environment.dataDirectory) ? environment.dataDirectory : running;
}

/**
 * The directory that the rc line names and that setting up adds to: the program's own, or the front of one that a package
 * manager owns: the person's if there is one, else all users'.
 */
export function installedDirectory(environment: Environment): string {
  const program = programDirectory(environment);
  if (!isPackaged(originOf(program))) return program;
  const machine = hasManifest(machineFront) && !hasManifest(environment.dataDirectory);
  return machine ? machineFront : environment.dataDirectory;
}

/** The same where it is set up, else the program's own: in either the shims can be run. */
export function workingDirectory(environment: Environment): string {
  const installed = installedDirectory(environment);
  return isProgram(installed) ? installed : programDirectory(environment);
}

/** Whether a directory holds an installed or built pip-detour: what may be removed as a whole. */
export function isProgram(directory: string): boolean {
  return existsSync(join(directory, 'lib/cli.cjs')) && listing(join(directory, 'shims')).includes('pip');
}

/**
 * Where this person's shells read their rc files. zsh itself is asked, because ZDOTDIR is usually set in ~/.zshenv,
 * unexported; bash and fish have nothing of the kind.
 */
export async function homesOf(environment: Environment): Promise<Homes> {
  if (environment.home === nowhere)
    throw new DetourError(
      'no-home',
      'HOME is not set, so there is no place to set up',
      'set HOME to your home directory',
    );
  return {
    home: environment.home,
    config: dirname(environment.configDirectory),
    zdotdir: await zdotdirOf(environment),
    macos: process.platform === 'darwin',
    textOf: (path) => {
      try {
        return readBytes(path);
      } catch {
        // There, but not to be read: as a login file it is reported when it is to be changed.
        return '';
      }
    },
  };
}

async function zdotdirOf(environment: Environment): Promise<string | undefined> {
  const shell = personsShell(environment);
  const given = environment.variables['ZDOTDIR'];
  const sign = 'pip-detour ZDOTDIR=';
  const told =
    shellNamed(shell) === 'zsh' && shell !== undefined
      ? await ask(shell, ['-c', `print -r -- "${sign}\${ZDOTDIR-}"`], environment.variables, 5_000)
      : undefined;
  const line = told?.split('\n').find((text) => text.startsWith(sign));
  const directory = line?.slice(sign.length) || given;
  return directory !== undefined && isAbsolute(directory) ? directory : undefined;
}

/** The login shell's path: `SHELL`, or in a container that sets none what the user database says. */
export function personsShell(environment: Environment): string | undefined {
  if (environment.shell !== undefined) return environment.shell;
  try {
    return userInfo().shell ?? undefined;
  } catch {
    // A user id without an entry in the database.
    return undefined;
  }
}

/** The shortest-lived detail of an installation is node's version directory: the name on PATH outlives an upgrade. */
export function lastingNode(path: string): string {
  const onPath = path
    .split(':')
    .filter(isAbsolute)
    .map((directory) => join(directory, 'node'));
  return onPath.find((file) => sameFile(file, process.execPath)) ?? process.execPath;
}

/** PATH separates its entries with colons, so a directory with one in its name cannot be on it. */
export function refuseColon(directory: string): void {
  if (directory.includes(':'))
    throw new DetourError(
      'colon-in-path',
      `${printable(directory)} has a colon in its name, so it cannot be on PATH`,
      'set XDG_DATA_HOME to a directory without one',
    );
}

/**
 * Whether root was asked by somebody else (sudo, pkexec(1), doas(1)), whose own shell is meant.
 * @throws DetourError `for-root`.
 */
export function refuseForRoot({ variables }: Environment): void {
  const asked =
    [variables['SUDO_UID'], variables['PKEXEC_UID']].some((uid) => Number(uid ?? 0) > 0) ||
    (variables['DOAS_USER'] ?? 'root') !== 'root';
  if (process.getuid?.() === 0 && asked)
    throw new DetourError(
      'for-root',
      "run with sudo, this would set up root's shell, and not yours",
      'pip-detour setup (for everybody: sudo pip-detour setup --all-users; for root itself: sudo pip-detour setup --for-root)',
    );
}
