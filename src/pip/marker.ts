import { readFileSync } from 'node:fs';
import { parseIni } from './ini.ts';

/** A marker longer than this (bytes) is not read: the longest known has 2 kB. */
const longest = 100_000;

/**
 * What the marker says in the person's language, as pip would choose it (pip/_internal/exceptions.py,
 * `ExternallyManagedEnvironment.from_config`): `Error-de_DE`, `Error-de`, then `Error`, the first that is there.
 * Undefined where pip would have only words of its own.
 */
export function markerWords(
  marker: string,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  try {
    const bytes = readFileSync(marker);
    if (bytes.length > longest) return undefined;
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const ini = parseIni(text, (name) => name.toLowerCase());
    const section = 'wrong' in ini ? undefined : ini.sections.get('externally-managed');
    const key = keys(language(variables)).find((name) => section?.has(name));
    const words = key === undefined ? undefined : section?.get(key)?.trim();
    return words === '' ? undefined : words;
  } catch {
    return undefined;
  }
}

function keys(language: string | undefined): string[] {
  if (language === undefined) return ['error'];
  const [beforeHyphen = language] = language.split('-');
  const [beforeUnderscore = language] = language.split('_');
  return [
    ...[language, beforeHyphen, beforeUnderscore].map((name) => `error-${name.toLowerCase()}`),
    'error',
  ];
}

/** `de_DE` of `de_DE.UTF-8@euro`, by locale(7)'s order for LC_MESSAGES; LANGUAGE does not count for pip. */
function language(variables: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => variables[name]).find((value) => value);
  const name = given?.split(/[.@]/)[0];
  return name === undefined || name === 'C' || name === 'POSIX' ? undefined : name;
}
