import type { Environment } from '../system/variables.ts';
import { mode } from './mode.ts';
import type { Opening, Painting } from './opening.ts';
import type { Answer, Question } from './question.ts';

/**
 * Puts the question in the form this terminal and this person can use. Ink is loaded only for the drawn form, and only
 * once that is on the screen. `later` is asked then, too, for the same question with more known.
 */
export async function putQuestion(
  question: Question,
  environment: Environment,
  later?: () => Promise<Question>,
): Promise<Answer> {
  const form = mode({
    columns: process.stderr.columns,
    rows: process.stderr.rows,
    term: environment.variables['TERM'],
    plain: environment.plain,
    options: question.options.length,
  });
  if (form === 'plain')
    return (await import('./plain.ts')).askPlain(question, later?.(), environment.promptTimeout);
  const { color, unicode, promptTimeout: timeout } = environment;
  const opening = process.stdin.isTTY ? await opened(question, { color, unicode }) : {};
  const known = later?.();
  try {
    const prompt = await import('./ask.tsx');
    return await prompt.ask(question, { color, unicode, timeout, screenReader: false, ...opening }, known);
  } catch (thrown) {
    await opening.opening?.close();
    throw thrown;
  }
}

/** The first frame; where it fails, the whole prompt is still tried. */
async function opened(question: Question, painting: Painting): Promise<{ readonly opening?: Opening }> {
  try {
    const { open } = await import('./opening.ts');
    return { opening: await open(question, painting) };
  } catch {
    return {};
  }
}
