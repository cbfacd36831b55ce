import { canEnter, cannotBeEntered, enter } from './activation.ts';
import type { Call } from './call.ts';
import { becauseOf } from './choose.ts';
import { detourById } from './detours/index.ts';
import { has, inWords, tellOutcome } from './detours/pipx-outcome.ts';
import { keeperOf, wayOf } from './detours/pipx-way.ts';
import { type Environment, whileHolding } from './environment.ts';
import { DetourError, describe } from './errors.ts';
import { type ExecuteOptions, execute, type Outcome } from './execute.ts';
import { asMeant, meaningOf, stillMeant } from './memory/meaning.ts';
import { validityOf } from './memory/validity.ts';
import { succeeded } from './process.ts';
import { buildQuestion } from './prompt/build.ts';
import { putQuestion } from './prompt/put.ts';
import { printable, shortPath } from './quote.ts';
import { rememberChoice, renewMeaning } from './remembering.ts';
import { announce, conclusion, type Entered, say } from './report.ts';
import { elsewhereAfter } from './situation/environment-place.ts';
import { lookedAtAgain } from './situation/looked-at-again.ts';
import { looking, withPackages } from './situation/packages.ts';
import { commandsNow, lookForPipx } from './situation/pipx.ts';
import { inTurn } from './turn.ts';
import type { Choice, Detour, Ending, Plan, Situation } from './types.ts';

/**
 * Takes a choice that stands, without asking. Undefined when it cannot be taken here; the person has then been told
 * why, and pip's own refusal or the question follows.
 */
export async function takeStanding(
  found: Situation,
  choice: Choice,
  call: Call,
): Promise<Ending | undefined> {
  const detour = detourById(choice.detour);
  if (detour === undefined) return undefined;
  const remembered = choice.source === 'remembered';
  const situation = remembered ? asMeant(found, choice) : found;
  const checks = remembered ? [validityOf(choice, call.environment), stillMeant(choice, situation)] : [];
  const lapsed = checks.find(({ state }) => state === 'lapsed')?.why;
  const why = lapsed ?? detour.unavailable(situation) ?? detour.onlyAsked?.(situation);
  if (why !== undefined) {
    const because = becauseOf(choice, (path) => shortPath(path, situation.home));
    say(`pip-detour: not taken: ${detour.id} (${printable(because)}), because ${printable(why)}`);
    return undefined;
  }
  const notes = checks.flatMap(({ why }) => why ?? []);
  if (call.verbosity > -1) say(announce(choice, detour, situation, notes));
  const { outcome, taken } = await carryOut(detour, situation, call);
  if (succeeded(outcome.ending) && detour.plan(situation).prepares === true) {
    const prepared = await withPackages(situation, call.environment);
    return prepared.systemPackages?.state === 'no-index' ? undefined : takeStanding(prepared, choice, call);
  }
  if (!succeeded(outcome.ending)) return outcome.ending;
  if (remembered) await renewMeaning(call.environment, choice, meaningOf(detour, taken));
  if (call.verbosity > -1) tell(detour, taken, call, outcome);
  return outcome.ending;
}

/**
 * Asks, carries out the answer, and asks again when the way chosen turned out to be none. `packages` is the situation
 * with the package manager's answer: the question does not wait for it, but takes it in when it comes.
 */
export async function askUntilDone(
  first: Situation,
  call: Call,
  leave: () => Ending,
  packages: Promise<Situation>,
): Promise<Ending> {
  let situation = looking(first);
  let notice: string | undefined;
  const answered = packages.then(({ systemPackages }) => {
    if (systemPackages !== undefined) situation = { ...situation, systemPackages };
  });
  for (;;) {
    const later = answered.then(() => buildQuestion(situation, notice));
    const answer = await putQuestion(buildQuestion(situation, notice), call.environment, later);
    if (answer.kind === 'interrupted') return { signal: 'SIGINT' };
    if (answer.kind === 'quit') return { signal: 'SIGQUIT' };
    if (answer.kind === 'left' || answer.id === 'none') return leave();
    const detour = detourById(answer.id);
    if (detour === undefined) return leave();
    const { outcome, taken } = await carryOut(detour, situation, call);
    if (succeeded(outcome.ending) && detour.plan(situation).prepares === true) {
      situation = await withPackages(situation, call.environment);
      notice = `The list of packages of ${situation.manager} is here now.`;
      continue;
    }
    if (succeeded(outcome.ending)) {
      const remembered = answer.remember && (await remembers(taken, detour, call));
      tell(detour, taken, call, outcome, remembered ? situation.place.directory : undefined);
      return outcome.ending;
    }
    if (!outcome.meanings.includes('no-apps')) return outcome.ending;
    const ours = wayOf(situation).by === 'us';
    const found = await lookForPipx(call.environment);
    const names = situation.command.requirements
      .map((requirement) => requirement.name ?? requirement.text)
      .filter((name) => found?.installed.includes(name) !== true);
    situation = {
      ...situation,
      notApplications: [...situation.notApplications, ...names],
      ...(found === undefined ? {} : { pipx: found }),
    };
    const it = names.length === 1 ? 'it' : 'them';
    const nothing = ours ? `nothing of ${it} was kept` : `pipx did not install ${it}`;
    notice = `${inWords(names)} ${has(names)} no commands to run, so ${nothing}.`;
  }
}

/** What worked stays done, whether or not it can be remembered. */
async function remembers(situation: Situation, detour: Detour, call: Call): Promise<boolean> {
  try {
    const means = meaningOf(detour, situation);
    await rememberChoice(call.environment, situation.place.directory, detour.id, means);
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
  { environment, verbosity, inherited }: Call,
): Promise<{ outcome: Outcome; taken: Situation }> {
  const { alone = [] } = detour.plan(situation);
  const options: ExecuteOptions = {
    variables: alone.length === 0 ? environment.variables : whileHolding(environment, process.pid),
    inherited,
    write: (text: string) => process.stderr.write(text),
    drawn: process.stderr.isTTY && !environment.plain,
    silent: verbosity < 0,
  };
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

/** Puts the shell this was typed in into the environment that was installed into, where that can be done. */
function enters({ activate }: Plan, { command }: Situation, environment: Environment): Entered {
  if (activate === undefined || command.subcommand !== 'install') return 'by-hand';
  if (cannotBeEntered(activate) !== undefined) return 'impossible';
  return canEnter(environment) && enter(environment, activate) ? 'entered' : 'by-hand';
}

function tell(
  detour: Detour,
  situation: Situation,
  { environment }: Call,
  outcome: Outcome,
  rememberedFor?: string,
): void {
  const plan = detour.plan(situation);
  const entered = enters(plan, situation, environment);
  const told = { entered, ...(rememberedFor === undefined ? {} : { rememberedFor }) };
  for (const line of conclusion(situation, plan, environment, told)) say(line);
  const keeper = detour.id === 'pipx' ? keeperOf(situation) : undefined;
  if (keeper !== undefined) {
    const names = situation.command.requirements.flatMap((requirement) => requirement.name ?? []);
    const commands = commandsNow(keeper, names);
    for (const line of tellOutcome(outcome.meanings, situation, commands)) say(printable(line));
  }
  for (const title of outcome.missed) say(`Not done: ${printable(title)}. Everything else is.`);
}
