import stringWidth from 'string-width';
import { confirmation, footer, helpLines, warningLines } from './key-lines.ts';
import { optionLines } from './option-lines.ts';
import { blankLine, type Line, line, lineOf, type Page, paragraph, type Spacing } from './page.ts';
import type { Answer, Question } from './question.ts';
import { asciiGlyphs, unicodeGlyphs } from './signs.ts';
import type { State } from './state.ts';
import { cut, shown } from './text.ts';
import { chosenOf } from './which.ts';

/** The surface drawn on. */
export interface Look {
  readonly columns: number;
  /** 0 when unknown: then nothing is left out for want of room. */
  readonly rows: number;
  readonly unicode: boolean;
  /** Keys count now. */
  readonly listening: boolean;
}

/** A frame's three parts: when room is short the middle one gives way. */
interface Parts {
  readonly top: readonly Line[];
  readonly middle: readonly Line[];
  readonly bottom: readonly Line[];
}

function header(page: Page): Line[] {
  const { headline, command, place, notice } = page.question;
  const where = `in ${place}`;
  const about = (page.question.about ?? []).map((text) => lineOf(page, text, 4));
  if (page.air === 'spare')
    return [
      lineOf(page, notice === undefined ? headline : `! ${notice}`, 0),
      lineOf(page, `${command} ${where}`, 2, 'strong'),
      ...about.slice(0, 1),
    ];
  const noticed =
    notice === undefined ? [] : [...blankLine(page), ...paragraph(page, `! ${notice}`, 0, 'strong', 2)];
  const typed = shown(command, page.unicode);
  const there = shown(where, page.unicode);
  const what: Line[] =
    stringWidth(typed) + stringWidth(there) + 5 <= page.width
      ? [
          [
            { text: `  ${typed}`, tone: 'strong' },
            { text: `   ${there}`, tone: 'plain' },
          ],
        ]
      : [...paragraph(page, command, 2, 'strong', 2), ...paragraph(page, where, 2, 'plain', 2)];
  return [
    ...paragraph(page, headline, 0),
    ...noticed,
    ...blankLine(page),
    ...what,
    ...about,
    ...blankLine(page),
  ];
}

/** What Enter would run, as it would be typed. */
function commandLines(page: Page): Line[] {
  const option = page.question.options[page.state.highlighted];
  if (!page.state.details || option === undefined) return [];
  const heading = option.commands.length === 0 ? 'Enter runs nothing.' : 'Enter runs:';
  return [
    ...blankLine(page),
    ...paragraph(page, heading, 2),
    ...option.commands.flatMap((command) => paragraph(page, `$ ${command}`, 4, 'plain', 2)),
  ];
}

function parts(page: Page, listening: boolean): Parts {
  if (page.state.help)
    return {
      top: [],
      middle: helpLines(page),
      bottom: [...blankLine(page), ...paragraph(page, 'any key: back', 2)],
    };
  if (page.state.confirming !== undefined)
    return {
      top: header(page),
      middle: warningLines(page),
      bottom: confirmation(page, page.state.confirming),
    };
  return {
    top: [...header(page), ...optionLines(page)],
    middle: commandLines(page),
    bottom: footer(page, listening),
  };
}

/** The last resort in a terminal made too small while asking: the lines around the marked one. */
function around(lines: readonly Line[], rows: number, pointer: string): readonly Line[] {
  const marked = lines.findIndex((spans) => spans[0]?.text.startsWith(pointer));
  const start = Math.max(0, Math.min(marked - Math.floor(rows / 2), lines.length - rows));
  return lines.slice(start, start + rows);
}

/**
 * The whole prompt as lines. There are always fewer of them than rows: a frame as tall as its terminal cannot be
 * redrawn, for what has scrolled away is out of reach.
 */
export function frame(question: Question, state: State, look: Look): readonly Line[] {
  const signs = look.unicode ? unicodeGlyphs : asciiGlyphs;
  const rows = look.rows > 0 ? Math.max(1, look.rows - 1) : Number.POSITIVE_INFINITY;
  const width = Math.max(1, look.columns - 1);
  const composed = (air: Spacing) =>
    parts({ question, state, air, width, unicode: look.unicode, signs }, look.listening);
  for (const air of ['roomy', 'tight'] as const) {
    const { top, middle, bottom } = composed(air);
    if (top.length + middle.length + bottom.length <= rows) return [...top, ...middle, ...bottom];
  }
  const { top, middle, bottom } = composed('spare');
  const room = rows - top.length - bottom.length;
  if (room < 0) return around([...top, ...bottom], rows, signs.pointer);
  if (middle.length <= room) return [...top, ...middle, ...bottom];
  const cutOff = room === 0 ? [] : [line(`  ${signs.ellipsis} and more in a taller terminal`)];
  const fits = cutOff.map((spans) =>
    spans.map((span) => ({ ...span, text: cut(span.text, width, signs.ellipsis) })),
  );
  return [...top, ...middle.slice(0, Math.max(0, room - 1)), ...fits, ...bottom];
}

/** Under the closing line while pip, whose refusal the answer is for, is still running. */
export function waiting({ columns, unicode }: Pick<Look, 'columns' | 'unicode'>): Line {
  const signs = unicode ? unicodeGlyphs : asciiGlyphs;
  return line(cut(`  waiting for pip${signs.ellipsis}`, Math.max(1, columns - 1), signs.ellipsis));
}

/** The one line that stays in the scrollback in the frame's place. */
export function closing(question: Question, answer: Answer, look: Pick<Look, 'columns' | 'unicode'>): Line {
  const signs = look.unicode ? unicodeGlyphs : asciiGlyphs;
  if (answer.kind === 'interrupted' || answer.kind === 'quit') return line(`${signs.dash} Stopped`);
  const option = chosenOf(question.options, answer);
  if (option === undefined) return line(`${signs.dash} Left as it is`);
  const title = cut(shown(option.title, look.unicode), Math.max(1, look.columns - 3), signs.ellipsis);
  return [
    { text: signs.tick, tone: 'good' },
    { text: ` ${title}`, tone: 'plain' },
  ];
}
