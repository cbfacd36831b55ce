// Lets V8 keep what it made of the bundles, for start.cjs to load them with: a third less time until the prompt stands.
//   node scripts/code-cache.mjs PROGRAM    writes PROGRAM/lib/*.cache; they hold for this Node alone, others pass them over
// Taken after use: V8 compiles a function when it is first called, and what has not been called is not in the cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';

const [, , given, stage] = process.argv;
const library = join(resolve(given), 'lib');
if (stage === undefined) inAnEmptyPlace();
else await use();

/** The way through the house is walked with a HOME, a Python and a pip that are made for it: nothing of the person's is read. */
function inAnEmptyPlace() {
  const place = mkdtempSync(join(tmpdir(), 'pip-detour-cache-'));
  try {
    const bin = join(place, 'bin');
    const stdlib = join(place, 'lib/python3.11');
    mkdirSync(bin);
    mkdirSync(join(stdlib, 'site-packages/pip'), { recursive: true });
    mkdirSync(join(place, 'home/project'), { recursive: true });
    writeFileSync(join(bin, 'python3.11'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    writeFileSync(
      join(bin, 'pip'),
      `#!${bin}/python3.11\nfrom pip._internal.cli.main import main\nmain()\n`,
      { mode: 0o755 },
    );
    writeFileSync(join(stdlib, 'os.py'), '');
    writeFileSync(join(stdlib, 'EXTERNALLY-MANAGED'), '[externally-managed]\nError=…\n');
    writeFileSync(join(stdlib, 'site-packages/pip/__init__.py'), '__version__ = "24.0"\n');
    const ran = spawnSync(process.execPath, [import.meta.filename ?? process.argv[1], given, place], {
      cwd: join(place, 'home/project'),
      env: { HOME: join(place, 'home'), PATH: bin, PIP_DETOUR: 'venv', TERM: 'xterm', LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (ran.status !== 0) process.stderr.write(ran.stderr ?? '');
    process.exitCode = ran.status ?? 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
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
  const pip = join(stage, 'bin/pip');
  await require(join(library, 'intercept.cjs')).main('pip', pip, ['install', 'demo']);
  process.exitCode = 0;
  require(join(library, 'prompt.cjs')).warm();
  for (const [file, script] of scripts) {
    const data = script.createCachedData();
    const digest = createHash('sha1').update(readFileSync(file)).update(data).digest();
    writeFileSync(file.replace(/cjs$/, 'cache'), Buffer.concat([digest, data]));
  }
}
