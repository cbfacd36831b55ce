import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAnybodys, statOf } from '../system/ownership.ts';
import { isInside } from '../system/real-path.ts';
import type { Project } from '../types.ts';
import { redirection } from './redirection.ts';
import { repositories } from './repository.ts';

/** Files that make a directory a Python project, in the order in which they are named. */
const projectFiles = [
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

/**
 * The project around `cwd` (a real path): the nearest directory with an environment of its own, else the nearest with
 * a Python project's files, else the root of the repository. Never `home` or above it, never `/`, never a directory
 * that anybody may write to or that belongs to somebody else.
 */
export function findProject(
  cwd: string,
  home: string,
  uid: number,
  names: readonly string[] = environmentNames,
): Project | undefined {
  let files: Project | undefined;
  for (let directory = cwd; mayBeProject(directory, home, uid); directory = dirname(directory)) {
    const environment = names.find((name) => {
      const at = join(directory, name);
      if (!existsSync(join(at, 'pyvenv.cfg')) && !isRedirection(at)) return false;
      // Somebody else's does not make a project of what lies below it.
      return directory === cwd || statOf(at)?.uid === uid;
    });
    if (environment !== undefined) return { root: directory, because: environment, python: true };
    files ??= projectBy(directory);
    const repository = Object.keys(repositories).find((name) => existsSync(join(directory, name)));
    if (repository !== undefined)
      return files ?? { root: directory, because: repositories[repository] ?? repository, python: false };
  }
  return files;
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

function requirementsFile(directory: string): string | undefined {
  try {
    return readdirSync(directory).find((name) => /^requirements.*\.(txt|in)$/.test(name));
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
