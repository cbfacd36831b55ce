// The long fuzz run: every reader of foreign text with many more inputs than `npm test` tries, from a seed that is
// printed. `npm run fuzz -- [--inputs N] [--seed N]`; N inputs in all.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
/** Readers in test/fuzz/readers.ts; the run itself says how many there were. */
const readers = 23;
const runs = Math.ceil(Number(values.inputs) / readers);
console.log(`seed ${values.seed}, ${runs} inputs for each reader`);
const ran = spawnSync('npx', ['vitest', 'run', 'test/fuzz', '--reporter=verbose'], {
  stdio: 'inherit',
  env: { ...process.env, PIP_DETOUR_FUZZ_RUNS: String(runs), PIP_DETOUR_FUZZ_SEED: values.seed },
});
process.exitCode = ran.status ?? 1;
