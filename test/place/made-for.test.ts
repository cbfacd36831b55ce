import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wasMadeHere } from '../../src/place/made-for.ts';
import { sandbox } from '../support/sandbox.ts';

/** The lines that name the place, as each tool writes them; PLACE is where the environment lies. */
const scripts: readonly (readonly [string, string, boolean])[] = [
  ['venv of Python 3.11', 'VIRTUAL_ENV="PLACE"\nexport VIRTUAL_ENV\n', true],
  [
    'venv of Python 3.13',
    'case "$(uname)" in\n    CYGWIN*)\n        VIRTUAL_ENV=$(cygpath PLACE)\n        ;;\n    *)\n        export VIRTUAL_ENV=PLACE\n        ;;\nesac\n',
    true,
  ],
  [
    'virtualenv 20 and uv',
    'VIRTUAL_ENV=\'PLACE\'\nif [ x = y ]; then\n    VIRTUAL_ENV=$(cygpath -u "$VIRTUAL_ENV")\nfi\n',
    true,
  ],
  ['another place', 'VIRTUAL_ENV=/somewhere/else\n', false],
  ['this place, and another', 'VIRTUAL_ENV=PLACE\nVIRTUAL_ENV=/somewhere/else\n', false],
  ['wherever it lies (uv venv --relocatable)', 'VIRTUAL_ENV="$(dirname "$0")"\n', false],
  ['nothing', '', false],
];

it.each(scripts)('an activate script with the words of %s', (_, text, expected) => {
  const box = sandbox();
  const place = join(box.project, '.venv');
  box.write('.venv/bin/activate', text.replaceAll('PLACE', place));
  expect(wasMadeHere(place)).toBe(expected);
});

it('a place that was named by way of a link is the same place', () => {
  const box = sandbox();
  symlinkSync(box.project, join(box.home, 'link'));
  box.write('.venv/bin/activate', `VIRTUAL_ENV=${box.home}/link/.venv\n`);
  expect(wasMadeHere(join(box.project, '.venv'))).toBe(true);
});

it('without the script nothing says where it was made', () => {
  expect(wasMadeHere(join(sandbox().project, '.venv'))).toBe(false);
});
