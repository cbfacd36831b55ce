import { getPriority, setPriority } from 'node:os';
import { succeeded } from '../system/ending.ts';
import type { Inherited } from '../system/inherited.ts';
import { run } from '../system/process.ts';
import { succeeds } from '../system/succeeds.ts';
import type { Ending, RunStep } from '../types.ts';
import { changed } from './changed.ts';
import { tidying } from './tidying.ts';

/** A step that was begun before its turn. Nobody else can see or use what it prepares. */
export interface Begun {
  /** Its turn has come: it does the rest. Undefined where it could not be begun, or was killed: it is to be run as any other. */
  finish(hear: (chunk: Buffer) => void): Promise<Ending | undefined>;
  /** Its turn does not come: resolves once it has ended and what it has made is taken away. */
  drop(): Promise<void>;
}

/** What it is begun with. */
interface BeginOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly inherited: Inherited;
}

/** Its niceness: on a single core, the step that the person waits for comes first (setpriority(2)). */
const patient = 10;

/** Last words of it that are kept, in bytes. */
const mostWords = 65_536;

/** Begins a step before its turn, if that step can be begun; undefined if it cannot. */
export function begin(step: RunStep, { variables, inherited }: BeginOptions): Begun | undefined {
  const { ahead } = step;
  if (ahead === undefined) return undefined;
  const tidy = tidying(ahead.leaves);
  const heard: Buffer[] = [];
  const hear = (chunk: Buffer) => heard.push(chunk);
  let end = (_line?: string) => {};
  let stop = () => {};
  let hurry = () => {};
  const ended = run(step.command, ahead.args, {
    cwd: step.cwd,
    env: changed(variables, step.env),
    inherited: { ...inherited, descriptors: [] },
    // Whatever is sent to us ends it.
    unseen: true,
    onStart(pid) {
      succeeds(() => setPriority(pid, Math.max(patient, getPriority())));
      // An ordinary person may not; then it has the core to itself by now.
      hurry = () => void succeeds(() => setPriority(pid, getPriority()));
      stop = () => void succeeds(() => process.kill(pid, 'SIGKILL'));
    },
    onStdin(ends) {
      end = ends;
    },
    output: { take: hear, last: mostWords },
  })
    .catch(() => undefined)
    .finally(() => {
      stop = () => {};
      hurry = () => {};
    });
  return {
    async finish(tell) {
      hurry();
      end('go on');
      const ending = await ended;
      if (ending === undefined || 'signal' in ending) {
        tidy();
        return undefined;
      }
      if (!succeeded(ending)) tidy();
      for (const chunk of heard) tell(chunk);
      return ending;
    },
    async drop() {
      stop();
      await ended;
      tidy();
    },
  };
}
