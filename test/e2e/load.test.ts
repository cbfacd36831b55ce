import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { list, remember } from '../../src/memory/choices.ts';
import { heldBy } from '../support/environments.ts';
import { heldBuild, processesWith } from '../support/held.ts';
import { dist, lacks, long } from '../support/machine.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

const many = long ? 50 : 8;
const patient = long ? 1_200_000 : 240_000;
const stateOf = (box: Sandbox) => join(box.home, '.local/state/pip-detour');

interface Running {
  readonly pid: number;
  readonly ended: Promise<Ran>;
  /** Resolves once the process itself is gone; others may hold its streams. */
  readonly gone: Promise<void>;
  /** Resolves once stderr holds this. */
  says(text: string): Promise<void>;
}

function start(box: Sandbox, args: readonly string[], cwd = box.project, env = {}): Running {
  const child = spawn(join(dist, 'shims/pip'), ['install', ...args], {
    cwd,
    env: { ...box.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ran>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const says = (text: string) =>
    expect.poll(() => stderr, { timeout: patient, interval: 20 }).toContain(text) as Promise<void>;
  return { pid: child.pid ?? 0, ended, gone, says };
}

const all = (running: readonly Running[]) => Promise.all(running.map(({ ended }) => ended));
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

function expectWhole(box: Sandbox, environment: string): void {
  const python = join(environment, 'bin/python');
  expect(box.run(python, ['-c', 'import demo_lib'], { cwd: '/' }).code).toBe(0);
  expect(box.run(python, ['-m', 'pip', 'check'], { cwd: '/' }).stdout).toBe(
    'No broken requirements found.\n',
  );
  expect(readdirSync(environment)).not.toContain('.pip-detour-unfinished');
}

/** What stands beside an environment when somebody had to make it twice. */
const beside = (directory: string) => readdirSync(directory).filter((name) => name.includes('pip-detour'));

describe(`${many} installs at once`, () => {
  it(
    'in one project, half of them chosen in advance and half remembered: one makes the environment, all end well',
    async () => {
      const box = sandbox();
      await remember(stateOf(box), box.project, 'venv');
      const names = ['demo-lib', 'demo-other'];
      const ran = await all(
        times(many, (index) =>
          start(box, [names[index % 2] ?? ''], box.project, index % 4 < 2 ? { PIP_DETOUR: 'venv' } : {}),
        ),
      );
      expect(ran.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(times(many, () => 0));
      expect(ran.filter(({ stderr }) => stderr.includes('creating ~/shop/.venv')).length).toBeGreaterThan(0);
      expect(ran.filter(({ stderr }) => stderr.includes('Creating ~/shop/.venv'))).toHaveLength(1);
      expectWhole(box, join(box.project, '.venv'));
      expect(beside(box.project)).toEqual([]);
      const { choices, damaged } = await list(stateOf(box));
      expect(choices.map(({ means }) => means.environment?.directory)).toEqual([join(box.project, '.venv')]);
      expect(damaged).toEqual([]);
      expect(existsSync(join(stateOf(box), 'locks'))).toBe(false);
    },
    patient,
  );

  it(
    'in as many projects: none waits for another, and no choice is lost',
    async () => {
      const box = sandbox();
      const projects = times(many, (index) => join(box.home, `project-${index}`));
      for (const project of projects) {
        mkdirSync(project);
        await remember(stateOf(box), project, 'venv');
      }
      const ran = await all(projects.map((project) => start(box, ['demo-lib'], project)));
      expect(ran.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(times(many, () => 0));
      expect(ran.filter(({ stderr }) => stderr.includes('waiting'))).toEqual([]);
      expectWhole(box, join(projects[0] ?? '', '.venv'));
      for (const project of projects)
        expect(readdirSync(join(project, '.venv'))).not.toContain('.pip-detour-unfinished');
      const { choices, damaged } = await list(stateOf(box));
      expect(choices.map(({ means }) => means.environment?.directory).sort()).toEqual(
        projects.map((project) => join(project, '.venv')).sort(),
      );
      expect(damaged).toEqual([]);
    },
    patient,
  );

  it(
    'with nothing chosen and nobody to ask: each is refused as alone, and nothing is made',
    async () => {
      const box = sandbox();
      const ran = await all(times(many, () => start(box, ['demo-lib'])));
      for (const { code, stderr } of ran) {
        expect(code).toBe(1);
        expect(stderr).toContain('error: externally-managed-environment');
      }
      expect(readdirSync(box.project)).toEqual([]);
      expect(existsSync(stateOf(box))).toBe(false);
    },
    patient,
  );
});

it(
  'several shells at the same prompt: the first answer makes the environment, the others are asked whether to go into it',
  async () => {
    const box = sandbox();
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    const users = await Promise.all(times(3, () => shell('bash', box)));
    for (const user of users) user.type('pip install demo-lib');
    for (const user of users) await user.waitFor('esc leave', patient);
    for (const user of users) user.send(keys.enter);
    const changed = /changed while the question was open: [^\n]*the project's virtual environment/;
    const screens = await Promise.all(
      users.map(async (user) => {
        const screen = await user.waitFor(/changed while[\s\S]*esc leave|Remembered for/, patient);
        if (changed.test(screen)) user.send(keys.enter);
        return user.ready(patient);
      }),
    );
    expect(screens.filter((screen) => changed.test(screen)).length).toBeLessThan(users.length);
    for (const screen of screens) expect(screen).toMatch(/Successfully installed|already satisfied/);
    expect(screens.filter((screen) => screen.includes('Successfully installed demo-lib'))).toHaveLength(1);
    expect(screens.join('')).toContain('waiting for another pip-detour');
    expectWhole(box, join(box.project, '.venv'));
    expect(beside(box.project)).toEqual([]);
  },
  patient,
);

it.skipIf(lacks('pipx'))(
  'several applications by pipx at once: one after the other, and each is there',
  async () => {
    const box = sandbox({ PIP_DETOUR: 'pipx' });
    const ran = await all(times(4, (index) => start(box, [index % 2 === 0 ? 'demo-app' : 'demo-clash'])));
    for (const { stdout, stderr } of ran) expect(`${stdout}${stderr}`).not.toMatch(/Traceback|Exception/);
    expect(
      ran.filter(({ stderr }) => stderr.includes('waiting for another pip-detour')).length,
    ).toBeGreaterThan(0);
    const venvs = readdirSync(join(box.home, '.local'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /^(share\/)?pipx\/venvs\/[^/]+$/.test(path))
      .map((path) => basename(path));
    expect(venvs.sort()).toEqual(['demo-app', 'demo-clash']);
    expect(box.run(join(box.home, '.local/bin/demo-app')).code).toBe(0);
  },
  patient,
);

describe('while another makes the environment', () => {
  it('one waits no longer than it is told, and says what to do', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    const first = start(box, [held.name]);
    await held.reached();
    const ran = await start(box, ['demo-lib'], box.project, { PIP_DETOUR_WAIT_TIMEOUT: '0' }).ended;
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /still-busy: another pip-detour \(process \d+\) has been working on ~\/shop\/\.venv/,
    );
    expect(ran.stderr).toContain('PIP_DETOUR_WAIT_TIMEOUT=');
    held.release();
    expect((await first.ended).code).toBe(0);
    expectWhole(box, join(box.project, '.venv'));
  });

  it('and is killed, whoever waits makes it anew and is not stuck', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    const first = start(box, [held.name]);
    await held.reached();
    const second = start(box, ['demo-lib']);
    await second.says('waiting for another pip-detour');
    process.kill(first.pid, 'SIGKILL');
    const ran = await second.ended;
    expect(ran.code, ran.stderr).toBe(0);
    held.releaseLeft();
    expectWhole(box, join(box.project, '.venv'));
    expect(beside(box.project)).toEqual([]);
  });

  it('and is killed while its pip goes on, that pip is ended and writes nothing into the new one', {
    timeout: patient,
  }, async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    const first = start(box, [held.name]);
    await held.reached();
    process.kill(first.pid, 'SIGKILL');
    await first.gone;
    expect(processesWith(box.root).join('\n')).toContain('.venv/bin/python');
    const ran = await start(box, ['demo-other']).ended;
    expect(ran.code, ran.stderr).toBe(0);
    expect(processesWith(box.root)).toEqual([]);
    const packages = heldBy(join(box.project, '.venv'));
    expect(packages).toContain('demo_other-1.0');
    expect(packages).not.toContain('demo_lib-2.0');
    expect(beside(box.project)).toEqual([]);
  });

  it('and is killed in a finished one, its pip ends well first', { timeout: patient }, async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    expect((await start(box, ['demo-other']).ended).code).toBe(0);
    const first = start(box, [held.name]);
    await held.reached();
    process.kill(first.pid, 'SIGKILL');
    await first.gone;
    const second = start(box, ['demo-needs']);
    await second.says('waiting for another pip-detour');
    held.release();
    const ran = await second.ended;
    expect(ran.code, ran.stderr).toBe(0);
    expectWhole(box, join(box.project, '.venv'));
  });

  it('a build that calls pip itself goes into it and waits for nobody', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const directory = join(box.project, 'calls');
    box.write(
      'calls/pyproject.toml',
      '[build-system]\nrequires = []\nbuild-backend = "calling"\nbackend-path = ["."]\n',
    );
    const wheel = readdirSync(box.wheels).find((name) => name.startsWith('demo_lib-2.0')) ?? '';
    box.write(
      'calls/calling.py',
      `import shutil, subprocess
def get_requires_for_build_wheel(settings=None):
    subprocess.run(['pip', 'install', 'demo-other'], check=True, cwd=${JSON.stringify(box.project)})
    return []
def build_wheel(directory, settings=None, metadata=None):
    shutil.copy(${JSON.stringify(join(box.wheels, wheel))}, directory)
    return ${JSON.stringify(wheel)}
`,
    );
    const ran = await start(box, [directory], box.project, { PIP_DETOUR_WAIT_TIMEOUT: '20' }).ended;
    expect(ran.code, ran.stderr).toBe(0);
    expectWhole(box, join(box.project, '.venv'));
    rmSync(directory, { recursive: true });
  });
});
