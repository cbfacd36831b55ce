import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Whether git keeps an environment's own settings file: the environment then came with a repository, and with it `.pth`
 * files that its Python runs at every start. Reads git's index (gitformat-index(5)) and starts nothing; false where there
 * is no index to be read.
 */
export function isTracked(environment: string): boolean {
  for (let root = dirname(environment); ; root = dirname(root)) {
    const index = indexOf(join(root, '.git'));
    if (index !== undefined) return holds(index, relative(root, join(environment, 'pyvenv.cfg')));
    if (root === dirname(root)) return false;
  }
}

/** The index of a repository; undefined where there is no repository. A worktree's `.git` is a file that names its own. */
function indexOf(git: string): Buffer | undefined {
  try {
    const directory = statSync(git).isDirectory()
      ? git
      : resolve(dirname(git), /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? '');
    return readFileSync(join(directory, 'index'));
  } catch {
    return undefined;
  }
}

function holds(index: Buffer, path: string): boolean {
  // From version 4 on a path is written as what differs from the one before it.
  if (index.length >= 12 && index.readUInt32BE(4) >= 4) return pathsOf(index).includes(path);
  return index.includes(`${path}\0`);
}

/** Version 4, with SHA-1: 62 bytes (64 with extended flags), how much of the last path goes, and what comes instead. */
function pathsOf(index: Buffer): string[] {
  const paths: string[] = [];
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0 && at + 62 < index.length; left -= 1) {
    at += (index.readUInt16BE(at + 60) & 0x4000) === 0 ? 62 : 64;
    let less = (index[at] ?? 0) & 127;
    while (((index[at++] ?? 0) & 128) !== 0) less = ((less + 1) << 7) | ((index[at] ?? 0) & 127);
    const end = index.indexOf(0, at);
    const last = Buffer.from(paths.at(-1) ?? '');
    paths.push(`${last.subarray(0, last.length - less)}${index.subarray(at, end)}`);
    at = end + 1;
  }
  return paths;
}
