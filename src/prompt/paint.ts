import type { Line, Tone } from './page.ts';

/** ECMA-48's SGR around a piece of text: as Prompt.tsx has Ink draw it. */
const styles: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  plain: ['', ''],
  strong: ['\x1b[1m', '\x1b[22m'],
  marked: ['\x1b[1;36m', '\x1b[22;39m'],
  danger: ['\x1b[1;31m', '\x1b[22;39m'],
  good: ['\x1b[32m', '\x1b[39m'],
};

/** Lines as they are written to a terminal. */
export function paint(lines: readonly Line[], color: boolean): string {
  const text = (spans: Line) =>
    spans.map(({ text, tone }) => (color ? styles[tone].join(text) : text)).join('');
  return lines.map((spans) => `${text(spans)}\n`).join('');
}

/** What takes `count` lines away again that the cursor stands below. */
export function erase(count: number): string {
  return `\x1b[${count}A\r\x1b[J`;
}
