import type { PipCommand } from '../../types.ts';

/** Why a command line that is not understood cannot be carried over, as a clause; undefined where all of it is. */
export function notUnderstood({ unparsed }: PipCommand): string | undefined {
  return unparsed.length === 0 ? undefined : `this command line was not understood: ${unparsed[0]}`;
}
