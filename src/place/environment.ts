import { lstatSync, statSync } from 'node:fs';
import { redirection } from '../project/redirection.ts';
import { isAnybodys } from '../system/ownership.ts';
import type { EnvironmentLook } from '../types.ts';
import { brokenLook } from './environment-broken.ts';
import { lookInside } from './environment-inside.ts';
import { ofAnother, ownedBy } from './environment-owner.ts';
import { makerOf, putAsideFor } from './unfinished.ts';

/** Looks at a directory that is, or should become, a virtual environment (PEP 405). Executes nothing of it. */
export function lookAtEnvironment(directory: string, uid: number, redirected = false): EnvironmentLook {
  const look = lookFromOutside(directory, uid, redirected);
  if (look !== undefined) return look;
  try {
    return lookInside(directory, uid);
  } catch {
    return { directory, state: 'unusable', why: 'cannot be read' };
  }
}

/** The process that is making an environment there right now. */
export function whoMakes(directory: string, uid: number): number | undefined {
  if (lookFromOutside(directory, uid, false) !== undefined) return undefined;
  try {
    const maker = makerOf(directory);
    return typeof maker === 'number' ? maker : undefined;
  } catch {
    return undefined;
  }
}

/** What is to be said of it without looking inside; undefined for a directory that may be looked into. */
function lookFromOutside(directory: string, uid: number, redirected: boolean): EnvironmentLook | undefined {
  const unusable = (why: string): EnvironmentLook => ({ directory, state: 'unusable', why });
  let stat: ReturnType<typeof lstatSync>;
  try {
    stat = lstatSync(directory);
  } catch {
    return putAsideFor(directory) === undefined
      ? { directory, state: 'missing' }
      : brokenLook(directory, 'was being made anew by a run that was killed', putAsideFor(directory));
  }
  if (stat.isSymbolicLink()) {
    // symlink(7): the kernel refuses to follow such a link in /tmp only, and only where that is switched on.
    if (stat.uid !== uid && stat.uid !== 0) return unusable('is a link that another user made');
    try {
      stat = statSync(directory);
    } catch {
      return standsInTheWay(directory, 'is a link to nowhere');
    }
  }
  if (stat.isFile() && !redirected) return lookThrough(directory, uid);
  if (!stat.isDirectory()) return standsInTheWay(directory, 'is not a directory');
  if (stat.uid !== uid) return ofAnother(unusable(ownedBy(stat.uid, directory)), stat.uid);
  if (isAnybodys(stat.mode))
    return { ...unusable('can be changed by anybody (chmod -R o-w takes that away)'), saysWhatHelps: true };
  return undefined;
}

/** Nothing that is ours to take away. */
function standsInTheWay(directory: string, why: string): EnvironmentLook {
  return { directory, state: 'unusable', why, inTheWay: true };
}

/** The environment a file stands for; it must pass the same look, and a file leads no further. */
function lookThrough(file: string, uid: number): EnvironmentLook {
  const unusable = (why: string): EnvironmentLook => ({ directory: file, state: 'unusable', why });
  const target = redirection(file);
  if (target === undefined) return standsInTheWay(file, 'is a file that does not name an environment');
  const look = lookAtEnvironment(target, uid, true);
  if (look.state === 'ready') return { ...look, by: file };
  // Nothing is made or mended where a file that came with a repository points to.
  return look.state === 'missing'
    ? standsInTheWay(file, `is not a directory but names ${target}, which is not there`)
    : {
        ...unusable(`is not a directory but names ${target}, which ${look.why}`),
        ...(look.saysWhatHelps === undefined ? {} : { saysWhatHelps: look.saysWhatHelps }),
      };
}
