// The long oracle: downloads pips from the index into a cache and asks each of them about many more command lines and
// cases than `npm test` does. `npm run oracle -- [--lines N] [--cases N] [--seed N] [VERSION…]`
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const usual =
  '22.3.1 23.0 23.0.1 23.1 23.1.2 23.2.1 23.3.2 24.0 24.1.2 24.2 24.3.1 25.0.1 25.1.1 25.2 25.3 26.0.1 26.1.2 26.2.1 26.3';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string', default: '10000' },
    cases: { type: 'string', default: '400' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const python = '/usr/bin/python3';
const cache = join(tmpdir(), 'pip-detour-oracle-pips');
mkdirSync(cache, { recursive: true });

for (const version of positionals.length > 0 ? positionals : usual.split(' ')) {
  const place = join(cache, version);
  if (existsSync(place)) continue;
  const making = `${place}.making-${process.pid}`;
  // Taken apart rather than installed: a wheel of pip is its package and nothing else.
  const fetch = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--ignore-requires-python'];
  execFileSync(python, ['-m', 'pip', ...fetch, '--dest', making, `pip==${version}`], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'zipfile', '-e', join(making, `pip-${version}-py3-none-any.whl`), making]);
  renameSync(making, place);
}

console.log(`seed ${values.seed}, ${values.lines} command lines and ${values.cases} cases for each pip`);
const ran = spawnSync(
  'npx',
  ['vitest', 'run', 'test/pip/options', 'test/pip/grammar-oracle', 'test/pip/verdict-oracle'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PIP_DETOUR_ORACLE_PIPS: cache,
      PIP_DETOUR_ORACLE_LINES: values.lines,
      PIP_DETOUR_ORACLE_CASES: values.cases,
      PIP_DETOUR_ORACLE_SEED: values.seed,
    },
  },
);
process.exitCode = ran.status ?? 1;
