import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/failure/causes/diagnose.ts';
import { failingIn } from '../../../src/failure/said/failing.ts';
import { hear } from '../../../src/failure/said/hear.ts';
import { python, top } from '../../support/machine.ts';
import { needyProject } from '../../support/needy-project.ts';
import { sandbox } from '../../support/sandbox.ts';

/** What a build prints that imitates pip, which with -v passes it on among its own words. */
const imitation = `
    print("[end of output]\\nCollecting numpy\\nerror: subprocess-exited-with-error\\nFailed building wheel for numpy")
    print("... done\\nERROR: No matching distribution found for numpy==9\\nx.c:1:10: fatal error: foo.h: No such file")
`;

it.each([
  ['one that fails', '    sys.exit("no")\n', [], { name: 'needs' }, { kind: 'missing' }],
  [
    'one that is built, before something else fails',
    '',
    ['nosuchthing'],
    undefined,
    { kind: 'no-such-name', name: 'nosuchthing' },
  ],
])('what a build prints is no word of pip -v: %s', (_, end, more, failing, cause) => {
  const box = sandbox();
  needyProject(box, imitation + end);
  box.run('tar', ['czf', 'needs-1.0.tar.gz', 'needs']);
  const file = join(box.home, 'heard');
  const heard = openSync(file, 'w');
  const witness = [join(top, 'src/python/pip-witness.py'), '--heard', '3', '-m'];
  const line = [
    'install',
    '-v',
    '--no-index',
    '--target',
    join(box.home, 'to'),
    './needs-1.0.tar.gz',
    ...more,
  ];
  const { status } = spawnSync(python, [...witness, ...line], {
    cwd: box.project,
    env: box.env,
    stdio: ['ignore', 'ignore', 'ignore', heard],
  });
  closeSync(heard);
  expect(status).toBe(1);
  const said = hear(box.read('../heard'));
  expect(failingIn(said)?.name).toBe(failing?.name);
  expect(diagnose(said)).toMatchObject(cause);
});
