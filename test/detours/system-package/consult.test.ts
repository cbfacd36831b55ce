import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { consult } from '../../../src/detours/system-package/consult.ts';

const env = { PATH: '/usr/bin:/bin' };

it('an answer that came while we were stopped is taken, however long that was', async () => {
  const asked = consult('/bin/sh', ['-c', 'echo python3-six'], { env, patience: 2_000 });
  // As stopped as by Ctrl-Z: nothing of ours runs, and the time goes on.
  execFileSync('sleep', ['2.5']);
  expect(await asked).toMatchObject({ output: 'python3-six\n', code: 0 });
});

it('who gives no answer is waited for no longer', async () => {
  const asked = consult('/bin/sh', ['-c', 'exec sleep 600'], { env, patience: 1_000 });
  expect(await asked).toEqual({ failed: 'it gave no answer in 1 seconds' });
});
