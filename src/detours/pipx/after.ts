import { shortPath } from '../../system/quote.ts';
import { has, inWords } from '../../system/sentences.ts';
import type { Environment } from '../../system/variables.ts';
import type { FollowUp, Offer, Pipx, PlanEnded, Situation } from '../../types.ts';
import { commandsNow, lookForPipx } from './look.ts';
import { pathNote, tellOutcome } from './outcome.ts';
import { keeperOf, wayOf } from './way.ts';

/**
 * Tells the person which commands are there now; says that what has none is no application; offers to put their
 * directory on PATH.
 */
export async function after(
  { situation, succeeded, meanings }: PlanEnded,
  environment: Environment,
): Promise<FollowUp> {
  if (!succeeded)
    return meanings.includes('no-apps') ? { again: await withoutLibraries(situation, environment) } : {};
  const taken = await withGot(situation, environment);
  const keeper = keeperOf(taken);
  if (keeper === undefined) return {};
  const names = taken.command.requirements.flatMap((requirement) => requirement.name ?? []);
  const told = tellOutcome(meanings, taken, commandsNow(keeper, names));
  const pipx = offWhosePath(taken);
  const otherwise = pathNote(taken);
  const offer = pipx && { ...putOnPath(pipx, taken.home), ...(otherwise === undefined ? {} : { otherwise }) };
  return { told, ...(offer === undefined ? {} : { offer }) };
}

/** With the pipx that the plan has got, which alone knows where it keeps things. */
async function withGot(situation: Situation, environment: Environment): Promise<Situation> {
  const way = wayOf(situation);
  if (way.by !== 'package') return situation;
  const found = (await lookForPipx(environment)) ?? way.pipx;
  return { ...situation, pipx: { ...found, installed: way.pipx.installed } };
}

/** pipx found no commands in some of the names: they are no applications. */
async function withoutLibraries(situation: Situation, environment: Environment) {
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

/** The pipx whose commands are not found; undefined where they are, or where there is no pipx to ask. */
function offWhosePath(situation: Situation): Pipx | undefined {
  const keeper = keeperOf(situation);
  if (keeper === undefined || keeper === situation.withoutPipx || keeper.binOnPath) return undefined;
  return situation.command.subcommand === 'install' ? situation.pipx : undefined;
}

/** `pipx ensurepath`, for whoever now has commands that their shell does not find. */
function putOnPath({ executable, variables, bin }: Pipx, home: string): Offer {
  const place = shortPath(bin, home);
  return {
    id: 'pipx',
    headline: `Put ${place} on PATH, so that its commands are found?`,
    command: 'pipx ensurepath',
    yes: { title: 'Put it on PATH', detail: 'for terminals opened from now on' },
    no: { title: 'Leave it', detail: 'what was installed stays' },
    help: [
      `pipx adds ${place} to PATH in the files your shell reads when it starts. Terminals opened afterwards find the commands; this one does not yet.`,
    ],
    plan: {
      steps: [{ kind: 'run', command: executable, args: ['ensurepath'], cwd: '/', env: variables }],
    },
    failed: `${place} was not put on PATH; what was installed is there.`,
  };
}
