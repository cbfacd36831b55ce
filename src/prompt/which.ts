import type { Answer, QuestionOption } from './question.ts';

type Which = Pick<QuestionOption, 'id' | 'other'>;

/** Which line of a question this is, as an answer names it. */
export function which<Id>({ id, other }: { readonly id: Id; readonly other?: number }) {
  return other === undefined ? { id } : { id, other };
}

/** The same as one word, to be compared. */
export function keyOf({ id, other }: Which): string {
  return other === undefined ? id : `${id} ${other}`;
}

/** The line that was chosen, if any was. */
export function chosenOf(options: readonly QuestionOption[], answer: Answer): QuestionOption | undefined {
  if (answer.kind !== 'chosen' || answer.id === 'none') return undefined;
  return options.find((option) => keyOf(option) === keyOf(answer));
}
