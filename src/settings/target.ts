import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProject, mayBeProject } from '../project/find.ts';
import { DetourError } from '../system/errors.ts';
import { isRootInAnothers } from '../system/ownership.ts';
import { quote, shortPath } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import { lookForProjectFile, ownProjectFile } from './project-file.ts';
import { userFile } from './read.ts';

/** Where a change of settings goes. */
export type Target =
  | { readonly source: 'user'; readonly file: string }
  /** `whole`: the file is ours alone (`.pip-detour.toml`), not a table in pyproject.toml. */
  | { readonly source: 'project'; readonly file: string; readonly whole: boolean }
  | { readonly source: 'directory'; readonly directory: string };

/** What was said on the command line about it. */
export interface Wanted {
  readonly project?: boolean;
  /** As typed. */
  readonly directory?: string;
}

/**
 * The person's own settings unless another place is named. A project's go where they stand already, else into its
 * pyproject.toml, else into a file of our own.
 * @throws DetourError `no-such-directory`, `no-project`, `settings-unreadable`.
 */
export function targetOf(wanted: Wanted, environment: Environment, cwd: string): Target {
  if (wanted.directory !== undefined)
    return { source: 'directory', directory: realDirectory(wanted.directory) };
  if (wanted.project === true) return projectTarget(environment, cwd);
  return { source: 'user', file: userFile(environment.configDirectory) };
}

/** A directory as it was typed, by its real path. @throws DetourError `no-such-directory`. */
export function realDirectory(typed: string): string {
  try {
    const directory = realpathSync(resolve(typed));
    if (statSync(directory).isDirectory()) return directory;
  } catch {
    // Said below.
  }
  throw new DetourError(
    'no-such-directory',
    `there is no directory ${quote(typed)}`,
    'name a directory that exists',
    2,
  );
}

function projectTarget({ home: given }: Environment, cwd: string): Target {
  const uid = process.getuid?.() ?? -1;
  const home = existsSync(given) ? realpathSync(given) : given;
  const look = lookForProjectFile(cwd, home, uid);
  if (look.kind === 'found') return { source: 'project', file: look.file.path, whole: look.file.whole };
  if (look.kind === 'unreadable')
    throw new DetourError(
      'settings-unreadable',
      `${shortPath(look.path, home)} ${look.problem}`,
      'correct the file, or move it away',
    );
  const root = findProject(cwd, home, uid)?.root ?? cwd;
  if (!mayBeProject(root, home, uid))
    throw new DetourError(
      'no-project',
      `${shortPath(root, home)} cannot have project settings: it is not a project directory`,
      'cd into a project, or leave out --project to set it for yourself',
    );
  const pyproject = join(root, 'pyproject.toml');
  return existsSync(pyproject)
    ? { source: 'project', file: pyproject, whole: false }
    : { source: 'project', file: join(root, ownProjectFile), whole: true };
}

/** The file or directory of a target, as the source of a value names it. */
export function fromOf(target: Target): string {
  return target.source === 'directory' ? target.directory : target.file;
}

/**
 * Whether this is root about to write where somebody else could then not change it (sudo may leave HOME the person's).
 * @throws DetourError `not-as-root`.
 */
export function refuseAnothers(path: string): void {
  if (isRootInAnothers(path))
    throw new DetourError(
      'not-as-root',
      `${path} belongs to another user, who could not change what root wrote there`,
      'do this without sudo',
    );
}
