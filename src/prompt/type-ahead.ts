import type { Question } from './question.ts';

/** The question with a word about keys that came before it and answer nothing, where there were any. */
export function noting(question: Question, typed: boolean): Question {
  if (!typed) return question;
  const lost = 'What you typed before this question was not used.';
  return { ...question, notice: question.notice === undefined ? lost : `${question.notice} ${lost}` };
}

/** Whether somebody typed this: answers of the terminal's own begin with Escape. */
export function isTyped(keys: string): boolean {
  return /[^\0-\x1f\x7f]|[\r\n\t]/.test(keys.replace(/\x1b(?:[[O][0-?]*[ -/]*[@-~]|\][^\x07\x1b]*|.)/g, ''));
}
