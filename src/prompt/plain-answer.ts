import { printable } from '../system/quote.ts';
import type { ActivationScope } from '../types.ts';
import { activationLine, byEnter, entering, memoryLine, plainQuestion } from './plain-question.ts';
import type { Answer, Question, QuestionOption } from './question.ts';
import { afterwards, numbers } from './state.ts';
import { which } from './which.ts';

/** What one typed line does: something to say (and then ask again), a new remembering, or the answer. */
export type Typed =
  | { readonly answer: Answer }
  | {
      readonly say: readonly string[];
      readonly remember: boolean;
      readonly activate?: ActivationScope;
      /** The next line is this option's word, or takes the choice back. */
      readonly confirming?: QuestionOption;
    };

function optionOf(question: Question, text: string): QuestionOption | undefined {
  const index = numbers(question.options).findIndex(
    (number) => number !== undefined && String(number) === text,
  );
  return question.options[index];
}

/** What only belongs to the answer where the option ends in an environment. */
function activateBy(
  { activate }: Question,
  option: QuestionOption,
  remember: boolean,
): { readonly activate?: ActivationScope } {
  return activate === undefined || option.activates !== true
    ? {}
    : { activate: entering(activate, remember) };
}

/** What a typed line does. Pure. */
export function plainAnswer(question: Question, remember: boolean, typed: string): Typed {
  const words = typed.trim().toLowerCase().split(/\s+/);
  const [word = '', of] = words;
  const say = (...lines: string[]): Typed => ({ say: lines.map(printable), remember });
  if (word === 'q' && words.length === 1) return { answer: { kind: 'left' } };
  if (word === 'r' && words.length === 1 && question.rememberFor !== undefined)
    return { say: memoryLine(question, !remember).map(printable), remember: !remember };
  if (word === 'a' && words.length === 1 && question.activate !== undefined) {
    const activate = afterwards[entering(question.activate, remember)];
    return { say: activationLine({ ...question, activate }, remember).map(printable), remember, activate };
  }
  if (word === '?' || word === 'help')
    return say(
      ...question.help,
      ...(question.words ?? []).flatMap((text) => text.split('\n')),
      ...plainQuestion(question, remember),
    );
  const shown = /^d(\d*)$/.exec(word);
  if (shown !== null) {
    const option = optionOf(question, shown[1] || (of ?? ''));
    if (option === undefined) return say('d needs one of the numbers above, for example: d 1');
    if (option.commands.length === 0) return say(`${option.title}: nothing is run.`);
    return say(`${option.title} runs:`, ...option.commands.map((command) => `  ${command}`));
  }
  const option = word === '' ? byEnter(question) : words.length === 1 ? optionOf(question, word) : undefined;
  if (option?.confirm !== undefined)
    return {
      say: [option.warning ?? '', ...confirmationLines(question, option)].map(printable),
      remember,
      confirming: option,
    };
  // What is remembered only when asked for is asked for with the word, which this option does not have.
  if (option !== undefined)
    return {
      answer: {
        kind: 'chosen',
        ...which(option),
        remember: remember && option.rememberOnlyIfAsked !== true,
        ...activateBy(question, option, remember && option.rememberOnlyIfAsked !== true),
      },
    };
  return word === ''
    ? say('Nothing is recommended here: Enter alone chooses nothing. Type a number.')
    : say(`${typed.trim()}: not one of the numbers above.`);
}

function confirmationLines(question: Question, option: QuestionOption): string[] {
  const again =
    question.rememberFor === undefined
      ? ''
      : ` (or "${option.confirm} r" to do the same in ${question.rememberFor} from now on)`;
  return [`To do it anyway, type ${option.confirm}${again}; anything else cancels.`];
}

/** What the line after a choice does that asks for a word. Pure. */
export function plainConfirmation(
  question: Question,
  remember: boolean,
  option: QuestionOption,
  typed: string,
): Typed {
  const [word, more, ...rest] = typed.trim().toLowerCase().split(/\s+/);
  const said = word === option.confirm && rest.length === 0 && (more === undefined || more === 'r');
  if (said)
    return {
      answer: {
        kind: 'chosen',
        ...which(option),
        remember: more === 'r' && question.rememberFor !== undefined,
      },
    };
  return { say: ['Cancelled.', ...plainQuestion(question, remember)], remember };
}
