import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lookAtEnvironment } from '../../place/environment.ts';
import { whyNothingRuns, withoutSymlinks } from '../../place/file-system.ts';
import { sha256 } from '../../system/digest.ts';
import { systemCode } from '../../system/errors.ts';
import { isAnybodys, statOf } from '../../system/ownership.ts';
import type { Environment } from '../../system/variables.ts';
import type { EnvironmentLook, OutputMeaning, Situation, Where } from '../../types.ts';

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

/** The person's own environment, for commands that belong to no project. */
export function personal(environmentsDirectory: string, uid: number): EnvironmentLook {
  const look = lookAmongThem(environmentsDirectory, 'personal', uid);
  return look.state !== 'missing' || canBeMade(environmentsDirectory)
    ? look
    : { ...look, state: 'unusable', why: 'cannot be made: you may not write there' };
}

/** Whether a directory can be written to, or be made in the nearest one above it that is there. */
export function canBeMade(directory: string): boolean {
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
export function environmentOutside({
  place,
  environmentsDirectory,
  uid,
}: Pick<Surroundings, 'place' | 'environmentsDirectory' | 'uid'>): EnvironmentLook {
  const name = basename(place).replace(/[^\w.-]/g, '_');
  const look = lookAmongThem(environmentsDirectory, `${name}-${sha256(place, 8)}`, uid);
  return { ...look, outside: 'made outside the project' };
}

/** Why no environment can be made in a place by this user; undefined when one can. */
export function whyOutside(place: string, uid: number): string | undefined {
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

/**
 * The same situation with the environment outside the project, after none could be made in it because it has no symbolic
 * links.
 */
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
