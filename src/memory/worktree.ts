import { lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { listing } from '../system/listing.ts';
import { realPath } from '../system/real-path.ts';

/** A directory whose choice counts here: itself, an ancestor, or the same place in another worktree. */
export interface Candidate {
  readonly directory: string;
  /** The directory it counts for, where that is another: the same place in this worktree. */
  readonly here?: string;
}

/**
 * Where a choice for `cwd` (a real path) may stand, nearest first: the directory and its ancestors. The root of a
 * further worktree of a git repository is followed by the same places in the main one: who answered for the
 * repository there need not answer again.
 */
export function* candidates(cwd: string): Generator<Candidate> {
  for (let directory = cwd; ; directory = dirname(directory)) {
    yield { directory };
    const main = mainWorktreeOf(directory);
    if (main !== undefined) yield* counterparts(cwd, directory, main);
    if (directory === dirname(directory)) return;
  }
}

function* counterparts(cwd: string, root: string, main: string): Generator<Candidate> {
  const below = relative(root, cwd);
  for (let part = below; ; part = dirname(part)) {
    yield { directory: join(main, part), here: join(root, part) };
    if (part === '' || part === '.') return;
  }
}

/** The same place as `directory` (a real path) in the further worktrees of every repository whose main one it is in. */
export function counterpartsOf(directory: string): string[] {
  const found: string[] = [];
  for (let main = directory; ; main = dirname(main)) {
    const kept = join(main, '.git/worktrees');
    for (const name of listing(kept)) {
      const root = rootOf(join(kept, name));
      if (root !== undefined && mainWorktreeOf(root) === main)
        found.push(join(root, relative(main, directory)));
    }
    if (main === dirname(main)) return found;
  }
}

/** The root (a real path) of the further worktree that a repository keeps `own` for. */
function rootOf(own: string): string | undefined {
  try {
    return realPath(dirname(resolve(own, lineOf(join(own, 'gitdir')) ?? '')));
  } catch {
    return undefined;
  }
}

/** A file that names a path is no longer than this, in bytes. */
const longest = 8192;

/**
 * The main worktree's root, for the root of a further one: its `.git` is a file that names a directory in the
 * repository, which names the repository (`commondir`) and, back again, this file (`gitdir`): gitrepository-layout(5).
 * All must agree, so that no directory can pass itself off as a repository's.
 */
function mainWorktreeOf(root: string): string | undefined {
  try {
    const file = join(root, '.git');
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    const named = /^gitdir: (.+)$/m.exec(lineOf(file) ?? '')?.[1];
    if (named === undefined) return undefined;
    const own = resolve(root, named);
    const back = lineOf(join(own, 'gitdir'));
    const common = lineOf(join(own, 'commondir'));
    if (back === undefined || common === undefined) return undefined;
    if (realPath(resolve(own, back)) !== realPath(file)) return undefined;
    const repository = realPath(resolve(own, common));
    // Any file may name a repository; only a worktree of it has its directory there.
    if (dirname(realPath(own)) !== join(repository, 'worktrees')) return undefined;
    // A bare repository has no worktree to begin with.
    return basename(repository) === '.git' ? dirname(repository) : undefined;
  } catch {
    return undefined;
  }
}

function lineOf(file: string): string | undefined {
  const stat = lstatSync(file);
  if (!stat.isFile() || stat.size > longest) return undefined;
  return readFileSync(file, 'utf8').split('\n')[0];
}
