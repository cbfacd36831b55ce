import { dirname } from 'node:path';
import { realOr } from '../system/real-path.ts';
import { personsVariables } from '../system/variables.ts';
import { runWaiting, standInForWaiting, type WaitingPip, waitingPip } from '../system/waiting-pip.ts';
import type { Ending, Plan } from '../types.ts';
import { changed } from './changed.ts';
import { mostHeard } from './listening.ts';

/** What of its variables a pip reads only once it runs: the rest may have led what it has loaded. */
const readLate = /^(?:PIP_[A-Z_]+|_PIP_DETOUR_HOLDS)$/;

/**
 * What a pip that waits has to change of its variables to be all that this plan runs: the same pip of the same environment, with the
 * very words that were typed. Undefined where the plan is another.
 */
function changesFor(
  { steps }: Plan,
  variables: Readonly<Record<string, string>>,
  { python, runner, argv }: WaitingPip,
): Readonly<Record<string, string | null>> | undefined {
  const [step, ...more] = steps;
  if (step?.kind !== 'run' || more.length > 0 || step.hears !== 'pip') return undefined;
  if (step.cwd !== undefined || step.title !== undefined || step.quiet === true || step.watch !== undefined)
    return undefined;
  const [file = '', ...rest] = step.args;
  if (rest.length !== argv.length || rest.some((word, at) => word !== argv[at])) return undefined;
  if (realOr(file) !== realOr(runner) || !isSameDirectory(step.command, python)) return undefined;
  const wanted = changed(variables, step.env);
  const typed = personsVariables();
  const changes: Record<string, string | null> = {};
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(typed)]))
    if (wanted[name] !== typed[name]) changes[name] = wanted[name] ?? null;
  return Object.keys(changes).every((name) => readLate.test(name)) ? changes : undefined;
}

/** Whether a pip waits, and is the one that this plan runs. */
export function isForWaiting(plan: Plan, variables: Readonly<Record<string, string>>): boolean {
  const waiting = waitingPip();
  return waiting !== undefined && changesFor(plan, variables, waiting) !== undefined;
}

/** Lets the pip that waits run this plan; undefined where none waits, or it is told that another does what it waited for. */
export function byWaiting(
  plan: Plan,
  variables: Readonly<Record<string, string>>,
): ((take: (chunk: Buffer) => void) => Promise<Ending>) | undefined {
  const waiting = waitingPip();
  const changes = waiting && changesFor(plan, variables, waiting);
  if (waiting !== undefined && changes !== undefined)
    return (take) => runWaiting(waiting, changes, { take, last: mostHeard });
  standInForWaiting();
  return undefined;
}

/** A link in an environment leads to the Python that it was made with; which environment it is tells where the link lies. */
function isSameDirectory(one: string, other: string): boolean {
  return realOr(dirname(one)) === realOr(dirname(other));
}
