import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dist, systemIsManaged, top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/** Made once, because it takes a second. */
let withCache: string;
beforeAll(() => {
  withCache = mkdtempSync(join(tmpdir(), 'pip-detour-code-cache-test-'));
  cpSync(dist, withCache, { recursive: true, verbatimSymlinks: true });
  const made = spawnSync(process.execPath, [join(top, 'scripts/code-cache.mjs'), withCache], {
    encoding: 'utf8',
  });
  expect(made).toMatchObject({ status: 0, stdout: '', stderr: '' });
});
afterAll(() => rmSync(withCache, { recursive: true }));

/** The program with what V8 kept of it, and a call of it that goes through Node. */
function cached() {
  const box = sandbox();
  const program = join(box.root, 'program');
  cpSync(withCache, program, { recursive: true, verbatimSymlinks: true });
  const library = join(program, 'lib');
  const call = () =>
    box.run(join(program, 'shims/pip'), ['install', 'demo-lib'], { env: { PIP_DETOUR: 'ask' } });
  return { library, call };
}

describe('what V8 keeps of the bundles', () => {
  it('is of those that are loaded while somebody waits, and is what this V8 takes', () => {
    const { library } = cached();
    const kept = readdirSync(library).filter((name) => name.endsWith('.cache'));
    expect(kept).toEqual(['intercept.cache', 'opening.cache', 'prompt.cache']);
    for (const name of kept) {
      const source = readFileSync(join(library, name.replace('cache', 'cjs')), 'utf8');
      const file = readFileSync(join(library, name));
      const cachedData = file.subarray(0, (file.length - Buffer.byteLength(source)) / 2);
      const script = new Script(
        `(function (exports, require, module, __filename, __dirname) { ${source}\n});`,
        { cachedData },
      );
      expect(script.cachedDataRejected).toBe(false);
    }
  });

  it.skipIf(!systemIsManaged()).each<[string, (kept: Buffer) => Buffer | string]>([
    ['whole', (kept) => kept],
    ['cut off', (kept) => kept.subarray(0, 50_000)],
    ['empty', () => ''],
    ['of something else', () => 'rubbish'.repeat(10_000)],
    [
      'damaged in the middle',
      (kept) => Buffer.concat([kept.subarray(0, 90_000).fill(7, 30_000), kept.subarray(90_000)]),
    ],
  ])('%s: pip answers all the same', (_title, change) => {
    const { library, call } = cached();
    const file = join(library, 'intercept.cache');
    writeFileSync(file, change(readFileSync(file)));
    const ran = call();
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /^error: externally-managed-environment[\s\S]*\npip-detour: you were not asked, because .*\n$/,
    );
  });

  it.skipIf(!systemIsManaged())('is passed over when the bundle is another, be it of the same length', () => {
    const { library, call } = cached();
    const file = join(library, 'intercept.cjs');
    writeFileSync(file, readFileSync(file, 'utf8').replace('not asked, because', 'NOT ASKED, because'));
    expect(call().stderr).toContain('pip-detour: you were NOT ASKED, because');
  });
});
