import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isExecutable } from '../pip/shebang.ts';
import { pythonPlaces } from '../place/python-places.ts';
import { listing } from '../system/listing.ts';
import { sameFile } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';

/**
 * The names `pip3.N` of PATH's programs, sorted. Our own shims do not count, nor do relative entries, nor an environment's
 * commands: they are there while it is activated, and its pip is not refused.
 */
export function versionedPips(path: string, shims: string): readonly string[] {
  const names = new Set<string>();
  for (const directory of path.split(':')) {
    if (!isAbsolute(directory) || sameFile(directory, shims)) continue;
    if (existsSync(join(directory, '../pyvenv.cfg'))) continue;
    for (const name of listing(directory))
      if (/^pip3\.\d+$/.test(name) && isExecutable(join(directory, name))) names.add(name);
  }
  return [...names].sort();
}

/** The names `pip3.N` where this person's Pythons are kept (pyenv's, conda's), whichever of them this PATH leads to. */
export function keptPips(environment: Environment): readonly string[] {
  return pythonPlaces(environment)
    .flatMap(({ executable }) => listing(dirname(executable)))
    .filter((name) => /^pip3\.\d+$/.test(name));
}

/**
 * The links to make and to take away in the shims directory, so that it has the names of the pips on PATH (`wanted`). What
 * leads to one that is there (`kept`), although not on this PATH, stays: another terminal's may have it.
 */
export function linkChanges(
  present: readonly string[],
  wanted: readonly string[],
  kept: readonly string[],
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const versioned = present.filter((name) => /^pip3\.\d+$/.test(name));
  return {
    add: wanted.filter((name) => !versioned.includes(name)),
    remove: versioned.filter((name) => !wanted.includes(name) && !kept.includes(name)),
  };
}
