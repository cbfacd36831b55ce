import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readTextFile } from '../text-file.ts';

/** That a person trusts a file as it was at that moment. */
export interface Trust {
  /** Real path. */
  readonly file: string;
  /** SHA-256 of what it said. */
  readonly content: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Where the records lie: one file each, as for remembered choices. */
export function trustDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'trust');
}

/** The name of a record, without its extension. */
export function trustName(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 16);
}

export function contentMark(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The record for a file (a real path), whether or not it still holds. */
export function trustOf(stateDirectory: string, file: string): Trust | undefined {
  const read = readTextFile(join(trustDirectory(stateDirectory), `${trustName(file)}.json`));
  const trust = read.kind === 'text' ? asTrust(read.text) : undefined;
  return trust?.file === file ? trust : undefined;
}

/** A record as it is stored; undefined when it is damaged: then nothing is trusted. */
export function asTrust(text: string): Trust | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof record !== 'object' || record === null) return undefined;
  const [file, content, at] = ['file', 'content', 'at'].map((key) => Reflect.get(record, key));
  return typeof file === 'string' && typeof content === 'string' && typeof at === 'string'
    ? { file, content, at }
    : undefined;
}
