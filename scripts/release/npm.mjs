// The npm package: no dependency, no script; one command.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzip, tar } from './archives.mjs';
import { below, fileEntry, programFor } from './program.mjs';

/** npm links to this file; Node is what npm itself runs with. What brings another one, or becomes a command, is the shell's part. */
const command = `#!/usr/bin/env node
'use strict';
if (process.argv.includes('--with-node') || process.argv[2] === 'run') {
  const words = [require('node:path').join(__dirname, '../shims/pip-detour'), ...process.argv.slice(2)];
  const { status, signal } = require('node:child_process').spawnSync('/bin/sh', words, { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
} else {
  process.argv.splice(2, 0, '--command');
  require('../lib/start.cjs');
}
`;

export function npmPackage(release) {
  const { top, version, seconds, about } = release;
  const program = programFor('npm', release);
  const described = {
    name: about.name,
    version,
    description: about.description,
    license: about.license,
    bin: { 'pip-detour': 'bin/pip-detour.cjs' },
    files: ['bin', ...new Set(program.map(({ path }) => path.split('/')[0]))],
    // What runs it; to build it takes a newer one (package.json of the sources).
    engines: { node: `>=${about.runs}` },
    os: ['!win32'],
  };
  const entries = [
    fileEntry('package.json', `${JSON.stringify(described, null, 2)}\n`),
    fileEntry('README.md', readFileSync(join(top, 'README.md'))),
    fileEntry('bin/pip-detour.cjs', command, true),
    ...program,
  ];
  return { name: `${about.name}-${version}.tgz`, bytes: gzip(tar(below('package', entries), seconds)) };
}
