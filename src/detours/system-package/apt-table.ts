import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * The table that scripts/build-files.py makes of the distributions' own Contents, unpacked only when asked. Its keys are a kind's
 * letter (`h`, `l`, `p`, `c`, `b`; `s`: what builds a package) and a name, its values packages.
 */

let table: string[] | undefined;

/** The packages of several keys, in one look. */
export function lookUp(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  forEachKey((key, packages) => {
    if (keys.includes(key)) found.set(key, packages.split(' '));
    return found.size === keys.length;
  });
  return found;
}

/** Goes through the keys until `see` has enough. The lines are sorted as their keys are, but a key is written only as far as it differs from the last. */
export function forEachKey(see: (key: string, packages: string) => boolean): void {
  table ??= brotliDecompressSync(readFileSync(join(__dirname, 'apt-files.txt.br')))
    .toString()
    .split('\n');
  let last = '';
  let packages = '';
  for (const line of table) {
    const blank = line.indexOf(' ');
    if (blank === -1) continue;
    last = last.slice(0, Number.parseInt(line[0] ?? '0', 36)) + line.slice(1, blank);
    if (line[blank + 1] !== '"') packages = line.slice(blank + 1);
    if (see(last, packages)) return;
  }
}
