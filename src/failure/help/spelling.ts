import { applications } from '../../detours/pipx/applications.ts';
import { libraryNames } from '../../detours/pipx/libraries.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { distance } from '../../system/nearest.ts';

/** The known name that differs least from one that is not there, by a slip of the finger or two; undefined where none does. */
export function spelledAlike(typed: string): string | undefined {
  const name = normalizeName(typed);
  const far = name.length < 6 ? 1 : 2;
  const near = [...libraryNames(), ...applications.keys()]
    .filter((known) => known !== name && Math.abs(known.length - name.length) <= far)
    .map((known) => ({ known, by: distance(name, known) }))
    .filter(({ by }) => by <= far);
  return near.sort((a, b) => a.by - b.by)[0]?.known;
}
