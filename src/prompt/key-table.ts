import type { ActivationScope } from '../types.ts';
import type { Page } from './page.ts';
import type { Question } from './question.ts';
import { asksToActivate, entering, type Key, remembers } from './state.ts';
import { shown } from './text.ts';

/** One key of the question: what the footer, `?`, the plain list, the manual page and docs/prompt.md say of it. */
export interface KeyRow {
  /** The characters that are this key, and what each does. */
  readonly characters: Readonly<Record<string, Key>>;
  /** As it is written, e.g. `esc q`; `↑ ↓` stands for the arrow keys, `9` for the last number there is. */
  readonly name: string;
  /** What it does; `this directory` is the place an answer is remembered for. */
  readonly does: string;
  /** What it does in a question that follows an installation, where that is something else. */
  readonly doesThen?: string;
  /** The word it has in the footer now; undefined where it does nothing. */
  footer?(page: Page): string | undefined;
  /** Whether it does anything in this question. */
  there?(question: Question): boolean;
  /** How the plain list names it, in the line before the cursor. */
  readonly plain?: string;
}

const memory: KeyRow = {
  characters: { r: { kind: 'remember' } },
  name: 'r',
  does: 'remember the answer for this directory after a success, or not',
  there: ({ rememberFor }) => rememberFor !== undefined,
  footer({ question, state, unicode }) {
    const { rememberFor } = question;
    if (rememberFor === undefined) return undefined;
    return `remember for ${shown(rememberFor, unicode)}: ${remembers(question, state) ? 'yes' : 'no'}`;
  },
};

const inWords: Readonly<Record<ActivationScope, string>> = {
  always: 'always here',
  once: 'this once',
  no: 'not',
};

const activation: KeyRow = {
  characters: { a: { kind: 'activate' } },
  name: 'a',
  does: 'after a successful install, activate the environment: always here, this once, or not',
  there: ({ activate }) => activate !== undefined,
  footer: ({ question, state }) =>
    asksToActivate(question, question.options[state.highlighted])
      ? `activate: ${inWords[entering(question, state)]}`
      : undefined,
};

/** Every key that is named anywhere, in the order of the footer. */
export const keyRows: readonly KeyRow[] = [
  {
    characters: { j: { kind: 'move', by: 1 }, k: { kind: 'move', by: -1 } },
    name: '↑ ↓ j k',
    does: 'mark another line',
  },
  { characters: {}, name: '1-9', does: 'mark that line' },
  {
    // Enter is a newline where somebody else has put the terminal back into its usual mode (terminal.ts).
    characters: { '\r': { kind: 'enter' }, '\n': { kind: 'enter' } },
    name: 'enter',
    does: 'run what is marked',
    footer: () => 'run',
  },
  memory,
  activation,
  {
    characters: { d: { kind: 'details' } },
    name: 'd',
    does: 'show the exact commands of the marked line, or hide them',
    footer: ({ state }) => (state.details ? 'hide' : 'commands'),
    plain: 'd NUMBER for its commands',
  },
  {
    characters: { '?': { kind: 'help' } },
    name: '?',
    does: 'explain the question, and show what your system says about it',
    doesThen: 'explain the question',
    footer: () => 'help',
    plain: '? for help',
  },
  {
    characters: { q: { kind: 'leave' } },
    name: 'esc q',
    does: "leave: you get pip's own message and exit code",
    doesThen: 'leave it as it is',
    footer: () => 'leave',
    plain: 'q to leave',
  },
  { characters: { '\x03': { kind: 'interrupt' } }, name: 'ctrl-c', does: 'stop, with exit code 130' },
];
