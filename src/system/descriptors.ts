import { closeUnnamed, openUnnamed } from './unnamed-file.ts';

/** Where a child writes to beside the terminal. */

/** A further descriptor that a child writes to, of which it is told the number by its arguments. */
export interface Aside {
  readonly descriptor: number;
  /** Told what is written there: as it comes, or with `last` the last so many bytes once the child has ended. */
  take(chunk: Buffer): void;
  readonly last?: number;
}

/**
 * A file in memory in place of a pipe, where nobody waits for what is written: a pipe is a socket to Node, which costs 5 ms
 * until it is closed again. Closed once, it tells what stands in it.
 */
export function kept(
  take: (chunk: Buffer) => void,
  last: number,
): { descriptor: number; close(): void } | undefined {
  const descriptor = openUnnamed();
  if (descriptor === undefined) return undefined;
  let open = true;
  return {
    descriptor,
    close() {
      if (open) take(closeUnnamed(descriptor, last));
      open = false;
    },
  };
}

/** Entries of `stdio` from 3 on. `ignore` beyond 2 opens nothing. */
export function underTheirNumbers(
  descriptors: readonly number[],
  aside: number | undefined,
  written: number | undefined,
): (number | 'ignore' | 'pipe')[] {
  const last = Math.max(2, aside ?? 2, ...descriptors);
  return Array.from({ length: last - 2 }, (_, at) => {
    if (at + 3 === aside) return written ?? 'pipe';
    return descriptors.includes(at + 3) ? at + 3 : 'ignore';
  });
}
