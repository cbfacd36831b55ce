import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectories } from '../system/make-directories.ts';
import { isRootInAnothers, whyUnsafe } from '../system/ownership.ts';

/** The files by which shells are told. */

/** Where everything for shells lies. */
export function shellDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'shell');
}

/** A path that a shell can read from a line: absolute, text, no control characters. */
export function canBeTold(path: string): boolean {
  return /^\/[^\u0000-\u001f\u007f\ufffd]*$/u.test(path);
}

/** Makes a directory for shells. @throws Error when what all of them lie in is another's, or others may write there. */
export function makeOwn(stateDirectory: string, directory: string): void {
  const top = shellDirectory(stateDirectory);
  if (isRootInAnothers(top)) throw new Error(`${top} belongs to another user, and you are root`);
  makeDirectories(directory, 0o700);
  const unsafe = whyUnsafe(top);
  if (unsafe !== undefined) throw new Error(`${top}: ${unsafe}`);
}

/** A shell never reads half a line: the file is put in place whole. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    // Whatever was left or planted under that name is not written through.
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } catch (thrown) {
    rmSync(beside, { force: true });
    throw thrown;
  }
}
