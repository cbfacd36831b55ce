import stringWidth from 'string-width';
import type { Line, Page, Span, Tone } from './page.ts';
import type { QuestionOption } from './question.ts';
import { numbers } from './state.ts';
import { cut, pad, shown, wrap } from './text.ts';

/** From here on details stand beside the titles; below it, under them. */
const columnsForTwo = 79;

/** `❯ 1  ` before every title. */
const margin = 5;

/** Blanks between the columns. */
const gutter = 3;

/** The column of titles may take no more than this part of the width. */
const titleShare = 0.5;

/** Every option in the order given, numbered, the marked one pointed at. */
export function optionLines(page: Page): Line[] {
  const { question, width } = page;
  const titles = question.options.map((option) => stringWidth(shown(option.title, page.unicode)));
  const column = Math.max(0, ...titles);
  const beside = width >= columnsForTwo && column <= width * titleShare && page.air !== 'spare';
  const numbered = numbers(question.options);
  return question.options.flatMap((option, index) => {
    const marked = index === page.state.highlighted;
    const sign = numbered[index] === undefined ? page.signs.dash : String(numbered[index]);
    const tone: Tone = marked ? 'strong' : 'plain';
    const head: Line = [
      { text: marked ? page.signs.pointer : ' ', tone: toneOfPointer(option, marked) },
      { text: pad(` ${sign}`, margin - 1), tone },
    ];
    return beside
      ? besideTitle(page, option, head, tone, column)
      : underTitle(page, option, head, tone, marked);
  });
}

function toneOfPointer(option: QuestionOption, marked: boolean): Tone {
  if (!marked) return 'plain';
  return option.risky === true ? 'danger' : 'marked';
}

/** What is said about an option: each piece on lines of its own unless there is room. */
function remarks(page: Page, option: QuestionOption): Span[] {
  if (option.unavailable !== undefined)
    return [{ text: shown(option.unavailable, page.unicode), tone: 'plain' }];
  const pieces: Span[] = [];
  if (option.detail !== '') pieces.push({ text: shown(option.detail, page.unicode), tone: 'plain' });
  if (option.recommended !== undefined)
    pieces.push({ text: `recommended: ${shown(option.recommended, page.unicode)}`, tone: 'plain' });
  return pieces;
}

function besideTitle(page: Page, option: QuestionOption, head: Line, tone: Tone, column: number): Line[] {
  const room = page.width - margin - column - gutter;
  const title: Span = {
    text: pad(shown(option.title, page.unicode), column + gutter),
    tone,
  };
  const said = remarks(page, option);
  const inOneLine = said.map(({ text }) => text).join(' '.repeat(gutter));
  if (stringWidth(inOneLine) <= room) {
    const spaced = said.flatMap((span, index): Span[] =>
      index === 0 ? [span] : [{ text: ' '.repeat(gutter), tone: 'plain' }, span],
    );
    return [[...head, title, ...spaced]];
  }
  const rows = said.flatMap((span) => wrap(span.text, room).map((row): Span => ({ ...span, text: row })));
  const indent: Span = { text: ' '.repeat(margin + column + gutter), tone: 'plain' };
  return rows.map((row, index) => (index === 0 ? [...head, title, row] : [indent, row]));
}

function underTitle(page: Page, option: QuestionOption, head: Line, tone: Tone, marked: boolean): Line[] {
  const room = Math.max(1, page.width - margin);
  const text = shown(option.title, page.unicode);
  const titles = page.air === 'spare' ? [cut(text, room, page.signs.ellipsis)] : wrap(text, room);
  const indent: Span = { text: ' '.repeat(margin), tone: 'plain' };
  const rows = titles.map((row, index): Line => [...(index === 0 ? head : [indent]), { text: row, tone }]);
  if (page.air === 'spare' && !marked) return rows;
  const said = remarks(page, option).flatMap((span) =>
    wrap(span.text, room).map((row): Line => [indent, { ...span, text: row }]),
  );
  return [...rows, ...said];
}
