import type { PipCommand } from '../../types.ts';

/**
 * A clause: which part of a command line we do not understand, so that a detour cannot carry it over; undefined where we
 * understand it all.
 */
export function notUnderstood({ unparsed }: PipCommand): string | undefined {
  return unparsed.length === 0 ? undefined : `this command line was not understood: ${unparsed[0]}`;
}
