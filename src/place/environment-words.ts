import { shortPath } from '../system/quote.ts';
import type { EnvironmentLook } from '../types.ts';

/** A clause: why an environment is misplaced, broken or unusable. A path in it is written as a person writes it. */
export function whyOf({ why = '', madeFor: [place = ''] = [] }: EnvironmentLook, home: string): string {
  return place === '' ? why : why.replace(place, () => shortPath(place, home));
}
