import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allChoiceSources, type ChoiceSource, standingChoice } from '../../src/flow/choose.ts';
import { remember } from '../../src/memory/choices.ts';
import { readSettings } from '../../src/settings/read.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import type { DetourId } from '../../src/types.ts';
import { dist } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { isRoot, say } from './saying.ts';

/** The sources of a choice, the strongest first. */
const order = ['environment', 'active', 'remembered', 'directory', 'project', 'settings', 'policy'] as const;
type Who = (typeof order)[number];

/** Has one of them choose a detour (an activated environment can only be itself); gives the variables it takes. */
async function choose(box: Sandbox, who: Who, detour: DetourId | 'none'): Promise<Record<string, string>> {
  switch (who) {
    case 'environment':
      return { PIP_DETOUR: detour };
    case 'active':
      box.run('/usr/bin/python3', ['-m', 'venv', '--without-pip', '.active']);
      return { VIRTUAL_ENV: join(box.project, '.active') };
    case 'remembered':
      if (detour !== 'none') await remember(join(box.home, '.local/state/pip-detour'), box.project, detour);
      return {};
    case 'settings':
      return say(box, 'user', 'detour', detour);
    default:
      return say(box, who, 'detour', detour);
  }
}

const pairs = order
  .flatMap((stronger, at) => order.slice(at + 1).map((weaker): [Who, Who] => [stronger, weaker]))
  .filter(([, weaker]) => isRoot || weaker !== 'policy');

async function hear(box: Sandbox, variables: Readonly<Record<string, string>>) {
  const environment = readEnvironment({ ...box.env, ...variables });
  const settings = await readSettings(environment, box.project);
  return {
    standing: await standingChoice(environment, box.project, settings),
    voices: await allChoiceSources(environment, box.project, settings),
  };
}

const said = ({ says }: ChoiceSource) => (says === undefined || says === 'ask' ? says : says.detour);

describe('of two who choose', () => {
  it.each(pairs)('%s comes before %s', async (stronger, weaker) => {
    const box = sandbox();
    const variables = {
      ...(await choose(box, weaker, 'pipx')),
      ...(await choose(box, stronger, 'venv')),
    };
    const { standing, voices } = await hear(box, variables);
    expect(standing.warnings).toEqual([]);
    expect(standing.choice).toMatchObject({
      source: stronger,
      detour: stronger === 'active' ? 'active-venv' : 'venv',
    });
    // Both are told of, in this order.
    const speaking = voices.filter((voice) => voice.says !== undefined);
    expect(speaking.map(({ source }) => source)).toEqual([stronger, weaker]);
    expect(speaking.map(said)[1]).toBe(weaker === 'active' ? 'active-venv' : 'pipx');
  });

  it('everybody is listed, in the order of docs/settings.md', async () => {
    const { voices } = await hear(sandbox(), {});
    expect(voices.map(({ source }) => source)).toEqual(order);
  });

  it.each(order.slice(3, 6))('ask, said by %s, asks, whatever weaker ones choose', async (who) => {
    const box = sandbox();
    const below = order.slice(order.indexOf(who) + 1).filter((each) => isRoot || each !== 'policy');
    let variables = {};
    for (const weaker of below) variables = { ...variables, ...(await choose(box, weaker, 'venv')) };
    say(box, who === 'settings' ? 'user' : who === 'directory' ? who : 'project', 'detour', 'ask');
    expect((await hear(box, variables)).standing.choice).toBeUndefined();
  });

  it.each(['remembered', 'directory', 'project', 'settings'] as const)(
    'PIP_DETOUR=ask passes over %s',
    async (who) => {
      const box = sandbox();
      await choose(box, who, 'venv');
      expect((await hear(box, { PIP_DETOUR: 'ask' })).standing.choice).toBeUndefined();
    },
  );

  it('PIP_DETOUR=ask does not pass over an activated environment', async () => {
    const box = sandbox();
    const variables = await choose(box, 'active', 'active-venv');
    const { standing } = await hear(box, { ...variables, PIP_DETOUR: 'ask' });
    expect(standing.choice).toMatchObject({ source: 'active' });
  });

  it('what waits to be trusted is passed over for the next who speaks, and that is said', async () => {
    const box = sandbox();
    await choose(box, 'project', 'other-python');
    await choose(box, 'settings', 'venv');
    const { standing, voices } = await hear(box, {});
    expect(standing.choice).toMatchObject({ source: 'settings', detour: 'venv' });
    expect(standing.warnings).toEqual([expect.stringContaining('pip-detour trust ')]);
    expect(voices.find(({ source }) => source === 'project')?.note).toBe(
      'other-python, ignored until you trust the file',
    );
  });
});

describe('the same, as pip does it', () => {
  /** Stronger, weaker: `none` leaves pip's refusal, `venv` installs; a memory cannot hold `none`. */
  it.each<[Who, Who]>([
    ['environment', 'remembered'],
    ['environment', 'project'],
    ['remembered', 'project'],
    ['directory', 'project'],
    ['project', 'settings'],
  ])('%s says venv, %s says none: installed', async (stronger, weaker) => {
    const box = sandbox();
    const variables = { ...(await choose(box, weaker, 'none')), ...(await choose(box, stronger, 'venv')) };
    const ran = box.run('pip', ['install', 'demo-lib'], { env: variables });
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(box.exists('.venv/bin/python')).toBe(true);
  });

  it.each<[Who, Who]>([
    ['environment', 'remembered'],
    ['directory', 'settings'],
    ['project', 'settings'],
  ])('%s says none, %s says venv: refused', async (stronger, weaker) => {
    const box = sandbox();
    const variables = { ...(await choose(box, weaker, 'venv')), ...(await choose(box, stronger, 'none')) };
    const ran = box.run('pip', ['install', 'demo-lib'], { env: variables });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('error: externally-managed-environment');
    expect(box.exists('.venv')).toBe(false);
  });

  it.runIf(isRoot)(
    'the administrator’s default is taken where nobody else says anything, and named',
    async () => {
      const box = sandbox();
      const variables = await choose(box, 'policy', 'venv');
      const ran = box.run('pip', ['install', 'demo-lib'], { env: variables });
      expect(ran.code).toBe(0);
      expect(ran.stderr).toContain('set by your administrator in /');
    },
  );

  it('status and explain print the order with the reasons', async () => {
    const box = sandbox();
    await choose(box, 'remembered', 'venv');
    await choose(box, 'project', 'pipx');
    for (const args of [['status'], ['explain', '--', 'pip', 'install', 'demo-lib']]) {
      const { stdout } = box.run(`${dist}/shims/pip-detour`, args);
      expect(stdout).toMatch(/^ {2}PIP_DETOUR +not set$/m);
      expect(stdout).toMatch(/^> remembered +venv, remembered for ~\/shop$/m);
      expect(stdout).toMatch(/^ {2}the project +pipx, set in ~\/shop\/\.pip-detour\.toml$/m);
      expect(stdout).toMatch(/^ {2}your administrator +nothing$/m);
    }
    const { order: rows } = JSON.parse(box.run(`${dist}/shims/pip-detour`, ['status', '--json']).stdout);
    expect(rows).toContainEqual({
      source: 'remembered',
      says: 'venv',
      stands: true,
      because: 'remembered for ~/shop',
    });
  });
});
