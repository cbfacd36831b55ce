import { detourById } from '../detours/index.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { isTracked } from '../place/tracked.ts';
import { realOr } from '../system/real-path.ts';
import type { Choice, RememberedTarget, Situation, Target } from '../types.ts';
import { identityOf } from './identity.ts';
import type { Validity } from './validity.ts';

/** What a target has turned out to be, once its plan was run: what will be looked for the next time. */
export function meaningOf({ environment, python, tool }: Target, uid: number): RememberedTarget {
  return {
    ...(python === undefined ? {} : { python }),
    ...(environment === undefined ? {} : inEnvironment(environment, uid)),
    ...(tool === undefined ? {} : { tool }),
  };
}

function inEnvironment(directory: string, uid: number): RememberedTarget {
  const look = lookAtEnvironment(directory, uid);
  if (look.state !== 'ready') return {};
  const real = realOr(look.directory);
  const identity = identityOf(real);
  return {
    environment: {
      directory: real,
      ...(identity === undefined ? {} : { identity }),
      ...(isTracked(look) ? { kept: true } : {}),
    },
    ...(look.version === undefined
      ? {}
      : { python: { executable: realOr(`${real}/bin/python`), version: look.version } }),
  };
}

/** The situation as a remembered choice means it: its environment and its Python, and no other in their place. */
export function asMeant(situation: Situation, { detour, source, means = {}, here }: Choice): Situation {
  if (source !== 'remembered') return situation;
  return detourById(detour)?.recollection?.asMeant(situation, means, here) ?? situation;
}

/** What only the whole situation tells: that something else would be taken now than what was remembered. */
export function stillMeant({ detour: id, means = {}, here }: Choice, situation: Situation): Validity {
  const detour = detourById(id);
  const why = detour?.recollection?.lapsed(situation, means, here);
  if (why !== undefined) return { state: 'lapsed', why };
  const now = detour?.target(situation).tool;
  if (means.tool === undefined || now === undefined || now === means.tool) return { state: 'holds' };
  return { state: 'holds', why: `${now}, where it was ${means.tool}` };
}
