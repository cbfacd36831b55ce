import { nearest } from '../system/nearest.ts';
import { inWords } from '../system/sentences.ts';
import { wordsFor } from '../system/variable-values.ts';

/** A value that was looked at: what it means, or what is wrong with it as a clause that follows the value. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** What a setting may be in a file. */
export type Value = string | number | boolean | readonly string[];

/** What may stand as the value of a setting. */
export interface Kind<T> {
  /** As help and tables show it: `true|false`, `NAME`. */
  readonly shape: string;
  /** The values there are, when they can be listed (for completion). */
  readonly values: readonly string[];
  /** The same for the published JSON schema (json-schema.org, draft 2020-12). */
  readonly json: Readonly<Record<string, unknown>>;
  /** Reads a value of a TOML or JSON file. */
  check(value: unknown): Checked<T>;
  /** What was typed, or stands in an environment variable, as a file would hold it; still to be checked. */
  fromText(text: string): Value;
}

const fine = <T>(value: T): Checked<T> => ({ ok: true, value });
const wrong = (problem: string): Checked<never> => ({ ok: false, problem });

function asItIs(text: string): string {
  return text;
}

/** `true` or `false`; a person may also type yes, no, on, off, 1, 0, and so on (`wordsFor`). */
export const flag: Kind<boolean> = {
  shape: 'true|false',
  values: ['true', 'false'],
  json: { type: 'boolean' },
  check: (value) => (typeof value === 'boolean' ? fine(value) : wrong('is neither true nor false')),
  fromText(text) {
    const word = text.toLowerCase();
    if (wordsFor.yes.some((yes) => yes === word)) return true;
    if (wordsFor.no.some((no) => no === word)) return false;
    return text;
  },
};

/** `true`, `false` or this word. */
export function flagOr<const T extends string>(word: T): Kind<boolean | T> {
  return {
    shape: `true|false|${word}`,
    values: ['true', 'false', word],
    json: { enum: [true, false, word] },
    check: (value) =>
      typeof value === 'boolean' || value === word
        ? fine<boolean | T>(value === word ? word : value === true)
        : wrong(`is neither true nor false nor ${word}`),
    fromText: (text) => (text.toLowerCase() === word ? word : flag.fromText(text)),
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(values: readonly T[]): Kind<T> {
  return {
    shape: values.join('|'),
    values,
    json: { enum: values },
    check(value) {
      const found = values.find((word) => word === value);
      return found === undefined
        ? wrong(`is not one of ${inWords(values)}${meant(value, values)}`)
        : fine(found);
    },
    fromText: asItIs,
  };
}

/** Several of a few words; typed with commas between them. */
export function someOf<const T extends string>(values: readonly T[], shape: string): Kind<readonly T[]> {
  return {
    shape,
    values,
    json: { type: 'array', items: { enum: values }, uniqueItems: true },
    check(value) {
      if (!Array.isArray(value)) return wrong('is not a list');
      const words: readonly unknown[] = value;
      const unknown = words.find((word) => !values.some((known) => known === word));
      if (unknown !== undefined)
        return wrong(
          `has ${show(unknown)} in it, which is not one of ${inWords(values)}${meant(unknown, values)}`,
        );
      return fine(values.filter((known) => words.includes(known)));
    },
    fromText(text) {
      const words = text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '');
      if (words.length !== 1) return words;
      return words[0] === 'none' ? [] : words[0] === 'all' ? values : words;
    },
  };
}

/** A number of seconds; whole ones are all anybody needs. */
export function seconds(least: number, most: number): Kind<number> {
  return {
    shape: 'SECONDS',
    values: [],
    json: { type: 'integer', minimum: least, maximum: most },
    check: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? fine(value)
        : wrong(`is not a whole number of seconds from ${least} to ${most}`),
    fromText: (text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : text),
  };
}

/** Directories that hold something else, whoever names an environment so. */
const taken = ['.git', '.hg', '.svn', '.jj', 'src', 'node_modules'];

/** The name of a directory in a project: no path, for a path could lead out of it. */
export const directoryName: Kind<string> = {
  shape: 'NAME',
  values: [],
  json: { type: 'string', pattern: '^[^/:\\u0000-\\u001f\\u007f~$-][^/:\\u0000-\\u001f\\u007f]*$' },
  check(value) {
    if (typeof value !== 'string') return wrong('is not text');
    if (value === '' || value === '.' || value === '..') return wrong('is not the name of a directory');
    if (value.includes('/')) return wrong('is a path: give a name without /');
    if (/[:\u0000-\u001f\u007f]/.test(value))
      return wrong('has a character that the name of an environment cannot have');
    if (/^[~$-]/.test(value))
      return wrong(`begins with ${value.charAt(0)}, which has no special meaning here`);
    if (taken.includes(value)) return wrong('is a directory that other things are kept in');
    if (Buffer.byteLength(value) > 255) return wrong('is longer than a file name can be');
    return fine(value);
  },
  fromText: asItIs,
};

/** A directory by its whole path; `~/` at the start is the person's home, nothing else is expanded. */
export const directoryPath: Kind<string> = {
  shape: 'DIRECTORY',
  values: [],
  json: { type: 'string', pattern: '^(~?/|$)' },
  check(value) {
    if (typeof value !== 'string') return wrong('is not text');
    if (value === '') return fine(value);
    const problem = pathProblem(value);
    return problem === undefined ? fine(value) : wrong(problem);
  },
  fromText: asItIs,
};

/** A Python: its version, its command's name, or its path. */
export const python: Kind<string> = {
  shape: 'VERSION|PATH',
  values: [],
  json: { type: 'string', pattern: '^(\\d+(\\.\\d+){1,2}|python[0-9.]*|~?/.*|)$' },
  check(value) {
    if (typeof value === 'number') return wrong(`is a number: put it in quotes, "${value}"`);
    if (typeof value !== 'string') return wrong('is not text');
    if (value === '' || /^\d+(\.\d+){1,2}$/.test(value) || /^python[\d.]*$/.test(value)) return fine(value);
    if (!value.includes('/') && !/^[~$]/.test(value))
      return wrong('is neither a version such as 3.12 nor a path');
    const problem = pathProblem(value);
    return problem === undefined ? fine(value) : wrong(problem);
  },
  fromText: asItIs,
};

function pathProblem(path: string): string | undefined {
  if (/^~[^/]/.test(path)) return "names another user's home; write the path in full";
  if (path.includes('$'))
    return 'has a $ in it; variables are not expanded here: write ~/ or the path in full';
  if (path.includes('\0')) return 'has a NUL in it';
  if (path.split('/').includes('..')) return 'has .. in it: write the path without it';
  if (!path.startsWith('/') && path !== '~' && !path.startsWith('~/'))
    return 'is not a full path: begin it with / or ~/';
  return undefined;
}

function meant(value: unknown, values: readonly string[]): string {
  const word = typeof value === 'string' ? nearest(value, values) : undefined;
  return word === undefined ? '' : `; did you mean ${word}?`;
}

/** A value as a person would type it, cut where it is long. */
export function show(value: unknown): string {
  let text: string;
  try {
    text =
      Array.isArray(value) && value.every((word) => typeof word === 'string')
        ? value.join(',')
        : asText(value);
  } catch {
    text = 'a value too deep to show';
  }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function asText(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
