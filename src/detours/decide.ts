import type { Decided, Decision, Detour, Situation } from '../types.ts';
import { detours } from './index.ts';

/** Asks a detour for its answers, and its plan, in a situation. Nothing else asks for them. */
export function decide(detour: Detour, situation: Situation): Decided {
  const { id } = detour;
  const title = detour.title(situation);
  const unavailable = detour.unavailable(situation);
  if (unavailable !== undefined) return { id, title, unavailable };
  const detail = detour.detail(situation);
  const recommended = detour.recommended(situation);
  const onlyAsked = detour.onlyAsked?.(situation);
  const confirm = detour.confirm?.(situation);
  const remark = detour.remark?.(situation);
  return {
    id,
    situation,
    title,
    detail,
    plan: detour.plan(situation),
    target: detour.target(situation),
    announced: detour.announced?.(situation) ?? `using ${detail.split(' · ')[0] ?? id}`,
    ...(recommended === undefined ? {} : { recommended }),
    ...(onlyAsked === undefined ? {} : { onlyAsked }),
    ...(confirm === undefined ? {} : { confirm }),
    ...(remark === undefined ? {} : { remark }),
  };
}

/** The decisions of all detours that are shown here, in the order offered, each followed by its other ways. */
export function decideAll(situation: Situation): Decided[] {
  return detours
    .filter((detour) => detour.hidden?.(situation) !== true)
    .flatMap((detour) => [
      decide(detour, situation),
      ...(detour.others?.(situation) ?? []).map((way, other) => ({ ...decide(detour, way), other })),
    ]);
}

/** Whether two decisions would do exactly the same. */
export function samePlan(one: Decision, other: Decision): boolean {
  return JSON.stringify(one.plan) === JSON.stringify(other.plan);
}
