import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAnybodys, statOf } from '../system/ownership.ts';
import { isInside } from '../system/real-path.ts';
import type { OwnProject, Project } from '../types.ts';
import { redirection } from './redirection.ts';
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
  '.pip-detour.toml',
];
/** Names an existing environment goes by, in the order they are looked for. */
export const environmentNames = ['.venv', 'venv'] as const;
/** Names by which an environment is known for somebody's own, though none is made or looked for under them. */
export const otherEnvironmentNames = ['env', '.env', 'virtualenv', '.virtualenv'] as const;

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
    const environment = [...names, ...otherEnvironmentNames].find((name) =>
      isEnvironment(join(directory, name)),
    );
    const because = environment ?? projectBy(directory)?.because ?? repositoryIn(directory);
    if (because !== undefined) return { directory, because };
  }
  return undefined;
}

/**
 * The project around `cwd` (a real path): the nearest directory with an environment of its own, else the nearest with
 * a Python project's files, else the root of the repository. Never `home` or above it, never `/`, never a directory
 * that anybody may write to or that belongs to somebody else, and nothing above `top` where that is given.
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
    const environment = names.find((name) => {
      const at = join(directory, name);
      // Somebody else's does not make a project of what lies below it.
      return isEnvironment(at) && (directory === cwd || statOf(at)?.uid === uid);
    });
    if (environment !== undefined) return { root: directory, because: environment, python: true };
    files ??= projectBy(directory);
    const repository = repositoryIn(directory);
    if (repository !== undefined) return files ?? { root: directory, because: repository, python: false };
    if (directory === top) break;
  }
  return files;
}

function isEnvironment(path: string): boolean {
  return existsSync(join(path, 'pyvenv.cfg')) || isRedirection(path);
}

/** How a repository is called whose root this is. */
function repositoryIn(directory: string): string | undefined {
  const name = Object.keys(repositories).find((each) => existsSync(join(directory, each)));
  return name === undefined ? undefined : (repositories[name] ?? name);
}

function isRedirection(file: string): boolean {
  const target = redirection(file);
  return target !== undefined && existsSync(join(target, 'pyvenv.cfg'));
}

function projectBy(directory: string): Project | undefined {
  const named = projectFiles.find((name) => existsSync(join(directory, name)));
  const because = named ?? requirementsFile(directory);
  return because === undefined ? undefined : { root: directory, because, python: true };
}

/** Names of files that say as much. */
const requirementsFiles = /^(requirements.*\.(txt|in|lock)|pylock\..+\.toml)$/;

function requirementsFile(directory: string): string | undefined {
  try {
    return readdirSync(directory).find((name) => requirementsFiles.test(name));
  } catch {
    return undefined;
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
