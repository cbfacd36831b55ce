import { isAbsolute } from 'node:path';

/** What the value of a variable means. */

/** Environment variables; undefined: not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Numbers above 0, with blanks between them. */
export function numbersIn(text: string): readonly number[] {
  return text
    .split(' ')
    .map(Number)
    .filter((number) => number > 0);
}

/** Undefined for one that is not set, or empty. */
export function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

/** A place by its whole path; any other would be somewhere below the directory one stands in, which is no word of the person's. */
export function place(value: string | undefined): string | undefined {
  return value !== undefined && isAbsolute(value) ? value : undefined;
}

/** What says yes and no, in a variable or typed; in small letters. */
export const wordsFor = {
  yes: ['1', 'true', 'yes', 'on', 't', 'y'],
  no: ['0', 'false', 'no', 'off', 'n', 'f'],
} as const;

/** Whatever does not say no, as programs read CI and the like. */
export function isTrue(value: string | undefined): boolean {
  const word = value?.toLowerCase() ?? '';
  return word !== '' && !wordsFor.no.some((no) => no === word);
}

/** The encoding as locale(7) finds it: the first of these that is set and not empty. macOS sets none and means UTF-8. */
export function utf8(variables: Variables): boolean {
  const locale = given(variables['LC_ALL']) ?? given(variables['LC_CTYPE']) ?? given(variables['LANG']);
  return locale === undefined ? process.platform === 'darwin' : /utf-?8/i.test(locale);
}
