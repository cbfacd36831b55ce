import { createInterface } from 'node:readline';
import { plainAnswer, plainConfirmation } from './plain-answer.ts';
import { plainInvitation, plainLines, plainQuestion, plainUpdate } from './plain-question.ts';
import type { Answer, Question, QuestionOption } from './question.ts';
import { drain, handOver, setRaw, stopIn } from './terminal.ts';
import { noting } from './type-ahead.ts';

/** The plain prompt: a numbered list and a line to type, for screen readers and for terminals that cannot be drawn on. */

/**
 * Asks by printing on stderr and reading lines from stdin. Lines typed before the question appeared do not answer it.
 * Ctrl-C interrupts; the end of input leaves. When it resolves, stdin is free for a child.
 */
export async function askPlain(
  first: Question,
  later: readonly Promise<Question>[] = [],
  timeout = 0,
): Promise<Answer> {
  let question = first;
  let asked = first;
  const { stdin, stderr } = process;
  if (stdin.isTTY) {
    // Ink lets go of stdin when it ends; reading it would then keep nothing alive.
    stdin.ref();
    setRaw(stdin, true);
    const { stop, typed } = await drain(stdin);
    setRaw(stdin, false);
    question = noting(question, typed);
    if (stop !== undefined) return { kind: stop };
  }
  if (stdin.readableEnded || stdin.destroyed) return { kind: 'left' };
  let remember = question.remember && question.rememberFor !== undefined;
  let confirming: QuestionOption | undefined;
  // A terminal that nobody has told its size, as Expect's, says 0.
  const width = stderr.isTTY && stderr.columns > 0 ? stderr.columns : undefined;
  const fitted = (text: string) => plainLines(text, width).join('\n');
  const print = (lines: readonly string[]) => {
    for (const text of lines) stderr.write(`${fitted(text)}\n`);
  };
  let settled = false;
  const lines = createInterface({ input: stdin, terminal: false });
  const answer = await new Promise<Answer>((resolve) => {
    const invite = () =>
      stderr.write(confirming === undefined ? fitted(plainInvitation(question)) : `${confirming.confirm}? `);
    const interrupt = () => settle({ kind: 'interrupted' });
    const gone = () => settle({ kind: 'left' });
    // A line is what counts here: its keys are the terminal's to edit.
    const untouched = timeout === 0 ? undefined : setTimeout(gone, timeout);
    const settle = (given: Answer) => {
      settled = true;
      clearTimeout(untouched);
      process.off('SIGINT', interrupt);
      process.off('SIGCONT', invite);
      stdin.off('data', heard);
      stdin.off('error', gone);
      lines.off('close', gone);
      lines.close();
      resolve(given);
    };
    const heard = (keys: unknown) => {
      const stop = stopIn(String(keys));
      if (stop !== undefined) settle({ kind: stop });
    };
    process.on('SIGINT', interrupt);
    // Pressed in the moment between the last look and the end of raw mode: it lies there as a key.
    stdin.on('data', heard);
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
    for (const more of later)
      more.then(
        (known) => {
          if (settled) return;
          const update = plainUpdate(question, known);
          question = update.question;
          asked = known;
          if (update.say.length === 0) return;
          print(['', ...update.say]);
          stderr.write(fitted(plainInvitation(question)));
        },
        () => {},
      );
  });
  if (answer.kind !== 'chosen') stderr.write('\n');
  await handOver(stdin);
  return answer.kind === 'chosen' && asked !== first ? { ...answer, to: asked } : answer;
}
