import { decideAll } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import { looking, withPythonPackage } from '../detours/system-package/packages.ts';
import { movedFrom } from '../memory/moved.ts';
import { whyNotFromAbove } from '../memory/recall.ts';
import { lookedAtAgain } from '../place/looked-at-again.ts';
import { buildQuestion } from '../prompt/build.ts';
import { type Question, stoppedBy } from '../prompt/question.ts';
import { showPrompt } from '../prompt/show-prompt.ts';
import { keyOf } from '../prompt/which.ts';
import { schema } from '../settings/schema.ts';
import { canEnter } from '../shell/this-shell.ts';
import { succeeded } from '../system/ending.ts';
import { shortPath } from '../system/quote.ts';
import type { ActivationScope, Decided, Ending, IndexLook, NotTaken, Situation } from '../types.ts';
import { directoryFor, enterShell, nextAfter, rememberAnswer, tell } from './afterwards.ts';
import { carryOut, optionsOf } from './carry-out.ts';
import { onlyTell } from './dry-run.ts';
import { whatFollows } from './index-look.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { mended } from './mend.ts';
import { offerMore } from './offer.ts';
import { offerToRecord } from './offer-record.ts';

/** Shows pip's own refusal and ends as pip did. */
export type Leave = () => Promise<Ending> | Ending;

/**
 * What is looked up while the question is open: each look begins once the question is on the screen, and its answer is
 * added when it comes.
 */
export interface Looks {
  /** The situation with the package manager's answer. */
  packages(): Promise<Situation>;
  /** What the index says; absent where it is not asked. */
  index?(): Promise<IndexLook>;
}

/**
 * Asks the person and carries out the answer. Asks again if the chosen detour could not be taken, or would have been another
 * plan than was shown. `refuses`: whether pip refuses, where pip has not said so yet; if it does not, nothing is done and
 * undefined is returned.
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
  const shownBy = new Map<Question, readonly Decided[]>();
  const question = () => {
    const made = buildQuestion(situation, decided, notice, activate);
    shownBy.set(made, decided);
    return made;
  };
  const learn = async (news: Promise<Partial<Situation>>) => {
    const found = await news;
    // What came meanwhile stays.
    situation = { ...situation, ...found };
    decided = decideAll(situation);
    return question();
  };
  const lacking = async (found: Partial<Situation>): Promise<Partial<Situation>> =>
    found.unmet === undefined
      ? found
      : { ...found, unmet: await withPythonPackage(found.unmet, first, call.environment) };
  const later = () => [
    ...(first.unmet === undefined ? [] : [learn(lacking({ unmet: first.unmet }))]),
    learn(looks.packages().then(({ systemPackages }) => (systemPackages ? { systemPackages } : {}))),
    ...(looks.index === undefined
      ? []
      : [learn(looks.index().then((index) => lacking(whatFollows(index, first, call.environment))))]),
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
    const stood = shownBy.get(answer.to ?? asked) ?? decided;
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
    const remembered = answer.remember && (await rememberAnswer(done, call, wanted));
    const entered = enterShell(done, call, wanted);
    const rememberedFor = directoryFor(situation);
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
