import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { detourById } from '../detours/index.ts';
import { whyNotUnasked } from '../memory/checked.ts';
import { whyNotFromAbove } from '../memory/recall.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { awayLine, whyOf } from '../place/environment-words.ts';
import { DetourError } from '../system/errors.ts';
import { printable, shortPath, typable } from '../system/quote.ts';
import type { Variables } from '../system/variable-values.ts';
import { type Environment, nowhere } from '../system/variables.ts';
import type { EnvironmentLook } from '../types.ts';
import { lookAround, type Surroundings } from './look-around.ts';
import { environmentOfHome } from './other-environments.ts';
import { costlyParts } from './situation.ts';

/** The Python that a directory stands for. */
export interface Meant {
  /** Absolute path. */
  readonly python: string;
  /** Its environment; absent where another Python of the person's is remembered. */
  readonly look?: EnvironmentLook;
  /** The directory has no environment of its own and is in no project: this is the one that stands for home. */
  readonly ofHome?: true;
}

/**
 * What this directory means, whichever environment the terminal is in: what is remembered for it, else the environment
 * of the project around it; where it has none, the one that is activated, and in no project the one of home.
 * @throws DetourError `no-environment`, `not-usable`, `not-chosen`: why there is none, and what to type.
 */
export async function meantHere(environment: Environment): Promise<Meant> {
  const looked = await lookAround('pip', ['install', 'NAME'], {
    variables: outside(environment),
    otherwise: join(nowhere, 'pip'),
    without: costlyParts,
  });
  const { choice, checks, situation } = looked;
  const remembered = choice?.source === 'remembered' ? choice.means : undefined;
  if (remembered?.python !== undefined && remembered.environment === undefined && checks.lapsed === undefined)
    return { python: remembered.python.executable };
  const look = lookOf(looked);
  if (look.state === 'ready') {
    const why =
      remembered === undefined
        ? whyNotUnasked(look, situation, environment)
        : (checks.lapsed ?? cameBy(look, looked));
    if (why === undefined) return { python: join(look.directory, 'bin/python'), look };
    throw notChosen(why);
  }
  // Somebody else's is not to be repaired as if it were one's own.
  const came = look.state === 'misplaced' ? cameBy(look, looked) : undefined;
  if (came !== undefined) throw notChosen(came);
  const active = activated(environment, situation.uid);
  if (look.state === 'missing' && active !== undefined)
    return { python: join(active.directory, 'bin/python'), look: active };
  const ofHome = look.state === 'missing' ? await homeOf(looked) : undefined;
  if (ofHome !== undefined && situation.project === undefined && remembered === undefined)
    return { python: join(ofHome.directory, 'bin/python'), look: ofHome, ofHome: true };
  throw whyNone(look, looked, ofHome);
}

/** The environment that is meant; one that was only activated when it was remembered is not to be found in the project. */
function lookOf({ choice, situation }: Surroundings): EnvironmentLook {
  const taken = choice?.source === 'remembered' ? choice.means?.environment : undefined;
  if (choice === undefined || taken === undefined || choice.here !== undefined) return situation.environment;
  const isFound = detourById(choice.detour)?.recollection !== undefined;
  return isFound ? situation.environment : lookAtEnvironment(taken.directory, situation.uid);
}

/** Why what git has brought is not meant, as a clause; undefined where it was so when it was chosen. */
function cameBy(look: EnvironmentLook, { choice, situation, environment }: Surroundings): string | undefined {
  return choice?.means?.environment?.kept === true
    ? undefined
    : whyNotUnasked(look, situation, environment, true);
}

function notChosen(why: string): DetourError {
  return new DetourError(
    'not-chosen',
    printable(why),
    'pip install NAME asks once whether to use it, and remembers your answer',
  );
}

/** The environment that stands for home, which is for no project and so may be meant anywhere. */
function homeOf({ situation, environment }: Surroundings): Promise<EnvironmentLook | undefined> {
  const { cwd, home, uid, where } = situation;
  const { environmentsDirectory } = environment;
  return environmentOfHome({ place: cwd, home, environmentsDirectory, uid, where }, environment);
}

/**
 * The variables without an activated environment and without what was said for one command: neither belongs to the
 * directory.
 */
export function outside({ variables, path }: Environment): Variables {
  const { VIRTUAL_ENV: active, VIRTUAL_ENV_PROMPT: _, PIP_DETOUR: __, ...rest } = variables;
  const entries = path.split(':').filter((entry) => active === undefined || entry !== join(active, 'bin'));
  return { ...rest, PATH: entries.join(':') };
}

function activated({ virtualEnv }: Environment, uid: number): EnvironmentLook | undefined {
  const look = virtualEnv === undefined ? undefined : lookAtEnvironment(virtualEnv, uid);
  return look?.state === 'ready' ? look : undefined;
}

function whyNone(
  look: EnvironmentLook,
  { situation, choice, choiceAbove }: Surroundings,
  ofHome: EnvironmentLook | undefined,
): DetourError {
  const { home, place, cwd } = situation;
  const name = shortPath(look.directory, home);
  const short = (path: string) => shortPath(path, home);
  if (look.state === 'making')
    return new DetourError('not-usable', `${name} ${whyOf(look, home)}`, 'wait for it, and type this again');
  if (look.state !== 'missing')
    return new DetourError(
      'not-usable',
      `${name} ${printable(whyOf(look, home))}`,
      look.state === 'unusable'
        ? look.offersOutside === true
          ? 'pip install NAME offers another place'
          : look.saysWhatHelps === true
            ? 'do what it says, and pip install NAME makes one'
            : `move it away (${awayLine(look, home)}), and pip install NAME makes another`
        : `pip-detour repair ${typable(look.directory, home)}`,
    );
  const here = short(cwd === '' ? place.directory : cwd);
  const above = choiceAbove === undefined ? '' : `: ${whyNotFromAbove(choiceAbove, short)}`;
  const gone = choice?.means?.environment?.directory;
  // Another work tree of the same repository has its own.
  const why =
    gone === undefined || existsSync(gone)
      ? `there is no environment for ${here}${above}`
      : `${short(gone)} is gone`;
  const also = ofHome === undefined ? '' : '; pip-detour where --in ~ names your own';
  return new DetourError('no-environment', printable(why), `pip install NAME makes one${also}`);
}
