import { shortPath } from '../system/quote.ts';
import type { EnvironmentLook } from '../types.ts';

/** Why an environment is misplaced, broken or unusable, as a clause, with the other place as a person writes it. */
export function whyOf({ why = '', madeFor: [place = ''] = [] }: EnvironmentLook, home: string): string {
  return place === '' ? why : why.replace(place, () => shortPath(place, home));
}
