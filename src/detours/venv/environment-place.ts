import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lookAtEnvironment } from '../../place/environment.ts';
import { isMountedIn, whyNothingRuns, withoutSymlinks } from '../../place/file-system.ts';
import { isTracked } from '../../place/tracked.ts';
import { environmentNames, environmentsIn, usualNames } from '../../project/environments.ts';
import { sha256 } from '../../system/digest.ts';
import { systemCode } from '../../system/errors.ts';
import { isAnybodys, statOf } from '../../system/ownership.ts';
import { realOr } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type {
  ChoiceAbove,
  EnvironmentLook,
  OutputMeaning,
  PlaceKind,
  Situation,
  Where,
} from '../../types.ts';

/** What decides where a project's environment lies. */
export interface Surroundings {
  /** Real path; empty when the directory is gone. */
  readonly place: string;
  readonly home: string;
  /** Where environments lie that are in no project. */
  readonly environmentsDirectory: string;
  readonly uid: number;
  readonly where: Where;
  /** What the environment is to be called, when somebody has said so: then no other name counts. */
  readonly name?: string;
  /** New ones are made where those lie that are in no project. */
  readonly central?: boolean;
}

/** The environment of a directory above, whose choice does not reach here: the one it means, else the directory's own. */
export function lookAbove(
  { environment, directory }: ChoiceAbove,
  around: Surroundings,
): EnvironmentLook | undefined {
  const look =
    environment === undefined
      ? environmentAt({ ...around, place: directory })
      : lookAtEnvironment(environment, around.uid);
  return look.state === 'ready' ? { ...look, of: directory } : undefined;
}

/**
 * The environment of a place: an existing one under a usual name, else `.venv`. Outside the place where it cannot be
 * made in it; a personal one for the home directory and `/`.
 */
export function environmentAt(around: Surroundings): EnvironmentLook {
  const { place, home, environmentsDirectory, uid } = around;
  if (place === home || place === '/') return ofNoProject(around);
  if (place === '') return { directory: '.venv', state: 'unusable', why: 'this directory is gone' };
  const inside = environmentIn(place, uid, around.name);
  const hosts = isOfTheHost(inside, around);
  // What root, say, made there is no reason to have none.
  const theirs = inside.state === 'unusable' && inside.offersOutside === true;
  if (inside.state !== 'missing' && !hosts && !theirs) return inside;
  const why = hosts
    ? 'the environment in the project belongs to the host'
    : theirs
      ? `${basename(inside.directory)} in the project ${inside.why}`
      : (whyOutside(place, uid) ?? centrally(around));
  const outside = environmentOutside(around);
  // One that was made there because nothing else worked goes on being used.
  if (why === undefined) return outside.state === 'ready' ? outside : inside;
  // Where it cannot be made there either, what is wrong with the place itself says more.
  if (outside.state === 'missing' && !canBeMade(environmentsDirectory)) return inside;
  return { ...outside, outside: why };
}

/** Kinds of container that see a project of the host, where its path may be another and its Python is not. */
const guests: readonly PlaceKind[] = ['devcontainer', 'codespaces', 'docker', 'podman'];

/**
 * Whether an environment that does not work in here works outside: a container sees the project, by another path perhaps,
 * but not the Python it was made with. It is not ours to repair then.
 */
function isOfTheHost({ state, directory }: EnvironmentLook, { where }: Surroundings): boolean {
  if (state !== 'broken' && state !== 'misplaced') return false;
  if (where.kinds.includes('toolbox')) return true;
  return where.kinds.some((kind) => guests.includes(kind)) && isMountedIn(directory) && leadsOut(directory);
}

/** Its Python is not here, or it names another place: what is only half-made was as well made in here. */
function leadsOut(directory: string): boolean {
  return existsSync(join(directory, 'pyvenv.cfg'));
}

/** A personal environment, instead of a .venv in somebody's whole home; unless there is none, and one lies there. */
function ofNoProject(around: Surroundings): EnvironmentLook {
  const { place, home, environmentsDirectory, uid } = around;
  const own = personal(environmentsDirectory, uid);
  if (own.state === 'ready' || place !== home) return own;
  const there = looksIn(place, uid).find(
    ({ state, directory }) => state === 'ready' && usualNames.includes(basename(directory)),
  );
  return there ?? own;
}

function personal(environmentsDirectory: string, uid: number): EnvironmentLook {
  const look = lookAmongThem(environmentsDirectory, 'personal', uid);
  return look.state !== 'missing' || canBeMade(environmentsDirectory)
    ? look
    : { ...look, state: 'unusable', why: 'cannot be made: you may not write there' };
}

/** Whether a directory can be written to, or be made in the nearest one above it that is there. */
function canBeMade(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch (thrown) {
    return (
      systemCode(thrown) === 'ENOENT' && directory !== dirname(directory) && canBeMade(dirname(directory))
    );
  }
}

/** One of the environments that are in no project; what others may put there is none. */
function lookAmongThem(environmentsDirectory: string, name: string, uid: number): EnvironmentLook {
  const directory = join(environmentsDirectory, name);
  const stat = statOf(environmentsDirectory);
  const unusable = (why: string) => ({ directory, state: 'unusable', why }) as const;
  if (stat !== undefined && stat.uid !== uid && stat.uid !== 0)
    return unusable("lies in another user's directory");
  if (stat !== undefined && isAnybodys(stat.mode))
    return unusable('lies where anybody may write (chmod o-w takes that away)');
  return lookAtEnvironment(directory, uid);
}

/** A place's environment under our data directory: named by the place, and told apart by its path. */
function environmentOutside({
  place,
  environmentsDirectory,
  uid,
}: Pick<Surroundings, 'place' | 'environmentsDirectory' | 'uid'>): EnvironmentLook {
  const name = basename(place).replace(/[^\w.-]/g, '_');
  const look = lookAmongThem(environmentsDirectory, `${name}-${sha256(place, 8)}`, uid);
  return { ...look, outside: 'made outside the project' };
}

function centrally({ central }: Surroundings): string | undefined {
  return central === true ? 'as is set' : undefined;
}

function environmentIn(place: string, uid: number, name?: string): EnvironmentLook {
  if (name !== undefined) return lookAtEnvironment(join(place, name), uid);
  const [usual, ...others] = looksIn(place, uid);
  if (usual === undefined) return { directory: join(place, environmentNames[0]), state: 'missing' };
  const ready = [usual, ...others].find(({ state }) => state === 'ready');
  if (ready !== undefined) return ready;
  // Another in disrepair counts where there is no `.venv`; any other file may be called `venv`.
  const inDisrepair = others.find(
    ({ state, why }) => state === 'misplaced' || (state === 'broken' && why !== 'is empty'),
  );
  return usual.state === 'missing' ? (inDisrepair ?? usual) : usual;
}

/** `.venv` and `venv`, there or not, and the environments of other names that did not come with a repository. */
function looksIn(place: string, uid: number): EnvironmentLook[] {
  const own: readonly string[] = environmentNames;
  const others = environmentsIn(place).filter((name) => !own.includes(name));
  const look = (name: string) => lookAtEnvironment(join(place, name), uid);
  return [...own.map(look), ...others.map(look).filter((found) => !isTracked(found))];
}

/** What else lies in a place, ready to be installed into, where it is not said what the environment is called. */
export function besides(
  { directory }: EnvironmentLook,
  { place, uid, name }: Surroundings,
): EnvironmentLook[] {
  if (name !== undefined || place === '') return [];
  const seen = new Set([realOr(directory)]);
  return looksIn(place, uid).filter((look) => {
    const real = realOr(look.directory);
    if (look.state !== 'ready' || seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}

/** Why no environment can be made in a place by this user; undefined when one can. */
function whyOutside(place: string, uid: number): string | undefined {
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
    const { uid: owner, mode } = statSync(place);
    // Root may write everywhere; whether it should is another question.
    if (uid === 0 && owner !== 0) return undefined;
    // Without the sticky bit of /tmp everybody may put something else in its place (inode(7)).
    if (owner !== uid && isAnybodys(mode) && (mode & 0o1000) === 0)
      return 'anybody may replace what lies here';
    return withoutSymlinks(place) ?? whyNothingRuns(place);
  } catch (thrown) {
    return systemCode(thrown) === 'ENOENT' ? undefined : 'the project cannot be written to';
  }
}

/** The same situation with the environment outside the project, after making one in it failed for want of links. */
export function elsewhereAfter(
  meanings: readonly OutputMeaning[],
  situation: Situation,
  { environmentsDirectory }: Environment,
): Situation | undefined {
  if (!meanings.includes('no-symlinks') || situation.environment.outside !== undefined) return undefined;
  const { uid, place } = situation;
  const look = environmentOutside({ place: place.directory, environmentsDirectory, uid });
  return { ...situation, environment: { ...look, outside: 'no symbolic links can be made in the project' } };
}
