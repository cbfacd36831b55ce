import stringWidth from 'string-width';
import { printable } from '../system/quote.ts';

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

/** Columns that `text` takes. Plain ASCII is counted here: the library takes its time over each character. */
function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

/** `text` filled with blanks to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** `text` in pieces of at most `width` columns each, but of one character at least. One pass: a name may be endless. */
function* pieces(text: string, width: number): Generator<string> {
  let piece = '';
  let used = 0;
  for (const character of text) {
    const more = widthOf(character);
    if (used + more > width && piece !== '') {
      yield piece;
      piece = '';
      used = 0;
    }
    piece += character;
    used += more;
  }
  yield piece;
}

function firstPiece(text: string, width: number): string {
  for (const piece of pieces(text, width)) return piece;
  return '';
}

/** `text` cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  return room < 1 ? firstPiece(text, width) : firstPiece(text, room).trimEnd() + ellipsis;
}

/**
 * `text` in lines of at most `width` columns, broken at blanks. A word that is longer than a line is broken behind its
 * slashes, where it has some, else anywhere.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { part, before } of parts(text, width)) {
    const longer = line === '' ? part : line + before + part;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const broken = [...pieces(part, width)];
    line = broken.pop() ?? '';
    lines.push(...broken);
  }
  lines.push(line);
  return lines;
}

/** Between which a line may end, each with what stands before it otherwise. */
function parts(text: string, width: number): { readonly part: string; readonly before: '' | ' ' }[] {
  return text.split(' ').flatMap((word) => {
    const within = widthOf(word) <= width ? [word] : word.split(/(?<=[^/~:]\/)/);
    return within.map((part, index) => ({ part, before: index === 0 ? ' ' : '' }) as const);
  });
}
