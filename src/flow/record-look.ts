import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { normalizeName } from '../pip/requirement.ts';
import { heldPackages } from '../place/held-packages.ts';
import { decoded } from '../project/record/encoded.ts';
import { readRequirements, withLines, withoutLines } from '../project/record/requirements-file.ts';
import type { Recordable } from '../project/record/style.ts';
import { listing } from '../system/listing.ts';
import { isMine, statOf } from '../system/ownership.ts';
import { bytesOf } from '../system/text-file.ts';
import type { Situation } from '../types.ts';

/** What would be written into a project's own list of what it needs. */
export interface RecordFound {
  /** The project. */
  readonly root: string;
  /** The list, by its path in the project; `real` where it lies. */
  readonly file: string;
  readonly real: string;
  readonly before: Buffer;
  readonly after: Buffer;
  /** The lines that are added, or taken out, and the projects (PEP 503) that they name. */
  readonly lines: readonly string[];
  readonly names: readonly string[];
  readonly takesOut: boolean;
}

/** The same, or why it is not written, as a clause that follows the file's name. */
export type RecordLook =
  | RecordFound
  | { readonly file: string; readonly why: string; readonly names: readonly string[] };

/** Longer than this (bytes) it is no list of a person's. */
const longest = 1_000_000;

/** Whose lists are not for us to change: a tool keeps them, or makes them of others. */
const kept = /^(requirements.*\.in|pylock(\..+)?\.toml|environment\.ya?ml|Pipfile|.*\.lock)$/;

/**
 * What was installed into an environment (`directory`), or uninstalled, and does not stand so in the project's list yet.
 * Undefined where it does, and where the project has no list that somebody keeps by hand.
 */
export async function lookForRecord(
  situation: Situation,
  directory: string | undefined,
): Promise<RecordLook | undefined> {
  const { command, managedProject, place, home, environment } = situation;
  const root = situation.project?.root ?? place.directory;
  if (directory === undefined || environment.of !== undefined) return undefined;
  if (root === home || root === '/' || root === '' || managedProject !== undefined) return undefined;
  const names = listing(root);
  if (names.some((name) => kept.test(name))) return undefined;
  const takesOut = command.subcommand === 'uninstall';
  const changed = takesOut ? uninstalled(situation, directory) : installed(situation, directory);
  const open = takesOut ? changed : changed.filter(({ name }) => !isListed(root, names, name));
  if (open.length === 0) return undefined;
  return (
    (names.includes('requirements.txt') ? inRequirements(root, open, takesOut) : undefined) ??
    (names.includes('pyproject.toml') ? await inPyproject(root, open, takesOut) : undefined)
  );
}

function inRequirements(
  root: string,
  open: readonly Recordable[],
  takesOut: boolean,
): RecordLook | undefined {
  const file = 'requirements.txt';
  const found = readable(root, file);
  if (found === undefined) return undefined;
  const names = open.map(({ name }) => name);
  if ('why' in found) return takesOut ? undefined : { file, why: found.why, names };
  const read = readRequirements(found.text);
  if ('why' in read) return takesOut ? undefined : { file, why: read.why, names };
  const { text, ...change } = takesOut ? withoutLines(found.text, names) : withLines(found.text, open);
  const lines = 'added' in change ? change.added : change.removed;
  return lines.length === 0
    ? undefined
    : { root, file, ...found.kept, after: found.encode(text), lines, names, takesOut };
}

async function inPyproject(
  root: string,
  open: readonly Recordable[],
  takesOut: boolean,
): Promise<RecordLook | undefined> {
  const file = 'pyproject.toml';
  const found = readable(root, file);
  if (found === undefined) return undefined;
  const names = open.map(({ name }) => name);
  if ('why' in found) return takesOut ? undefined : { file, why: found.why, names };
  const { withDependencies, withoutDependencies } = await import('../project/record/dependencies.ts');
  const change = takesOut ? withoutDependencies(found.text, names) : withDependencies(found.text, open);
  if (change === undefined) return undefined;
  const lines = 'added' in change ? change.added : change.removed;
  return lines.length === 0
    ? undefined
    : { root, file, ...found.kept, after: found.encode(change.text), lines, names, takesOut };
}

/**
 * A file that this person may change, and that is theirs alone: another name of it would keep the old text. A link that
 * leads out of the project is said to be one: whoever reads the question agrees to a file of the project.
 */
function readable(root: string, name: string) {
  try {
    const real = realpathSync(join(root, name));
    const stats = statOf(real);
    const bytes = bytesOf(real, longest);
    if (stats === undefined || bytes === undefined || !isMine(stats.uid) || stats.nlink > 1) return undefined;
    // Root may write everywhere; who took the right away meant it all the same.
    if ((stats.mode & 0o200) === 0) return undefined;
    accessSync(real, constants.W_OK);
    accessSync(dirname(real), constants.W_OK | constants.X_OK);
    if (!real.startsWith(`${realpathSync(root)}/`)) return { why: 'is a link to a file outside the project' };
    const text = decoded(bytes);
    return text && { ...text, kept: { real, before: bytes } };
  } catch {
    return undefined;
  }
}

/** What was typed by name and is in the environment now; addresses, directories and files say where they are themselves. */
function installed({ command, environment }: Situation, directory: string): Recordable[] {
  const held = new Map(heldPackages(directory).map((one) => [normalizeName(one.name), one.version]));
  const found = new Map<string, Recordable>();
  for (const { kind, editable, name, text, specifier, marker } of command.requirements) {
    if (kind !== 'name' || editable === true || name === undefined || name === 'pip') continue;
    const version = held.get(name);
    // What the system has was not installed here, and its version is no matter of the project's.
    if (version === undefined && environment.seesSystem !== true) continue;
    const typed = text.trim().match(/^[\w.-]+(?:[ \t]*\[[^\]]*\])?/)?.[0] ?? name;
    if (!isPrintable(`${specifier ?? ''}${marker ?? ''}`)) continue;
    found.set(name, {
      typed,
      name,
      ...(specifier === undefined ? {} : { specifier }),
      ...(marker === undefined ? {} : { marker }),
      ...(version === undefined ? {} : { version }),
    });
  }
  return [...found.values()];
}

function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** What was typed by name and is no longer there: pip asks, and takes a no. */
function uninstalled({ command }: Situation, directory: string): Recordable[] {
  const held = new Set(heldPackages(directory).map(({ name }) => normalizeName(name)));
  return command.requirements.flatMap(({ kind, name, text }) =>
    kind === 'name' && name !== undefined && !held.has(name) ? [{ typed: text, name }] : [],
  );
}

/** Whether any list of the project has it, be it one for its tests, an extra or a group (PEP 735). */
function isListed(root: string, names: readonly string[], project: string): boolean {
  const files = names.filter((name) => /^requirements.*\.txt$/.test(name)).map((name) => join(root, name));
  if (inAny(files, project)) return true;
  const pyproject = bytesOf(join(root, 'pyproject.toml'), longest)?.toString('utf8') ?? '';
  const words = pyproject.matchAll(/["'][ \t]*([A-Za-z0-9][\w.-]*)[ \t]*(?=[[<>=!~;@"'(])/g);
  return [...words].some(([, word = '']) => normalizeName(word) === project);
}

/** The files, and what they include with `-r`, as far as that is a matter of a few. */
function inAny(files: readonly string[], project: string): boolean {
  const seen = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined && seen.size < 50; file = open.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const read = readRequirements(decoded(bytesOf(file, longest) ?? Buffer.alloc(0))?.text ?? '');
    if ('why' in read) continue;
    if (read.listed.some(({ name }) => name === project)) return true;
    for (const include of read.includes) open.push(resolve(dirname(file), include));
  }
  return false;
}
