import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DetourError, systemCode } from '../errors.ts';
import type { DetourId } from '../types.ts';

/** What is remembered for a directory. */
export interface Remembered {
  /** Real path. */
  readonly directory: string;
  readonly detour: DetourId;
  /** ISO 8601, when it was chosen. */
  readonly at: string;
}

export interface Recalled {
  readonly choice?: Remembered;
  /** A sentence for the person: a damaged file was set aside. */
  readonly warning?: string;
}

const version = 1;
const detours: readonly string[] = [
  'active-venv',
  'venv',
  'pipx',
  'project-manager',
  'system-package',
  'other-python',
  'break-system-packages',
] satisfies DetourId[];

/** Where the files lie, under the XDG state directory. */
export function choicesDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'choices');
}

function nameOf(directory: string): string {
  return createHash('sha256').update(directory).digest('hex').slice(0, 16);
}

function fileOf(choices: string, directory: string): string {
  return join(choices, `${nameOf(directory)}.json`);
}

/**
 * The choice for `cwd` (a real path) or its nearest ancestor. What was remembered for the home directory, for `/` or for
 * a place anybody may write to (/tmp) holds there alone: it was not meant for every project below.
 */
export async function recall(stateDirectory: string, cwd: string, home: string): Promise<Recalled> {
  const choices = choicesDirectory(stateDirectory);
  if (cwd === '' || !existsSync(choices)) return {};
  for (let directory = cwd; ; directory = dirname(directory)) {
    if ((directory === cwd || !holdsAlone(directory, home)) && existsSync(fileOf(choices, directory)))
      return load(choices, directory);
    if (directory === dirname(directory)) return {};
  }
}

/** What is remembered or set there says nothing of the directories below: they are not one project, or not one person's. */
export function holdsAlone(directory: string, home: string): boolean {
  if (directory === '/' || directory === home) return true;
  try {
    return (statSync(directory).mode & 0o002) !== 0;
  } catch {
    return false;
  }
}

async function load(choices: string, directory: string): Promise<Recalled> {
  const { read } = await import('./store.ts');
  try {
    const record = read(choices, nameOf(directory));
    if (typeof record['version'] === 'number' && record['version'] > version)
      return { warning: `the choice remembered for ${directory} was written by a newer pip-detour` };
    const choice = asRemembered(record);
    // Another directory's record under this name would be a planted or damaged file.
    return choice?.directory === directory ? { choice } : setAside(choices, directory);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return setAside(choices, directory);
    return { warning: `the choice remembered for ${directory} cannot be read` };
  }
}

function setAside(choices: string, directory: string): Recalled {
  const file = fileOf(choices, directory);
  try {
    renameSync(file, `${file}.damaged`);
    return { warning: `the choice remembered for ${directory} was damaged; it lies in ${file}.damaged now` };
  } catch {
    return { warning: `the choice remembered for ${directory} is damaged: ${file}` };
  }
}

function asRemembered(record: Readonly<Record<string, unknown>>): Remembered | undefined {
  const { directory, detour, at } = record;
  if (typeof directory !== 'string' || typeof at !== 'string' || !isDetour(detour)) return undefined;
  return { directory, detour, at };
}

function isDetour(value: unknown): value is DetourId {
  return typeof value === 'string' && detours.includes(value);
}

/** Remembers a choice for a directory. @throws DetourError `cannot-remember`. */
export async function remember(stateDirectory: string, directory: string, detour: DetourId): Promise<void> {
  const { write } = await import('./store.ts');
  const choices = choicesDirectory(stateDirectory);
  try {
    // sudo may leave HOME the person's, who could not change what root remembered there.
    if (process.getuid?.() === 0 && ownerOf(choices) > 0)
      throw new Error('it belongs to another user, and this is root');
    mkdirSync(choices, { recursive: true, mode: 0o700 });
    const at = new Date().toISOString();
    write(choices, nameOf(directory), { version, directory, detour, at });
  } catch (thrown) {
    const why = systemCode(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown));
    throw new DetourError('cannot-remember', `the choice could not be written to ${choices} (${why})`);
  }
}

/** User id of the owner of `path`, or of the directory it would be made in. */
function ownerOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined || path === dirname(path) ? (stat?.uid ?? 0) : ownerOf(dirname(path));
}

/** Everything remembered, by directory; damaged files are left alone and named. */
export async function list(
  stateDirectory: string,
): Promise<{ choices: readonly Remembered[]; damaged: readonly string[] }> {
  const directory = choicesDirectory(stateDirectory);
  if (!existsSync(directory)) return { choices: [], damaged: [] };
  const { read } = await import('./store.ts');
  const choices: Remembered[] = [];
  const damaged: string[] = [];
  for (const file of readdirSync(directory).sort()) {
    if (!/^[0-9a-f]{16}\.json$/.test(file)) continue;
    const name = file.slice(0, -'.json'.length);
    let choice: Remembered | undefined;
    try {
      choice = asRemembered(read(directory, name));
    } catch {
      choice = undefined;
    }
    if (choice === undefined) damaged.push(join(directory, file));
    else choices.push(choice);
  }
  return { choices: choices.sort((a, b) => (a.directory < b.directory ? -1 : 1)), damaged };
}

/** Forgets what is remembered for exactly this directory; false when nothing was. */
export function forget(stateDirectory: string, directory: string): boolean {
  const choices = choicesDirectory(stateDirectory);
  let path = directory;
  try {
    path = realpathSync(directory);
  } catch {
    // The directory is gone: what was remembered for it can still be forgotten by its name.
  }
  const file = fileOf(choices, path);
  if (!existsSync(file)) return false;
  rmSync(file);
  return true;
}

/** Forgets everything; returns how many choices there were. */
export async function forgetAll(stateDirectory: string): Promise<number> {
  const { choices } = await list(stateDirectory);
  rmSync(choicesDirectory(stateDirectory), { recursive: true, force: true });
  return choices.length;
}
