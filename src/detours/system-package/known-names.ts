import { debianNames, isProven, isTaken, namesakes } from './debian-names.ts';
import type { KnownNames } from './managers/manager.ts';
import { simpleNames } from './simple-names.ts';

/** What the tables of this folder tell the package managers. */
export const knownNames: KnownNames = {
  debian: debianNames,
  simple: simpleNames,
  isTaken,
  namesakes: () => [],
  isProven,
};

/** The same where the index can say which of the namesakes are the projects themselves. */
export const comparableNames: KnownNames = { ...knownNames, namesakes };
