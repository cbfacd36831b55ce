import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allSettings, variableOf } from '../../src/settings/schema.ts';
import { agents, ciServices } from '../../src/system/automation.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { dist, top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/** Who is recognised by Node and by the shell, row by row of the one table. */

const withAll = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1']));

describe('by Node', () => {
  it.each(agents)('$variable is an agent’s ($name): nobody is asked', ({ variable }) => {
    expect(readEnvironment({ HOME: '/', [variable]: '1' })).toMatchObject({
      agent: variable,
      unattended: `${variable} is set`,
    });
    expect(readEnvironment({ HOME: '/', [variable]: '' }).unattended).toBeUndefined();
  });

  it.each(ciServices)('$variables are of a job of $name: nobody is asked', ({ variables }) => {
    expect(readEnvironment({ HOME: '/', ...withAll(variables) })).toMatchObject({ ci: true });
    expect(readEnvironment({ HOME: '/', ...withAll(variables.slice(1)) }).ci).toBe(false);
    expect(readEnvironment({ HOME: '/', CI: 'false', ...withAll(variables) }).ci).toBe(false);
  });
});

const common = join(top, 'shims/parts/program.sh');

/** Which of these variables, each set alone, a function of unattended.sh takes for nothing. */
function overlooked(check: string, names: readonly string[]): string[] {
  // The shim has its common part in it, and only then reads unattended.sh.
  const script = `. "$2"; _pd_home=$1; . "$1/unattended.sh"; shift 2; cd /
for name in "$@"; do if (eval "$name=x; export $name"; ${check}); then printf '%s\\n' "$name"; fi; done`;
  const ran = sandbox().run('/bin/sh', ['-c', script, 'sh', dist, common, ...names]);
  expect(ran.stderr).toBe('');
  return ran.stdout.split('\n').filter((name) => name !== '');
}

describe('by the shell, which leaves them to Node', () => {
  it('every agent, and every service', () => {
    const known = [
      ...agents.map(({ variable }) => variable),
      ...ciServices.map(({ variables }) => variables.at(-1) ?? ''),
    ];
    expect(overlooked('_pd_nobody', [...known, 'SOME_OTHER'])).toEqual(['SOME_OTHER']);
  });

  it('every setting that a variable says, but for the hint, which it knows itself', () => {
    const said = allSettings.map(variableOf).filter((name) => name !== 'PIP_DETOUR_HINT');
    expect(overlooked('_pd_nothing_stands', [...said, 'SOME_OTHER'])).toEqual(['SOME_OTHER']);
  });
});
