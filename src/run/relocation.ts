import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { isInside } from '../system/real-path.ts';

/** Where a path leads now that its environment lies in another place; undefined where it still leads to the same. */
export type Relocation = (path: string) => string | undefined;

/**
 * From the places an environment was made for to where it lies (`to`, a real path). What lies in it has come along. So has
 * its project, where the environment has kept its name in it: what was installed with `-e` from there is meant as it is
 * here now. Whatever else has moved with them is followed only where it is gone from the old place.
 */
export function relocation(from: readonly string[], to: string, isThere = existsSync): Relocation {
  return (path) => {
    for (const place of from) {
      if (isInside(path, place)) return join(to, relative(place, path));
      if (basename(place) !== basename(to)) continue;
      const [before, after] = withoutCommonEnd(place, to);
      const project = dirname(place);
      const [base, now] = isInside(path, project) ? [project, dirname(to)] : [before, after];
      if (base === '/' || !isInside(path, base)) continue;
      const there = join(now, relative(base, path));
      if (isThere(there) && (base === project || !isThere(path))) return there;
    }
    return undefined;
  };
}

/** `/a/code/shop/.venv` and `/b/code/shop/.venv` differ by `/a` and `/b`. */
function withoutCommonEnd(one: string, other: string): [string, string] {
  let [a, b] = [one, other];
  while (basename(a) === basename(b) && a !== dirname(a) && b !== dirname(b))
    [a, b] = [dirname(a), dirname(b)];
  return [a, b];
}
