import { createInterface } from 'node:readline';
import { printable } from '../quote.ts';
import type { Answer, Question, QuestionOption } from './question.ts';
import { numbers } from './state.ts';
import { drain, handOver, setRaw } from './terminal.ts';

/** The plain prompt: a numbered list and a line to type, for screen readers and for terminals that cannot be drawn on. */

/** What one typed line does: something to say (and then ask again), a new remembering, or the answer. */
type Typed =
  | { readonly answer: Answer }
  | {
      readonly say: readonly string[];
      readonly remember: boolean;
      readonly activate?: boolean;
      /** The next line is this option's word, or takes the choice back. */
      readonly confirming?: QuestionOption;
    };

/** The option an empty line takes: only the recommended one, and the question says so. */
function byEnter(question: Question): QuestionOption | undefined {
  const option = question.options[question.preselected];
  return option?.recommended !== undefined && option.unavailable === undefined ? option : undefined;
}

function numberOf(question: Question, option: QuestionOption): number | undefined {
  return numbers(question.options)[question.options.indexOf(option)];
}

function optionOf(question: Question, text: string): QuestionOption | undefined {
  const index = numbers(question.options).findIndex(
    (number) => number !== undefined && String(number) === text,
  );
  return question.options[index];
}

function memoryLine(question: Question, remember: boolean): string[] {
  if (question.rememberFor === undefined) return [];
  const now = remember ? 'Will be remembered' : 'Will not be remembered';
  return [`${now} for ${question.rememberFor}; r changes that.`];
}

function activationLine({ activate }: Question): string[] {
  if (activate === undefined) return [];
  return [`This shell will ${activate ? '' : 'not '}be put into an environment it makes; a changes that.`];
}

/** What only belongs to the answer where the option ends in an environment. */
function activateBy(question: Question, option: QuestionOption): { readonly activate?: boolean } {
  const { activate } = question;
  return activate === undefined || option.activates !== true ? {} : { activate };
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
    ...usable,
    ...rest,
    ...memoryLine(question, remember),
    ...activationLine(question),
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
  const was = before.options.filter(usable).map(({ id }) => id);
  const now = after.options.filter(usable);
  const kept = was.flatMap((id) => now.filter((option) => option.id === id));
  const fresh = now.filter(({ id }) => !was.includes(id));
  const rest = after.options.filter((option) => !usable(option));
  const options = [...kept, ...fresh, ...rest];
  const byDefault = before.options[before.preselected]?.id;
  const { activate } = before;
  const question = {
    ...after,
    options,
    preselected: options.findIndex(({ id }) => id === byDefault),
    ...(activate === undefined ? {} : { activate }),
  };
  const told = rest.filter(
    ({ id, unavailable }) => before.options.find((option) => option.id === id)?.unavailable !== unavailable,
  );
  const say = [
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
  return `Number 1-${last}${enter}, d NUMBER for its commands, ? for help, q to leave: `;
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
    const activate = !question.activate;
    return { say: activationLine({ ...question, activate }).map(printable), remember, activate };
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
        id: option.id,
        remember: remember && option.rememberOnlyIfAsked !== true,
        ...activateBy(question, option),
      },
    };
  return word === ''
    ? say('Nothing is recommended here, so Enter alone takes nothing.')
    : say(`${typed.trim()}: not one of the numbers above.`);
}

function confirmationLines(question: Question, option: QuestionOption): string[] {
  const again =
    question.rememberFor === undefined
      ? ''
      : ` (or "${option.confirm} r" to do the same in ${question.rememberFor} from now on)`;
  return [`To do it all the same, type ${option.confirm}${again}; anything else takes it back.`];
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
      answer: { kind: 'chosen', id: option.id, remember: more === 'r' && question.rememberFor !== undefined },
    };
  return { say: ['Taken back.', ...plainQuestion(question, remember)], remember };
}

/**
 * Asks by printing on stderr and reading lines from stdin. Lines typed before the question appeared do not answer it.
 * Ctrl-C interrupts; the end of input leaves. When it resolves, stdin is free for a child.
 */
export async function askPlain(first: Question, later?: Promise<Question>, timeout = 0): Promise<Answer> {
  let question = first;
  const { stdin, stderr } = process;
  if (stdin.isTTY) {
    // Ink lets go of stdin when it ends; reading it would then keep nothing alive.
    stdin.ref();
    setRaw(stdin, true);
    const interrupted = await drain(stdin);
    setRaw(stdin, false);
    if (interrupted) return { kind: 'interrupted' };
  }
  if (stdin.readableEnded || stdin.destroyed) return { kind: 'left' };
  let remember = question.remember && question.rememberFor !== undefined;
  let confirming: QuestionOption | undefined;
  const print = (lines: readonly string[]) => {
    for (const text of lines) stderr.write(`${text}\n`);
  };
  let settled = false;
  const lines = createInterface({ input: stdin, terminal: false });
  const answer = await new Promise<Answer>((resolve) => {
    const invite = () =>
      stderr.write(confirming === undefined ? plainInvitation(question) : `${confirming.confirm}? `);
    const interrupt = () => settle({ kind: 'interrupted' });
    const gone = () => settle({ kind: 'left' });
    // A line is what counts here: its keys are the terminal's to edit.
    const untouched = timeout === 0 ? undefined : setTimeout(gone, timeout);
    const settle = (given: Answer) => {
      settled = true;
      clearTimeout(untouched);
      process.off('SIGINT', interrupt);
      process.off('SIGCONT', invite);
      stdin.off('error', gone);
      lines.off('close', gone);
      lines.close();
      resolve(given);
    };
    process.on('SIGINT', interrupt);
    // After Ctrl-Z and fg the line to answer on stands somewhere above.
    process.on('SIGCONT', invite);
    stdin.on('error', gone);
    lines.on('close', gone);
    lines.on('line', (typed) => {
      clearTimeout(untouched);
      const result =
        confirming === undefined
          ? plainAnswer(question, remember, typed)
          : plainConfirmation(question, remember, confirming, typed);
      if ('answer' in result) return settle(result.answer);
      ({ remember, confirming } = result);
      if (result.activate !== undefined) question = { ...question, activate: result.activate };
      print(result.say);
      invite();
    });
    print(plainQuestion(question, remember));
    invite();
    later?.then(
      (known) => {
        if (settled) return;
        const update = plainUpdate(question, known);
        question = update.question;
        if (update.say.length === 0) return;
        print(['', ...update.say]);
        stderr.write(plainInvitation(question));
      },
      () => {},
    );
  });
  if (answer.kind !== 'chosen') stderr.write('\n');
  await handOver(stdin);
  return answer;
}
