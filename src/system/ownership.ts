import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { quote } from './quote.ts';

/** Whose a place is, asked before we believe what lies there or write to it. */

/**
 * Why a directory of ours must not be believed or written to, in words: it is somebody else's, or others may write
 * there. Undefined when it may, or is not there yet.
 */
export function whyUnsafe(directory: string): string | undefined {
  const stat = statOf(directory);
  if (stat === undefined) return undefined;
  if (!stat.isDirectory()) return 'it is not a directory';
  if (!isMine(stat.uid)) return 'it belongs to another user';
  return (stat.mode & 0o022) === 0 ? undefined : `others may write there: chmod 700 ${directory}`;
}

/** Why a file of the person's own must not be believed, as a clause; root may have written it for them. */
export function whyUnsafeMode({ uid, mode }: Stats): string | undefined {
  if (isAnothersWord(uid)) return 'belongs to another user';
  return isAnybodys(mode) ? 'can be changed by anybody (chmod o-w takes that away)' : undefined;
}

/** What to type where a directory of ours cannot be used as it is. */
export function seeWhose(directory: string): string {
  return `see whose it is and who may write there: ls -ld ${quote(directory)}`;
}

/** Whether everybody on the machine may write there. */
export function isAnybodys(mode: number): boolean {
  return (mode & 0o002) !== 0;
}

/** What stat(2) says; undefined where nothing is, or nothing can be seen (a file in the way, no right to look). */
export function statOf(path: string, follow = true): Stats | undefined {
  try {
    return follow ? statSync(path) : lstatSync(path);
  } catch {
    return undefined;
  }
}

/** Whether a file's owner is whoever runs this. */
export function isMine(uid: number): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** What is another user's is not this person's word; root's is everybody's, and root reads what sudo left it in HOME. */
function isAnothersWord(uid: number): boolean {
  return process.getuid?.() !== 0 && uid !== 0 && !isMine(uid);
}

/** Whether this is root, and the place, or where it would be made, another's: sudo may leave HOME the person's. */
export function isRootInAnothers(path: string): boolean {
  return process.getuid?.() === 0 && ownerOf(path) > 0;
}

/** User id of the owner of `path`, or of the directory it would be made in. */
function ownerOf(path: string): number {
  const stat = statOf(path);
  return stat !== undefined || path === dirname(path) ? (stat?.uid ?? 0) : ownerOf(dirname(path));
}

/** What is remembered or set there says nothing of the directories below: they are not one project, or not one person's. */
export function holdsAlone(directory: string, home: string): boolean {
  if (directory === '/' || directory === home) return true;
  try {
    return isAnybodys(statSync(directory).mode);
  } catch {
    return false;
  }
}
