import type { Environment } from '../system/variables.ts';
import { mode } from './mode.ts';
import type { Opening, Painting } from './opening.ts';
import type { Answer, Question } from './question.ts';

/** What comes while the question is open. */
export interface WhileOpen {
  /** Asked for once the question is on the screen: the same question with more known, once for each part. */
  readonly later?: () => readonly Promise<Question>[];
  /** Whether pip, which is still running, refuses; absent where it has refused. Never rejects. */
  readonly refuses?: Promise<boolean>;
}

/**
 * Puts the question in the form this terminal and this person can use. Ink is loaded only for the drawn form, and only
 * once that is on the screen. The drawn form need not wait for pip's refusal; its answer does.
 */
export async function showPrompt(
  question: Question,
  environment: Environment,
  { later, refuses }: WhileOpen = {},
): Promise<Answer> {
  const form = mode({
    columns: process.stderr.columns,
    rows: process.stderr.rows,
    term: environment.variables['TERM'],
    plain: environment.plain,
    options: question.options.length,
  });
  if (form === 'plain' && (await refuses) === false) return { kind: 'withdrawn' };
  if (form === 'plain')
    return (await import('./plain.ts')).askPlain(question, later?.(), environment.promptTimeout);
  const { color, unicode, promptTimeout: timeout } = environment;
  const opening = process.stdin.isTTY ? await opened(question, { color, unicode }) : {};
  const known = later?.();
  try {
    const prompt = await import('./ask.tsx');
    const pip = refuses === undefined ? {} : { refuses };
    return await prompt.ask(
      question,
      { color, unicode, timeout, screenReader: false, ...pip, ...opening },
      known,
    );
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
