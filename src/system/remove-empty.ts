import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Removes directories from `last` up to `first`, which is above it; one that holds something stays, and those above it. */
export function removeEmpty(last: string, first: string): void {
  try {
    for (let at = last; ; at = dirname(at)) {
      rmdirSync(at);
      if (at === first) return;
    }
  } catch {
    // Somebody else's is in it.
  }
}
