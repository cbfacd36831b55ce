import { detourById } from '../detours/index.ts';
import { wasMadeHere } from '../place/made-for.ts';
import { isTracked } from '../place/tracked.ts';
import { nearestOwnProject } from '../project/find.ts';
import { shortPath } from '../system/quote.ts';
import { isInside, realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import type { Choice, EnvironmentLook, Situation } from '../types.ts';
import { isSame } from './identity.ts';
import { stillMeant } from './meaning.ts';
import { lossOf, validityOf } from './validity.ts';

/** What there is to be said against a choice that stands, or with it. */
export interface Checks {
  /** Why a choice that stands is not to be followed unasked, as a clause. */
  readonly lapsed?: string;
  /** What is to be said with it, clause by clause. */
  readonly notes: readonly string[];
}

/** Checks a choice that stands before it is used. `situation` is as it means it. */
export function checked(choice: Choice, situation: Situation, environment: Environment): Checks {
  const loss =
    cameAlong(choice, situation, environment) ??
    wouldBuild(choice, situation) ??
    speaksForAnother(choice, situation) ??
    wouldLose(choice, situation);
  const tree = overAll(choice, situation);
  const said = tree === undefined ? [] : [tree];
  if (choice.source !== 'remembered') return { notes: said, ...(loss === undefined ? {} : { lapsed: loss }) };
  const checks = [validityOf(choice, environment, situation.environment), stillMeant(choice, situation)];
  const lapsed = checks.find(({ state }) => state === 'lapsed')?.why ?? loss;
  const notes = checks.flatMap(({ why }) => why ?? []);
  return { notes, ...(lapsed === undefined ? {} : { lapsed }) };
}

/**
 * An environment that came with a repository brings code that its Python runs at every start, and a link that came with
 * one may lead into any other of this person's: nobody enters it unasked, whoever said venv, unless it is the very one
 * that was shown and taken when the choice was remembered, and git, which writes over what it ignores without a word, has
 * not brought anything of it since. PIP_DETOUR says what to do now, and is believed
 * where nothing proves it wrong.
 */
function cameAlong(
  { detour, source, means }: Choice,
  situation: Situation,
  environment: Environment,
): string | undefined {
  const look = detourById(detour)?.entered?.(situation);
  if (look === undefined) return undefined;
  const taken = means?.environment;
  const isTaken = taken?.identity !== undefined && isSame(look.directory, taken.identity);
  if (isTaken && (taken.kept === true || !isTracked(look))) return undefined;
  return whyNotUnasked(look, situation, environment, source === 'environment' || source === 'remembered');
}

/**
 * Why nothing of an environment that was not chosen by asking is run, as a clause; undefined where it may be. `believed`:
 * somebody has named it, and only what git keeps proves them wrong.
 */
export function whyNotUnasked(
  look: EnvironmentLook,
  { place, home }: Situation,
  { environmentsDirectory }: Environment,
  believed = false,
): string | undefined {
  const { state, directory, by } = look;
  if (state !== 'ready' && state !== 'misplaced' && look.held === undefined) return undefined;
  if (by === undefined && isInside(directory, environmentsDirectory)) return undefined;
  const name = shortPath(by ?? directory, home);
  const real = realOr(directory);
  if (isTracked(look)) return `${name} came with the repository, and what is in it would be run`;
  if (believed) return undefined;
  if (!isInside(real, realOr(place.directory)))
    return `${name} leads out of the project, to ${shortPath(real, home)}`;
  return wasMadeHere(real) ? undefined : `${name} was made in another place, and what is in it would be run`;
}

/**
 * uv, Poetry and PDM build the project itself on the way and run what it says: a repository may ask for its tool, and
 * have it offered, but does not bring its own code to run before somebody has agreed.
 */
function wouldBuild({ detour, source, trusted }: Choice, situation: Situation): string | undefined {
  const tool = detourById(detour)?.runsProjectCode?.(situation);
  if (source !== 'project' || trusted === true || tool === undefined) return undefined;
  return `${tool} may run code of this project: choose it once, or say pip-detour trust`;
}

/**
 * A broken environment is made anew unasked, with what it held, where nothing is lost by it. PIP_DETOUR says what to do now and is followed:
 * whoever runs a job with it has nobody to ask.
 */
function wouldLose({ detour, source }: Choice, situation: Situation): string | undefined {
  const look = detourById(detour)?.entered?.(situation);
  const loss = look === undefined || source === 'environment' ? undefined : lossOf(look);
  return look === undefined || loss === undefined
    ? undefined
    : `${shortPath(look.directory, situation.home)} ${look.why}, and ${loss}`;
}

/** A choice speaks for the kind of line it was made for; PIP_DETOUR was typed for this very one. */
function speaksForAnother({ detour, source }: Choice, situation: Situation): string | undefined {
  return source === 'environment' ? undefined : detourById(detour)?.notMeantFor?.(situation);
}

/** Somebody said one detour for a whole tree, and this is a project of its own in it: followed, but not unsaid. */
function overAll({ source, directory, detour }: Choice, { cwd, home }: Situation): string | undefined {
  const own =
    source !== 'directory' || directory === undefined ? undefined : nearestOwnProject(cwd, directory);
  if (own === undefined || directory === undefined) return undefined;
  const [here, tree] = [shortPath(own.directory, home), shortPath(directory, home)];
  return `${here} has its own ${own.because}, and you set ${detour} for all of ${tree}`;
}
