import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/** A project with a `.venv` whose `.pth` file leaves a trace where it is run. */
function withEnvironment(extra: Record<string, string> = {}, place = '.venv'): Sandbox {
  const box = sandbox(extra);
  box.run('git', ['init', '-q']);
  box.run('/usr/bin/python3', ['-I', '-m', 'venv', '--without-pip', place]);
  const [python] = box.run('ls', [`${place}/lib`]).stdout.split('\n');
  box.write(`${place}/lib/${python}/site-packages/x.pth`, `import os; open("${box.home}/was-run", "w")\n`);
  return box;
}

const commit = (box: Sandbox, version = '2') => {
  box.run('git', ['add', '-f', '.venv']);
  box.run('git', ['update-index', '--index-version', version]);
};
const wasRun = (box: Sandbox) => existsSync(join(box.home, 'was-run'));
const install = ['install', 'demo-lib'];

describe.skipIf(lacks('git'))('a .venv that came with a repository', () => {
  it.each(['2', '4'])('is not entered because PIP_DETOUR says venv (git index version %s)', (version) => {
    const box = withEnvironment({ PIP_DETOUR: 'venv' });
    commit(box, version);
    const ran = box.run('pip', install);
    expect(ran.stderr).toContain('.venv came with the repository, and what is in it would be run');
    expect(ran.code).toBe(1);
    expect(wasRun(box)).toBe(false);
  });

  it("is not entered because the person's settings say venv", () => {
    const box = withEnvironment();
    commit(box);
    expect(box.run('pip-detour', ['config', 'set', 'detour', 'venv']).code).toBe(0);
    const ran = box.run('pip', install);
    expect(ran.stderr).toContain('came with the repository');
    expect(wasRun(box)).toBe(false);
  });

  it('is asked about at a terminal, and once taken and remembered it is entered unasked', async () => {
    const box = withEnvironment();
    commit(box);
    const user = terminal('pip', install, { env: box.env, cwd: box.project, columns: 110 });
    const asked = await user.waitFor('esc leave', 30_000);
    expect(asked).toMatch(/came with the repository:\s+code\s+in\s+it\s+will\s+be\s+run/);
    expect(wasRun(box)).toBe(false);
    user.send(keys.enter);
    expect((await user.exited).code).toBe(0);
    expect(user.history()).toContain('Remembered for ~/shop');
    const again = box.run('pip', ['install', 'demo-app']);
    expect(again.stderr).not.toContain('came with the repository');
    expect(again.code).toBe(0);
  });

  it('one that git does not keep is entered as ever', () => {
    const box = withEnvironment({ PIP_DETOUR: 'venv' });
    box.write('.gitignore', '.venv\n');
    box.run('git', ['add', '.']);
    const ran = box.run('pip', install);
    expect(ran.stderr).not.toContain('came with the repository');
    expect(ran.code).toBe(0);
  });

  it('nor is one whose files were half committed: one .pth file is enough', () => {
    const box = withEnvironment({ PIP_DETOUR: 'venv' });
    const [python] = box.run('ls', ['.venv/lib']).stdout.split('\n');
    box.run('git', ['add', '-f', `.venv/lib/${python}/site-packages/x.pth`]);
    expect(box.run('pip', install).stderr).toContain('came with the repository');
    expect(wasRun(box)).toBe(false);
  });

  it('nor is one that a committed link leads to', () => {
    const box = withEnvironment({ PIP_DETOUR: 'venv' });
    renameSync(join(box.project, '.venv'), join(box.project, 'env'));
    symlinkSync('env', join(box.project, '.venv'));
    box.run('git', ['add', '-f', '.venv']);
    expect(box.run('pip', install).stderr).toContain('.venv came with the repository');
    expect(wasRun(box)).toBe(false);
  });

  it('nor is one that is a submodule', () => {
    const box = withEnvironment({ PIP_DETOUR: 'venv' });
    box.run('git', ['init', '-q', '.venv']);
    const inside = ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-C', '.venv'];
    box.run('git', [...inside, 'add', '-f', '.']);
    box.run('git', [...inside, 'commit', '-q', '-m', 'x']);
    expect(box.run('git', ['add', '-f', '.venv']).code).toBe(0);
    expect(box.run('git', ['ls-files', '--stage']).stdout).toMatch(/^160000 /);
    expect(box.run('pip', install).stderr).toContain('.venv came with the repository');
    expect(wasRun(box)).toBe(false);
  });

  it('other files whose names end alike prove nothing', () => {
    const box = withEnvironment({ PIP_DETOUR: 'venv' });
    box.write('my.venv/pyvenv.cfg', '');
    box.write('docs/.venv', '');
    box.write('.venv-notes', '');
    box.write('.gitignore', '/.venv\n');
    box.run('git', ['add', '.']);
    expect(box.run('pip', install).code).toBe(0);
  });
});

describe('an environment that is not of the making of whoever stands there', () => {
  /** What a project's file says, which comes with it. */
  const says = (box: Sandbox) => box.write('.pip-detour.toml', 'detour = "venv"\n');

  it('is not entered where it was unpacked with an archive', () => {
    const box = withEnvironment();
    rmSync(join(box.project, '.git'), { recursive: true });
    says(box);
    box.run('cp', ['-R', '.', '../unpacked']);
    const ran = box.run('pip', install, { cwd: join(box.home, 'unpacked') });
    expect(ran.stderr).toContain('.venv was made in another place, and what is in it would be run');
    expect(ran.code).toBe(1);
    expect(wasRun(box)).toBe(false);
  });

  it.each(['file', 'link'])('another one of the person is not changed because a %s leads to it', (kind) => {
    const box = withEnvironment({}, '../other');
    rmSync(join(box.project, '.git'), { recursive: true });
    if (kind === 'file') box.write('.venv', '../other\n');
    else symlinkSync('../other', join(box.project, '.venv'));
    says(box);
    const ran = box.run('pip', install);
    expect(ran.stderr).toContain('~/shop/.venv leads out of the project, to ~/other');
    expect(ran.code).toBe(1);
    expect(wasRun(box)).toBe(false);
  });

  it('one that was made here is entered, whoever says so', () => {
    const box = withEnvironment();
    rmSync(join(box.project, '.git'), { recursive: true });
    says(box);
    expect(box.run('pip', install).code).toBe(0);
  });
});
