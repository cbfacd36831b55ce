import stringWidth from 'string-width';
import { type KeyRow, keyRows } from './key-table.ts';
import { blankLine, type Line, line, type Page, paragraph, type Span } from './page.ts';
import { numbers, remembers } from './state.ts';
import { shown, wrap } from './text.ts';

/** A key and what it does. */
type KeyAndUse = readonly [key: string, use: string];

/** Narrower than this, `r` names the place only if it is another than the one shown above already. */
const columnsForPlace = 60;

/** A key of the footer with its word, as short as it has to be. */
function keyAndUse(page: Page, { name, footer }: KeyRow): KeyAndUse[] {
  const use = footer?.(page);
  if (use === undefined) return [];
  const key = name.split(' ')[0] ?? name;
  const { rememberFor, place } = page.question;
  const fits = stringWidth(use) + 4 <= page.width;
  if (key !== 'r') return [[key, fits ? use : use.replace(/^\w+: /, '')]];
  const wanted = page.width >= columnsForPlace || rememberFor !== place;
  return [[key, wanted && fits ? use : use.replace(/ for .*(?=: )/s, '')]];
}

/**
 * The keys, as many to a line as fit: `enter run · r remember for ~/shop: yes · d commands`. Blank until keys count, so
 * that what is shown is what works.
 */
export function footer(page: Page, listening: boolean): Line[] {
  const keys = keyRows.flatMap((row) => keyAndUse(page, row));
  const between = ` ${page.signs.dot} `;
  const rows: Span[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [key, use] of keys) {
    const size = stringWidth(`${key} ${use}`);
    const pieces: Span[] = [
      { text: key, tone: 'strong' },
      { text: ` ${use}`, tone: 'plain' },
    ];
    const row = rows.at(-1);
    if (row !== undefined && used + between.length + size <= page.width) {
      row.push({ text: between, tone: 'plain' }, ...pieces);
      used += between.length + size;
    } else {
      rows.push([{ text: '  ', tone: 'plain' }, ...pieces]);
      used = 2 + size;
    }
  }
  return [...blankLine(page), ...(listening ? rows : rows.map(() => []))];
}

/** What is marked, and why it asks for a word. */
export function warningLines(page: Page): Line[] {
  const option = page.question.options[page.state.highlighted];
  return [
    ...paragraph(page, option?.title ?? '', 2, 'strong'),
    ...paragraph(page, option?.warning ?? '', 2),
    ...blankLine(page),
  ];
}

/** Where the word is typed. */
export function confirmation(page: Page, typed: string): Line[] {
  const word = page.question.options[page.state.highlighted]?.confirm ?? '';
  const remembered = remembers(page.question, page.state)
    ? ` (remembered for ${page.question.rememberFor})`
    : '';
  return [
    ...paragraph(page, `To do it anyway${remembered}, type ${word} and enter: ${typed}_`, 2, 'strong'),
    ...paragraph(page, 'esc back', 2),
  ];
}

/** What `?` shows: the question's own paragraphs, then every key. */
export function helpLines(page: Page): Line[] {
  const { question, signs } = page;
  const last = Math.max(1, ...numbers(question.options).map((number) => number ?? 0));
  const keys = keyRows
    .filter(({ there }) => there?.(question) ?? true)
    .map(
      ({ name, does, doesThen = does }): KeyAndUse => [
        name.replace('↑ ↓', signs.arrows).replace('9', String(last)),
        question.follows === true ? doesThen : does.replace('this directory', question.rememberFor ?? ''),
      ],
    );
  const column = Math.max(...keys.map(([key]) => stringWidth(key))) + 4;
  const rows = keys.flatMap(([key, use]): Line[] => {
    const [first = '', ...rest] = wrap(shown(use, page.unicode), Math.max(1, page.width - column));
    return [
      [
        { text: `  ${key}`.padEnd(column), tone: 'strong' },
        { text: first, tone: 'plain' },
      ],
      ...rest.map((row) => line(' '.repeat(column) + row)),
    ];
  });
  const words = (question.words ?? []).flatMap((text) => [
    ...blankLine(page),
    ...text.split('\n').flatMap((row) => paragraph(page, row, 2)),
  ]);
  return [
    ...question.help.flatMap((text) => [...paragraph(page, text, 2), ...blankLine(page)]),
    ...rows,
    ...words,
  ];
}
