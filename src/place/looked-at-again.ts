import type { EnvironmentLook, Situation } from '../types.ts';
import { lookAtEnvironment } from './environment.ts';

/** The same situation with its environments as they are now. */
export function lookedAtAgain(situation: Situation): Situation {
  const { environment, active, withoutPipx, uid } = situation;
  const now = (look: EnvironmentLook): EnvironmentLook => ({
    ...lookAtEnvironment(look.directory, uid),
    ...(look.outside === undefined ? {} : { outside: look.outside }),
    ...(look.of === undefined ? {} : { of: look.of }),
  });
  return Object.freeze({
    ...situation,
    environment: now(environment),
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
