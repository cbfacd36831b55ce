import type { ActivationScope } from '../types.ts';
import type { Answer, Question, QuestionOption } from './question.ts';
import { keyOf, which } from './which.ts';

/** What the drawn prompt is like between two keys. `highlighted` is both the line marked and the line run. */
export interface State {
  readonly highlighted: number;
  readonly remember: boolean;
  /** How far shells are put into the environment, where the marked option ends in one; `always` needs remembering. */
  readonly activate: ActivationScope;
  readonly details: boolean;
  readonly help: boolean;
  /** Remember the marked option, where it is not remembered by itself; marking another takes it back. */
  readonly rememberMarked: boolean;
  /** What has been typed of the marked option's word; undefined while no word is asked for. */
  readonly confirming: string | undefined;
}

/** What a key means here. A digit marks its line and no more: one slip must not run the dangerous one. */
export type Key =
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'edge'; readonly to: 'first' | 'last' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'erase' }
  | {
      readonly kind:
        | 'enter'
        | 'remember'
        | 'activate'
        | 'details'
        | 'help'
        | 'leave'
        | 'interrupt'
        | 'quit'
        | 'suspend'
        | 'other';
    };

/** After a key: still asking, or answered. */
export type Pressed = { readonly state: State } | { readonly answer: Answer };

/** The numbers shown before the options, 1, 2, 3 …; undefined for one that cannot be taken. */
export function numbers(options: readonly QuestionOption[]): readonly (number | undefined)[] {
  let last = 0;
  return options.map((option) => {
    if (option.unavailable !== undefined) return undefined;
    last += 1;
    return last;
  });
}

/** The prompt as it first appears. */
export function initialState(question: Question): State {
  const wanted = question.options[question.preselected];
  const usable = wanted !== undefined && wanted.unavailable === undefined;
  return {
    highlighted: usable
      ? question.preselected
      : question.options.findIndex((option) => option.unavailable === undefined),
    remember: question.remember && question.rememberFor !== undefined,
    activate: question.activate ?? 'no',
    details: false,
    help: false,
    rememberMarked: false,
    confirming: undefined,
  };
}

/** Whether the marked option would be remembered. */
export function remembers(question: Question, state: State): boolean {
  const only = question.options[state.highlighted]?.rememberOnlyIfAsked === true;
  return question.rememberFor !== undefined && (only ? state.rememberMarked : state.remember);
}

/** The marked option as the answer. */
function chosen(question: Question, state: State, option: QuestionOption): Pressed {
  const activate = asksToActivate(question, option) ? { activate: entering(question, state) } : {};
  return { answer: { kind: 'chosen', ...which(option), remember: remembers(question, state), ...activate } };
}

/** How far shells would be put into the marked option's environment: what is not remembered is for this once. */
export function entering(question: Question, state: State): ActivationScope {
  return state.activate === 'always' && !remembers(question, state) ? 'once' : state.activate;
}

/** What `a` makes of it. */
export const afterwards: Readonly<Record<ActivationScope, ActivationScope>> = {
  always: 'once',
  once: 'no',
  no: 'always',
};

/** Whether it is for the person to say that the shell goes into what this option installs into. */
export function asksToActivate(question: Question, option: QuestionOption | undefined): boolean {
  return question.activate !== undefined && option?.activates === true;
}

/** As much as is kept of what is typed for a word. */
const longest = 20;

/** A key while a word is asked for: only the word itself, typed whole, goes on. */
function confirm(question: Question, state: State, typed: string, key: Key): Pressed {
  switch (key.kind) {
    case 'leave':
      return { state: { ...state, confirming: undefined } };
    case 'text':
      return { state: { ...state, confirming: (typed + key.text).slice(0, longest) } };
    case 'erase':
      return { state: { ...state, confirming: [...typed].slice(0, -1).join('') } };
    case 'enter': {
      const option = question.options[state.highlighted];
      if (option === undefined || typed.trim().toLowerCase() !== option.confirm)
        return { state: { ...state, confirming: '' } };
      return chosen(question, state, option);
    }
    default:
      return { state };
  }
}

function mark(state: State, highlighted: number): State {
  return highlighted === state.highlighted ? state : { ...state, highlighted, rememberMarked: false };
}

/** The state for a question that took another's place: whatever was marked is marked still, wherever it stands now. */
export function carried(before: Question, after: Question, state: State): State {
  const marked = before.options[state.highlighted];
  const at = after.options.findIndex(
    (option) => marked !== undefined && keyOf(option) === keyOf(marked) && option.unavailable === undefined,
  );
  return at === -1
    ? { ...state, highlighted: initialState(after).highlighted, rememberMarked: false, confirming: undefined }
    : { ...state, highlighted: at };
}

/** The next option from `from` that can be taken, round the ends; `from` itself when there is no other. */
function next(question: Question, from: number, by: 1 | -1): number {
  const { length } = question.options;
  for (let step = 1; step <= length; step += 1) {
    const index = (from + by * step + length * step) % length;
    if (question.options[index]?.unavailable === undefined) return index;
  }
  return from;
}

/** What one key does. Pure; the drawn prompt is this function and a picture of its result. */
export function press(question: Question, state: State, key: Key): Pressed {
  if (key.kind === 'interrupt') return { answer: { kind: 'interrupted' } };
  if (key.kind === 'quit') return { answer: { kind: 'quit' } };
  if (key.kind === 'suspend') return { state };
  // Whatever is pressed while reading the help only closes it: Enter there means "I have read it".
  if (state.help) return { state: { ...state, help: false } };
  if (state.confirming !== undefined) return confirm(question, state, state.confirming, key);
  switch (key.kind) {
    case 'move':
      return { state: mark(state, next(question, state.highlighted, key.by)) };
    case 'edge':
      return {
        state: mark(state, key.to === 'first' ? next(question, -1, 1) : next(question, 0, -1)),
      };
    case 'number': {
      const index = numbers(question.options).indexOf(key.number);
      return { state: index === -1 ? state : mark(state, index) };
    }
    case 'remember': {
      if (question.rememberFor === undefined) return { state };
      const only = question.options[state.highlighted]?.rememberOnlyIfAsked === true;
      return {
        state: only
          ? { ...state, rememberMarked: !state.rememberMarked }
          : { ...state, remember: !state.remember },
      };
    }
    case 'activate':
      return asksToActivate(question, question.options[state.highlighted])
        ? { state: { ...state, activate: afterwards[entering(question, state)] } }
        : { state };
    case 'details':
      return { state: { ...state, details: !state.details } };
    case 'help':
      return { state: { ...state, help: true } };
    case 'text':
    case 'erase':
    case 'other':
      return { state };
    case 'leave':
      return { answer: { kind: 'left' } };
    case 'enter': {
      const option = question.options[state.highlighted];
      if (option === undefined) return { answer: { kind: 'left' } };
      if (option.confirm !== undefined) return { state: { ...state, confirming: '' } };
      return chosen(question, state, option);
    }
  }
}
