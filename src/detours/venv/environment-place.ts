import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lookAtEnvironment } from '../../place/environment.ts';
import { isMountedIn } from '../../place/file-system.ts';
import { isTracked } from '../../place/tracked.ts';
import { environmentNames, environmentsIn, usualNames } from '../../project/environments.ts';
import { realOr } from '../../system/real-path.ts';
import type { ChoiceAbove, EnvironmentLook, PlaceKind } from '../../types.ts';
import {
  canBeMade,
  environmentOutside,
  personal,
  type Surroundings,
  whyOutside,
} from './environment-outside.ts';

/**
 * The environment of a directory above whose choice is not used here: the one that the choice means, else the
 * directory's own.
 */
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

/**
 * The other environments in a place that are ready to be installed into; none where a setting says what the environment
 * is called.
 */
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
