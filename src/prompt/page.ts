import type { Question } from './question.ts';
import type { Glyphs } from './signs.ts';
import type { State } from './state.ts';
import { cut, shown, wrap } from './text.ts';

/**
 * How a piece of text is drawn. Words are in the terminal's own colour, at most bold: none of the sixteen colours, and no
 * dimmed text, can be read on every usual background (test/prompt/contrast.test.ts). `marked`, `danger` and `good` are
 * colours, for single signs that repeat what the words say already.
 */
export type Tone = 'plain' | 'strong' | 'marked' | 'danger' | 'good';

/** One piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the terminal; never wider than the terminal less one column. Empty is a blank line. */
export type Line = readonly Span[];

/**
 * How much air there is: `roomy` with blank lines; `tight` without; `spare` one line per option, and only the marked
 * one explained.
 */
export type Spacing = 'roomy' | 'tight' | 'spare';

/** What every part of the frame is made from. */
export interface Page {
  readonly question: Question;
  readonly state: State;
  readonly air: Spacing;
  /** Columns that may be used: one less than there are, as some terminals start a new line after the last one. */
  readonly width: number;
  readonly unicode: boolean;
  readonly signs: Glyphs;
}

/** A line of one piece. */
export function line(text: string, tone: Tone = 'plain'): Line {
  return [{ text, tone }];
}

/** A blank line where there is room for one. */
export function blankLine(page: Page): Line[] {
  return page.air === 'roomy' ? [[]] : [];
}

/** Text in as many lines as it takes, indented; those after the first by `hang` columns more. */
export function paragraph(page: Page, text: string, indent: number, tone: Tone = 'plain', hang = 0): Line[] {
  const rows = wrap(shown(text, page.unicode), Math.max(1, page.width - indent - hang));
  return rows.map((row, index) => line(' '.repeat(index === 0 ? indent : indent + hang) + row, tone));
}

/** Text in one line, cut if it must be. */
export function lineOf(page: Page, text: string, indent: number, tone: Tone = 'plain'): Line {
  const room = Math.max(1, page.width - indent);
  return line(' '.repeat(indent) + cut(shown(text, page.unicode), room, page.signs.ellipsis), tone);
}
