import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { python } from '../../support/machine.ts';
import { sandbox } from '../../support/sandbox.ts';

/** A wheel that breaks off in its last file, as a full disk would break off writing it. */
const breakOff = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    archive.writestr("pip/__init__.py", "")
    archive.writestr("pip-9.dist-info/RECORD", "")
    archive.writestr("pip/last.py", "the last words")
data = open(sys.argv[1], "rb").read()
open(sys.argv[1], "wb").write(data.replace(b"the last words", b"xxxxxxxxxxxxxx"))
`;

it('a pip that cannot be unpacked whole is not left behind in part', () => {
  const box = sandbox();
  const directory = join(box.project, '.venv');
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', directory]);
  const wheel = join(box.root, 'pip-9-py3-none-any.whl');
  execFileSync(python, ['-c', breakOff, wheel]);
  const seed = spawnSync(join(directory, 'bin/python'), ['-I', 'src/python/seed-pip.py', wheel], {
    encoding: 'utf8',
  });
  expect(seed.stderr).toContain('BadZipFile');
  const [library = ''] = readdirSync(join(directory, 'lib'));
  expect(readdirSync(join(directory, 'lib', library, 'site-packages'))).toEqual([]);
});
