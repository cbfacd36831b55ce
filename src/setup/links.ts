import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isExecutable } from '../pip/shebang.ts';
import { listing } from '../system/listing.ts';

/** The names `pip3.N` of PATH's programs, sorted; our own shims do not count, nor do relative entries. */
export function versionedPips(path: string, shims: string): readonly string[] {
  const names = new Set<string>();
  for (const directory of path.split(':')) {
    if (!isAbsolute(directory) || same(directory, shims)) continue;
    for (const name of listing(directory))
      if (/^pip3\.\d+$/.test(name) && isExecutable(join(directory, name))) names.add(name);
  }
  return [...names].sort();
}

/** The links to make and to take away in the shims directory, so that it has the names of the pips there are. */
export function linkChanges(
  present: readonly string[],
  wanted: readonly string[],
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const versioned = present.filter((name) => /^pip3\.\d+$/.test(name));
  return {
    add: wanted.filter((name) => !versioned.includes(name)),
    remove: versioned.filter((name) => !wanted.includes(name)),
  };
}

function same(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}
