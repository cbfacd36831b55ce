import { isatty } from 'node:tty';
import { detourById } from '../detours/index.ts';
import { commandsNow, lookForPipx } from '../detours/pipx/look.ts';
import { tellOutcome } from '../detours/pipx/outcome.ts';
import { keeperOf, wayOf } from '../detours/pipx/way.ts';
import { recommendation } from '../detours/recommendation.ts';
import { looking, withPackages } from '../detours/system-package/packages.ts';
import { elsewhereAfter } from '../detours/venv/environment-place.ts';
import { checked } from '../memory/checked.ts';
import { whyBeyond } from '../memory/choices.ts';
import { asMeant, meaningOf } from '../memory/meaning.ts';
import { movedFrom } from '../memory/moved.ts';
import { lookedAtAgain } from '../place/looked-at-again.ts';
import { buildQuestion, commandsOf, entersBy } from '../prompt/build.ts';
import { putQuestion } from '../prompt/show-prompt.ts';
import { type ExecuteOptions, execute, type Outcome } from '../run/execute.ts';
import { inTurn } from '../run/plan-lock.ts';
import { rehearse } from '../run/rehearse.ts';
import { schema } from '../settings/schema.ts';
import { canEnter, cannotBeEntered, enter } from '../shell/activation.ts';
import { typedShell } from '../shell/typed-shell.ts';
import { DetourError, describe } from '../system/errors.ts';
import { succeeded } from '../system/process.ts';
import { printable, shortPath } from '../system/quote.ts';
import { has, inWords } from '../system/sentences.ts';
import { type Environment, whileHolding } from '../system/variables.ts';
import type { Choice, Detour, Ending, Known, Means, Passed, Plan, Situation } from '../types.ts';
import { becauseOf } from './choose.ts';
import type { Call, SettledCall } from './invocation.ts';
import { offerPath } from './path-offer.ts';
import { rememberChoice, renewMeaning } from './remember.ts';
import { announce, conclusion, type Entered, say, show, type Told } from './report.ts';

/** Takes a choice that stands, without asking. Where it cannot be taken here that is said, and the question or pip's own refusal follows. */
export async function takeStanding(
  found: Situation,
  choice: Choice,
  call: SettledCall,
): Promise<{ readonly ending: Ending } | { readonly passed: Passed }> {
  const detour = detourById(choice.detour);
  if (detour === undefined) return { passed: { choice, why: `${choice.detour} is no detour` } };
  const situation = asMeant(found, choice);
  const { lapsed, notes } = checked(choice, situation, call.environment);
  const why = lapsed ?? detour.unavailable(situation) ?? detour.onlyAsked?.(situation);
  if (why !== undefined) {
    const because = becauseOf(choice, (path) => shortPath(path, situation.home));
    say(`pip-detour: not taken: ${detour.id} (${printable(because)}), because ${printable(why)}`);
    return { passed: passedOver(choice, why, situation) };
  }
  if (call.verbosity > -1) say(announce(choice, detour, situation, notes));
  const { outcome, taken } = await carryOut(detour, situation, call);
  if (situation.dryRun) {
    if (succeeded(outcome.ending) && call.verbosity > -1) say(wouldBe(detour, situation));
    return { ending: outcome.ending };
  }
  if (succeeded(outcome.ending) && detour.plan(situation).prepares === true) {
    const prepared = await withPackages(situation, call.environment);
    const { systemPackages } = prepared;
    return systemPackages?.state === 'no-index'
      ? { passed: { choice, why: `there is still no list of packages of ${prepared.manager}` } }
      : takeStanding(prepared, choice, call);
  }
  if (outcome.meanings.includes('no-apps') && choice.source !== 'environment') {
    const learnt = await withoutApplications(situation, call.environment);
    const { notice } = learnt;
    say(`pip-detour: not taken after all: ${printable(notice)}`);
    const { notApplications } = learnt.situation;
    return {
      passed: {
        ...passedOver(choice, notice.replace(/\.$/, ''), learnt.situation),
        learnt: { notApplications, notice },
      },
    };
  }
  if (!succeeded(outcome.ending)) return { ending: outcome.ending };
  const wanted = choice.means?.activate !== false;
  if (choice.source === 'remembered')
    await renewMeaning(call.environment, choice, meant(detour, taken, wanted));
  const entered = enters(detour.plan(taken), taken, call, wanted);
  if (call.verbosity > -1) await tell(detour, taken, call, outcome, { entered });
  return { ending: outcome.ending };
}

/** What is said after `--dry-run`. */
function wouldBe(detour: Detour, situation: Situation): string {
  const { activate } = detour.plan(situation);
  const where = activate === undefined ? detour.detail(situation) : shortPath(activate, situation.home);
  return printable(`Would install into ${where}; nothing was changed or remembered (--dry-run).`);
}

function passedOver(choice: Choice, why: string, situation: Situation): Passed {
  const best = recommendation(
    situation,
    (detour) => detour.id !== choice.detour && detour.onlyAsked?.(situation) === undefined,
  );
  return {
    choice,
    why,
    ...(best === undefined
      ? {}
      : { instead: { detour: best.detour.id, does: best.detour.detail(situation) } }),
  };
}

/**
 * Asks, carries out the answer, and asks again when the way chosen turned out to be none. `packages` brings the
 * situation with the package manager's answer: the question does not wait for it, but takes it in when it comes.
 */
export async function askUntilDone(
  first: Situation,
  call: SettledCall,
  leave: () => Ending,
  packages: () => Promise<Situation>,
  known: Known,
): Promise<Ending> {
  const { learnt } = known.passed ?? {};
  const notApplications = [...first.notApplications, ...(learnt?.notApplications ?? [])];
  let situation = looking({ ...first, notApplications });
  let notice = learnt?.notice ?? movedFrom(call.environment, first.place.directory) ?? noticeOf(known, first);
  const asks = call.settings.value(schema.activate) === 'ask' && canEnter(call.environment);
  const activate = asks ? true : undefined;
  const answered = async () => {
    const { systemPackages } = await packages();
    if (systemPackages !== undefined) situation = { ...situation, systemPackages };
  };
  for (;;) {
    const question = () => buildQuestion(situation, notice, activate);
    const answer = await putQuestion(question(), call.environment, () => answered().then(question));
    if (answer.kind === 'interrupted') return { signal: 'SIGINT' };
    if (answer.kind === 'quit') return { signal: 'SIGQUIT' };
    if (answer.kind === 'left' || answer.id === 'none') return leave();
    const detour = detourById(answer.id);
    if (detour === undefined) return leave();
    const meant = answer.other === undefined ? situation : detour.others?.(situation)[answer.other];
    if (meant === undefined) return leave();
    const { outcome, taken } = await carryOut(detour, meant, call);
    if (meant.dryRun) {
      if (succeeded(outcome.ending)) say(wouldBe(detour, meant));
      return outcome.ending;
    }
    if (succeeded(outcome.ending) && detour.plan(situation).prepares === true) {
      situation = await withPackages(situation, call.environment);
      notice = `The list of packages of ${situation.manager} is here now.`;
      continue;
    }
    if (succeeded(outcome.ending)) {
      const wanted = answer.activate !== false;
      const remembered = answer.remember && (await remembers(taken, detour, call, wanted));
      const entered = enters(detour.plan(taken), taken, call, wanted);
      const told = remembered ? { entered, rememberedFor: speaksFor(situation) } : { entered };
      await tell(detour, taken, call, outcome, told);
      const stopped =
        detour.id === 'pipx' ? await offerPath(taken, call.environment, optionsOf(call)) : undefined;
      return stopped ?? outcome.ending;
    }
    if (!outcome.meanings.includes('no-apps')) return outcome.ending;
    ({ situation, notice } = await withoutApplications(situation, call.environment));
  }
}

/** After pipx found no commands in something: the situation with that known, and the sentence that says it. */
async function withoutApplications(
  situation: Situation,
  environment: Environment,
): Promise<{ situation: Situation; notice: string }> {
  const ours = wayOf(situation).by === 'us';
  const found = await lookForPipx(environment);
  const names = situation.command.requirements
    .map((requirement) => requirement.name ?? requirement.text)
    .filter((name) => found?.installed.includes(name) !== true);
  const it = names.length === 1 ? 'it' : 'them';
  const nothing = ours ? `nothing of ${it} was kept` : `pipx did not install ${it}`;
  return {
    situation: {
      ...situation,
      notApplications: [...situation.notApplications, ...names],
      ...(found === undefined ? {} : { pipx: found }),
    },
    notice: `${inWords(names)} ${has(names)} no commands to run, so ${nothing}.`,
  };
}

/** Why it is asked although something is remembered, as a sentence. */
function noticeOf({ beyond }: Known, { home }: Situation): string | undefined {
  return beyond === undefined ? undefined : `${whyBeyond(beyond, (path) => shortPath(path, home))}.`;
}

/** The directory an answer is remembered for. */
function speaksFor({ speaksFor, place }: Situation): string {
  return speaksFor ?? place.directory;
}

/** What is remembered of a choice, with the wish about the shell where it is not the usual one. */
function meant(detour: Detour, situation: Situation, activate: boolean): Means {
  return { ...meaningOf(detour, situation), ...(activate ? {} : { activate }) };
}

/** What worked stays done, whether or not it can be remembered. */
async function remembers(
  situation: Situation,
  detour: Detour,
  call: Call,
  activate: boolean,
): Promise<boolean> {
  try {
    const means = meant(detour, situation, activate);
    await rememberChoice(call.environment, speaksFor(situation), detour.id, means);
    return true;
  } catch (thrown) {
    say(describe(thrown));
    return false;
  }
}

/** Runs the plan; once more, elsewhere, where an environment cannot be made in the project. */
async function carryOut(
  detour: Detour,
  situation: Situation,
  call: Call,
): Promise<{ outcome: Outcome; taken: Situation }> {
  const { environment, verbosity } = call;
  if (situation.dryRun) return { outcome: await onlyTell(detour, situation, call), taken: situation };
  const { alone = [] } = detour.plan(situation);
  const options = optionsOf(
    call,
    alone.length === 0 ? environment.variables : whileHolding(environment, process.pid),
  );
  const waiting = (place: string, pid: number) => {
    if (verbosity > -1)
      say(
        `pip-detour: waiting for another pip-detour (process ${pid}) to be done with ${shortPath(place, situation.home)}`,
      );
  };
  return inTurn(alone, environment, waiting, () =>
    carryOutAlone(detour, alone.length === 0 ? situation : lookedAtAgain(situation), environment, options),
  );
}

/** `--dry-run`: nothing is made, kept, entered or remembered. */
async function onlyTell(detour: Detour, situation: Situation, call: Call): Promise<Outcome> {
  const plan = detour.plan(situation);
  if (detour.rehearse?.(situation, '/') === undefined) {
    for (const line of ['Would run:', ...commandsOf(plan, situation.home).map((line) => `  ${line}`)])
      say(line);
    return { ending: { code: 0 }, meanings: [], missed: [] };
  }
  const rehearsal = (temporary: string) => detour.rehearse?.(situation, temporary) ?? { steps: [] };
  return rehearse(rehearsal, optionsOf(call));
}

function optionsOf(
  { environment, verbosity, inherited }: Call,
  variables = environment.variables,
): ExecuteOptions {
  return {
    variables,
    inherited,
    show,
    drawn: isatty(2) && !environment.plain,
    silent: verbosity < 0,
  };
}

async function carryOutAlone(
  detour: Detour,
  situation: Situation,
  environment: Environment,
  options: ExecuteOptions,
): Promise<{ outcome: Outcome; taken: Situation }> {
  // While we waited, or the question was open, somebody may have done it already.
  const why = detour.unavailable(situation);
  if (why !== undefined)
    throw new DetourError('changed-meanwhile', printable(why), 'type the same command again');
  const outcome = await execute(detour.plan(situation), options);
  const elsewhere = elsewhereAfter(outcome.meanings, situation, environment);
  if (elsewhere === undefined)
    return {
      outcome,
      taken: succeeded(outcome.ending) ? await withGot(detour, situation, environment) : situation,
    };
  say(
    `pip-detour: ${printable(elsewhere.environment.outside ?? '')}: ${printable(detour.detail(elsewhere))}`,
  );
  return { outcome: await execute(detour.plan(elsewhere), options), taken: elsewhere };
}

/** With the pipx that the plan has got, which alone knows where it keeps things. */
async function withGot(detour: Detour, situation: Situation, environment: Environment): Promise<Situation> {
  if (detour.id !== 'pipx') return situation;
  const way = wayOf(situation);
  if (way.by !== 'package') return situation;
  const found = (await lookForPipx(environment)) ?? way.pipx;
  return { ...situation, pipx: { ...found, installed: way.pipx.installed } };
}

/** Puts the shell this was typed in into the environment that was installed into, where that is wanted and can be done. */
function enters(plan: Plan, situation: Situation, call: SettledCall, wanted: boolean): Entered {
  const { environment, settings } = call;
  if (plan.activate === undefined || !entersBy(plan, situation)) return 'by-hand';
  if (cannotBeEntered(plan.activate) !== undefined) return 'impossible';
  const wish = settings.value(schema.activate);
  if (wish === 'never' || (wish === 'ask' && !wanted)) return 'by-hand';
  return canEnter(environment) && enter(environment, plan.activate) ? 'entered' : 'by-hand';
}

async function tell(
  detour: Detour,
  situation: Situation,
  { environment }: Call,
  outcome: Outcome,
  told: Told,
): Promise<void> {
  const plan = detour.plan(situation);
  // Where one shell was started from another, SHELL still names the first.
  const typedIn =
    plan.activate === undefined || told.entered !== 'by-hand'
      ? undefined
      : await typedShell(environment.variables);
  for (const line of conclusion(situation, plan, environment, { ...told, typedIn })) say(line);
  const keeper = detour.id === 'pipx' ? keeperOf(situation) : undefined;
  if (keeper !== undefined) {
    const names = situation.command.requirements.flatMap((requirement) => requirement.name ?? []);
    const commands = commandsNow(keeper, names);
    for (const line of tellOutcome(outcome.meanings, situation, commands)) say(printable(line));
  }
  for (const title of outcome.missed) say(`Not done: ${printable(title)}. Everything else is.`);
}
