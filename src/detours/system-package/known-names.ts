import { debianNames, isTaken } from './debian-names.ts';
import type { KnownNames } from './managers/manager.ts';
import { simpleNames } from './simple-names.ts';

/** What the tables of this folder tell the package managers. */
export const knownNames: KnownNames = { debian: debianNames, simple: simpleNames, isTaken };
