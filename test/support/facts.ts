import type { PackageFacts } from '../../src/types.ts';

/** What a package says of itself where nothing is known of it. */
export const nothingSaid: PackageFacts = {
  summary: '',
  opening: '',
  pages: [],
  classifiers: [],
  extras: [],
  says: [],
  groups: [],
  dependencies: [],
};
