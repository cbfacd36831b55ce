import stripAnsi from 'strip-ansi';
import { succeeded } from '../system/ending.ts';
import type { Inherited } from '../system/inherited.ts';
import { masked } from '../system/mask.ts';
import { run } from '../system/process.ts';
import type { Ending, Failed, OutputMeaning, RunStep } from '../types.ts';
import type { Begun } from './ahead.ts';
import { changed } from './changed.ts';
import { listeningTo, mostHeard, readStreams } from './listening.ts';
import { type Spinner, spin } from './spinner.ts';

/** Shows the person what we and the programs say while a plan runs. */
export interface Messenger {
  /** Words of ours. */
  say(text: string): void;
  /** What a program that we listen to wrote to its stdout and to its stderr, as it comes. */
  stdout(bytes: Buffer): void;
  stderr(bytes: Buffer): void;
}

/** What a plan is run with. */
export interface ExecuteOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly inherited: Inherited;
  readonly show: Messenger;
  /** Spinners may be drawn. */
  readonly drawn: boolean;
  /** Say nothing of our own, as pip under `-q`. */
  readonly silent: boolean;
}

/** How much of a program's output we keep, from its end, in bytes. */
const kept = 65_536;

/** Runs one step to its end. `elsewhere`: the same step, where it was begun before its turn, or is another process's to run. */
export async function runStep(
  step: RunStep,
  options: ExecuteOptions,
  elsewhere?: Begun['finish'],
): Promise<{ ending: Ending; meanings: readonly OutputMeaning[]; failed?: Failed }> {
  const { quiet = false, watch, title, hears } = step;
  const reads = readStreams(step);
  let output = Buffer.alloc(0);
  const last = hears === undefined ? kept : mostHeard;
  const keep = (chunk: Buffer) => {
    output = Buffer.concat([output, chunk]).subarray(-last);
  };
  const spinner: Spinner | undefined =
    title === undefined || options.silent
      ? undefined
      : spin(masked(title), options.drawn && quiet, options.show.say);
  const tee = (show: (bytes: Buffer) => void) => (chunk: Buffer) => {
    keep(chunk);
    show(chunk);
  };
  let ending: Ending;
  try {
    const listening = elsewhere === undefined ? listeningTo(step, options, keep) : undefined;
    ending =
      (await elsewhere?.(keep)) ??
      (await run(listening?.command ?? step.command, listening?.args ?? step.args, {
        cwd: step.cwd,
        env: changed(options.variables, step.env),
        inherited: options.inherited,
        ...(quiet ? { stdin: 'ignore', output: { take: keep, last } } : {}),
        ...(listening === undefined ? {} : { aside: listening.aside }),
        ...(reads.includes(1) ? { onStdout: tee(options.show.stdout) } : {}),
        ...(reads.includes(2) ? { onStderr: tee(options.show.stderr) } : {}),
      }));
  } finally {
    spinner?.stop();
  }
  const text = output.toString('utf8');
  // With FORCE_COLOR a program writes its words in colours into a pipe, too.
  const plain = stripAnsi(text);
  const signs = (watch ?? []).filter((sign) => new RegExp(sign.pattern).test(plain));
  if (succeeded(ending) && signs.some((sign) => sign.fails === true)) ending = { code: 1 };
  if (quiet && !succeeded(ending) && step.optional !== true && 'code' in ending) options.show.say(text);
  const meanings = signs.map((sign) => sign.means);
  return { ending, meanings, ...(hears === undefined ? {} : { failed: { by: hears, said: plain } }) };
}
