import type { Brought } from '../../detours/system-package/brought.ts';
import { inWords } from '../../system/sentences.ts';
import type { Situation } from '../../types.ts';
import type { Explained, Had } from '../explained.ts';
import { getting } from './getting.ts';

/** A package manager's own lists, which may have to be fetched before it can tell who brings something. */

/** Where a list would tell more that has not been fetched: the offer to fetch it. `lead`: what is known without it. */
export function listFirst(
  lead: string,
  { lacks }: Pick<Brought, 'lacks'>,
  situation: Situation,
  had: Had,
): Pick<Explained, 'lines' | 'advice' | 'remedy'> | undefined {
  if (lacks === undefined || had.packages.includes(theList(lacks.list))) return undefined;
  const untold = `${situation.manager}'s list of ${lacks.list} would say which package brings it, but it has not been fetched yet.`;
  const { advice, remedy } = getting([theList(lacks.list)], `${lead} ${untold}`, situation, {
    gets: () => lacks.fetch,
  });
  return {
    lines: [lead, untold],
    ...(advice === undefined ? {} : { advice }),
    ...(remedy === undefined
      ? {}
      : { remedy: { ...remedy, title: 'Fetch the list, and look', onlyLooks: true as const } }),
  };
}

/** Stands among the packages that were got for the package manager's own lists. */
const theList = (of: 'packages' | 'files') => `the list of ${of}`;

/** What was got before, without the package manager's own lists, which stand among it. */
export function gotBefore({ packages }: Had): readonly string[] {
  return packages.filter((name) => ![theList('packages'), theList('files')].includes(name));
}

/** A clause: `libpq-dev and swig are there now`. */
export function areThereNow(packages: readonly string[]): string {
  return `${inWords(packages)} ${packages.length === 1 ? 'is' : 'are'} there now`;
}
