import { accessSync, constants, statSync } from 'node:fs';
import type { Place } from '../types.ts';

/** A directory, whose it is and whether we may write there; of nobody (-1) where it cannot be looked at. */
export function lookAtPlace(directory: string): Place {
  try {
    const { uid } = statSync(directory);
    let writable = true;
    try {
      accessSync(directory, constants.W_OK | constants.X_OK);
    } catch {
      writable = false;
    }
    return { directory, writable, owner: uid };
  } catch {
    return { directory, writable: false, owner: -1 };
  }
}
