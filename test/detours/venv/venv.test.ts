import { describe, expect, it } from 'vitest';
import { recommendation } from '../../../src/detours/recommendation.ts';
import { venv } from '../../../src/detours/venv/index.ts';
import type { Situation } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

const runner = '/usr/lib/python3/dist-packages/pip/__pip-runner__.py';
const ready = { environment: { directory: '/home/u/shop/.venv', state: 'ready', version: '3.11' } } as const;

/** The line pip gets in the environment, and what was left out of it. */
function carried(
  line: string,
  change: Partial<Situation> = ready,
): { line: string; dropped: readonly string[] } {
  const plan = venv.plan(situationFor(line, change));
  const step = plan.steps.find((step) => step.kind === 'run' && step.args.includes(runner));
  if (step?.kind !== 'run') throw new Error('no pip in the plan');
  expect(step.command).toBe('/home/u/shop/.venv/bin/python');
  return { line: step.args.slice(1).join(' '), dropped: plan.dropped ?? [] };
}

describe('the command line is carried over whole and in order', () => {
  it.each([
    'install requests',
    'install requests[socks]>=2,<3 flask==3.0',
    'install -r requirements.txt -c constraints.txt',
    'install -e . -e ./lib[dev]',
    'install --index-url https://example.org/simple --extra-index-url https://example.org/more x',
    'install x --hash=sha256:abc --require-hashes',
    'install -Uq x',
    'install -qqr requirements.txt',
    '--proxy http://proxy:3128 --timeout 5 install x',
    'install git+https://example.org/x.git@main#egg=x',
    'install x -- --user',
    'install --log --user x',
    'uninstall -y x',
    'uninstall -r requirements.txt',
  ])('pip %s', (line) => {
    expect(carried(line)).toEqual({ line, dropped: [] });
  });

  it.each([
    ['install --user x', 'install x', ['--user']],
    ['install x --user', 'install x', ['--user']],
    ['install x --break-sys --pre', 'install x --pre', ['--break-system-packages']],
    ['install -r a --user -r b', 'install -r a -r b', ['--user']],
    ['install --user --user x', 'install x', ['--user']],
  ])('pip %s becomes %s: only what contradicts an environment goes, and is named', (typed, line, names) => {
    const result = carried(typed);
    expect(result.line).toBe(line);
    expect(result.dropped.map((text) => text.split(' ')[0])).toEqual(names);
  });

  it('under --isolated, where pip reads no PIP_USER, --no-user stands in', () => {
    expect(carried('--isolated install x').line).toBe('--isolated install --no-user x');
  });
});

describe('the plan', () => {
  it('makes a missing environment with the refused Python, isolated from the current directory', () => {
    const { steps, activate } = venv.plan(situationFor('install x'));
    expect(activate).toBe('/home/u/shop/.venv');
    expect(steps[0]).toEqual({ kind: 'make', path: '/home/u/shop/.venv' });
    expect(steps[1]).toMatchObject({
      command: '/usr/bin/python3',
      args: ['-I', '-m', 'venv', '--without-pip', '/home/u/shop/.venv'],
    });
  });

  it('makes nothing where the environment is ready, and uses the pip it has', () => {
    const pip = '/home/u/shop/.venv/lib/python3.11/site-packages/pip';
    const { steps } = venv.plan(situationFor('install x', { environment: { ...ready.environment, pip } }));
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ args: [`${pip}/__pip-runner__.py`, 'install', 'x'] });
  });

  it('runs a pip that is too old for a runner file without the current directory on its path', () => {
    const environment = { ...ready.environment, pip: '/home/u/shop/.venv/pip', oldPip: true } as const;
    const { steps } = venv.plan(situationFor('install x', { environment }));
    expect(steps).toMatchObject([{ args: ['-I', '-m', 'pip', 'install', 'x'] }]);
  });

  it('puts a broken one aside first', () => {
    const environment = {
      directory: '/home/u/shop/.venv',
      state: 'broken',
      why: 'was left half-made',
    } as const;
    const { steps } = venv.plan(situationFor('install x', { environment }));
    expect(steps[0]).toEqual({ kind: 'make', path: '/home/u/shop/.venv', replace: true });
  });

  it.each([
    ['3.11', ['setuptools', 'pip']],
    ['3.12', ['pip']],
  ] as const)(
    'gives a new one what Python %s puts into one, setuptools before anything is built in it',
    (_, names) => {
      const seeds = names.map((name) => ({ name, source: `/wheels/${name}-1-py3-none-any.whl` }));
      const { steps } = venv.plan(situationFor('install x', { seeds }));
      const given = steps.flatMap((step) =>
        step.kind === 'run' && step.args.join(' ').includes('seed.py') ? [step.args.at(-1)] : [],
      );
      expect(given).toEqual(seeds.map(({ source }) => source));
      const order = steps.map((step) => (step.kind === 'run' ? step.args.join(' ') : ''));
      const install = order.findIndex((line) => line.includes('install x'));
      expect(order.findIndex((line) => line.includes('/wheels/setuptools'))).toBeLessThan(install);
      expect(order.findIndex((line) => line.includes('/wheels/pip'))).toBeGreaterThan(install);
    },
  );

  it.each([
    ['pip', 'pip'],
    ['setuptools', 'setuptools<81'],
  ] as const)('fetches %s from where the packages came when it lies nowhere here', (name, wanted) => {
    const situation = situationFor('install -i https://example.org/simple x', { seeds: [{ name }] });
    const last = venv.plan(situation).steps.at(-1);
    expect(last).toMatchObject({ optional: true, quiet: true });
    expect(last?.kind === 'run' && last.args.slice(1).join(' ')).toBe(
      `install --quiet --retries 0 --index-url https://example.org/simple ${wanted}`,
    );
  });

  it('makes good at the next install that an environment of ours got no pip', () => {
    const environment = { ...ready.environment, owed: true } as const;
    const { steps } = venv.plan(situationFor('install x', { environment }));
    expect(steps.map((step) => step.kind === 'run' && step.title)).toEqual([
      undefined,
      'Giving the environment a pip of its own',
    ]);
  });
});

describe('it declines, in words', () => {
  it.each<[string, string, Partial<Situation>]>([
    ['a line pip itself would not understand', 'install --no-such x', {}],
    ['an uninstall where there is no environment', 'uninstall x', {}],
    [
      'a directory that cannot be written to',
      'install x',
      { place: { directory: '/home/u/shop', writable: false, owner: 0 } },
    ],
    [
      "root in somebody's project",
      'install x',
      { uid: 0, place: { directory: '/home/u/shop', writable: true, owner: 1000 } },
    ],
    [
      'an environment that is none',
      'install x',
      { environment: { directory: '/home/u/shop/.venv', state: 'unusable', why: 'is not a directory' } },
    ],
  ])('%s', (_, line, change) => {
    expect(venv.unavailable(situationFor(line, change))).toMatch(/\w+ \w+/);
  });
});

describe('what is recommended, and why', () => {
  const python = { project: { root: '/home/u/shop', because: 'pyproject.toml', python: true } };
  it.each<[string, Partial<Situation>, string, RegExp]>([
    ['install requests', {}, 'venv', /nothing of the system/],
    [
      'install requests',
      { place: { directory: '/home/u', writable: true, owner: 1000 } },
      'venv',
      /^leaves ~ and the system as they are$/,
    ],
    ['install requests', python, 'venv', /pyproject\.toml/],
    ['install requests', ready, 'venv', /there already/],
    ['install -r requirements.txt', {}, 'venv', /requirements file/],
    ['install -e .', {}, 'venv', /editable/],
    ['install flask requests', {}, 'venv', /several/],
    ['install black', {}, 'pipx', /black is /],
    ['install black', python, 'venv', /pyproject\.toml/],
    ['install black ruff', {}, 'pipx', /./],
    ['install black requests', {}, 'venv', /several/],
  ])('pip %s with %j: %s', (line, change, id, because) => {
    const best = recommendation(situationFor(line, change));
    expect(best?.id).toBe(id);
    expect(best?.recommended).toMatch(because);
  });
});
