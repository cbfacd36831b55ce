import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { choicesDirectory, remember } from '../../src/memory/choices.ts';
import { choose } from '../support/choose.ts';
import { python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** What lies nearer to the person wins over a choice for a directory above. */

let box: Sandbox;
let state: string;
beforeEach(() => {
  box = sandbox();
  state = join(box.home, '.local/state/pip-detour');
});

const inApi = (env: Record<string, string> = {}, cwd = 'api') =>
  box.run('pip', ['install', 'demo-lib'], { cwd: join(box.project, cwd), env });
const has = (environment: string) =>
  existsSync(join(box.project, environment, 'bin/python')) &&
  box.run(join(box.project, environment, 'bin/python'), ['-c', 'import demo_lib'], { cwd: '/' }).code === 0;
const command = (...words: string[]) => box.run('pip-detour', words, { cwd: join(box.project, 'api') });

/** What makes `api` a project of its own, and how it is named. */
const own: readonly (readonly [string, (box: Sandbox) => unknown, string])[] = [
  ['an environment', ({ run }) => run(python, ['-m', 'venv', '--without-pip', 'api/.venv']), '.venv'],
  [
    'an environment of another usual name',
    ({ run }) => run(python, ['-m', 'venv', '--without-pip', 'api/env']),
    'env',
  ],
  [
    'a project file',
    ({ write }) => write('api/pyproject.toml', '[project]\nname = "api"\n'),
    'pyproject.toml',
  ],
  ['setup.py', ({ write }) => write('api/setup.py', ''), 'setup.py'],
  ['a requirements file', ({ write }) => write('api/requirements-dev.txt', ''), 'requirements-dev.txt'],
  ['a lock file', ({ write }) => write('api/poetry.lock', ''), 'poetry.lock'],
  ['a lock file of PEP 751', ({ write }) => write('api/pylock.dev.toml', ''), 'pylock.dev.toml'],
  ['a repository', ({ project }) => mkdirSync(join(project, 'api/.git')), 'git repository'],
];

describe('a choice does not reach into a directory below it that has', () => {
  it.each(own)('%s', async (_, make, named) => {
    await remember(state, box.project, 'venv');
    mkdirSync(join(box.project, 'api/src'), { recursive: true });
    make(box);
    for (const cwd of ['api', 'api/src']) {
      const ran = inApi({}, cwd);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(/^error: externally-managed-environment/);
      expect(ran.stderr).toContain(
        `venv is remembered for ~/shop and is not used here, because ~/shop/api has its own ${named}.`,
      );
    }
    expect(box.exists('.venv')).toBe(false);
    // Whoever says what to do now is followed there, and nothing above is changed.
    expect(inApi({ PIP_DETOUR: 'venv' }).stderr).toMatch(/~\/shop\/api\/\.?v?env/);
    expect(box.exists('.venv')).toBe(false);
  });
});

it('it reaches into every other directory below', async () => {
  await remember(state, box.project, 'venv');
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  box.write('src/shop/__init__.py', '');
  box.write('tests/conftest.py', '');
  for (const cwd of ['src/shop', 'tests']) {
    const ran = inApi({}, cwd);
    expect(ran.stderr).toContain('~/shop/.venv');
    expect(ran.stderr).toContain('remembered for ~/shop');
    expect(ran.code).toBe(0);
  }
  expect(has('.venv')).toBe(true);
});

it('agents are told so, and given the line for here', async () => {
  await remember(state, box.project, 'venv');
  inApi({}, '.');
  box.write('api/pyproject.toml', '[project]\nname = "api"\n');
  const { stderr } = inApi({ AI_AGENT: '1' });
  const told = JSON.parse(/^pip-detour-hint: (.*)$/m.exec(stderr)?.[1] ?? '{}');
  expect(told).toMatchObject({
    notTaken:
      'venv is remembered for ~/shop and is not used here, because ~/shop/api has its own pyproject.toml',
    run: 'PIP_DETOUR=venv pip install demo-lib',
  });
  expect(inApi({ PIP_DETOUR: 'venv' }).code).toBe(0);
  expect([has('api/.venv'), has('.venv')]).toEqual([true, true]);
});

it('the question says so and offers the environment above by name; taken, it is remembered for here', async () => {
  await remember(state, box.project, 'venv');
  box.run('pip', ['install', 'demo-other']);
  box.write('api/pyproject.toml', '[project]\nname = "api"\nversion = "1"\n');
  const user = await shell('bash', box, { cwd: join(box.project, 'api'), columns: 160 });
  user.type('pip install demo-lib');
  const screen = await user.waitFor('esc leave');
  expect(screen).toContain('is not used here, because ~/shop/api has its own pyproject.toml.');
  expect(screen).toMatch(
    /Use a virtual environment here +create ~\/shop\/api\/\.venv .*pyproject\.toml here/,
  );
  expect(screen).toMatch(/Use the environment of ~\/shop +~\/shop\/\.venv/);
  await choose(user, /Use the environment of ~\/shop/);
  const end = await user.ready();
  expect(end).toContain('Remembered for ~/shop/api');
  expect([has('.venv'), box.exists('api/.venv')]).toEqual([true, false]);
  const again = box.run('pip', ['install', '--force-reinstall', 'demo-lib'], {
    cwd: join(box.project, 'api'),
  });
  expect(again.stderr).toContain('~/shop/.venv');
  expect(again.stderr).toContain('remembered for ~/shop/api');
  expect(again.code).toBe(0);
});

it('what is answered where an environment above is used is remembered for here, so that it holds', async () => {
  box.run(python, ['-m', 'venv', '--without-pip', '.venv']);
  box.write('api/pyproject.toml', '[project]\nname = "api"\nversion = "1"\n');
  const user = await shell('bash', box, { cwd: join(box.project, 'api'), columns: 160 });
  user.type('pip install demo-lib');
  await choose(user, /virtual environment/);
  expect(await user.ready()).toContain('Remembered for ~/shop/api');
  expect(inApi().code).toBe(0);
});

it('status, explain and the settings say the same', async () => {
  await remember(state, box.project, 'venv');
  box.write('api/poetry.lock', '');
  const why =
    'venv is remembered for ~/shop and is not used here, because ~/shop/api has its own poetry.lock';
  const status = JSON.parse(command('status', '--json').stdout);
  expect(status).toMatchObject({ choice: null, project: { root: join(box.project, 'api') } });
  expect(status.order).toContainEqual({ source: 'remembered', says: null, stands: false, because: why });
  expect(command('status').stdout).toContain(why);
  expect(command('explain', '--', 'pip', 'install', 'demo-lib').stdout).toContain(why);
});

it('whoever wants one environment for a whole tree can say so, and it is said that they did', async () => {
  box.write('api/pyproject.toml', '[project]\nname = "api"\n');
  expect(command('config', 'set', '--directory', box.project, 'detour', 'venv').code).toBe(0);
  const ran = inApi();
  expect(ran.code).toBe(0);
  expect([has('.venv'), box.exists('api/.venv')]).toEqual([true, false]);
  const said = '~/shop/api has its own pyproject.toml, and you set venv for all of ~/shop';
  expect(ran.stderr).toContain(`set by you for ~/shop; ${said}`);
  expect(command('status').stdout).toContain(said);
  expect(command('explain', '--', 'pip', 'install', 'demo-lib').stdout).toContain(said);
});

it('said with where environments are to be made, every project below has its own, unasked', () => {
  box.write('api/pyproject.toml', '[project]\nname = "api"\n');
  command('config', 'set', '--directory', box.project, 'detour', 'venv');
  command('config', 'set', '--directory', box.project, 'environment-place', 'project');
  expect(inApi().stderr).toContain('creating ~/shop/api/.venv');
});

it('a damaged record above is left alone', async () => {
  await remember(state, box.project, 'venv');
  const [file = ''] = box.run('ls', [choicesDirectory(state)]).stdout.split('\n');
  box.run('sh', ['-c', `echo '{' > '${join(choicesDirectory(state), file)}'`]);
  box.write('api/poetry.lock', '');
  expect(inApi().stderr).not.toContain('pip-detour: the choice');
});
