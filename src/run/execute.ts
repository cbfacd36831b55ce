import { writeFileSync } from 'node:fs';
import stripAnsi from 'strip-ansi';
import { DetourError, systemCode, tooManyFiles } from '../system/errors.ts';
import { masked } from '../system/mask.ts';
import { type Inherited, run, succeeded } from '../system/process.ts';
import { succeeds } from '../system/succeeds.ts';
import { personsVariables } from '../system/variables.ts';
import { runWaiting, standInForWaiting, waitingPip } from '../system/waiting-pip.ts';
import type { Ending, Failed, OutputMeaning, Plan, RunStep } from '../types.ts';
import { type Begun, begin } from './ahead.ts';
import { changesForWaiting } from './by-waiting.ts';
import { changed } from './changed.ts';
import { type Finish, makeEnvironmentDirectory, type Undo } from './environment-directory.ts';
import { listeningTo, mostHeard, readStreams } from './listening.ts';
import { repair } from './repair.ts';
import { type Spinner, spin } from './spinner.ts';
import { tidying } from './tidying.ts';

/** How what is said while a plan runs reaches the person. */
export interface Messenger {
  /** Words of ours. */
  say(text: string): void;
  /** What a child that is listened to wrote on its stdout and on its stderr, as it comes. */
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

/** What was not done although the plan has succeeded, and what that means. */
export interface NotDone {
  readonly title: string;
  readonly otherwise?: string;
}

/** How a plan ended. */
export interface Outcome {
  readonly ending: Ending;
  /** What the children's words meant beyond their exit codes. */
  readonly meanings: readonly OutputMeaning[];
  /** Optional steps that failed. */
  readonly missed: readonly NotDone[];
  /** What was said by the step that failed, where it installed. */
  readonly failed?: Failed;
}

/**
 * Runs a plan. If a step fails, or the person interrupts, everything the plan made is taken away again, and only that.
 * @throws DetourError when a directory or file cannot be made; what was made before has then been taken away.
 */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<Outcome> {
  const waiting = waitingPip();
  const changes = waiting && changesForWaiting(plan, options.variables, waiting, personsVariables());
  if (changes === undefined) standInForWaiting();
  const undo: Undo[] = [];
  const finish: Finish[] = [];
  const meanings: OutputMeaning[] = [];
  const missed: NotDone[] = [];
  const interruption = watchForInterruption(options.inherited);
  let begun: Begun | undefined;
  try {
    for (const [at, step] of plan.steps.entries()) {
      if (step.kind === 'make') finish.push(...makeEnvironmentDirectory(step, undo));
      else if (step.kind === 'write') writeFileSync(step.path, step.text);
      else if (step.kind === 'repair') {
        if (!options.silent) options.show.say(`${step.title}\n`);
        missed.push(...repair(step).left.map((file) => ({ title: `Repairing ${file}` })));
      } else if (step.kind === 'settle') {
        missed.push(...finished(finish));
        undo.length = 0;
        if (!options.silent) for (const line of step.says) options.show.say(`${line}\n`);
      } else {
        const tidy = tidying(step.leaves ?? []);
        const early = begun;
        const next = plan.steps[at + 1];
        begun = next?.kind === 'run' ? begin(next, options) : undefined;
        const run =
          changes &&
          waiting &&
          ((take: (chunk: Buffer) => void) => runWaiting(waiting, changes, { take, last: mostHeard }));
        const done = await runStep(step, options, run ?? early?.finish);
        meanings.push(...done.meanings);
        const signal = interruption.take();
        // pip itself says how it ends when it is interrupted; a helper of ours is over either way.
        const ending = step.quiet === true && signal !== undefined ? { signal } : done.ending;
        if (succeeded(ending)) continue;
        tidy();
        if (step.optional === true && signal === undefined) {
          const title = step.title ?? step.command;
          missed.push(step.otherwise === undefined ? { title } : { title, otherwise: step.otherwise });
          continue;
        }
        await begun?.drop();
        rollBack(undo);
        if (step.onFailure !== undefined) options.show.say(`${step.onFailure}\n`);
        return { ending, meanings, missed, ...(done.failed === undefined ? {} : { failed: done.failed }) };
      }
    }
    missed.push(...finished(finish));
    return { ending: { code: 0 }, meanings, missed };
  } catch (thrown) {
    await begun?.drop();
    rollBack(undo);
    throw asDetourError(thrown);
  } finally {
    interruption.stop();
  }
}

/** Does what is left to be done, once; what could not be. */
function finished(finish: Finish[]): NotDone[] {
  return finish.splice(0).flatMap(({ title, action, needed }) => {
    if (needed === true) action();
    else if (!succeeds(action)) return [{ title }];
    return [];
  });
}

/** Last done, first undone. What cannot be undone keeps nothing else from being. */
function rollBack(undo: Undo[]): void {
  for (let action = undo.pop(); action !== undefined; action = undo.pop()) succeeds(action);
}

/** Last words of a child that are kept for looking at, in bytes. */
const kept = 65_536;

/** `elsewhere`: the same step, where it was begun before its turn, or is another process's to run. */
async function runStep(
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

/** While a plan runs no signal may end us before what we made is taken away. */
interface Interruption {
  /** The first signal since the last time this was asked. */
  take(): NodeJS.Signals | undefined;
  stop(): void;
}

function watchForInterruption({ ignored }: Inherited): Interruption {
  const known: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  const signals = known.filter((signal) => !ignored.includes(signal));
  let caught: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    caught ??= signal;
  };
  for (const signal of signals) process.on(signal, note);
  return {
    take() {
      const first = caught;
      caught = undefined;
      return first;
    },
    stop: () => {
      for (const signal of signals) process.off(signal, note);
    },
  };
}

function asDetourError(thrown: unknown): unknown {
  if (thrown instanceof DetourError || !(thrown instanceof Error)) return thrown;
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DetourError(
        'disk-full',
        `there is no space left: ${thrown.message}`,
        'free some space and try again',
      );
    case 'EIO':
      return new DetourError(
        'disk-fails',
        `the disk reports an error: ${thrown.message}`,
        'type dmesg to see what is wrong with the disk, or use another directory',
      );
    case 'EMFILE':
    case 'ENFILE':
      return tooManyFiles(thrown);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DetourError(
        'not-writable',
        `pip-detour may not write here: ${thrown.message}`,
        'choose another directory, or another way',
      );
    case 'EEXIST':
      return new DetourError(
        'made-meanwhile',
        `another program made it in the meantime: ${thrown.message}`,
        'type the same command again',
      );
    default:
      return thrown;
  }
}
