import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { statOf } from '../system/ownership.ts';
import type { Environment } from '../system/variables.ts';
import { compareVersions } from './versions.ts';

/** Whose configuration is read: pip's version and its Python's two prefixes decide about the places. */
export interface ConfigurationRequest {
  readonly environment: Environment;
  /** `sys.prefix` and `sys.base_prefix` of the Python that runs pip. */
  readonly prefix: string;
  readonly basePrefix: string;
  readonly pip: string;
  /** pip's `--isolated`: neither variables nor the user's files. */
  readonly isolated: boolean;
}

/**
 * `~` as Python's `os.path.expanduser` has it for an entry of XDG_CONFIG_DIRS; platformdirs 4 (pip 24.1) leaves it as it is.
 * `~somebody` is not looked up.
 */
function expandUser(path: string, tilde: string): string {
  if (path !== '~' && !path.startsWith('~/')) return path;
  return tilde + path.slice(1) || '/';
}

/** pip's directories in XDG_CONFIG_DIRS as the platformdirs inside each pip reads them. */
function systemDirectories(environment: Environment, pip: string): string[] {
  const given = environment.variables['XDG_CONFIG_DIRS'] ?? '';
  const within = (entries: readonly string[]) => entries.map((entry) => join(entry, 'pip'));
  if (given.trim() === '') return within(['/etc/xdg']);
  const entries = given.split(':');
  if (compareVersions(pip, '24.1') < 0)
    return within(entries.map((entry) => expandUser(entry, environment.tilde)));
  if (compareVersions(pip, '26.2') < 0) return within(entries);
  const trimmed = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  // With nothing left 26.2 joins nothing, and looks where one stands.
  if (compareVersions(pip, '26.3') < 0) return trimmed.length === 0 ? [''] : within(trimmed);
  const absolute = trimmed.filter((entry) => entry.startsWith('/'));
  return within(absolute.length === 0 ? ['/etc/xdg'] : absolute);
}

function userDirectory(environment: Environment, pip: string): string {
  const given = environment.variables['XDG_CONFIG_HOME'] ?? '';
  const young = compareVersions(pip, '26.3') >= 0;
  // Only an empty HOME is no home to 26.3.
  const none = young && environment.variables['HOME'] === '';
  const fallback = `${none ? environment.home : environment.tilde}/.config`;
  if (given.trim() === '') return fallback;
  if (compareVersions(pip, '26.2') < 0) return given;
  return young && !given.trim().startsWith('/') ? fallback : given.trim();
}

/** pip.conf's places on Linux and other Unixes, without the one PIP_CONFIG_FILE names. */
function unixFiles(request: ConfigurationRequest): { system: string[]; user: string[] } {
  const { environment, pip } = request;
  return {
    system: [
      ...systemDirectories(environment, pip).map((directory) => join(directory, 'pip.conf')),
      '/etc/pip.conf',
    ],
    user: [
      join(`${environment.tilde}/.pip`, 'pip.conf'),
      join(userDirectory(environment, pip), 'pip/pip.conf'),
    ],
  };
}

/** The same on macOS (utils/appdirs.py). */
function macFiles(request: ConfigurationRequest): { system: string[]; user: string[] } {
  const { environment, pip } = request;
  const brew = /^(.*)\/(?:opt|Cellar)\/python/.exec(request.basePrefix)?.[1];
  const joinedWrongly = compareVersions(pip, '24.1') >= 0 && compareVersions(pip, '25.1') < 0;
  const ownPlaces = brew !== undefined && compareVersions(pip, '24.1') >= 0;
  const system =
    ownPlaces && joinedWrongly
      ? []
      : [...(ownPlaces ? [`${brew}/share/pip/pip.conf`] : []), '/Library/Application Support/pip/pip.conf'];
  const support = `${environment.tilde}/Library/Application Support/pip`;
  const own = statOf(support)?.isDirectory() === true;
  return {
    system,
    user: [
      `${environment.tilde}/.pip/pip.conf`,
      join(own ? support : `${environment.tilde}/.config/pip`, 'pip.conf'),
    ],
  };
}

/** Every file pip would open for this request, lowest rank first. */
export function configurationFiles(request: ConfigurationRequest): string[] {
  const named = request.environment.variables['PIP_CONFIG_FILE'];
  // Exactly this text switches all files off (configuration.py compares with os.devnull).
  if (named === '/dev/null') return [];
  const { system, user } = process.platform === 'darwin' ? macFiles(request) : unixFiles(request);
  const skipUser = request.isolated || (named !== undefined && named !== '' && existsSync(named));
  return [
    ...system,
    ...(skipUser ? [] : user),
    // Only 23.1 itself read this one (taken back in 23.1.1).
    ...(/^23\.1(\.0)?$/.test(request.pip) ? [join(request.basePrefix, 'pip.conf')] : []),
    join(request.prefix, 'pip.conf'),
    ...(named === undefined || named === '' ? [] : [named]),
  ];
}
