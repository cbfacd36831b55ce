import { shortPath } from '../../system/quote.ts';
import type { Recollection } from '../../types.ts';

/** A remembered Python is that Python, not the next one that would do. */
export const recollection: Recollection = {
  asMeant(situation, { python }) {
    const { otherPythons } = situation;
    if (otherPythons === undefined || python === undefined) return situation;
    const usable = otherPythons.usable.filter(({ executable }) => executable === python.executable);
    return Object.freeze({ ...situation, otherPythons: { ...otherPythons, usable } });
  },
  lapsed({ otherPythons, home }, { python }) {
    return python !== undefined && otherPythons?.usable.length === 0
      ? `${shortPath(python.executable, home)} cannot be used any more`
      : undefined;
  },
};
