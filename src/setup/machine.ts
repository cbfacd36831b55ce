import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DetourError } from '../system/errors.ts';
import { shortPath } from '../system/quote.ts';
import { profileCommand, type RcFile, rcCommand } from './shells.ts';

/** The front for all of a machine's users (FHS 3.0, 5.8: what belongs to one host and changes). */
export const machineFront = '/var/lib/pip-detour';

/** What each shell reads for everybody, interactive or at login; of several names the first that is there. */
const read = {
  profile: ['/etc/profile.d'],
  // Debian and Arch; Alpine; Fedora and macOS.
  bash: ['/etc/bash.bashrc', '/etc/bash/bashrc', '/etc/bashrc'],
  zsh: ['/etc/zsh/zshrc', '/etc/zshrc'],
  fish: ['/etc/fish'],
} as const;

/** The files to add a line to, each with the line for its shell; of shells that are not here, none. */
export function machineFiles(front = machineFront): readonly RcFile[] {
  const at = (shell: keyof typeof read) => read[shell].filter((path) => existsSync(path)).slice(0, 1);
  return [
    ...at('profile').map((path) => ({ path: join(path, 'pip-detour.sh'), command: profileCommand(front) })),
    ...at('bash').map((path) => ({ path, command: rcCommand('bash', front) })),
    ...at('zsh').map((path) => ({ path, command: rcCommand('zsh', front) })),
    ...at('fish').map((path) => ({
      path: join(path, 'conf.d/pip-detour.fish'),
      command: rcCommand('fish', front),
    })),
  ];
}

/**
 * Whether everybody could use it: root sets it up, and what is set up lies where others may read.
 * @throws DetourError `not-root`, `not-for-all`.
 */
export function refuseForAll(files: readonly string[]): void {
  if (process.getuid?.() !== 0)
    throw new DetourError(
      'not-root',
      'only root can set it up for all users',
      'sudo pip-detour setup --all-users',
    );
  const closed = files.map(closedAt).find((place) => place !== undefined);
  if (closed !== undefined)
    throw new DetourError(
      'not-for-all',
      `other users may not read ${shortPath(closed, '')}, where this copy of pip-detour or its Node lies`,
      'install the .deb, or with npm for the whole system, and use a Node of the system',
    );
}

/** The first directory on the way to a file, or the file, that others may not go to or read. */
function closedAt(file: string): string | undefined {
  const way = [file];
  while (way[0] !== '/') way.unshift(dirname(way[0] ?? '/'));
  return way.find((place) => {
    const stat = statSync(place);
    return (stat.mode & (stat.isDirectory() ? 0o001 : 0o004)) === 0;
  });
}
