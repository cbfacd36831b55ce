import { existsSync } from 'node:fs';
import { nearestOwnProject } from '../project/find.ts';
import { holdsAlone, statOf, whyUnsafe } from '../system/ownership.ts';
import type { ChoiceAbove } from '../types.ts';
import { choicesDirectory, fileOf, nameOf, readRecord, setAside } from './files.ts';
import type { Remembered } from './record.ts';
import { type Candidate, candidates } from './worktree.ts';

/** What is remembered for a directory, if anything. */
export interface Recalled {
  readonly choice?: Remembered;
  /** The directory it counts for here, where that is another worktree's. */
  readonly here?: string;
  /** A sentence for the person: a damaged file was set aside. */
  readonly warning?: string;
}

/** A clause: which choice of a directory above is not used here, and why. `short` writes a path as it is shown. */
export function whyNotFromAbove(
  { detour, directory, own }: ChoiceAbove,
  short: (path: string) => string,
): string {
  return `${detour} is remembered for ${short(directory)} and is not used here, because ${short(own.directory)} has its own ${own.because}`;
}

/**
 * The choice for `cwd` (a real path) or its nearest ancestor. What was remembered for the home directory, for `/` or for
 * a place anybody may write to (/tmp) holds there alone: it was not meant for every project below. Nor does any reach into
 * a project of its own: see `choiceAboveOf`. `names`: what environments are called.
 */
export async function recall(
  stateDirectory: string,
  cwd: string,
  home: string,
  names?: readonly string[],
): Promise<Recalled> {
  const choices = choicesDirectory(stateDirectory);
  const nearest = nearestRecord(choices, cwd, home);
  if (nearest === undefined) return {};
  const { directory, here } = nearest;
  if (nearestOwnProject(cwd, here ?? directory, names) !== undefined) return {};
  const unsafe = whyUnsafe(choices);
  if (unsafe !== undefined) return { warning: `the remembered choices in ${choices} are ignored: ${unsafe}` };
  return { ...(await load(choices, directory)), ...(here === undefined ? {} : { here }) };
}

/** The nearest choice above `cwd` that does not reach it because a project of its own lies between. Changes nothing. */
export function choiceAboveOf(
  stateDirectory: string,
  cwd: string,
  home: string,
  names?: readonly string[],
): ChoiceAbove | undefined {
  const choices = choicesDirectory(stateDirectory);
  const { directory, here } = nearestRecord(choices, cwd, home) ?? {};
  if (directory === undefined || whyUnsafe(choices) !== undefined) return undefined;
  const own = nearestOwnProject(cwd, here ?? directory, names);
  if (own === undefined) return undefined;
  const found = readRecord(choices, nameOf(directory));
  if (found.kind !== 'choice') return undefined;
  const { detour, means } = found.choice;
  const environment = means.environment?.directory;
  return { directory, detour, own, ...(environment === undefined ? {} : { environment }) };
}

/** The nearest directory that has a record which counts for `cwd`. */
function nearestRecord(choices: string, cwd: string, home: string): Candidate | undefined {
  if (cwd === '' || !existsSync(choices)) return undefined;
  for (const candidate of candidates(cwd)) {
    const { directory } = candidate;
    if (statOf(fileOf(choices, directory), false) === undefined) continue;
    if (directory === cwd || !holdsAlone(directory, home)) return candidate;
  }
  return undefined;
}

async function load(choices: string, directory: string): Promise<Recalled> {
  const what = `the choice remembered for ${directory}`;
  const found = readRecord(choices, nameOf(directory));
  switch (found.kind) {
    case 'choice':
      return { choice: found.choice };
    case 'newer':
      return { warning: `${what} was written by a newer pip-detour` };
    case 'unreadable':
      return { warning: `${what} cannot be read (${found.code})` };
    case 'nothing':
      return {};
  }
  try {
    return { warning: `${what} was damaged; it lies in ${setAside(choices, directory)} now` };
  } catch {
    return { warning: `${what} is damaged: ${fileOf(choices, directory)}` };
  }
}
