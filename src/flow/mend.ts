import { decide } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import type { Explained, Had } from '../failure/explained.ts';
import { givesOnce } from '../pip/read-once.ts';
import { lookedAtAgain } from '../place/looked-at-again.ts';
import { execute } from '../run/execute.ts';
import { succeeded } from '../system/ending.ts';
import { maskedJson } from '../system/mask.ts';
import { printable } from '../system/quote.ts';
import type { Decision, Detour } from '../types.ts';
import { carryOut, type Done, optionsOf } from './carry-out.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { offerRemedy } from './offer-remedy.ts';
import { say } from './report.ts';

/**
 * What follows where an installation that we ran has failed. Its output and its exit code stay as they are. Below them we
 * say what was missing; at a terminal we offer to get that and to run the same command again. This may take several rounds,
 * and no round gets the same thing as an earlier one. Returns how the last round ended.
 */
export async function mended(detour: Detour, first: Done, call: InvocationWithSettings): Promise<Done> {
  let done = first;
  let by = detour;
  let had: Had = { packages: [], missing: [] };
  while (isOurs(done, call)) {
    const explained = await understood(done, call, had);
    if (explained === undefined) return done;
    const { remedy, again } = explained;
    if (again !== undefined && !isUsedUp(call)) {
      const tried = await triedAgain(by, again.situation, again.why, call);
      if (tried === undefined) return done;
      done = tried;
      continue;
    }
    const canAnswer = call.nobody === undefined && !isUsedUp(call);
    const answer = canAnswer ? await offerRemedy(explained, done.decision, call) : 'unasked';
    // The question is gone from the screen with what it said.
    if (typeof answer === 'string' || 'signal' in answer) tell(explained, call);
    if (typeof answer === 'string') return done;
    if ('signal' in answer) return { ...done, outcome: { ...done.outcome, ending: answer } };
    if ('instead' in answer) {
      by = detourById(answer.instead.id) ?? by;
      const taken = await carryOut(by, answer.instead, call, true);
      return 'notice' in taken ? done : taken;
    }
    if (remedy === undefined) return done;
    had = {
      packages: [...had.packages, ...remedy.packages],
      missing: [...had.missing, ...(explained.missing ?? [])],
    };
    // Whoever is asked for a password wants to see for what.
    if (remedy.steps.length > 0) say(`pip-detour: running ${printable(remedy.command)}`);
    const got = await execute({ steps: remedy.steps }, optionsOf(call));
    if (!succeeded(got.ending)) {
      say('pip-detour: that did not work, so the same command was not tried again.');
      tell(explained, call);
      return 'signal' in got.ending ? { ...done, outcome: { ...done.outcome, ending: got.ending } } : done;
    }
    if (remedy.onlyLooks === true) continue;
    const tried = await triedAgain(by, remedy.situation, undefined, call);
    if (tried === undefined) return done;
    done = tried;
  }
  return done;
}

/** The same once more; undefined where it cannot be done any more. `why` it is, as a clause, where nobody was asked. */
async function triedAgain(
  by: Detour,
  situation: Decision['situation'],
  why: string | undefined,
  call: InvocationWithSettings,
): Promise<Done | undefined> {
  const again = decide(by, lookedAtAgain(situation));
  if (again.unavailable !== undefined) return undefined;
  say(`pip-detour: trying again: ${printable(why ?? again.detail)}`);
  const tried = await carryOut(by, again, call, false);
  return 'notice' in tried ? undefined : tried;
}

/** It was an installation, and it failed by itself. With -q pip still tells its errors to a person, and so do we. */
function isOurs(
  { outcome, decision }: Done,
  { verbosity, command, nobody }: InvocationWithSettings,
): boolean {
  const { ending, failed } = outcome;
  if (failed === undefined || succeeded(ending) || 'signal' in ending) return false;
  if (verbosity < 0 && nobody !== undefined) return false;
  return command.subcommand === 'install' && !decision.situation.dryRun;
}

/** The pip that failed has read what nobody can read again (`-r <(…)`): the same command would find nothing. */
function isUsedUp({ command, environment: { variables } }: InvocationWithSettings): boolean {
  return givesOnce({ command, variables });
}

/** The rest is loaded only here. Never rejects: what we cannot explain is as it would be without us. */
async function understood(
  { outcome: { failed }, decision }: Done,
  { environment }: InvocationWithSettings,
  had: Had,
): Promise<Explained | undefined> {
  if (failed === undefined) return undefined;
  try {
    const { explain } = await import('../failure/index.ts');
    return await explain(failed, decision, environment, had);
  } catch {
    return undefined;
  }
}

/** Where nobody can be asked, or nothing can be offered: one line, or JSON for a coding agent. */
function tell(
  { reference, lines, missing, advice }: Explained,
  { environment, nobody }: InvocationWithSettings,
): void {
  if (nobody !== undefined && !environment.hint) return;
  if (nobody !== undefined && environment.agent !== undefined) {
    const known = { reference, lines, missing: missing ?? [], run: advice ?? null };
    say(`pip-detour-hint: ${maskedJson(known)}`);
    return;
  }
  const then = advice === undefined ? [] : [`Type this, and then the same command again: ${advice}`];
  if (nobody !== undefined) say(`pip-detour: ${[...lines, ...then].join(' ')}`);
  else for (const line of [...lines, ...then]) say(`pip-detour: ${line}`);
}
