import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeFileSync } from 'atomically';
import Conf from 'conf';
import { parse } from 'smol-toml';
import { systemCode } from '../system/errors.ts';
import { makeDirectories } from '../system/make-directories.ts';
import type { Value } from './kinds.ts';
import { CannotEdit, edited } from './toml-edit.ts';

/**
 * The bundle that changes settings; nothing of it is loaded to read them. Everything is replaced whole: a new file
 * renamed over the old one.
 */

/** Sets (`undefined`: takes out) a value of the person's own settings, by conf. @throws CannotEdit. */
export function writeUser(file: string, name: string, value: Value | undefined): void {
  makeDirectories(dirname(file), 0o700);
  const store = new Conf<Record<string, unknown>>({
    cwd: dirname(file),
    configName: basename(file, '.toml'),
    fileExtension: 'toml',
    projectName: 'pip-detour',
    projectSuffix: '',
    // A name is a name; with dots taken as nesting one could reach into another.
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
    deserialize: (text) => Object.fromEntries(Object.entries(parse(text))),
    // The person's comments and order stay: what conf would write whole is taken over value by value.
    serialize: (values) => inText(textOf(file), values),
  });
  if (value !== undefined) store.set(name, value);
  else if (store.has(name)) store.delete(name);
}

/** Sets a value of a project's file. @throws CannotEdit, or what writing there throws. */
export function writeProject(file: string, whole: boolean, name: string, value: Value | undefined): void {
  const before = textOf(file);
  const after = edited(before, whole ? [] : ['tool', 'pip-detour'], name, value);
  // The mode of what is there is kept; a new file is like any other of the project's.
  if (after !== before) writeFileSync(file, after, before === '' ? { mode: 0o666 & ~process.umask() } : {});
}

function inText(text: string, values: Readonly<Record<string, unknown>>): string {
  const before: Readonly<Record<string, unknown>> = parse(text);
  let after = text;
  for (const name of new Set([...Object.keys(before), ...Object.keys(values)]))
    if (!isDeepStrictEqual(before[name], values[name]))
      after = edited(after, [], name, Object.hasOwn(values, name) ? asToml(values[name]) : undefined);
  return after;
}

function asToml(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(String);
  throw new CannotEdit('it holds something that is not a setting');
}

/** The file as it is; empty where there is none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return '';
    throw thrown;
  }
}
