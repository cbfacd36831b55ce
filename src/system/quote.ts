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

/** One word for fish, where only `\\` and `\'` are special inside single quotes. */
export function quoteFish(word: string): string {
  if (/^[A-Za-z0-9_@+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/**
 * Text from elsewhere made safe to show on a terminal: control characters (escape sequences with them) and
 * bidirectional overrides become visible `\\x1b` forms, so a file name cannot rewrite the prompt.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
    },
  );
}

/** `~/work` for a path under `home`; the path itself otherwise. Always printable. */
export function shortPath(path: string, home: string): string {
  if (home !== '' && home !== '/' && path === home) return '~';
  if (home !== '' && home !== '/' && path.startsWith(`${home}/`))
    return `~${printable(path.slice(home.length))}`;
  return printable(path);
}
