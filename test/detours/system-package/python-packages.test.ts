import { describe, expect, it } from 'vitest';
import { apt } from '../../../src/detours/system-package/managers/apt.ts';
import { pythonPackages } from '../../../src/detours/system-package/python-packages.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import { lacks, systemIsManaged } from '../../support/machine.ts';
import { sandbox } from '../../support/sandbox.ts';
import { situationFor } from '../../support/situations.ts';

/** As apt 2.6 says it where a second source has more Pythons than the distribution. */
const policy = `python3.14:
  Installed: (none)
  Candidate: (none)
  Version table:
python3.13:
  Installed: (none)
  Candidate: 3.13.5-1
  Version table:
     3.13.5-1 500
python3.12:
  Installed: 3.12.3-1
  Candidate: 3.12.3-1
python3.10:
  Installed: (none)
  Candidate: 3.10.14-1
`;

const asked = { manager: 'apt', state: 'unasked', answers: [], attended: true, root: [] } as const;

describe('other Pythons that the distribution has', () => {
  it('apt knows those that can be had and are not here', () => {
    expect([...(apt.pythons?.read(policy) ?? [])]).toEqual([
      ['3.13', 'python3.13'],
      ['3.10', 'python3.10'],
    ]);
    expect(apt.pythons?.read('E: nothing of this form')).toEqual(new Map());
  });

  it.skipIf(!systemIsManaged() || lacks('apt-cache')).each([
    ['>=3.12', 'python3.13'],
    ['<3.11', 'python3.10'],
    ['>=3.14', undefined],
    ['>=3.99', undefined],
  ])('the newest of them that %s takes is %s', async (requires, name) => {
    const box = sandbox();
    box.write('../bin/apt-cache', `#!/bin/sh\ncat <<'END'\n${policy}END\n`, 0o755);
    const variables = { ...box.env, PATH: `${box.home}/bin:/usr/bin:/bin` };
    const here = { ...situationFor('install demo'), systemPackages: asked };
    const found = await pythonPackages(requires, here, readEnvironment(variables));
    expect(found?.name).toBe(name);
    if (found !== undefined)
      expect(found.gets([found.name])?.slice(1)).toEqual(['install', '--no-install-recommends', found.name]);
  });
});
