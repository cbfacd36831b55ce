import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectories } from '../system/make-directories.ts';
import { statOf, whyUnsafe } from '../system/ownership.ts';
import { shortPath, typable } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import { choicesDirectory, nameOf } from './files.ts';
import { identityOf } from './identity.ts';
import { asRemembered, type Remembered } from './record.ts';

/*
 * A project that was moved is the same directory under another name. So that it can be told without reading every
 * record, a link called by the directory's identity leads to the directory's record; one that leads nowhere, or to
 * another's, means nothing.
 */

const notesOf = (choices: string) => join(dirname(choices), 'moved');
const noteOf = (choices: string, identity: string) => join(notesOf(choices), identity);

/** Notes which directory a record is for. Only a help: its failure is none. */
export function noteIdentity(choices: string, { directory, identity }: Remembered): void {
  if (identity === undefined) return;
  const note = noteOf(choices, identity);
  const name = `${nameOf(directory)}.json`;
  try {
    makeDirectories(notesOf(choices), 0o700);
    if (statOf(note, false) !== undefined) {
      if (readlinkSync(note) === name) return;
      unlinkSync(note);
    }
    symlinkSync(name, note);
  } catch {
    // A disk without links, or full.
  }
}

/** Takes the note of a record away that is forgotten. */
export function removeNote(choices: string, directory: string): void {
  const identity = identityOf(directory);
  try {
    if (identity !== undefined) unlinkSync(noteOf(choices, identity));
  } catch {
    // There was none.
  }
}

/** Notes that lead to no record any more. */
export function notesWithoutChoice(choices: string): string[] {
  if (!existsSync(notesOf(choices))) return [];
  return readdirSync(notesOf(choices))
    .map((identity) => noteOf(choices, identity))
    .filter((note) => !existsSync(join(choices, readlinkSync(note))));
}

/** Takes all of them away. */
export function removeAllNotes(choices: string): void {
  rmSync(notesOf(choices), { recursive: true, force: true });
}

/** A sentence for whoever is asked in a directory that something is remembered for under another name. */
export function movedFrom({ stateDirectory, home }: Environment, directory: string): string | undefined {
  const found = formerly(stateDirectory, directory);
  if (found === undefined) return undefined;
  const [was, now] = [shortPath(found.directory, home), shortPath(directory, home)];
  const move = `pip-detour choices move ${typable(found.directory, home)} ${typable(directory, home)}`;
  return `${now} was ${was}, where ${found.detour} is remembered; to take that along: ${move}`;
}

/** What is remembered for a directory under a name that it does not have any more. */
export function formerly(stateDirectory: string, directory: string): Remembered | undefined {
  const identity = identityOf(directory);
  if (identity === undefined) return undefined;
  try {
    const choices = choicesDirectory(stateDirectory);
    if (whyUnsafe(choices) !== undefined) return undefined;
    const name = readlinkSync(noteOf(choices, identity));
    if (!/^[0-9a-f]{16}\.json$/.test(name)) return undefined;
    const found = asRemembered(JSON.parse(readFileSync(join(choices, name), 'utf8')));
    if (found?.identity !== identity || found.directory === directory) return undefined;
    // A link left in the old place leads here.
    if (existsSync(found.directory) && realpathSync(found.directory) !== directory) return undefined;
    return found;
  } catch {
    return undefined;
  }
}
