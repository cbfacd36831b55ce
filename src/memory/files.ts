import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../system/digest.ts';
import { systemCode } from '../system/errors.ts';
import { isMine, statOf } from '../system/ownership.ts';
import { asRemembered, isNewer, type Remembered } from './record.ts';

/** Where the files lie, under the XDG state directory. */
export function choicesDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'choices');
}

/** The name of a directory's record, without its `.json`. */
export function nameOf(directory: string): string {
  return sha256(directory, 16);
}

/** The file of a directory's record below `choices`. */
export function fileOf(choices: string, directory: string): string {
  return join(choices, `${nameOf(directory)}.json`);
}

/** A record is a few hundred bytes; what is longer than this is none. */
const longest = 65_536;

/** What lies where a directory's record would be. */
export type Found =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'choice'; readonly choice: Remembered }
  /** A newer pip-detour's; it is left alone. */
  | { readonly kind: 'newer' }
  /** No record of ours, or not of this directory. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unreadable'; readonly code: string };

/** Reads a record by its name; nothing but a regular file of ours is opened. */
export function readRecord(choices: string, name: string): Found {
  const stat = statOf(join(choices, `${name}.json`), false);
  if (stat === undefined) return { kind: 'nothing' };
  if (!stat.isFile() || stat.size > longest || !isMine(stat.uid)) return { kind: 'damaged' };
  try {
    const record = fieldsOf(JSON.parse(readFileSync(join(choices, `${name}.json`), 'utf8')));
    if (isNewer(record)) return { kind: 'newer' };
    const choice = asRemembered(record);
    // Another directory's record under this name would be a planted or damaged file.
    return choice === undefined || nameOf(choice.directory) !== name
      ? { kind: 'damaged' }
      : { kind: 'choice', choice };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { kind: 'damaged' };
    return { kind: 'unreadable', code: systemCode(thrown) ?? 'unknown' };
  }
}

/** Read without conf, which writes them (system/store.ts): it takes 15 ms to load, and this is done for every call that may be refused. */
function fieldsOf(record: unknown): Readonly<Record<string, unknown>> {
  return typeof record === 'object' && record !== null ? { ...record } : {};
}

/** Puts a damaged record aside, under a name that is not looked for. @returns where it lies now. */
export function setAside(choices: string, directory: string): string {
  const file = fileOf(choices, directory);
  renameSync(file, `${file}.damaged`);
  return `${file}.damaged`;
}
