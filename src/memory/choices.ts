import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DetourError, systemCode } from '../system/errors.ts';
import { makeDirectories } from '../system/make-directories.ts';
import { isRootInAnothers, seeWhose, statOf, whyUnsafe } from '../system/ownership.ts';
import { realOr } from '../system/real-path.ts';
import type { DetourId, RememberedTarget } from '../types.ts';
import { choicesDirectory, fileOf, nameOf, readRecord, setAside } from './files.ts';
import { identityOf } from './identity.ts';
import { noteIdentity, notesWithoutChoice, removeAllNotes, removeNote } from './moved.ts';
import { asStored, type Remembered } from './record.ts';

export { choicesDirectory } from './files.ts';
export type { Remembered } from './record.ts';

/** Remembers a choice for a directory, and what it means concretely. @throws DetourError `cannot-remember`. */
export async function remember(
  stateDirectory: string,
  directory: string,
  detour: DetourId,
  means: RememberedTarget = {},
): Promise<void> {
  const identity = identityOf(directory);
  const at = new Date().toISOString();
  await rewriteChoice(stateDirectory, {
    directory,
    detour,
    at,
    means,
    ...(identity === undefined ? {} : { identity }),
  });
}

/** Writes a record as it is. @throws DetourError `cannot-remember`. */
export async function rewriteChoice(stateDirectory: string, remembered: Remembered): Promise<void> {
  const { directory } = remembered;
  const choices = choicesDirectory(stateDirectory);
  try {
    // sudo may leave HOME the person's, who could not change what root remembered there.
    if (isRootInAnothers(choices)) throw new Error('it belongs to another user, and you are root');
    makeDirectories(choices, 0o700);
    const unsafe = whyUnsafe(choices);
    if (unsafe !== undefined) throw new Error(unsafe);
    const { kind } = readRecord(choices, nameOf(directory));
    if (kind === 'newer') throw new Error(`the one for ${directory} was written by a newer pip-detour`);
    // conf writes through a link, and reads what is there before it writes.
    if (kind === 'damaged') setAside(choices, directory);
    const { write } = await import('../system/store.ts');
    write(choices, nameOf(directory), asStored(remembered));
    noteIdentity(choices, remembered);
  } catch (thrown) {
    const why = systemCode(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown));
    throw new DetourError(
      'cannot-remember',
      `the choice could not be written to ${choices} (${why})`,
      seeWhose(choices),
    );
  }
}

/** All that lies in the memory. */
export interface Listed {
  readonly choices: readonly Remembered[];
  /** Files that hold no record, and those of a newer pip-detour; they are left alone. */
  readonly damaged: readonly string[];
  readonly newer: readonly string[];
}

/** Everything remembered, by directory. @throws DetourError `unsafe-memory`. */
export async function list(stateDirectory: string): Promise<Listed> {
  const directory = choicesDirectory(stateDirectory);
  const choices: Remembered[] = [];
  const others: { file: string; kind: string }[] = [];
  for (const file of filesIn(directory)) {
    if (!/^[0-9a-f]{16}\.json$/.test(file)) continue;
    const found = readRecord(directory, file.slice(0, -'.json'.length));
    if (found.kind === 'choice') choices.push(found.choice);
    else if (found.kind !== 'nothing') others.push({ file: join(directory, file), kind: found.kind });
  }
  return {
    choices: choices.sort((a, b) => (a.directory < b.directory ? -1 : 1)),
    damaged: others.filter(({ kind }) => kind !== 'newer').map(({ file }) => file),
    newer: others.filter(({ kind }) => kind === 'newer').map(({ file }) => file),
  };
}

function filesIn(choices: string): string[] {
  if (!existsSync(choices)) return [];
  const unsafe = whyUnsafe(choices);
  if (unsafe !== undefined)
    throw new DetourError(
      'unsafe-memory',
      `the remembered choices in ${choices} are ignored: ${unsafe}`,
      seeWhose(choices),
    );
  return readdirSync(choices).sort();
}

/** How long a writer may be at it before its temporary file counts as left by one that was killed, in ms. */
const writing = 60_000;

/** Files that nothing reads any more: damaged ones set aside, and what a killed writer left. */
export function leftovers(stateDirectory: string): string[] {
  const choices = choicesDirectory(stateDirectory);
  const files = filesIn(choices)
    .map((name) => join(choices, name))
    .filter((file) => {
      if (file.endsWith('.json.damaged')) return true;
      const made = statOf(file, false)?.mtimeMs ?? 0;
      // Either way: a clock may have been set back.
      return /\.json\.tmp-[0-9a-f]+$/.test(file) && Math.abs(Date.now() - made) > writing;
    });
  return [...files, ...notesWithoutChoice(choices)];
}

/** Whether something is remembered for exactly this directory (a real path). */
export function hasChoice(stateDirectory: string, directory: string): boolean {
  return statOf(fileOf(choicesDirectory(stateDirectory), directory), false) !== undefined;
}

/** Forgets what is remembered for exactly this directory; false when nothing was. */
export function forget(stateDirectory: string, directory: string): boolean {
  const choices = choicesDirectory(stateDirectory);
  const path = recordedAs(stateDirectory, directory);
  const file = fileOf(choices, path);
  if (statOf(file, false) === undefined) return false;
  rmSync(file);
  removeNote(choices, path);
  return true;
}

/**
 * The path a directory was remembered by: the very name that was given, when it has a record (the project may have been
 * moved since, and a link left in its place), else its real path.
 */
export function recordedAs(stateDirectory: string, directory: string): string {
  const file = fileOf(choicesDirectory(stateDirectory), directory);
  return statOf(file, false) === undefined ? realOr(directory) : directory;
}

/** Forgets everything; returns how many choices there were. */
export async function forgetAll(stateDirectory: string): Promise<number> {
  const { choices } = await list(stateDirectory);
  rmSync(choicesDirectory(stateDirectory), { recursive: true, force: true });
  removeAllNotes(choicesDirectory(stateDirectory));
  return choices.length;
}
