import { dirname, join, relative, resolve } from 'node:path';
import { listing } from '../system/listing.ts';
import { realOr } from '../system/real-path.ts';
import { bytesOf, textOf } from '../system/text-file.ts';
import type { EnvironmentLook } from '../types.ts';

/**
 * Whether git keeps anything of an environment: a file in it, the link or the file that leads to it, all of it as a
 * submodule. What is in it then came with a repository, and with it `.pth` files that its Python runs at every start. Reads
 * git's index (gitformat-index(5)) and starts nothing; false where there is no index to be read.
 */
export function isTracked({ directory, by }: Pick<EnvironmentLook, 'directory' | 'by'>): boolean {
  return [...new Set([realOr(directory), directory, by ?? directory])].some(isKept);
}

function isKept(environment: string): boolean {
  for (let root = environment; ; root = dirname(root)) {
    const path = relative(root, environment) || 'pyvenv.cfg';
    if (indexesOf(join(root, '.git')).some((index) => holds(index, path))) return true;
    if (root === dirname(root)) return false;
  }
}

/** The index of a repository with the one it shares; none where there is no repository. */
function indexesOf(git: string): Buffer[] {
  // A worktree's or a submodule's `.git` is a file that names its own directory.
  const directory = resolve(dirname(git), /^gitdir: (.+)$/m.exec(textOf(git) ?? '')?.[1] ?? git);
  const index = bytesOf(join(directory, 'index'), longestIndex);
  return index === undefined ? [] : [index, ...sharedBy(index, directory)];
}

/** A million files take some 100 MB. */
const longestIndex = 400_000_000;

/**
 * A split index names another one by its hash and holds only what has changed since. What was taken out since still counts
 * as kept: somebody is asked once more than they need be.
 */
function sharedBy(index: Buffer, directory: string): Buffer[] {
  if (!index.includes('link')) return [];
  return listing(directory)
    .filter((name) => {
      const hash = /^sharedindex\.([0-9a-f]{40,64})$/.exec(name)?.[1];
      return hash !== undefined && index.includes(Buffer.from(hash, 'hex'));
    })
    .flatMap((name) => bytesOf(join(directory, name), longestIndex) ?? []);
}

function holds(index: Buffer, path: string): boolean {
  // From version 4 on a path is written as what differs from the one before it.
  if (index.length >= 12 && index.readUInt32BE(4) >= 4)
    return [20, 32].some((hash) => holdsShortened(index, hash, Buffer.from(path)));
  for (let at = index.indexOf(path); at !== -1; at = index.indexOf(path, at + 1))
    if (ends(index, at + Buffer.byteLength(path)) && isName(index, at)) return true;
  return false;
}

/** The name itself, or what lies below it. */
function ends(name: Buffer, at: number): boolean {
  return name[at] === undefined || name[at] === 0 || name[at] === '/'.charCodeAt(0);
}

/** Whether a name begins there: its length stands in the low 12 bits of the flags before it, extended ones between. */
function isName(index: Buffer, at: number): boolean {
  if (at < 16) return false;
  const length = Math.min(index.indexOf(0, at) - at, 0xfff);
  const [before, between] = [index.readUInt16BE(at - 2), index.readUInt16BE(at - 4)];
  return (before & 0xfff) === length || ((between & 0x4000) !== 0 && (between & 0xfff) === length);
}

/**
 * Version 4: 40 bytes, a hash (of 20 bytes with SHA-1, 32 with SHA-256), two bytes of flags or four, how much of the last
 * path goes, and what comes instead. Read with the other length it gives paths that nobody has, soon too long for one.
 */
function holdsShortened(index: Buffer, hash: number, path: Buffer): boolean {
  const fixed = 42 + hash;
  let last = Buffer.alloc(0);
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0 && at + fixed < index.length; left -= 1) {
    at += (index.readUInt16BE(at + fixed - 2) & 0x4000) === 0 ? fixed : fixed + 2;
    let less = (index[at] ?? 0) & 127;
    while (((index[at++] ?? 0) & 128) !== 0) less = ((less + 1) << 7) | ((index[at] ?? 0) & 127);
    const end = index.indexOf(0, at);
    if (end === -1 || end - at > longestPath || last.length > longestPath) return false;
    last = Buffer.concat([last.subarray(0, Math.max(0, last.length - less)), index.subarray(at, end)]);
    const order = Buffer.compare(last.subarray(0, path.length), path);
    if (order === 0 && ends(last, path.length)) return true;
    // They are sorted by their bytes.
    if (order > 0) return false;
    at = end + 1;
  }
  return false;
}

/** PATH_MAX of Linux, in bytes. */
const longestPath = 4096;
