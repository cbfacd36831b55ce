import type { IndexAnswer, PackageFacts, Situation } from '../../src/types.ts';
import { situationFor } from './situations.ts';

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

/** Facts of a package that is described, and has no command. */
export const facts = (change: Partial<PackageFacts>): PackageFacts => ({
  ...nothingSaid,
  opening: 'Things are done here, as they have always been, with care and in good order, for years.',
  commands: [],
  ...change,
});

/** A situation in which the index has answered this of what the line asks for. */
export function told(
  line: string,
  answers: readonly IndexAnswer[],
  change: Partial<Situation> = {},
): Situation {
  return situationFor(`install ${line}`, { index: { state: 'answered', answers }, ...change });
}

/** What the index answers of a package called thing. */
export const thing = (change: Partial<PackageFacts>): IndexAnswer => ({
  kind: 'found',
  name: 'thing',
  version: '1.0',
  package: facts(change),
});
