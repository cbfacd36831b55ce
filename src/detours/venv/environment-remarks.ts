import { join } from 'node:path';
import { wasMadeHere } from '../../place/made-for.ts';
import { isOf, satisfies } from '../../place/python-version.ts';
import type { WantedPython } from '../../place/python-wanted.ts';
import { isTracked } from '../../place/tracked.ts';
import { listing } from '../../system/listing.ts';
import { shortPath } from '../../system/quote.ts';
import { isInside, realOr } from '../../system/real-path.ts';
import type { EnvironmentLook, SystemModule } from '../../types.ts';

/** What is known of the place an environment lies in. */
export interface About {
  /** `requires-python` of the project. */
  readonly requires?: string | undefined;
  readonly wanted?: WantedPython | undefined;
  /** A module that only the system has, for a Python of this version (`major.minor`). */
  readonly lacks?: SystemModule & { readonly of: string | undefined };
  /** The directory of the project. */
  readonly place: string;
  readonly home: string;
  /** Where environments of ours lie that are in no project. */
  readonly environmentsDirectory: string;
}

/** The same look, with what somebody should know before they enter an environment that is there. */
export function withRemarks(look: EnvironmentLook, about: About): EnvironmentLook {
  if (look.state !== 'ready' && look.state !== 'misplaced' && look.held === undefined) return look;
  const misfit = misfitOf(look.version ?? '', about.requires, about.wanted);
  const brought = broughtBy(look, about);
  const unseen = unseenBy(look, about);
  return {
    ...look,
    ...(brought === undefined ? {} : { brought }),
    ...(misfit === undefined ? {} : { misfit }),
    ...(unseen === undefined ? {} : { unseen }),
  };
}

/** Why it is perhaps not this person's own, for the same reasons as memory/checked.ts does not enter it unasked. */
function broughtBy(look: EnvironmentLook, { place, home, environmentsDirectory }: About): string | undefined {
  if (look.by === undefined && isInside(look.directory, environmentsDirectory)) return undefined;
  const then = look.state === 'broken' ? 'what it lists will be installed' : 'code in it will be run';
  if (isTracked(look)) return `came with the repository: ${then}`;
  const real = realOr(look.directory);
  if (!isInside(real, realOr(place))) return `leads out of the project, to ${shortPath(real, home)}`;
  // Where one was made that is to be repaired, is said with that.
  if (look.state === 'misplaced' || wasMadeHere(real)) return undefined;
  return `was made in another place: ${then}`;
}

/** What is wanted of the system's packages and it does not see, as a clause that says what to type. */
function unseenBy(
  { directory, state, seesSystem, version }: EnvironmentLook,
  { lacks }: About,
): string | undefined {
  if (lacks === undefined || state !== 'ready' || seesSystem === true || version !== lacks.of)
    return undefined;
  const own = listing(join(directory, 'lib', `python${version}`, 'site-packages'));
  if (own.some((name) => name === lacks.module || name.startsWith(`${lacks.module}.`))) return undefined;
  return `${lacks.wantedBy}, which it does not see: pip-detour repair --system-site-packages`;
}

/** `version` is `major.minor`: what is asked for is compared as far as that goes. */
function misfitOf(
  version: string,
  requires: string | undefined,
  wanted: WantedPython | undefined,
): string | undefined {
  if (version === '') return undefined;
  if (requires !== undefined && !satisfies(version, requires))
    return `but the project requires Python ${requires}`;
  // A name of pyenv's (`shop`, `system`) says nothing of the version.
  const { names = [], by } = wanted ?? {};
  if (names.length === 0 || !names.every((name) => /^\d+(\.\d+)*$/.test(name))) return undefined;
  const fits = names.some((name) => isOf(version, name.split('.').slice(0, 2).join('.')));
  return fits ? undefined : `but ${by} asks for ${names.join(', ')}`;
}
