import { basename, dirname, join } from 'node:path';
import { listing } from '../system/listing.ts';
import { textOf } from '../system/text-file.ts';
import type { EnvironmentLook } from '../types.ts';
import { heldPackages } from './held-packages.ts';

/** An environment that must be made anew, with what it held. */

/**
 * With what it holds, so that it can be made anew with that; a run that was killed at it has put the old one aside. What
 * that run itself had installed by then is nobody's yet.
 */
export function brokenLook(directory: string, why: string, old: string | undefined): EnvironmentLook {
  const held = old === undefined ? [] : heldPackages(old);
  if (old === undefined || held.length === 0) return { directory, state: 'broken', why };
  const beside = listing(dirname(directory)).filter((name) =>
    name.startsWith(`${basename(directory)}.before-`),
  );
  const sees = seesSystem(textOf(join(old, 'pyvenv.cfg')) ?? '');
  return {
    directory,
    state: 'broken',
    why: old === directory ? why : `${why}; the old one is kept as ${basename(old)} until it is done`,
    held,
    ...(beside.length === 0 ? {} : { beside: beside.filter((name) => name !== basename(old)) }),
    ...(sees ? { seesSystem: true } : {}),
  };
}

/** Whether a pyvenv.cfg lets its Python see the system's packages (CPython's site.py). */
export function seesSystem(settings: string): boolean {
  return /^include-system-site-packages\s*=\s*true\s*$/im.test(settings);
}
