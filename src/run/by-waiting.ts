import { dirname } from 'node:path';
import { realOr } from '../system/real-path.ts';
import type { WaitingPip } from '../system/waiting-pip.ts';
import type { Plan } from '../types.ts';
import { changed } from './changed.ts';

/** What of its variables a pip reads only once it runs: the rest may have led what it has loaded. */
const readLate = /^(?:PIP_[A-Z_]+|_PIP_DETOUR_HOLDS)$/;

/**
 * What a pip that waits has to change of its variables to be all that this plan runs: the same pip of the same environment, with the
 * very words that were typed. Undefined where the plan is another.
 */
export function changesForWaiting(
  { steps }: Plan,
  variables: Readonly<Record<string, string>>,
  { python, runner, argv }: WaitingPip,
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> | undefined {
  const [step, ...more] = steps;
  if (step?.kind !== 'run' || more.length > 0 || step.hears !== 'pip') return undefined;
  if (step.cwd !== undefined || step.title !== undefined || step.quiet === true || step.watch !== undefined)
    return undefined;
  const [file = '', ...rest] = step.args;
  if (rest.length !== argv.length || rest.some((word, at) => word !== argv[at])) return undefined;
  if (realOr(file) !== realOr(runner) || !isSameDirectory(step.command, python)) return undefined;
  const wanted = changed(variables, step.env);
  const changes: Record<string, string | null> = {};
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(typed)]))
    if (wanted[name] !== typed[name]) changes[name] = wanted[name] ?? null;
  return Object.keys(changes).every((name) => readLate.test(name)) ? changes : undefined;
}

/** A link in an environment leads to the Python that it was made with; which environment it is tells where the link lies. */
function isSameDirectory(one: string, other: string): boolean {
  return realOr(dirname(one)) === realOr(dirname(other));
}
