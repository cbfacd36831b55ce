import { lookAtEnvironment } from '../../place/environment.ts';
import { shortPath } from '../../system/quote.ts';
import { isInside, realOr } from '../../system/real-path.ts';
import type { EnvironmentLook, Recollection, Situation } from '../../types.ts';

/** A remembered environment is that environment. A further worktree has one of its own: an editable install must not change the main one's. */
export const recollection: Recollection = {
  asMeant(situation, { environment }, here) {
    if (environment === undefined || here !== undefined) return situation;
    return Object.freeze({ ...situation, environment: environmentMeant(situation, environment.directory) });
  },
  lapsed({ environment, home }, means, here) {
    const directory = means.environment?.directory;
    if (directory === undefined || here !== undefined || realOr(environment.directory) === directory)
      return undefined;
    const [then, now] = [directory, environment.directory].map((path) => shortPath(path, home));
    return then === now
      ? `${now} leads to another environment now: ${shortPath(realOr(environment.directory), home)}`
      : `${then} is gone, and ${now} is another environment`;
  },
};

function environmentMeant({ environment, place, uid }: Situation, directory: string): EnvironmentLook {
  // One that came in the place of what is gone is seen as what it is: another.
  if (realOr(environment.directory) === directory) return environment;
  const look = lookAtEnvironment(directory, uid);
  if (look.state === 'missing' && environment.state !== 'missing') return environment;
  return isInside(directory, place.directory) ? look : { ...look, outside: 'remembered there' };
}
