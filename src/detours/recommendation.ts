import type { Detour, Situation } from '../types.ts';
import { detours } from './index.ts';

/** A detour that is recommended and can be taken, with its reason in words. */
export interface Recommendation {
  readonly detour: Detour;
  readonly because: string;
}

/** What is recommended to somebody who is asked; `among` narrows it to what can be taken otherwise. */
export function recommendation(
  situation: Situation,
  among: (detour: Detour) => boolean = () => true,
): Recommendation | undefined {
  for (const detour of byRecommendation) {
    if (!among(detour) || detour.unavailable(situation) !== undefined) continue;
    const because = detour.recommended(situation);
    if (because !== undefined) return { detour, because };
  }
  return undefined;
}

/** A detour that is particular about when it recommends itself is asked before one that always does. */
const byRecommendation = [...detours].sort((a, b) => rank(a) - rank(b));
function rank(detour: Detour): number {
  return detour.id === 'active-venv' ? 0 : detour.id === 'venv' ? 2 : 1;
}
