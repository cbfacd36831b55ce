import type { EnvironmentLook, Situation } from '../types.ts';
import { lookAtEnvironment } from './environment.ts';

/** The same situation, with its environments looked at again. */
export function lookedAtAgain(situation: Situation): Situation {
  const { environment, active, above: before, besides = [], withoutPipx, uid, ...rest } = situation;
  const now = (look: EnvironmentLook): EnvironmentLook => ({
    ...lookAtEnvironment(look.directory, uid),
    ...(look.outside === undefined ? {} : { outside: look.outside }),
    ...(look.of === undefined ? {} : { of: look.of }),
    ...(look.another === undefined ? {} : { another: look.another }),
  });
  const above = before && now(before);
  const others = besides.map(now).filter(({ state }) => state === 'ready');
  return Object.freeze({
    ...rest,
    uid,
    environment: now(environment),
    ...(above?.state === 'ready' ? { above } : {}),
    ...(others.length === 0 ? {} : { besides: others }),
    ...(active === undefined ? {} : { active: now(active) }),
    ...(withoutPipx === undefined
      ? {}
      : {
          withoutPipx: {
            ...withoutPipx,
            looks: Object.fromEntries(
              Object.entries(withoutPipx.looks).map(([name, look]) => [name, now(look)]),
            ),
          },
        }),
  });
}
