import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dist } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** "Where is numpy?": the first line of `status` says whose packages this terminal sees. */

function withEnvironment(): Sandbox {
  const box = sandbox();
  box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: 'venv' } });
  return box;
}

const inside = (box: Sandbox) => join(box.project, '.venv');
const programs = `${dist}/shims:/usr/bin:/bin`;

it.each<[string, (box: Sandbox) => Record<string, string | undefined>, string[]]>([
  [
    'a terminal that is not in the environment of its directory',
    () => ({}),
    ['this terminal: not in ~/shop/.venv, so python and pip list do not see its packages; to enter it: '],
  ],
  [
    'one that is in it',
    (box) => ({ VIRTUAL_ENV: inside(box), PATH: `${inside(box)}/bin:${programs}` }),
    ['this terminal: in ~/shop/.venv\n', 'choice       none needed: pip does not refuse here'],
  ],
  [
    'one that is half in it, as a terminal of an editor',
    (box) => ({ VIRTUAL_ENV: inside(box) }),
    [
      'this terminal: ~/shop/.venv is activated, but pip on PATH is /usr/bin/pip; to enter it: ',
      ', it is activated',
    ],
  ],
  ['one in a plain directory', (box) => ({ PWD: box.home }), ['this terminal: in no environment']],
])('%s is told so', (_, env, said) => {
  const box = withEnvironment();
  const more = env(box);
  const ran = box.run('pip-detour', ['status'], { env: more, cwd: more['PWD'] ?? box.project });
  for (const sentence of said) expect(ran.stdout).toContain(sentence);
  expect(ran.stdout).not.toContain('no pip of its own');
});
