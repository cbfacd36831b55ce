import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../system/errors.ts';
import { makeDirectories } from '../system/make-directories.ts';

/** The bytes of a file as Latin-1 text; undefined when there is no such file. Other failures are thrown. */
export function readBytes(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * Writes a file that belongs to the person where it lies: links are followed, owner, mode and hard links stay. Only the
 * part that differs is written, so adding a line at the end is an append, and on failure it is cut off again.
 */
export function rewrite(path: string, before: string | undefined, after: string): void {
  const old = Buffer.from(before ?? '', 'latin1');
  const text = Buffer.from(after, 'latin1');
  let same = 0;
  while (same < old.length && old[same] === text[same]) same += 1;
  const file = openSync(path, before === undefined ? 'a' : 'r+');
  try {
    writeAt(file, text, same);
    if (before !== undefined) ftruncateSync(file, text.length);
  } catch (error) {
    // Disk full: the first `old.length` bytes have their blocks already.
    if (before === undefined) removeFile(path);
    else writeAt(file, old, same);
    ftruncateSync(file, old.length);
    throw error;
  } finally {
    closeSync(file);
  }
}

function writeAt(file: number, bytes: Buffer, from: number): void {
  for (let at = from; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
}

/** Throws what writing the file, or making it, would throw (`EACCES`, `EROFS`), and changes nothing. */
export function tryWriting(path: string): void {
  let nearest = path;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  accessSync(nearest, constants.W_OK);
}

/** Removes the file itself where a link leads to it, as the link was there before. */
export function removeFile(path: string): void {
  unlinkSync(realpathSync(path));
}

/** The directories on the way to `path` (itself included) that are not there, outermost first. */
export function missingDirectories(path: string): readonly string[] {
  const missing: string[] = [];
  for (let directory = path; !existsSync(directory); directory = dirname(directory))
    missing.unshift(directory);
  return missing;
}

/** Makes the directory and those above it. */
export function makeDirectory(path: string): void {
  makeDirectories(path);
}

/** Removes those of the directories that are empty, innermost first. */
export function removeEmpty(directories: readonly string[]): readonly string[] {
  return [...directories]
    .sort((a, b) => b.length - a.length)
    .filter((directory) => {
      try {
        rmdirSync(directory);
        return true;
      } catch {
        // Gone, or in use by now: not ours alone.
        return false;
      }
    });
}
