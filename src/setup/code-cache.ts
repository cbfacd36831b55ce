import { readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { listing } from '../system/listing.ts';
import { ask } from '../system/unseen.ts';

/** To walk through the program takes half a second; ms. */
const patience = 60_000;

/**
 * Lets V8 keep in `front` what it makes of the bundles of `program`, which is a package manager's; true when there was
 * something to do. A matter of speed alone: without it everything works, and a third of the time until the question is lost.
 */
export async function keepCompiled(
  front: string,
  program: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const kept = join(front, 'cache');
  const names = listing(kept).filter((name) => name.endsWith('.cache'));
  if (names.length > 0 && names.every((name) => isCurrent(join(kept, name), program))) return false;
  const script = join(program, 'lib/code-cache.mjs');
  return (await ask(process.execPath, [script, program, kept], variables, patience)) !== undefined;
}

/** Whether a file is what this Node kept of the bundle that is there now: the data twice, then the source (start.cjs). */
function isCurrent(file: string, program: string): boolean {
  try {
    const kept = readFileSync(file);
    const source = readFileSync(join(program, 'lib', file.replace(/.*\/(.*)cache$/, '$1cjs')));
    const length = (kept.length - source.length) / 2;
    if (!kept.subarray(2 * length).equals(source)) return false;
    return (
      new Script(wrap(String(source)), { cachedData: kept.subarray(0, length) }).cachedDataRejected === false
    );
  } catch {
    return false;
  }
}
