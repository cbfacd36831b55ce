import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMountedFrom } from '../../src/place/file-system.ts';
import { wasMadeHere } from '../../src/place/made-for.ts';
import { canMount } from '../support/machines.ts';
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

describe('an environment that is seen through a mount, while the place it was made for is hidden,', () => {
  it.each<[string, string, string, boolean]>([
    ['docker run -v', '/home/ana/shop', '/home/ana/shop/.venv', true],
    ['a home on a disk of its own', '/ana/shop', '/home/ana/shop/.venv', true],
    ['a directory that was moved', '/home/ana/store', '/home/ana/shop/.venv', false],
    ['a whole disk', '/', '/home/ana/shop/.venv', false],
    ['a name that only ends alike', '/op', '/home/ana/shop/.venv', false],
  ])('%s', (_, root, origin, is) => {
    const mounts = `1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:1 ${root} /code rw - ext4 /dev/sda1 rw\n`;
    expect(isMountedFrom('/code/.venv', origin, mounts)).toBe(is);
  });

  it.skipIf(!canMount)('is left as it is, and another is made outside', () => {
    const box = sandbox();
    box.run('python3', ['-m', 'venv', '--without-pip', '.venv']);
    const before = box.read('.venv/bin/activate');
    const seen = join(box.root, 'seen');
    mkdirSync(seen);
    const line = `mount --bind "${box.project}" "${seen}" && mount -t tmpfs none "${box.project}" && cd "${seen}" && PIP_DETOUR=venv pip install demo-lib`;
    const ran = box.run('unshare', ['--mount', '--', 'sh', '-c', line]);
    expect(ran.stderr).toContain(`is mounted here from ${box.project}/.venv and was made to lie there`);
    expect(ran.stdout, ran.stderr).toContain('Successfully installed demo-lib');
    expect(box.read('.venv/bin/activate')).toBe(before);
    expect(box.run('find', ['.venv', '-name', 'demo_lib']).stdout).toBe('');
  });
});
