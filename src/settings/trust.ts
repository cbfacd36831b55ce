import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../system/digest.ts';
import { DetourError, systemCode } from '../system/errors.ts';
import { makeDirectories } from '../system/make-directories.ts';
import { isMine, isRootInAnothers, seeWhose, whyUnsafe } from '../system/ownership.ts';
import { readTextFile } from '../system/text-file.ts';

/** Something to be trusted: a file as it is now. */
export interface Trustable {
  /** Real path. */
  readonly real: string;
  /** What it says to us. */
  readonly content: string;
}

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
function trustDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'trust');
}

function nameOf(file: string): string {
  return sha256(file, 16);
}

/** Whether this very content of this very file is trusted. */
export function isTrusted(stateDirectory: string, { real, content }: Trustable): boolean {
  return trustOf(stateDirectory, real)?.content === sha256(content);
}

function trustOf(stateDirectory: string, file: string): Trust | undefined {
  // What others could have put there is nobody's word.
  if (whyUnsafe(trustDirectory(stateDirectory)) !== undefined) return undefined;
  const trust = read(join(trustDirectory(stateDirectory), `${nameOf(file)}.json`));
  return trust?.file === file ? trust : undefined;
}

/** A record as it is stored; undefined when it is damaged: then nothing is trusted. */
function read(path: string): Trust | undefined {
  const text = readTextFile(path);
  if (text.kind !== 'text' || !isMine(text.stats.uid)) return undefined;
  let record: unknown;
  try {
    record = JSON.parse(text.text);
  } catch {
    return undefined;
  }
  if (typeof record !== 'object' || record === null) return undefined;
  const [file, content, at] = ['file', 'content', 'at'].map((key) => Reflect.get(Object(record), key));
  return typeof file === 'string' && typeof content === 'string' && typeof at === 'string'
    ? { file, content, at }
    : undefined;
}

/** Trusts a file as it is now. @throws DetourError `cannot-write`, `unsafe-trust`. */
export async function trust(stateDirectory: string, { real, content }: Trustable): Promise<void> {
  const directory = trustDirectory(stateDirectory);
  const record = { version: 1, file: real, content: sha256(content), at: new Date().toISOString() };
  try {
    if (isRootInAnothers(directory)) throw new Error('it belongs to another user, and you are root');
    makeDirectories(directory, 0o700);
    const unsafe = whyUnsafe(directory);
    if (unsafe !== undefined)
      throw new DetourError(
        'unsafe-trust',
        `the list of trusted files in ${directory} is ignored: ${unsafe}`,
        seeWhose(directory),
      );
    const { write } = await import('../system/store.ts');
    write(directory, nameOf(real), record);
  } catch (thrown) {
    if (thrown instanceof DetourError) throw thrown;
    const why = systemCode(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown));
    throw new DetourError('cannot-write', `${directory} cannot be written (${why})`, seeWhose(directory));
  }
}

/** Every file that was ever trusted and not revoked, by path. */
export function listTrust(stateDirectory: string): readonly Trust[] {
  const directory = trustDirectory(stateDirectory);
  let names: string[];
  try {
    names = whyUnsafe(directory) === undefined ? readdirSync(directory) : [];
  } catch {
    return [];
  }
  return names
    .filter((name) => /^[0-9a-f]{16}\.json$/.test(name))
    .flatMap((name) => read(join(directory, name)) ?? [])
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Trusts a file (a real path) no longer; false when it was not. */
export function revoke(stateDirectory: string, file: string): boolean {
  if (trustOf(stateDirectory, file) === undefined) return false;
  rmSync(join(trustDirectory(stateDirectory), `${nameOf(file)}.json`));
  return true;
}
