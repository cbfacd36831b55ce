import { decide } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import { bestUnasked } from '../detours/recommendation.ts';
import { checked } from '../memory/checked.ts';
import { asMeant } from '../memory/meaning.ts';
import { isForWaiting } from '../run/by-waiting.ts';
import { succeeded } from '../system/ending.ts';
import { printable, shortPath } from '../system/quote.ts';
import { variablesForPlans } from '../system/variables.ts';
import { declineWaiting } from '../system/waiting-pip.ts';
import type { Choice, Ending, FollowUp, PassedOver, Situation } from '../types.ts';
import { enterShell, meantWith, nextAfter, tell, wantedBy } from './afterwards.ts';
import { carryOut } from './carry-out.ts';
import { becauseOf } from './choose.ts';
import { onlyTell } from './dry-run.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { mended } from './mend.ts';
import { offerToRecord } from './offer-record.ts';
import { renewMeaning } from './remember.ts';
import { announce, say } from './report.ts';

/**
 * Uses a choice that stands, without asking. Where it cannot be used here, the person is told why, and the question or
 * pip's own refusal follows.
 */
export async function takeStanding(
  found: Situation,
  choice: Choice,
  call: InvocationWithSettings,
): Promise<{ readonly ending: Ending } | { readonly passedOver: PassedOver }> {
  const detour = detourById(choice.detour);
  if (detour === undefined) return { passedOver: { choice, why: `there is no detour ${choice.detour}` } };
  const situation = asMeant(found, choice);
  const { lapsed, notes } = checked(choice, situation, call.environment);
  const decided = decide(detour, situation);
  const notTaken = (why: string) => {
    const because = becauseOf(choice, (path) => shortPath(path, situation.home));
    say(`pip-detour: ${detour.id} (${printable(because)}) is not taken here, because ${printable(why)}`);
    return { passedOver: asPassedOver(choice, why, situation) };
  };
  const isAsWaits =
    lapsed === undefined &&
    decided.unavailable === undefined &&
    decided.onlyAsked === undefined &&
    !situation.dryRun &&
    isForWaiting(decided.plan, variablesForPlans(call.environment));
  if (!isAsWaits) declineWaiting();
  if (lapsed !== undefined) return notTaken(lapsed);
  if (decided.unavailable !== undefined) return notTaken(decided.unavailable);
  if (decided.onlyAsked !== undefined) return notTaken(decided.onlyAsked);
  if (call.verbosity > -1) say(announce(choice, decided, situation.home, notes));
  if (situation.dryRun) return { ending: await onlyTell(detour, decided, call, call.verbosity > -1) };
  const carried = await carryOut(detour, decided, call, false);
  if ('notice' in carried) return { passedOver: { choice, why: carried.notice } };
  const done = await mended(detour, carried, call);
  const { ending } = done.outcome;
  const { again, told } = await nextAfter(done, call);
  if (!succeeded(ending))
    return again === undefined || choice.source === 'environment'
      ? { ending }
      : { passedOver: notAfterAll(choice, again) };
  if (again !== undefined)
    return again.stuck === undefined
      ? takeStanding(again.situation, choice, call)
      : { passedOver: { choice, why: again.stuck } };
  const wanted = wantedBy(choice.means);
  if (choice.source === 'remembered') await renewMeaning(call.environment, choice, meantWith(done, wanted));
  const entered = enterShell(done, call, wanted);
  if (call.verbosity > -1) await tell(done, call, { entered }, told);
  return { ending: (await offerToRecord(done.decision, call, false)) ?? ending };
}

function asPassedOver(choice: Choice, why: string, situation: Situation): PassedOver {
  const best = bestUnasked(situation, choice.detour);
  return {
    choice,
    why,
    ...(best === undefined ? {} : { instead: { detour: best.id, does: best.detail } }),
  };
}

/** Trying it has shown that it is not for this line. */
function notAfterAll(choice: Choice, { situation, notice }: NonNullable<FollowUp['again']>): PassedOver {
  say(`pip-detour: not done after all: ${printable(notice)}`);
  const { notApplications } = situation;
  return {
    ...asPassedOver(choice, notice.replace(/\.$/, ''), situation),
    learnt: { notApplications, notice },
  };
}
