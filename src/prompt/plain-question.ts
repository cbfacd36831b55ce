/** What is printed by the plain prompt: pure lines, to be read from top to bottom. */

import { printable } from '../system/quote.ts';
import type { ActivationScope } from '../types.ts';
import { keyRows } from './key-table.ts';
import type { Question, QuestionOption } from './question.ts';
import { numbers } from './state.ts';
import { wrap } from './text.ts';
import { keyOf } from './which.ts';

/** The option an empty line takes: only the recommended one, and the question says so. */
export function byEnter(question: Question): QuestionOption | undefined {
  const option = question.options[question.preselected];
  return option?.recommended !== undefined && option.unavailable === undefined ? option : undefined;
}

function numberOf(question: Question, option: QuestionOption): number | undefined {
  return numbers(question.options)[question.options.indexOf(option)];
}

/** What becomes of the answer later, and the key for it. */
export function memoryLine(question: Question, remember: boolean): string[] {
  if (question.rememberFor === undefined) return [];
  const now = remember ? 'Will be remembered' : 'Will not be remembered';
  return [`${now} for ${question.rememberFor}; r changes that.`];
}

/** What becomes of the shell, and the key for it. */
export function activationLine({ activate }: Question, remember: boolean): string[] {
  if (activate === undefined) return [];
  const says: Readonly<Record<ActivationScope, string>> = {
    always: 'If an environment is used, this shell enters it, and so does every shell that comes here',
    once: 'If an environment is used, this shell enters it, this time only',
    no: 'If an environment is used, no shell enters it by itself',
  };
  return [`${says[entering(activate, remember)]}; a changes that.`];
}

/** What is not remembered is for this once. */
export function entering(activate: ActivationScope, remember: boolean): ActivationScope {
  return activate === 'always' && !remember ? 'once' : activate;
}

function sentence(option: QuestionOption): string {
  const recommended = option.recommended === undefined ? '' : ` (recommended: ${option.recommended})`;
  const detail = option.detail === '' ? '' : `: ${option.detail}`;
  return `${option.title}${recommended}${detail}`;
}

/** The question as lines to be read from top to bottom. */
export function plainQuestion(question: Question, remember: boolean): readonly string[] {
  const numbered = numbers(question.options);
  const usable = question.options.flatMap((option, index) =>
    numbered[index] === undefined ? [] : [`  ${numbered[index]}. ${sentence(option)}`],
  );
  const rest = question.options.flatMap((option) =>
    option.unavailable === undefined ? [] : [`  Not available: ${option.title}: ${option.unavailable}`],
  );
  return [
    question.headline,
    ...(question.notice === undefined ? [] : [`Note: ${question.notice}`]),
    `  ${question.command}`,
    `  in ${question.place}`,
    ...(question.about ?? []).filter((text) => text !== ''),
    ...usable,
    ...rest,
    ...memoryLine(question, remember),
    ...activationLine(question, remember),
  ].map(printable);
}

/**
 * `after` in the order of `before`, what can be taken only now at the end of it: a number that was read out keeps its
 * meaning. With it the lines that say what is new.
 */
export function plainUpdate(
  before: Question,
  after: Question,
): { question: Question; say: readonly string[] } {
  const usable = ({ unavailable }: QuestionOption) => unavailable === undefined;
  const was = before.options.filter(usable).map(keyOf);
  const now = after.options.filter(usable);
  const kept = was.flatMap((key) => now.filter((option) => keyOf(option) === key));
  const fresh = now.filter((option) => !was.includes(keyOf(option)));
  const rest = after.options.filter((option) => !usable(option));
  const options = [...kept, ...fresh, ...rest];
  const byDefault = before.options[before.preselected];
  const { activate } = before;
  const question = {
    ...after,
    options,
    preselected: options.findIndex((option) => byDefault !== undefined && keyOf(option) === keyOf(byDefault)),
    ...(activate === undefined ? {} : { activate }),
  };
  const told = rest.filter(
    (option) =>
      before.options.find((each) => keyOf(each) === keyOf(option))?.unavailable !== option.unavailable,
  );
  const about = (after.about ?? []).filter((text) => text !== '' && before.about?.includes(text) !== true);
  const changed = kept.filter((option) => {
    const then = before.options.find((each) => keyOf(each) === keyOf(option));
    return then !== undefined && sentence(then) !== sentence(option);
  });
  const say = [
    ...about,
    ...changed.map((option) => `Now ${numberOf(question, option)}. ${sentence(option)}`),
    ...fresh.map((option) => `Now also ${numberOf(question, option)}. ${sentence(option)}`),
    ...told.map((option) => `Not available: ${option.title}: ${option.unavailable}`),
  ];
  return { question, say: say.map(printable) };
}

/** The line before the cursor. */
export function plainInvitation(question: Question): string {
  const option = byEnter(question);
  const enter = option === undefined ? '' : `, Enter for ${numberOf(question, option)}`;
  const last = question.options.length - numbers(question.options).filter((n) => n === undefined).length;
  const keys = keyRows.flatMap(({ plain = [] }) => plain).join(', ');
  return `Number 1-${last}${enter}, ${keys}: `;
}

/** A line of the list, and how far the rest of it is set in where it takes several. */
const ofList = /^( *)(?:\d+\. |Not available: )/;

/**
 * A line in as many as it takes, broken between words: a terminal breaks within one, and some screen readers then read
 * two. `columns` of undefined: where nobody knows. What is set in and no item of the list is a command, to be copied whole.
 */
export function plainLines(text: string, columns: number | undefined): readonly string[] {
  const [start = '', indent = ''] = ofList.exec(text) ?? [];
  if (columns === undefined || (start === '' && text.startsWith('  '))) return [text];
  const hang = start === '' ? '' : `${indent}  `;
  const [first = '', ...rest] = wrap(text.slice(indent.length), Math.max(10, columns - 1 - hang.length));
  return [indent + first, ...rest.map((line) => hang + line)];
}
