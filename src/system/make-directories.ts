import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './errors.ts';
import { statOf } from './ownership.ts';

/** Whatever the umask: nobody else may change what is in it. */
const onlyOwnerWrites = 0o755;

/** How often it is tried again when somebody takes away the directory above in between. */
const patience = 20;

/**
 * Makes a directory and those above it. Returns the topmost that was made; undefined where all were there. The same as
 * `mkdirSync` with `recursive`, which never ends below /proc: that is there, and mkdir(2) says ENOENT (Node 18 to 20).
 * @throws what mkdir(2) says.
 */
export function makeDirectories(path: string, mode = onlyOwnerWrites): string | undefined {
  let first: string | undefined;
  for (let tries = 0; ; tries += 1) {
    try {
      mkdirSync(path, { mode });
      return first ?? path;
    } catch (thrown) {
      if (systemCode(thrown) === 'ENOENT' && tries < patience && dirname(path) !== path)
        first = makeDirectories(dirname(path), mode) ?? first;
      else if (statOf(path)?.isDirectory() === true) return first;
      else throw thrown;
    }
  }
}
