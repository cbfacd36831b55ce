import stringWidth from 'string-width';
import { printable } from '../quote.ts';

/** Text for the prompt: harmless to a terminal, and in ASCII as far as it is ours where the locale has no more. */
export function shown(text: string, unicode: boolean): string {
  const safe = printable(text);
  if (unicode) return safe;
  return safe
    .replaceAll('·', '-')
    .replaceAll('–', '-')
    .replaceAll('…', '...')
    .replaceAll('→', '->')
    .replaceAll('’', "'");
}

/** `text` filled with blanks to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** As much of `text` as fits into `width` columns, and the rest. At least one character, so that a loop over it ends. */
function split(text: string, width: number): [string, string] {
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += stringWidth(character);
    if (used > width && end > 0) break;
    end += character.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** `text` cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (stringWidth(text) <= width) return text;
  const room = width - stringWidth(ellipsis);
  return room < 1 ? split(text, width)[0] : split(text, room)[0].trimEnd() + ellipsis;
}

/** `text` in lines of at most `width` columns, broken at blanks, and inside a word only when it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    while (stringWidth(word) > width) {
      const [head, rest] = split(word, width);
      lines.push(head);
      word = rest;
    }
    line = word;
  }
  lines.push(line);
  return lines;
}
