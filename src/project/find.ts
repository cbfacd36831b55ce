import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAnybodys, statOf } from '../system/ownership.ts';
import { isInside } from '../system/real-path.ts';
import type { OwnProject, Project } from '../types.ts';
import {
  environmentNames,
  environmentsIn,
  isEnvironment,
  isNamedEnvironment,
  usualNames,
} from './environments.ts';
import { repositories } from './repository.ts';

/** Files that make a directory a Python project, in the order in which they are named. The shells' hooks know them, too. */
export const projectFiles = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'Pipfile',
  'Pipfile.lock',
  'pixi.toml',
  'pixi.lock',
  'pylock.toml',
  'environment.yml',
  'environment.yaml',
  'conda-lock.yml',
  'hatch.toml',
  'poetry.toml',
  'tox.ini',
  'noxfile.py',
  'dev-requirements.txt',
  'test-requirements.txt',
  '.pip-detour.toml',
];

/**
 * The nearest directory from `cwd` up to `top` (real paths), `top` apart, that is a project of its own: it has an
 * environment, a lock file, a project file, or is a repository. Whoever it belongs to: it is not `top`'s to speak for.
 */
export function nearestOwnProject(
  cwd: string,
  top: string,
  names: readonly string[] = environmentNames,
): OwnProject | undefined {
  for (let directory = cwd; directory !== top && isInside(directory, top); directory = dirname(directory)) {
    const environment =
      names.find((name) => isNamedEnvironment(join(directory, name))) ?? environmentsIn(directory)[0];
    const because = environment ?? projectBy(directory)?.because ?? repositoryIn(directory);
    if (because !== undefined) return { directory, because };
  }
  return undefined;
}

/**
 * The project around `cwd` (a real path): the nearest directory with an environment of its own (above `cwd` and `top` one
 * of a usual name: another may lie among somebody's projects), else the nearest with a Python project's files, else the
 * root of the repository. Never `home` or above it, never `/`, never a directory that anybody may write to or that
 * belongs to somebody else, and nothing above `top` where that is given.
 */
export function findProject(
  cwd: string,
  home: string,
  uid: number,
  names: readonly string[] = environmentNames,
  top?: string,
): Project | undefined {
  let files: Project | undefined;
  for (let directory = cwd; mayBeProject(directory, home, uid); directory = dirname(directory)) {
    const isHere = directory === cwd || directory === top;
    // Somebody else's does not make a project of what lies below it.
    const isOwn = (name: string) => directory === cwd || statOf(join(directory, name))?.uid === uid;
    const environment =
      names.find((name) => isNamedEnvironment(join(directory, name)) && isOwn(name)) ??
      (isHere
        ? environmentsIn(directory)[0]
        : usualNames.find((name) => isEnvironment(join(directory, name)) && isOwn(name)));
    if (environment !== undefined) return { root: directory, because: environment, python: true };
    files ??= projectBy(directory);
    const repository = repositoryIn(directory);
    if (repository !== undefined) return files ?? { root: directory, because: repository, python: false };
    if (directory === top) break;
  }
  return files;
}

/** How a repository is called whose root this is. */
function repositoryIn(directory: string): string | undefined {
  const name = Object.keys(repositories).find((each) => existsSync(join(directory, each)));
  return name === undefined ? undefined : (repositories[name] ?? name);
}

function projectBy(directory: string): Project | undefined {
  const named = projectFiles.find((name) => existsSync(join(directory, name)));
  const because = named ?? requirementsFile(directory);
  return because === undefined ? undefined : { root: directory, because, python: true };
}

/** Names of files that say as much. */
const requirementsFiles = /^(requirements.*\.(txt|in|lock)|pylock\..+\.toml)$/;

function requirementsFile(directory: string): string | undefined {
  const names = namesIn(directory);
  const named = names.find((name) => requirementsFiles.test(name));
  if (named !== undefined || !names.includes('requirements')) return named;
  const below = namesIn(join(directory, 'requirements')).find((name) => /^[^.].*\.txt$/.test(name));
  return below === undefined ? undefined : `requirements/${below}`;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Whether a directory may be taken for somebody's project at all. */
export function mayBeProject(directory: string, home: string, uid: number): boolean {
  if (directory === '/' || directory === dirname(directory)) return false;
  if (home !== '' && home !== '/' && isInside(home, directory)) return false;
  try {
    const stat = statSync(directory);
    return !isAnybodys(stat.mode) && (stat.uid === uid || stat.uid === 0);
  } catch {
    return false;
  }
}
