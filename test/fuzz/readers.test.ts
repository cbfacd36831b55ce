import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { endless, inputs, keptSeeds, seed } from './inputs.ts';
import { readers } from './readers.ts';

/** Text that is not ours: every reader comes back from it, in time, and without an error nobody foresaw. */

const runs = Math.ceil(inputs / readers.length);
const scratch = mkdtempSync(join(tmpdir(), 'pip-detour-fuzz-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(readers)('$name', ({ input, read }) => {
  it.each([...new Set([seed, ...keptSeeds])])(
    'is read whatever it is (seed %i)',
    (from) => {
      const numRuns = from === seed ? runs : Math.min(runs, 300);
      fc.assert(
        fc.property(input, (text) => read(text, scratch)),
        { seed: from, numRuns },
      );
    },
    600_000,
  );

  // A pattern that tries everything would need hours for these: the time limit of the test is the assertion.
  it('is read to its end however long it is', () => {
    for (const [what, text] of endless(100_000)) expect(() => read(text, scratch), what).not.toThrow();
  }, 60_000);
});
