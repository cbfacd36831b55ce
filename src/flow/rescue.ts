import { decide, decideAll } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import { bestUnasked } from '../detours/recommendation.ts';
import { looking } from '../detours/system-package/packages.ts';
import { checked } from '../memory/checked.ts';
import { whyNotFromAbove } from '../memory/choices.ts';
import { asMeant, meaningOf } from '../memory/meaning.ts';
import { movedFrom } from '../memory/moved.ts';
import { lookedAtAgain } from '../place/looked-at-again.ts';
import { buildQuestion, entersBy } from '../prompt/build.ts';
import { type Question, stoppedBy } from '../prompt/question.ts';
import { showPrompt } from '../prompt/show-prompt.ts';
import { keyOf } from '../prompt/which.ts';
import { schema } from '../settings/schema.ts';
import { canEnter, cannotBeEntered, enter } from '../shell/activation.ts';
import { scriptAround, typedShell } from '../shell/typed-shell.ts';
import { describe } from '../system/errors.ts';
import { succeeded } from '../system/process.ts';
import { printable, shortPath } from '../system/quote.ts';
import type {
  ActivationScope,
  Choice,
  Decided,
  Ending,
  FollowUp,
  IndexLook,
  NotTaken,
  PassedOver,
  RememberedTarget,
  Situation,
} from '../types.ts';
import { carryOut, type Done, optionsOf } from './carry-out.ts';
import { becauseOf } from './choose.ts';
import { onlyTell } from './dry-run.ts';
import { whatFollows } from './index-look.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { mended } from './mend.ts';
import { offerMore } from './offer.ts';
import { offerToRecord } from './offer-record.ts';
import { rememberChoice, renewMeaning } from './remember.ts';
import { announce, conclusion, type Entered, say, type Told } from './report.ts';

/** Takes a choice that stands, without asking. Where it cannot be taken here that is said, and the question or pip's own refusal follows. */
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
    say(`pip-detour: not taken: ${detour.id} (${printable(because)}), because ${printable(why)}`);
    return { passedOver: asPassedOver(choice, why, situation) };
  };
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
  const wanted = enteringBy(choice.means);
  if (choice.source === 'remembered') await renewMeaning(call.environment, choice, meant(done, wanted));
  const entered = enters(done, call, wanted);
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
  say(`pip-detour: not taken after all: ${printable(notice)}`);
  const { notApplications } = situation;
  return {
    ...asPassedOver(choice, notice.replace(/\.$/, ''), situation),
    learnt: { notApplications, notice },
  };
}

/** Ends as pip's own refusal, which is shown. */
export type Leave = () => Promise<Ending> | Ending;

/** What is looked up while the question is open, each asked for once that is on the screen, and taken in when it comes. */
export interface Looks {
  /** The situation with the package manager's answer. */
  packages(): Promise<Situation>;
  /** What the index says; absent where it is not asked. */
  index?(): Promise<IndexLook>;
}

/**
 * Asks, carries out the answer, and asks again when the way chosen turned out to be none, or another than was shown.
 * `refuses` is pip's word where that is still to come: undefined is returned, and nothing done, where it is no.
 */
export async function askUntilDone(
  first: Situation,
  call: InvocationWithSettings,
  leave: Leave,
  looks: Looks,
  known: NotTaken,
  refuses?: Promise<boolean>,
): Promise<Ending | undefined> {
  const { learnt } = known.passedOver ?? {};
  const notApplications = [...first.notApplications, ...(learnt?.notApplications ?? [])];
  const asking = looks.index === undefined ? {} : { index: { state: 'looking', answers: [] } as const };
  let situation = looking({ ...first, ...asking, notApplications });
  let decided = decideAll(situation);
  let notice = learnt?.notice ?? movedFrom(call.environment, first.place.directory) ?? noticeOf(known, first);
  const asks = call.settings.value(schema.activate) === 'ask' && canEnter(call.environment);
  const activate: ActivationScope | undefined = asks ? 'always' : undefined;
  // What is chosen is what stood on the screen, whatever has become known since.
  const put = new Map<Question, readonly Decided[]>();
  const question = () => {
    const made = buildQuestion(situation, decided, notice, activate);
    put.set(made, decided);
    return made;
  };
  const learn = async (news: Promise<Partial<Situation>>) => {
    const found = await news;
    // What came meanwhile stays.
    situation = { ...situation, ...found };
    decided = decideAll(situation);
    return question();
  };
  const later = () => [
    learn(looks.packages().then(({ systemPackages }) => (systemPackages ? { systemPackages } : {}))),
    ...(looks.index === undefined
      ? []
      : [learn(looks.index().then((index) => whatFollows(index, first, call.environment)))]),
  ];
  const lookAt = (next: { readonly situation: Situation; readonly notice: string }) => {
    ({ situation, notice } = next);
    decided = decideAll(situation);
  };
  for (;;) {
    const asked = question();
    const answer = await showPrompt(asked, call.environment, {
      later,
      ...(refuses === undefined ? {} : { refuses }),
    });
    if (answer.kind === 'withdrawn') return undefined;
    const stopped = stoppedBy(answer);
    if (stopped !== undefined) return stopped;
    if (answer.kind !== 'chosen' || answer.id === 'none') return leave();
    const detour = detourById(answer.id);
    const stood = put.get(answer.to ?? asked) ?? decided;
    const shown = stood.find((one) => keyOf(one) === keyOf(answer));
    if (detour === undefined || shown === undefined || shown.unavailable !== undefined) return leave();
    if (shown.situation.dryRun) return onlyTell(detour, shown, call, true);
    const carried = await carryOut(detour, shown, call, true);
    if ('notice' in carried) {
      lookAt({ situation: lookedAtAgain(situation), notice: carried.notice });
      continue;
    }
    const done = await mended(detour, carried, call);
    const { ending } = done.outcome;
    const { again, told, offer } = await nextAfter(done, call);
    if (again !== undefined) {
      lookAt(again);
      continue;
    }
    if (!succeeded(ending)) return ending;
    const wanted = answer.activate ?? 'once';
    const remembered = answer.remember && (await remembers(done, call, wanted));
    const entered = enters(done, call, wanted);
    const rememberedFor = speaksFor(situation);
    const withheld = offer?.otherwise;
    await tell(done, call, { entered, withheld, ...(remembered ? { rememberedFor } : {}) }, told);
    const end =
      offer === undefined
        ? await offerToRecord(done.decision, call, true)
        : await offerMore(offer, call.environment, optionsOf(call));
    return end ?? ending;
  }
}

/** Why it is asked although something is remembered, as a sentence. */
function noticeOf({ choiceAbove }: NotTaken, { home }: Situation): string | undefined {
  return choiceAbove === undefined
    ? undefined
    : `${whyNotFromAbove(choiceAbove, (path) => shortPath(path, home))}.`;
}

/** The directory an answer is remembered for. */
function speaksFor({ speaksFor, place }: Situation): string {
  return speaksFor ?? place.directory;
}

async function nextAfter(
  { decision, outcome }: Done,
  { environment }: InvocationWithSettings,
): Promise<FollowUp> {
  const { ending, meanings } = outcome;
  const ran = { situation: decision.situation, succeeded: succeeded(ending), meanings };
  return (await detourById(decision.id)?.after?.(ran, environment)) ?? {};
}

/** What is remembered of a choice, with the wish about the shell where it is not the usual one. */
function meant({ decision: { target, situation } }: Done, wanted: ActivationScope): RememberedTarget {
  const activate = wanted === 'always' ? wanted : wanted === 'no' ? false : undefined;
  return { ...meaningOf(target, situation.uid), ...(activate === undefined ? {} : { activate }) };
}

function enteringBy({ activate }: RememberedTarget = {}): ActivationScope {
  return activate === false ? 'no' : (activate ?? 'once');
}

/** What worked stays done, whether or not it can be remembered. */
async function remembers(
  done: Done,
  call: InvocationWithSettings,
  wanted: ActivationScope,
): Promise<boolean> {
  const { id, situation } = done.decision;
  try {
    await rememberChoice(call.environment, speaksFor(situation), id, meant(done, wanted));
    return true;
  } catch (thrown) {
    say(describe(thrown));
    return false;
  }
}

/** Puts the shell this was typed in into the environment that was installed into, where that is wanted and can be done. */
function enters(
  { decision: { plan, situation } }: Done,
  call: InvocationWithSettings,
  wanted: ActivationScope,
): Entered {
  const { environment, settings } = call;
  if (plan.activate === undefined || !entersBy(plan, situation)) return 'by-hand';
  if (cannotBeEntered(plan.activate) !== undefined) return 'impossible';
  const wish = settings.value(schema.activate);
  if (wish === 'never' || (wish === 'ask' && wanted === 'no')) return 'by-hand';
  return canEnter(environment) && enter(environment, plan.activate, speaksFor(situation))
    ? 'entered'
    : 'by-hand';
}

async function tell(
  { decision: { plan, situation }, outcome }: Done,
  { environment }: InvocationWithSettings,
  told: Told,
  more: readonly string[] = [],
): Promise<void> {
  // Where one shell was started from another, SHELL still names the first.
  const typedIn =
    plan.activate === undefined || told.entered !== 'by-hand'
      ? undefined
      : await typedShell(environment.variables);
  const script = scriptAround();
  const within = script !== undefined ? 'this script' : typedIn === undefined ? 'a shell' : 'this shell';
  const shown = { ...told, typedIn: script ?? typedIn, within } as const;
  for (const line of conclusion(situation, plan, environment, shown)) say(line);
  for (const line of more) say(printable(line));
  for (const { title, otherwise } of outcome.missed) {
    const rest = otherwise === undefined ? '' : ` ${otherwise}`;
    say(printable(`Not done: ${title}. Everything else was done.${rest}`));
  }
}
