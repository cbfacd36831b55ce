// Checks the shell files with the tools and shells that are here. A missing one is named and skipped; where CI is set
// it is a failure, because there nobody reads the name.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(top);

/** The language of a shell file: by its name, else by its first line. */
function language(file) {
  const ending = /\.(sh|bash|zsh|fish)$/.exec(file)?.[1];
  const first = readFileSync(file, 'utf8').split('\n')[0];
  return ending ?? /^#!.*\b(sh|bash|zsh|fish)\b/.exec(first)?.[1] ?? 'sh';
}

const distributions = 'test/support/distributions';
const files = [
  ...readdirSync('shims')
    .filter((name) => name !== 'parts')
    .map((name) => join('shims', name)),
  ...readdirSync('shims/parts').map((name) => join('shims/parts', name)),
  ...readdirSync(distributions).map((name) => join(distributions, name)),
  'install.sh',
  '.ci/run',
  '.ci/packages',
  'scripts/platforms.sh',
  'scripts/other-managers.sh',
  'scripts/rescue.sh',
  'scripts/release/get.sh',
  ...readdirSync('scripts/release/debian').map((name) => join('scripts/release/debian', name)),
]
  .filter((file) => existsSync(file))
  .map((file) => ({ file, language: language(file) }));

/** Each checker with the languages it can read. */
const checkers = [
  { command: ['shellcheck', '-x'], reads: ['sh', 'bash'] },
  { command: ['shfmt', '-d', '-p'], reads: ['sh'] },
  { command: ['shfmt', '-d'], reads: ['bash'] },
  { command: ['dash', '-n'], reads: ['sh'] },
  { command: ['bash', '-n'], reads: ['sh', 'bash'] },
  { command: ['zsh', '-n'], reads: ['sh', 'zsh'] },
  { command: ['fish', '--no-execute'], reads: ['fish'] },
];

const missing = new Set();
let failed = 0;
for (const { command, reads } of checkers) {
  const [program, ...options] = command;
  for (const { file } of files.filter((each) => reads.includes(each.language))) {
    const ran = spawnSync(program, [...options, file], { stdio: 'inherit' });
    if (ran.error?.code === 'ENOENT') missing.add(program);
    else if (ran.status !== 0) {
      failed += 1;
      console.error(`check-shell: ${command.join(' ')} ${file} failed`);
    }
  }
}
const inCi = (process.env.CI ?? '') !== '';
for (const program of missing)
  console.error(`check-shell: ${program} is not here; ${inCi ? 'CI must have it' : 'skipped'}`);
process.exitCode = failed > 0 || (inCi && missing.size > 0) ? 1 : 0;
