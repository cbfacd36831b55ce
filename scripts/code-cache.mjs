// Lets V8 keep what it made of the bundles, for start.cjs to load them with: a third less time until the prompt stands.
//   node code-cache.mjs PROGRAM [WHERE]    writes WHERE/*.cache (PROGRAM/lib); they hold for this Node alone, others pass them over
// Taken after use: V8 compiles a function when it is first called, and what has not been called is not in the cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';

const [, , given, where, stage] = process.argv;
const library = join(resolve(given), 'lib');
const kept = where === undefined ? library : resolve(where);
// What an administrator makes for all users is for them to read.
process.umask(0o022);
if (stage === undefined) inAnEmptyPlace();
else await use();

/** The way through the house is walked with a HOME, a Python and a pip that are made for it: nothing of the person's is read. */
function inAnEmptyPlace() {
  const place = mkdtempSync(join(tmpdir(), 'pip-detour-cache-'));
  try {
    const bin = join(place, 'bin');
    const stdlib = join(place, 'lib/python3.11');
    mkdirSync(bin);
    makePip(join(stdlib, 'site-packages/pip'));
    // No `#!`: a Python that has one is a version manager's to us. What is none is run by sh (execvp(3)).
    for (const name of ['python3.11', 'uv']) writeFileSync(join(bin, name), 'exit 0\n', { mode: 0o755 });
    writeFileSync(join(bin, 'pip'), pip(join(bin, 'python3.11')), { mode: 0o755 });
    writeFileSync(join(stdlib, 'os.py'), '');
    writeFileSync(join(stdlib, 'EXTERNALLY-MANAGED'), '[externally-managed]\nError=…\n');
    for (const name of ['first', 'uv', 'asked']) mkdirSync(join(place, 'home', name), { recursive: true });
    const environment = join(place, 'home/again/.venv');
    makePip(join(environment, 'lib/python3.11/site-packages/pip'));
    mkdirSync(join(environment, 'bin'));
    symlinkSync(join(bin, 'python3.11'), join(environment, 'bin/python'));
    writeFileSync(join(environment, 'pyvenv.cfg'), `home = ${bin}\nversion = 3.11.2\n`);
    writeFileSync(join(environment, 'bin/activate'), '');
    const ran = spawnSync(
      process.execPath,
      [import.meta.filename ?? process.argv[1], library.slice(0, -4), kept, place],
      {
        cwd: place,
        env: { HOME: join(place, 'home'), PATH: bin, TERM: 'xterm', LANG: 'C.UTF-8' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    if (ran.status !== 0) process.stderr.write(ran.stderr ?? '');
    process.exitCode = ran.status ?? 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function makePip(directory) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, '__init__.py'), '__version__ = "24.0"\n');
  writeFileSync(join(directory, '__pip-runner__.py'), '');
}

/** pip's own script to us, and to sh a pip that refuses. */
function pip(python) {
  return `#!${python}
from() { :; }
from pip._internal.cli.main import main
echo 'error: externally-managed-environment

× This environment is externally managed' >&2
exit 1
`;
}

async function use() {
  const require = createRequire(join(library, 'start.cjs'));
  const scripts = new Map();
  // As in start.cjs; a module compiled in any other form would not match.
  require.extensions['.cjs'] = (module, file) => {
    const script = new Script(require('node:module').wrap(readFileSync(file, 'utf8')), { filename: file });
    scripts.set(file, script);
    script
      .runInThisContext()
      .call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  };
  const { main } = require(join(library, 'intercept.cjs'));
  const call = async (project, variables = {}) => {
    const before = { ...process.env };
    process.chdir(join(stage, 'home', project));
    Object.assign(process.env, variables);
    await main('pip', join(stage, 'bin/pip'), ['install', 'demo']);
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  };
  await call('first', { PIP_DETOUR: 'venv' });
  await call('uv', { PIP_DETOUR: 'venv', PIP_DETOUR_INSTALLER: 'uv' });
  remember(join(stage, 'home/again'));
  await call('again');
  // As if somebody were there, who goes away at once: in the foreground, by fields 5 and 8 of proc_pid_stat(5).
  require('node:tty').isatty = () => true;
  const fs = require('node:fs');
  const { readFileSync: read } = fs;
  fs.readFileSync = (file, ...how) =>
    file === '/proc/self/stat' ? '1 (node) S 0 1 1 0 1' : read(file, ...how);
  await call('asked');
  process.exitCode = 0;
  mkdirSync(kept, { recursive: true });
  for (const name of ['opening', 'prompt']) require(join(library, `${name}.cjs`)).warm();
  for (const name of ['intercept', 'opening', 'prompt']) {
    const file = join(library, `${name}.cjs`);
    const data = scripts.get(file).createCachedData();
    writeFileSync(join(kept, `${name}.cache`), Buffer.concat([data, data, readFileSync(file)]));
  }
}

/** As src/memory/record.ts has it. */
function remember(directory) {
  const choices = join(stage, 'home/.local/state/pip-detour/choices');
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  mkdirSync(choices, { recursive: true, mode: 0o700 });
  const record = { version: 2, directory, detour: 'venv', at: new Date().toISOString(), means: {} };
  writeFileSync(join(choices, `${name}.json`), JSON.stringify(record), { mode: 0o600 });
}
