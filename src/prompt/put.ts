import type { Environment } from '../environment.ts';
import { mode } from './mode.ts';
import type { Answer, Question } from './question.ts';

/** Puts the question in the form this terminal and this person can use. Ink is loaded only for the drawn form. */
export async function putQuestion(
  question: Question,
  environment: Environment,
  later?: Promise<Question>,
): Promise<Answer> {
  const form = mode({
    columns: process.stderr.columns,
    rows: process.stderr.rows,
    term: environment.variables['TERM'],
    plain: environment.plain,
    options: question.options.length,
  });
  if (form === 'plain')
    return (await import('./plain.ts')).askPlain(question, later, environment.promptTimeout);
  const prompt = await import('./ask.tsx');
  return prompt.ask(
    question,
    {
      color: environment.color,
      screenReader: false,
      unicode: environment.unicode,
      timeout: environment.promptTimeout,
    },
    later,
  );
}
