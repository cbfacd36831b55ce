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
console.log(`seed ${values.seed}, ${values.inputs} inputs in all`);
const ran = spawnSync('npx', ['vitest', 'run', 'test/fuzz', '--reporter=verbose'], {
  stdio: 'inherit',
  env: { ...process.env, PIP_DETOUR_FUZZ_INPUTS: values.inputs, PIP_DETOUR_FUZZ_SEED: values.seed },
});
process.exitCode = ran.status ?? 1;
