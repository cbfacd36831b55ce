import chalk from 'chalk';
import { render } from 'ink';
import { Boundary } from './Boundary.tsx';
import { afterIdleTimeout } from './idle-timeout.ts';
import { type Opening, open } from './opening.ts';
import { Prompt } from './Prompt.tsx';
import { askPlain } from './plain.ts';
import type { Answer, PipState, Question } from './question.ts';
import { sample } from './sample.ts';
import { canvas, NoKeys, nowhere } from './streams.ts';
import { drainToTheEnd, handOver, type Stop } from './terminal.ts';

/** The bundle `prompt`: everything that needs Ink. */

/** How the question is drawn. */
export interface AskOptions {
  /** For stderr; chalk itself looks at stdout and knows no NO_COLOR. */
  readonly color: boolean;
  /** A list read out loud from top to bottom: the plain prompt. */
  readonly screenReader: boolean;
  /** Signs beyond ASCII may be used; yes unless said otherwise. */
  readonly unicode?: boolean;
  /** After so many ms without a key it is left; 0 or nothing: never. */
  readonly timeout?: number;
  /** The terminal, where it has been borrowed and the first frame painted already. */
  readonly opening?: Opening;
  /** Whether pip, which is still running, refuses; absent where it has refused. */
  readonly refuses?: Promise<boolean>;
}

/** How long after the first frame keys do not answer yet, in ms (facts: accepted 11 of 24 early Enters without, 1 with). */
const quiet = 200;
/** And how long at least after Ink reads them, however late that is: what lies waiting then is early, too. */
const settling = 50;

/**
 * Asks on stderr, with keys from stdin, both terminals. Resolves once the terminal is as it was and stdin is free for
 * a child; one line saying what was chosen stays. Falls back on the plain prompt if drawing fails. Each of `later` is the
 * same question with more known: it takes the one's place that stands when it comes, and what is marked stays marked.
 */
export async function ask(
  question: Question,
  options: AskOptions,
  later: readonly Promise<Question>[] = [],
): Promise<Answer> {
  const plainly = async (): Promise<Answer> =>
    (await options.refuses) === false ? { kind: 'withdrawn' } : askPlain(question, later, options.timeout);
  if (options.screenReader || !process.stdin.isTTY) return plainly();
  try {
    return await draw(question, options, later);
  } catch {
    return plainly();
  }
}

async function draw(
  first: Question,
  options: AskOptions,
  later: readonly Promise<Question>[],
): Promise<Answer> {
  const { stdin, stderr } = process;
  const opening = options.opening ?? (await open(first, options));
  let question = opening.noted(first);
  // What is drawn, and the question with more known that it was made from.
  const news = new Map<Question, Question>();
  const { terminal } = opening;
  // The sixteen colours of the person's own palette are all that is used.
  chalk.level = options.color ? 1 : 0;
  let answer: Answer = { kind: 'left' };
  let ended = false;
  let failure: unknown;
  let unmount = () => {};
  let visible = true;
  let overdue = false;
  let pip: PipState = options.refuses === undefined ? 'refused' : 'running';
  let show = async (_visible: boolean) => {};
  const end = () => {
    ended = true;
    unmount();
  };
  opening.pass(end, (now) => show(now));
  try {
    if (opening.stop !== undefined) return { kind: opening.stop };
    if (opening.at === undefined || opening.isGone()) return answer;
    const hush = Math.max(settling, quiet - (Date.now() - opening.at));
    const element = () => (
      <Boundary
        onError={(error) => {
          failure = error ?? new Error('the prompt could not be drawn');
          end();
        }}
      >
        <Prompt
          question={question}
          columns={stderr.columns || 80}
          rows={stderr.rows}
          unicode={options.unicode ?? true}
          quiet={hush}
          away={!visible}
          overdue={overdue}
          pip={pip}
          onSuspend={() => void terminal.suspend()}
          onAnswer={(given, to) => {
            const learnt = news.get(to);
            answer = given.kind === 'chosen' && learnt !== undefined ? { ...given, to: learnt } : given;
            // Drawn once more after this, Ink would take the keyboard again and keep it.
            ended = true;
          }}
        />
      </Boundary>
    );
    let stands = true;
    const streams = { stdin, stdout: canvas(stderr, opening.erase, () => stands), stderr };
    const app = render(element(), { ...streams, exitOnCtrlC: false, patchConsole: false });
    const exited = app.waitUntilExit();
    unmount = app.unmount;
    const resized = () => app.rerender(element());
    stderr.on('resize', resized);
    const hide = async () => {
      visible = false;
      app.rerender(element());
      await new Promise((resolve) => setTimeout(resolve, frameTime));
      app.clear();
    };
    show = async (now) => {
      if (!now) return hide();
      if (visible) {
        // Stopped without a word (SIGSTOP): what stands where Ink drew is the shell's, and not to be erased.
        stands = false;
        await hide();
        stands = true;
      }
      visible = true;
      // Ink takes the line above for the empty one it drew last, and erases it; what the shell wrote must stay.
      stderr.write('\n');
      app.rerender(element());
    };
    for (const more of later)
      more.then(
        (known) => {
          question = opening.noted(known);
          news.set(question, known);
          if (!ended) resized();
        },
        () => {},
      );
    options.refuses?.then((refuses) => {
      pip = refuses ? 'refused' : 'went-on';
      if (ended) return;
      if (!refuses) {
        app.clear();
        // Not even the empty line of Ink's end may stay.
        stands = false;
      }
      resized();
    });
    const untouched = afterIdleTimeout(stdin, options.timeout, () => {
      overdue = true;
      if (!ended) resized();
    });
    // It may have ended while it was first drawn, when there was nothing to unmount yet.
    if (ended) app.unmount();
    await exited;
    ended = true;
    untouched.stop();
    stderr.off('resize', resized);
    if (failure !== undefined) throw failure;
    // A Ctrl-C that came as a key, after Ink had read for the last time and before it ended raw mode, lies there unheard.
    const stop = opening.isGone() ? undefined : await drainToTheEnd(stdin);
    return stop === undefined ? answer : stopped(answer, stop);
  } finally {
    // Where Ink never came to draw.
    if (!opening.isGone()) stderr.write(opening.erase());
    terminal.giveBack();
    await handOver(stdin);
  }
}

/** What becomes of an answer when Ctrl-C or Ctrl-\ follows it at once: nothing of it has been done. */
function stopped(answer: Answer, kind: Stop): Answer {
  return answer.kind === 'chosen' ? { kind } : answer;
}

/** Ink draws 30 times a second at most: after so many ms nothing is left to be drawn. */
const frameTime = 50;

/** How often warming draws: first frame after 1 and 2 times, medians of one run, 21.9 and 11.8 ms (not at all: 32.3). */
const warmingFrames = 2;

/**
 * Draws into nothing, so that everything is compiled that a frame needs: V8's code cache is taken after it
 * (scripts/code-cache.mjs). Touches neither the terminal nor stdin, throws nothing, keeps nothing alive.
 */
export function warm(question: Question = sample): void {
  chalk.level = 1;
  for (let frame = 0; frame < warmingFrames; frame += 1) {
    try {
      const app = render(
        <Prompt question={question} columns={80} rows={24} unicode quiet={quiet} onAnswer={() => {}} />,
        {
          stdin: new NoKeys(),
          stdout: nowhere(),
          stderr: nowhere(),
          exitOnCtrlC: false,
          patchConsole: false,
        },
      );
      app.unmount();
      app.cleanup();
    } catch {
      // Then the first frame comes a little later.
    }
  }
}
