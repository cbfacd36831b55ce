import { becauseOf } from './choose.ts';
import { detourById } from './detours/index.ts';
import type { Environment } from './environment.ts';
import { execute, type Outcome } from './execute.ts';
import { remember } from './memory/choices.ts';
import { succeeded } from './process.ts';
import { putQuestion } from './prompt/put.ts';
import { buildQuestion } from './prompt/build.ts';
import { printable, shortPath } from './quote.ts';
import { announce, conclusion, say } from './report.ts';
import type { Choice, Detour, Ending, Situation } from './types.ts';

/**
 * Takes a choice that stands, without asking. Undefined when it cannot be taken here; the person has then been told
 * why, and pip's own refusal or the question follows.
 */
export async function takeStanding(
  find: () => Promise<Situation>,
  choice: Choice,
  environment: Environment,
  verbosity: number,
): Promise<Ending | undefined> {
  const situation = await find();
  const detour = detourById(choice.detour);
  if (detour === undefined) return undefined;
  const why = detour.unavailable(situation);
  if (why !== undefined) {
    const because = becauseOf(choice, (path) => shortPath(path, situation.home));
    say(`pip-detour: not taken: ${detour.id} (${printable(because)}), because ${printable(why)}`);
    return undefined;
  }
  if (verbosity > -1) say(announce(choice, detour, situation));
  const outcome = await carryOut(detour, situation, environment);
  if (succeeded(outcome.ending) && verbosity > -1) tell(detour, situation, environment, outcome, undefined);
  return outcome.ending;
}

/** Asks, carries out the answer, and asks again when the way chosen turned out to be none. */
export async function askUntilDone(
  first: Situation,
  environment: Environment,
  leave: () => Ending,
): Promise<Ending> {
  let situation = first;
  let notice: string | undefined;
  for (;;) {
    const answer = await putQuestion(buildQuestion(situation, notice), environment);
    if (answer.kind === 'interrupted') return { signal: 'SIGINT' };
    if (answer.kind === 'left' || answer.id === 'none') return leave();
    const detour = detourById(answer.id);
    if (detour === undefined) return leave();
    const outcome = await carryOut(detour, situation, environment);
    if (succeeded(outcome.ending)) {
      const directory = situation.place.directory;
      if (answer.remember) await remember(environment.stateDirectory, directory, detour.id);
      tell(detour, situation, environment, outcome, answer.remember ? directory : undefined);
      return outcome.ending;
    }
    if (!outcome.meanings.includes('no-apps')) return outcome.ending;
    const names = situation.command.requirements.map((requirement) => requirement.name ?? requirement.text);
    situation = { ...situation, notApplications: [...situation.notApplications, ...names] };
    notice = `pipx found no commands to run in ${names.join(', ')}; nothing was installed.`;
  }
}

function carryOut(detour: Detour, situation: Situation, environment: Environment): Promise<Outcome> {
  return execute(detour.plan(situation), {
    variables: environment.variables,
    write: (text) => process.stderr.write(text),
    drawn: process.stderr.isTTY && !environment.plain,
  });
}

function tell(
  detour: Detour,
  situation: Situation,
  environment: Environment,
  outcome: Outcome,
  rememberedFor: string | undefined,
): void {
  const plan = detour.plan(situation);
  for (const line of conclusion(situation, plan, environment, rememberedFor)) say(line);
  for (const title of outcome.missed) say(`Not done: ${printable(title)}. Everything else is.`);
}

