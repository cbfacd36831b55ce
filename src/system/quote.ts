import { masked, maskedWords } from './mask.ts';

/** Shell quoting stands here and nowhere else. */

/** One word for a POSIX shell, quoted only where it must be. */
export function quote(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line that can be pasted into bash, zsh or dash. */
export function quoteAll(words: readonly string[]): string {
  return words.map(quote).join(' ');
}

/** A command line to be shown: as it can be pasted, once whoever does has put their secrets where `****` stands. */
export function shownLine(words: readonly string[]): string {
  return printable(quoteAll(maskedWords(words)));
}

/** One word for fish, where only `\\` and `\'` are special inside single quotes. */
export function quoteFish(word: string): string {
  if (/^[A-Za-z0-9_@+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** One word for csh and tcsh, where `!` recalls history even inside quotes. */
export function quoteCsh(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`).replaceAll('!', '\\!')}'`;
}

/**
 * A command line for a crontab: cron ends it at a bare `%` and takes `\\%` for one (crontab(5)), and a cron that does not
 * (busybox') leaves that to the shell, which takes it for one outside quotes.
 */
export function quoteForCron(words: readonly string[]): string {
  return words.map(cronWord).join(' ');
}

function cronWord(word: string): string {
  if (!word.includes('%')) return quote(word);
  const parts = word.split('%').map((part) => (part === '' ? '' : quote(part)));
  return parts.join('\\%');
}

/** One word of a unit's command line: `%` is a specifier there and `$` a variable (systemd.unit(5), systemd.service(5)). */
export function quoteForUnit(word: string): string {
  if (/^[A-Za-z0-9_@+=:,./-]+$/.test(word)) return word;
  return `"${inUnit(word.replace(/[\\"]/g, '\\$&')).replaceAll('$', '$$$$')}"`;
}

/** What a unit takes as it is, to the end of the line, but for its specifiers. */
export function inUnit(text: string): string {
  return text.replaceAll('%', '%%');
}

/** One word in single quotes for sh that a Python string in triple quotes may hold as well: no `'''`, no backslash. */
export function quoteInPython(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** One word in quotes, in every way in which CPython's venv, virtualenv, uv and we write it into a shell's script. */
export function spellings(word: string): string[] {
  return [
    quoteInPython(word),
    `'${word.replaceAll("'", "'\\''")}'`,
    `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
    `"${word}"`,
  ];
}

/** Whose words a script is written in, as far as their quotes differ. */
export type Dialect = 'sh' | 'csh' | 'fish';

/** Quoted or escaped parts that one word is put together from; fish alone has escapes within single quotes. */
const parts: Readonly<Record<Dialect, RegExp>> = {
  sh: /'([^']*)'|"([^"$`\\]*)"|\\([\s\S])|([^\s;)'"\\$`]+)/y,
  csh: /'([^']*)'|"([^"$`\\]*)"|\\([\s\S])|([^\s;)'"\\$`]+)/y,
  fish: /'((?:[^'\\]|\\[\s\S])*)'|"([^"$`\\]*)"|\\([\s\S])|([^\s;)'"\\$`]+)/y,
};

/** What a backslash takes the meaning from within single quotes. */
const inSingle: Readonly<Record<Dialect, RegExp>> = { sh: /(?!)/g, csh: /\\(!)/g, fish: /\\(['\\])/g };

/**
 * The word that a piece of a script begins with, its quotes taken off, and how long it is there; undefined where it is
 * not finished or the shell would put something in (`$`, a backquote).
 */
export function firstWord(
  text: string,
  dialect: Dialect = 'sh',
): { readonly word: string; readonly length: number } | undefined {
  const part = parts[dialect];
  let word = '';
  for (let at = 0; ; at = part.lastIndex) {
    part.lastIndex = at;
    const found = part.exec(text);
    if (found === null) {
      const ends = at > 0 && /^(?:[\s;)]|$)/.test(text.slice(at, at + 1));
      return ends ? { word, length: at } : undefined;
    }
    const [, single, double, escaped, bare] = found;
    word += single?.replace(inSingle[dialect], '$1') ?? double ?? escaped ?? bare ?? '';
  }
}

/**
 * Text from elsewhere made safe to show on a terminal: control characters (escape sequences with them) and
 * bidirectional overrides become visible `\\x1b` forms, so a file name cannot rewrite the prompt. Secrets are masked.
 */
export function printable(text: string): string {
  return masked(text).replace(unprintable, (character) => {
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Prose from a stranger as one short line: without what `printable` shows, and whole escape sequences gone; never longer
 * than `longest` characters.
 */
export function plainText(text: string, longest: number): string {
  const bare = text
    .slice(0, 20 * longest)
    // ECMA-48: control sequences, and strings up to their end.
    .replace(/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g, '')
    .replace(/\u001b[P\]X^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '')
    .replace(/\s+/g, ' ')
    .replace(unprintable, '')
    .trim();
  const characters = [...masked(bare)];
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
}

/** A path as it can be typed in a shell, the shorter for one under `home`: `~/work`, `~/'my work'`. */
export function typable(path: string, home: string, quoted: (word: string) => string = quote): string {
  if (home === '' || home === '/' || !path.startsWith(`${home}/`)) return quoted(path);
  return `~/${quoted(path.slice(home.length + 1))}`;
}

/** `~/work` for a path under `home`; the path itself otherwise. Always printable. */
export function shortPath(path: string, home: string): string {
  if (home !== '' && home !== '/' && path === home) return '~';
  if (home !== '' && home !== '/' && path.startsWith(`${home}/`))
    return `~${printable(path.slice(home.length))}`;
  return printable(path);
}
