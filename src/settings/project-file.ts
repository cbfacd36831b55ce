import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProject, mayBeProject } from '../project/find.ts';
import { repositories } from '../project/repository.ts';
import { readTextFile } from '../system/text-file.ts';

/** The file in which a project says its settings. */
export interface ProjectFile {
  readonly path: string;
  /** Its path with links resolved: what is trusted. */
  readonly real: string;
  readonly text: string;
  /** The whole file is ours (`.pip-detour.toml`), or the table `tool.pip-detour` in it (`pyproject.toml`). */
  readonly whole: boolean;
}

/** What was found where a project's settings are looked for. */
export type ProjectFileLook =
  | { readonly kind: 'found'; readonly file: ProjectFile }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly path: string; readonly problem: string };

/** The file that holds nothing but our settings. */
export const ownProjectFile = '.pip-detour.toml';

/**
 * The nearest file with a project's settings, from `cwd` (a real path) upward: to the root of the repository, else to
 * the project's. One file counts, whole: they do not add up. In one directory ours comes before pyproject.toml.
 */
export function lookForProjectFile(cwd: string, home: string, uid: number): ProjectFileLook {
  let found: ProjectFileLook = { kind: 'none' };
  for (const directory of directoriesOf(cwd, home, uid)) {
    found = lookIn(directory);
    if (found.kind !== 'none') break;
  }
  return found;
}

/** The directories of the project around `cwd`, the nearest first; none where there is no project. */
function directoriesOf(cwd: string, home: string, uid: number): string[] {
  const directories: string[] = [];
  for (let at = cwd; at !== '' && mayBeProject(at, home, uid); at = dirname(at)) {
    directories.push(at);
    if (Object.keys(repositories).some((name) => existsSync(join(at, name)))) return directories;
  }
  const root = findProject(cwd, home, uid)?.root;
  return root === undefined ? directories.slice(0, 1) : directories.slice(0, directories.indexOf(root) + 1);
}

function lookIn(directory: string): ProjectFileLook {
  const own = join(directory, ownProjectFile);
  const read = readTextFile(own);
  if (read.kind === 'unreadable') return { kind: 'unreadable', path: own, problem: read.problem };
  if (read.kind === 'text') return found(own, read.text, true);
  const pyproject = join(directory, 'pyproject.toml');
  const shared = readTextFile(pyproject);
  // What is wrong with a pyproject.toml that does not speak of us is not ours to say.
  return shared.kind === 'text' && shared.text.includes('pip-detour')
    ? found(pyproject, shared.text, false)
    : { kind: 'none' };
}

function found(path: string, text: string, whole: boolean): ProjectFileLook {
  return { kind: 'found', file: { path, real: realpathSync(path), text, whole } };
}
