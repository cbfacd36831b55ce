import { chownSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks } from '../support/machine.ts';
import { canMount, inContainer } from '../support/machines.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

const install = 'pip install demo-lib';

describe.skipIf(!canMount)('in a container (an overlay as root, made by a mount of our own)', () => {
  it('a Docker build is told the two lines for its Dockerfile, and nothing is installed', () => {
    const ran = inContainer(sandbox(), install);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/RUN .*python3 -m venv \/opt\/venv, then ENV PATH=\/opt\/venv\/bin:\$PATH/);
    expect(ran.stderr).toContain(`PIP_DETOUR=break-system-packages ${install}`);
  });

  it('an agent in it is told the same in JSON', () => {
    const ran = inContainer(sandbox({ CLAUDECODE: '1' }), install, { files: ['/.dockerenv'] });
    const json = /^pip-detour-hint: (.*)$/m.exec(ran.stderr)?.[1] ?? '';
    expect(JSON.parse(json)).toMatchObject({
      recommended: 'break-system-packages',
      run: `PIP_DETOUR=break-system-packages ${install}`,
    });
  });
});

it('an agent reads what refused, and the command to run instead, which then works', () => {
  const box = sandbox({ CODEX_SANDBOX: '1' });
  const ran = box.run('pip', ['install', 'demo-lib', '--only-binary', ':all: é\u202e']);
  const json = /^pip-detour-hint: (.*)$/m.exec(ran.stderr)?.[1] ?? '';
  expect(json).toMatch(/^[\x20-\x7e]+$/);
  const said = JSON.parse(json);
  expect(said).toMatchObject({
    reference: 'externally-managed-environment',
    because: 'CODEX_SANDBOX is set',
    recommended: 'venv',
    silence: 'PIP_DETOUR_HINT=0',
  });
  expect(said.detours).toEqual(expect.arrayContaining(['venv', 'pipx', 'none']));
  const plain = box.run('pip', ['install', 'demo-lib']);
  const { run } = JSON.parse(/^pip-detour-hint: (.*)$/m.exec(plain.stderr)?.[1] ?? '');
  expect(box.run('/bin/sh', ['-c', run]).stdout).toContain('Successfully installed demo-lib-2.0');
});

describe('an agent is recommended what a person would be', () => {
  function told(box: Sandbox, args: readonly string[], env: Record<string, string> = {}) {
    const ran = box.run('pip', args, { env: { CLAUDECODE: '1', ...env } });
    expect(ran.code).toBe(1);
    return JSON.parse(/^pip-detour-hint: (.*)$/m.exec(ran.stderr)?.[1] ?? '');
  }
  /** A command of this name; what it does is no matter. */
  const having = (box: Sandbox, name: string) => {
    const directory = join(box.root, 'bin');
    box.write(`../../bin/${name}`, '#!/bin/sh\n', 0o755);
    return { PATH: `${box.env['PATH']}:${directory}` };
  };

  it.each([
    ['uv', 'uv.lock', 'pyproject.toml'],
    ['poetry', 'poetry.lock', 'pyproject.toml'],
    ['pdm', 'pdm.lock', 'pyproject.toml'],
    ['pipenv', 'Pipfile.lock', 'Pipfile'],
    ['pixi', 'pixi.lock', 'pixi.toml'],
  ])('%s where there is %s', (tool, lock, manifest) => {
    const box = sandbox();
    for (const file of [lock, manifest]) box.write(file, '');
    expect(told(box, ['install', 'demo-lib'], having(box, tool))).toMatchObject({
      recommended: 'project-manager',
      reason: `${lock} here`,
      run: 'PIP_DETOUR=project-manager pip install demo-lib',
    });
  });

  it('the environment where the tool of the lock file is missing', () => {
    const box = sandbox();
    for (const file of ['pixi.lock', 'pixi.toml']) box.write(file, '');
    expect(told(box, ['install', 'demo-lib'])).toMatchObject({ recommended: 'venv' });
  });

  it.skipIf(lacks('pipx'))('pipx for an application outside of a project', () => {
    const said = told(sandbox(), ['install', 'httpie']);
    expect(said).toMatchObject({ recommended: 'pipx', run: 'PIP_DETOUR=pipx pip install httpie' });
    expect(said.reason).not.toBeNull();
  });

  it('nothing where there is nothing to recommend', () => {
    const said = told(sandbox(), ['uninstall', '-y', 'demo-lib']);
    expect(said).toMatchObject({ recommended: null, reason: null, run: null });
    expect(said.detours).toContain('none');
  });

  it('the line to run means what was typed, signs of a shell and all', () => {
    const box = sandbox();
    const { run } = told(box, ['install', 'demo-lib', '--log', "it's $(touch run);\u202e.txt"]);
    expect(box.run('/bin/sh', ['-c', run]).stdout).toContain('Successfully installed demo-lib-2.0');
    expect(box.exists("it's $(touch run);\u202e.txt")).toBe(true);
    expect(box.exists('run')).toBe(false);
  });
});

describe('Jupyter', () => {
  /** A process whose command line is a kernel's, and which runs pip as `!pip` does. */
  const kernel = (python: string) =>
    `bash -c 'exec -a "${python}" bash -c "pip install demo-lib; true" -m ipykernel_launcher'`;

  it('a kernel of an environment: %pip installs there', () => {
    const box = sandbox({ JPY_PARENT_PID: '1', PIP_NO_INDEX: '1' });
    box.write('kernel/pyvenv.cfg', 'home = /usr/bin\n');
    const ran = box.run('/bin/sh', ['-c', kernel(join(box.project, 'kernel/bin/python'))]);
    expect(ran.stderr).toContain('%pip install demo-lib');
  });

  it('a kernel of the managed Python itself: how to get another one', () => {
    const box = sandbox({ JPY_PARENT_PID: '1' });
    const ran = box.run('/bin/sh', ['-c', kernel('/usr/bin/python3')]);
    expect(ran.stderr).toContain('make a kernel of an environment');
    expect(ran.stderr).not.toContain('%pip install');
  });
});

describe.skipIf(process.getuid?.() !== 0)('sudo pip', () => {
  const sudo = { SUDO_UID: '1000', SUDO_USER: 'ana' };

  it("in somebody's project makes nothing of root's, and says to do it without sudo", () => {
    const box = sandbox(sudo);
    chownSync(box.project, 1000, 1000);
    const hinted = box.run('pip', ['install', 'demo-lib']);
    expect(hinted.stderr).toContain('Do it without sudo: PIP_DETOUR=venv pip install demo-lib needs no root');
    const told = box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: 'venv' } });
    expect(told.code).toBe(1);
    expect(told.stderr).toContain('do this without sudo');
    expect(existsSync(join(box.project, '.venv'))).toBe(false);
    expect(existsSync(join(box.home, '.local'))).toBe(false);
  });

  it.each(['venv', 'pipx'])("%s puts no file of root's into a home that sudo kept", (detour) => {
    const box = sandbox({ ...sudo, PIP_DETOUR: detour });
    chownSync(box.home, 1000, 1000);
    const ran = box.run('pip', ['install', 'demo-lib'], { cwd: box.home });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('without sudo');
    expect(existsSync(join(box.home, '.local'))).toBe(false);
  });
});
