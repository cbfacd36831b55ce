import type { EnvironmentLook } from '../types.ts';
import { isOf, satisfies } from './python-version.ts';
import type { WantedPython } from './python-wanted.ts';
import { isTracked } from './tracked.ts';

/** The same look, with what somebody should know before they enter an environment that is there. */
export function withRemarks(
  look: EnvironmentLook,
  requires: string | undefined,
  wanted: WantedPython | undefined,
): EnvironmentLook {
  if (look.state !== 'ready') return look;
  const misfit = misfitOf(look.version ?? '', requires, wanted);
  return {
    ...look,
    ...(isTracked(look) ? { tracked: true } : {}),
    ...(misfit === undefined ? {} : { misfit }),
  };
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
