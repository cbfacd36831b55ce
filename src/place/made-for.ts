import { accessSync, constants, existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from '../pip/shebang.ts';
import { systemCode } from '../system/errors.ts';
import { statOf } from '../system/ownership.ts';
import { type Dialect, firstWord, spellings } from '../system/quote.ts';
import { textOf } from '../system/text-file.ts';
import { headIn, prefixOf } from './command-head.ts';

/** Where each shell's script says what it enters, as CPython's venv, virtualenv and uv write it. */
const scripts: readonly { readonly name: string; readonly dialect: Dialect; readonly says: RegExp }[] = [
  { name: 'activate', dialect: 'sh', says: /^[ \t]*(?:export[ \t]+)?VIRTUAL_ENV=/gm },
  {
    name: 'activate.csh',
    dialect: 'csh',
    says: /^[ \t]*(?:setenv[ \t]+VIRTUAL_ENV[ \t]+|set[ \t]+_virtualenv_dir=)/gm,
  },
  { name: 'activate.fish', dialect: 'fish', says: /^[ \t]*set -gx VIRTUAL_ENV[ \t]+/gm },
];

/** What an environment (by its real path) says of where it lies. Executes nothing. */
export interface Named {
  /** Other places than its own that it leads to, the most certain first; none for one that lies where it was made. */
  readonly elsewhere: readonly string[];
  /** Its activate script names its own place and no other. */
  readonly here: boolean;
  /** A command of it may not be executed although its mode says so: the disk is mounted noexec (mount(8)). */
  readonly noexec: boolean;
}

/** Reads which places an environment's activate scripts and commands lead to. */
export function placesNamed(environment: string): Named {
  const own = statOf(environment);
  const isElsewhere = (place: string) => place !== environment && !isSame(own, place);
  const [activate = [], ...others] = scripts.map((script) => namedIn(environment, script));
  const commands = namedByCommands(environment, isElsewhere);
  const elsewhere = [...activate, ...others.flat()].filter(isElsewhere);
  return {
    elsewhere: [...new Set([...elsewhere, ...commands.elsewhere])],
    here: activate.length === 0 ? isSpelledOut(environment) : !activate.some(isElsewhere),
    noexec: commands.noexec,
  };
}

/**
 * Whether an environment (by its real path) was made where it lies: its activate script names the place. One that was
 * unpacked with somebody's archive names another, for nobody knows beforehand where it will be unpacked.
 */
export function wasMadeHere(environment: string): boolean {
  return placesNamed(environment).here;
}

/** CPython's venv (to 3.13) puts a path with `$` or `"` in it between quotes as it is, which no shell reads as that path. */
function isSpelledOut(environment: string): boolean {
  const text = textOf(join(environment, 'bin/activate')) ?? '';
  return spellings(environment).some((spelling) => text.includes(`VIRTUAL_ENV=${spelling}\n`));
}

/** A path by another name (a link, a bind mount) leads to the same directory of the same disk. */
function isSame(own: Stats | undefined, place: string): boolean {
  const other = statOf(place);
  return other !== undefined && own !== undefined && other.ino === own.ino && other.dev === own.dev;
}

function namedIn(environment: string, { name, dialect, says }: (typeof scripts)[number]): string[] {
  const text = textOf(join(environment, 'bin', name)) ?? '';
  return [...text.matchAll(says)]
    .map((match) => firstWord(text.slice(match.index + match[0].length), dialect)?.word ?? '')
    .filter((path) => path.startsWith('/'));
}

/**
 * One command may have come with a wheel as it is; where pip itself or several lead to the same other environment, it is
 * this one's own that do.
 */
function namedByCommands(
  environment: string,
  isElsewhere: (place: string) => boolean,
): { elsewhere: string[]; noexec: boolean } {
  const counts = new Map<string, number>();
  let noexec: boolean | undefined;
  const bin = join(environment, 'bin');
  const entries = existsSync(bin) ? readdirSync(bin, { withFileTypes: true }) : [];
  for (const entry of entries) {
    if (!entry.isFile() || /^activate/i.test(entry.name)) continue;
    const file = join(bin, entry.name);
    noexec ??= mayNotRun(file);
    const head = headIn(startOf(file, 1024) ?? '');
    const place = head === undefined ? undefined : prefixOf(head);
    if (place === undefined || !isElsewhere(place) || !isEnvironmentOrGone(place)) continue;
    counts.set(place, (counts.get(place) ?? 0) + (/^pip[\d.-]*$/.test(entry.name) ? 2 : 1));
  }
  return {
    elsewhere: [...counts].filter(([, count]) => count > 1).map(([place]) => place),
    noexec: noexec === true,
  };
}

/** A script of the system's Python leads to /usr, which is no environment. */
function isEnvironmentOrGone(place: string): boolean {
  return existsSync(join(place, 'pyvenv.cfg')) || !existsSync(place);
}

/** Undefined for a file that is not meant to be run. */
function mayNotRun(file: string): boolean | undefined {
  if ((statSync(file).mode & 0o100) === 0) return undefined;
  try {
    accessSync(file, constants.X_OK);
    return false;
  } catch (thrown) {
    return systemCode(thrown) === 'EACCES';
  }
}
