import type { Answer, Question, QuestionOption } from './question.ts';

/** What the drawn prompt is like between two keys. `highlighted` is both the line marked and the line run. */
export interface State {
  readonly highlighted: number;
  readonly remember: boolean;
  readonly details: boolean;
  readonly help: boolean;
}

/** What a key means here. A digit marks its line and no more: one slip must not run the dangerous one. */
export type Key =
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'edge'; readonly to: 'first' | 'last' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'enter' | 'remember' | 'details' | 'help' | 'leave' | 'interrupt' | 'other' };

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
    details: false,
    help: false,
  };
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
  // Whatever is pressed while reading the help only closes it: Enter there means "I have read it".
  if (state.help) return { state: { ...state, help: false } };
  switch (key.kind) {
    case 'move':
      return { state: { ...state, highlighted: next(question, state.highlighted, key.by) } };
    case 'edge':
      return {
        state: { ...state, highlighted: key.to === 'first' ? next(question, -1, 1) : next(question, 0, -1) },
      };
    case 'number': {
      const index = numbers(question.options).indexOf(key.number);
      return { state: index === -1 ? state : { ...state, highlighted: index } };
    }
    case 'remember':
      return {
        state: question.rememberFor === undefined ? state : { ...state, remember: !state.remember },
      };
    case 'details':
      return { state: { ...state, details: !state.details } };
    case 'help':
      return { state: { ...state, help: true } };
    case 'other':
      return { state };
    case 'leave':
      return { answer: { kind: 'left' } };
    case 'enter': {
      const option = question.options[state.highlighted];
      if (option === undefined) return { answer: { kind: 'left' } };
      return { answer: { kind: 'chosen', id: option.id, remember: state.remember } };
    }
  }
}
