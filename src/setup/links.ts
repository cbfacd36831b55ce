import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The names `pip3.N` of PATH's programs, sorted; our own shims do not count, nor do relative entries. */
export function versionedPips(path: string, shims: string): readonly string[] {
  const names = new Set<string>();
  for (const directory of path.split(':')) {
    if (!isAbsolute(directory) || same(directory, shims)) continue;
    for (const name of entries(directory))
      if (/^pip3\.\d+$/.test(name) && isProgram(join(directory, name))) names.add(name);
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

/** The names in a directory; none when it cannot be read. */
export function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function same(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}
