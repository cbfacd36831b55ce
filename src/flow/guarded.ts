import { describe } from '../system/errors.ts';
import type { Ending } from '../types.ts';
import { say } from './report.ts';

/**
 * From here on an error of ours is told and ends us: the real pip has run, or must not run after half a detour. It ends
 * with 1, as a pip that fails does: 127 (a program of the detour is gone) would tell a script that there is no pip.
 */
export async function guarded<T>(
  action: () => Promise<T>,
  leave?: () => Promise<Ending>,
): Promise<T | { readonly ending: Ending }> {
  try {
    return await action();
  } catch (thrown) {
    const ending = await leave?.();
    say(describe(thrown));
    return { ending: ending ?? { code: 1 } };
  }
}

/** The same for what ends us either way. */
export async function ended(action: () => Promise<Ending>, leave?: () => Promise<Ending>): Promise<Ending> {
  return (await guarded(async () => ({ ending: await action() }), leave)).ending;
}
