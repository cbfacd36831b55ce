// pip-detour-VERSION.tar.gz: the program, built, and the install.sh that is also the clone's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzip, tar } from './archives.mjs';
import { below, fileEntry, programFor } from './program.mjs';

/** What install.sh runs of the checkout's scripts. */
const scripts = ['same-program.mjs', 'swap.py'];

export function archive(release) {
  const { top, version, seconds } = release;
  const file = (path, executable) => fileEntry(path, readFileSync(join(top, path)), executable);
  const entries = [
    file('install.sh', true),
    ...['README.md', 'CHANGELOG.md', 'LICENSE'].map((path) => file(path)),
    ...scripts.map((name) => file(`scripts/${name}`)),
    ...below('program', programFor('archive', release)),
  ];
  const name = `pip-detour-${version}`;
  return { name: `${name}.tar.gz`, bytes: gzip(tar(below(name, entries), seconds)) };
}
