import { isatty } from 'node:tty';
import { decide, samePlan } from '../detours/decide.ts';
import { elsewhereAfter } from '../detours/venv/environment-outside.ts';
import { lookedAtAgain } from '../place/looked-at-again.ts';
import { execute, type Outcome } from '../run/execute.ts';
import { withLocks } from '../run/plan-lock.ts';
import type { ExecuteOptions } from '../run/run-step.ts';
import { DetourError } from '../system/errors.ts';
import { printable } from '../system/quote.ts';
import { variablesForPlans, whileHolding } from '../system/variables.ts';
import { typedProcess } from '../system/waiting-pip.ts';
import type { Decided, Decision, Detour } from '../types.ts';
import type { Invocation } from './invocation.ts';
import { say, sayWaiting, show } from './report.ts';

/** What was run, and how it ended. */
export interface Done {
  readonly decision: Decision;
  readonly outcome: Outcome;
}

/**
 * Nothing was run, because it would have been another plan than the person was shown. `notice`: a sentence that says
 * why.
 */
export interface Changed {
  readonly notice: string;
}

/**
 * Runs what was decided, under a lock. If the person was shown a plan, that plan is run or none: where a second look, under
 * the lock, leads to another plan, nothing is done. A choice that stands was not shown, so the plan of the second look is
 * run. If the environment cannot be made in the project, it is made outside it.
 * @throws DetourError `changed-meanwhile` where nothing was shown, and it cannot be done any more.
 */
export async function carryOut(
  detour: Detour,
  before: Decision,
  call: Invocation,
  wasShown: boolean,
): Promise<Done | Changed> {
  const { environment, verbosity } = call;
  const { locks = [] } = before.plan;
  const { situation: found } = before;
  const waiting = (place: string, pid: number) => {
    if (verbosity > -1) sayWaiting(place, pid, found.home);
  };
  return withLocks(locks, environment, waiting, async () => {
    // While we waited, or the question was open, somebody may have done it already.
    const now = locks.length === 0 ? before : decide(detour, lookedAtAgain(found));
    if (wasShown && (now.unavailable !== undefined || !samePlan(now, before)))
      return { notice: `This changed while the question was open: ${inWords(now)}.` };
    if (now.unavailable !== undefined)
      throw new DetourError('changed-meanwhile', printable(now.unavailable), 'type the same command again');
    const variables =
      locks.length === 0 ? variablesForPlans(environment) : whileHolding(environment, typedProcess());
    const decision = wasShown ? before : now;
    const outcome = await execute(decision.plan, optionsOf(call, variables));
    const elsewhere = elsewhereAfter(outcome.meanings, decision.situation, environment);
    if (elsewhere === undefined) return { decision, outcome };
    const other = decide(detour, elsewhere);
    if (other.unavailable !== undefined) return { decision, outcome };
    say(`pip-detour: ${printable(elsewhere.environment.outside ?? '')}: ${printable(other.detail)}`);
    return { decision: other, outcome: await execute(other.plan, optionsOf(call, variables)) };
  });
}

function inWords(now: Decided): string {
  return now.unavailable ?? `${now.title}: ${now.detail}`;
}

/** What a plan of this call is run with. */
export function optionsOf(
  { environment, verbosity, inherited }: Invocation,
  variables = variablesForPlans(environment),
): ExecuteOptions {
  return {
    variables,
    inherited,
    show,
    drawn: isatty(2) && !environment.plain,
    silent: verbosity < 0,
  };
}
