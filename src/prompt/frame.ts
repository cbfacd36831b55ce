import stringWidth from 'string-width';
import { optionLines } from './option-lines.ts';
import type { Answer, Question } from './question.ts';
import { asciiSigns, type Signs, unicodeSigns } from './signs.ts';
import type { State } from './state.ts';
import { numbers } from './state.ts';
import { cut, shown, wrap } from './text.ts';

/** How a piece of text is drawn. Colour only ever repeats what the words or the signs say already. */
export type Tone = 'plain' | 'strong' | 'marked' | 'danger' | 'good' | 'quiet';

/** One piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the terminal; never wider than the terminal less one column. */
export type Line = readonly Span[];

/** The surface drawn on. */
export interface Look {
  readonly columns: number;
  /** 0 when unknown: then nothing is left out for want of room. */
  readonly rows: number;
  readonly unicode: boolean;
  /** Keys count now. Before that the line of keys is blank, so that what is shown is what works. */
  readonly listening: boolean;
}

/**
 * How much air there is: `roomy` with blank lines; `tight` without; `spare` one line per option, and only the marked
 * one explained.
 */
export type Air = 'roomy' | 'tight' | 'spare';

/** What every part of the frame needs to know. */
export interface Page {
  readonly question: Question;
  readonly state: State;
  readonly air: Air;
  /** Columns that may be used: one less than there are, as some terminals start a new line after the last one. */
  readonly width: number;
  readonly unicode: boolean;
  readonly signs: Signs;
}

/** A line of one piece. */
export function line(text: string, tone: Tone = 'plain'): Line {
  return [{ text, tone }];
}

const blank: Line = [];

/** Text in as many lines as it takes, each indented. */
export function paragraph(page: Page, text: string, indent: number, tone: Tone = 'plain'): Line[] {
  const rows = wrap(shown(text, page.unicode), Math.max(1, page.width - indent));
  return rows.map((row) => line(' '.repeat(indent) + row, tone));
}

/** Text in one line, cut if it must be. */
function single(page: Page, text: string, indent: number, tone: Tone = 'plain'): Line {
  const room = Math.max(1, page.width - indent);
  return line(' '.repeat(indent) + cut(shown(text, page.unicode), room, page.signs.ellipsis), tone);
}

function header(page: Page): Line[] {
  const { headline, command, place, notice } = page.question;
  const where = `in ${place}`;
  const gap = page.air === 'roomy' ? [blank] : [];
  const noticed = notice === undefined ? [] : [...gap, ...paragraph(page, `! ${notice}`, 0, 'strong')];
  if (page.air === 'spare')
    return [
      single(page, notice === undefined ? headline : `! ${notice}`, 0),
      single(page, `${command} ${where}`, 2, 'strong'),
    ];
  const typed = shown(command, page.unicode);
  const there = shown(where, page.unicode);
  const together = stringWidth(typed) + stringWidth(there) + 5 <= page.width;
  const what: Line[] = together
    ? [
        [
          { text: `  ${typed}`, tone: 'strong' },
          { text: `   ${there}`, tone: 'quiet' },
        ],
      ]
    : [...paragraph(page, command, 2, 'strong'), ...paragraph(page, where, 2, 'quiet')];
  return [...paragraph(page, headline, 0), ...noticed, ...gap, ...what, ...gap];
}

/** What Enter would run, as it would be typed. */
function commands(page: Page): Line[] {
  if (!page.state.details) return [];
  const option = page.question.options[page.state.highlighted];
  if (option === undefined) return [];
  const heading = option.commands.length === 0 ? 'Nothing is run.' : `${option.title} runs`;
  return [
    ...(page.air === 'roomy' ? [blank] : []),
    ...paragraph(page, heading, 2, 'quiet'),
    ...option.commands.flatMap((command) => paragraph(page, `$ ${command}`, 4)),
  ];
}

/** The keys, as many to a line as fit, e.g. `enter run · r remember for ~/shop: yes`. */
function footer(page: Page, listening: boolean): Line[] {
  const { rememberFor } = page.question;
  const memory = page.state.remember ? 'yes' : 'no';
  const long = `remember for ${shown(rememberFor ?? '', page.unicode)}: ${memory}`;
  const fits = stringWidth(long) + 4 <= Math.min(page.width, 50);
  const keys: [string, string][] = [
    ['enter', 'run'],
    ...(rememberFor === undefined
      ? []
      : [['r', fits ? long : `remember: ${memory}`] satisfies [string, string]]),
    ['d', page.state.details ? 'hide commands' : 'commands'],
    ['?', 'help'],
    ['esc', 'leave'],
  ];
  const between = ` ${page.signs.dot} `;
  const rows: Span[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [key, does] of keys) {
    const size = stringWidth(`${key} ${does}`);
    const row = rows.at(-1);
    const pieces: Span[] = [
      { text: key, tone: 'strong' },
      { text: ` ${does}`, tone: 'quiet' },
    ];
    if (row !== undefined && used + between.length + size <= page.width) {
      row.push({ text: between, tone: 'quiet' }, ...pieces);
      used += between.length + size;
    } else {
      rows.push([{ text: '  ', tone: 'plain' }, ...pieces]);
      used = 2 + size;
    }
  }
  return [...(page.air === 'roomy' ? [blank] : []), ...(listening ? rows : rows.map(() => blank))];
}

function help(page: Page): Line[] {
  const keys: [string, string][] = [
    [`${page.signs.arrows} j k`, 'mark another line'],
    [`1-${Math.max(1, ...numbers(page.question.options).map((number) => number ?? 0))}`, 'mark that line'],
    ['enter', 'run what is marked'],
    ...(page.question.rememberFor === undefined
      ? []
      : [
          ['r', `ask again in ${page.question.rememberFor}, or remember: only after it worked`] satisfies [
            string,
            string,
          ],
        ]),
    ['d', 'show the commands it would run'],
    ['esc q', "leave: pip's own message and exit code"],
    ['ctrl-c', 'stop'],
  ];
  const gap = page.air === 'roomy' ? [blank] : [];
  const rows = keys.flatMap(([key, does]): Line[] => {
    const [first = '', ...rest] = wrap(shown(does, page.unicode), Math.max(1, page.width - 13));
    return [
      [
        { text: `  ${key.padEnd(11)}`, tone: 'strong' },
        { text: first, tone: 'plain' },
      ],
      ...rest.map((row) => line(' '.repeat(13) + row)),
    ];
  });
  const paragraphs = page.question.help.flatMap((text) => [...paragraph(page, text, 2), ...gap]);
  return [...paragraphs, ...rows, ...gap, ...paragraph(page, 'any key: back', 2, 'quiet')];
}

/** The last resort in a terminal made too small while asking: the lines around the marked one. */
function window(lines: readonly Line[], rows: number, signs: Signs): readonly Line[] {
  if (lines.length <= rows) return lines;
  const marked = lines.findIndex((spans) => spans[0]?.text.startsWith(signs.pointer));
  const start = Math.max(0, Math.min(marked - Math.floor(rows / 2), lines.length - rows));
  return lines.slice(start, start + rows);
}

/**
 * The whole prompt as lines. There are always fewer of them than rows: a frame as tall as its terminal cannot be
 * redrawn without what has scrolled away.
 */
export function frame(question: Question, state: State, look: Look): readonly Line[] {
  const signs = look.unicode ? unicodeSigns : asciiSigns;
  const rows = look.rows > 0 ? Math.max(1, look.rows - 1) : Number.POSITIVE_INFINITY;
  const width = Math.max(1, look.columns - 1);
  const compose = (air: Air): readonly Line[] => {
    const page: Page = { question, state, air, width, unicode: look.unicode, signs };
    if (state.help) return help(page);
    return [...header(page), ...optionLines(page), ...commands(page), ...footer(page, look.listening)];
  };
  const tries = (['roomy', 'tight', 'spare'] as const).map((air) => () => compose(air));
  let lines: readonly Line[] = [];
  for (const attempt of tries) {
    lines = attempt();
    if (lines.length <= rows) return lines;
  }
  return window(lines, rows, signs);
}

/** The one line that stays in the scrollback in the frame's place. */
export function closing(question: Question, answer: Answer, look: Pick<Look, 'columns' | 'unicode'>): Line {
  const signs = look.unicode ? unicodeSigns : asciiSigns;
  const room = Math.max(1, look.columns - 3);
  if (answer.kind === 'interrupted') return line(`${signs.dash} Stopped`, 'quiet');
  const option =
    answer.kind === 'chosen' && answer.id !== 'none'
      ? question.options.find(({ id }) => id === answer.id)
      : undefined;
  if (option === undefined) return line(`${signs.dash} Left as it is`, 'quiet');
  return [
    { text: signs.tick, tone: 'good' },
    { text: ` ${cut(shown(option.title, look.unicode), room, signs.ellipsis)}`, tone: 'plain' },
  ];
}
