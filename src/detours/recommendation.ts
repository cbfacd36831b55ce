import type { Choice, Decided, Decision, Situation } from '../types.ts';
import { decideAll } from './decide.ts';
import { detourById } from './index.ts';

/** What is recommended, with its reason in words. */
export type Recommended = Decision & { readonly recommended: string };

/** Of the decisions that recommend themselves, the first one with the lowest rank. */
export function bestOf(decided: readonly Decided[]): Recommended | undefined {
  const able = decided.filter((one): one is Recommended => 'recommended' in one && one.other === undefined);
  return able.sort((a, b) => rankOf(a) - rankOf(b))[0];
}

/** What is recommended to somebody who is asked in this situation. */
export function recommendation(situation: Situation): Recommended | undefined {
  return bestOf(decideAll(situation));
}

/** What is recommended where nobody is asked; `except` was found not to be the way. */
export function bestUnasked(situation: Situation, except?: Choice['detour']): Recommended | undefined {
  return bestOf(ableUnasked(situation, except));
}

/** What can be taken where nobody is asked, likewise. */
export function ableUnasked(situation: Situation, except?: Choice['detour']): Decided[] {
  return decideAll(situation).filter(
    (one) => one.id !== except && !('onlyAsked' in one) && !('unavailable' in one),
  );
}

function rankOf({ id }: Decided): number {
  return detourById(id)?.rank ?? 1;
}
