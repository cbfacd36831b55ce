import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { lacks } from '../../support/machine.ts';
import { sandbox } from '../../support/sandbox.ts';
import { writeProject } from '../project-manager/project.ts';
import { go, lookAround, said } from './going.ts';

describe.skipIf(lacks('pipx'))("with the system's pipx", () => {
  it('an application is installed, and we say which commands are there now and where', async () => {
    const box = sandbox();
    const gone = await go(box, ['install', '--user', 'demo-app']);
    expect(gone).toMatchObject({ code: 0, meanings: [], told: ['Commands in ~/.local/bin: demo-app.'] });
    expect(said(box, 'demo-app')).toBe('demo-app 2.0');
    expect(pipx.plan(gone.situation).afterwards).toEqual([expect.stringContaining('pipx ensurepath')]);
  });

  it('a pinned version is that version', async () => {
    const box = sandbox();
    expect(await go(box, ['install', 'Demo_App == 1.0'])).toMatchObject({ code: 0 });
    expect(said(box, 'demo-app')).toBe('demo-app 1.0');
  });

  it('a library is told from a failure, and nothing of it stays', async () => {
    const box = sandbox();
    const gone = await go(box, ['install', 'demo-lib']);
    expect(gone).toMatchObject({
      code: 1,
      meanings: ['no-apps'],
      told: ['demo-lib has no commands to run; pipx is for applications.'],
    });
    expect(readdirSync(gone.situation.pipx?.environments ?? '')).toEqual([]);
  });

  it('so is a name that no index has', async () => {
    expect(await go(sandbox(), ['install', 'demo-nowhere'])).toMatchObject({
      code: 1,
      meanings: ['not-found'],
      told: ['No package was found for demo-nowhere; the spelling, or the index, may be wrong.'],
    });
  });

  it('what is there already stays as it is, and we say so and how to upgrade', async () => {
    const box = sandbox();
    await go(box, ['install', 'demo-app==1.0']);
    expect(await go(box, ['install', 'demo-app'])).toMatchObject({
      code: 0,
      meanings: ['already-installed'],
      told: [
        'pipx had demo-app installed already and changed nothing. To upgrade: pipx upgrade demo-app',
        'To import it in your own code: PIP_DETOUR=venv pip install demo-app',
        'Commands in ~/.local/bin: demo-app.',
      ],
    });
    expect(said(box, 'demo-app')).toBe('demo-app 1.0');
  });

  it.each([
    [['demo-app==1.0'], ['-U', 'demo-app'], 'demo-app 2.0'],
    [['demo-app==1.0'], ['demo-app==2.0'], 'demo-app 2.0'],
    [['demo-app'], ['demo-app==1.0'], 'demo-app 1.0'],
    [['demo-app==1.0'], ['-U', 'demo-app>=1'], 'demo-app 2.0'],
    [['demo-app==1.0'], ['-U', '--force-reinstall', 'demo-app'], 'demo-app 2.0'],
    [['demo-app==1.0'], ['-I', 'demo-app'], 'demo-app 2.0'],
  ])('after pip install %j, pip install %j leaves %s', async (first, second, version) => {
    const box = sandbox();
    await go(box, ['install', ...first]);
    expect(await go(box, ['install', ...second])).toMatchObject({ code: 0, meanings: [] });
    expect(said(box, 'demo-app')).toBe(version);
  });

  it("a command that another application has already stays that one's, and we say so", async () => {
    const box = sandbox();
    await go(box, ['install', 'demo-app']);
    const gone = await go(box, ['install', 'demo-clash']);
    expect(gone).toMatchObject({ code: 0, meanings: ['name-clash'] });
    expect(gone.told).toEqual([expect.stringContaining('To replace it: pipx install --force demo-clash')]);
    expect(said(box, 'demo-app')).toBe('demo-app 2.0');
  });

  it('of several packages each has an environment of its own', async () => {
    const box = sandbox();
    writeProject(box, 'tool');
    const gone = await go(box, ['install', 'demo-app', './tool']);
    expect(gone).toMatchObject({ code: 0, meanings: [] });
    expect(readdirSync(gone.situation.pipx?.environments ?? '')).toEqual(['demo-app', 'demo-tool']);
    expect(gone.told.at(-1)).toBe('Commands in ~/.local/bin: demo-app, demo-tool.');
  });

  it('a local project in a directory with a blank and quotes is installed, also to be edited', async () => {
    const box = sandbox();
    const files = writeProject(box, "my 'odd' tool");
    expect(await go(box, ['install', '-e', "./my 'odd' tool"])).toMatchObject({ code: 0, meanings: [] });
    expect(said(box, 'demo-tool')).toBe(`run from ${files}`);
    expect(await go(box, ['install', '--force-reinstall', "./my 'odd' tool"])).toMatchObject({ code: 0 });
    expect(said(box, 'demo-tool')).not.toContain(files);
  });

  it('a wheel lying here is installed from its file', async () => {
    const box = sandbox();
    box.run('cp', [join(box.wheels, 'demo_app-1.0-py3-none-any.whl'), '.']);
    const env = { PIP_FIND_LINKS: '/proc/nowhere' };
    const here = { ...box, env: { ...box.env, ...env } };
    expect(await go(here, ['install', 'demo_app-1.0-py3-none-any.whl'])).toMatchObject({ code: 0 });
    expect(said(box, 'demo-app')).toBe('demo-app 1.0');
  });

  it('constraints and find-links named from here are found, with blanks and quotes in their names', async () => {
    const box = sandbox({ PIP_FIND_LINKS: undefined });
    box.write("it's pinned.txt", 'demo-app==1.0\n');
    box.run('ln', ['-s', box.wheels, 'my wheels']);
    const gone = await go(box, ['install', '-c', "it's pinned.txt", '-f', 'my wheels', '--pre', 'demo-app']);
    expect(gone).toMatchObject({ code: 0 });
    expect(said(box, 'demo-app')).toBe('demo-app 1.0');
  });

  it('so are those that variables name', async () => {
    const box = sandbox({ PIP_FIND_LINKS: 'wheels', PIP_CONSTRAINT: 'pinned.txt' });
    box.write('pinned.txt', 'demo-app==1.0\n');
    box.run('ln', ['-s', box.wheels, 'wheels']);
    expect(await go(box, ['install', 'demo-app'])).toMatchObject({ code: 0 });
    expect(said(box, 'demo-app')).toBe('demo-app 1.0');
  });

  it('variables that send pip elsewhere do not send it there', async () => {
    const box = sandbox({ PIP_TARGET: '/proc/nowhere', PIP_PREFIX: '/proc/nowhere', PIP_USER: '1' });
    expect(await go(box, ['install', 'demo-app'])).toMatchObject({ code: 0 });
    expect(said(box, 'demo-app')).toBe('demo-app 2.0');
  });

  it("somebody's venv.py, pip.py and json.py lying here are not run", async () => {
    const box = sandbox();
    const run = join(box.root, 'was-run');
    for (const file of ['venv.py', 'pip.py', 'json.py'])
      box.write(file, `open(${JSON.stringify(run)}, 'a').write(__name__)\n`);
    expect(await go(box, ['install', 'demo-app'])).toMatchObject({ code: 0 });
    expect(existsSync(run)).toBe(false);
  });

  it('what pipx has installed it uninstalls', async () => {
    const box = sandbox();
    await go(box, ['install', 'demo-app']);
    expect(await go(box, ['uninstall', '-y', 'Demo.App'])).toMatchObject({ code: 0 });
    expect(box.exists('../.local/bin/demo-app')).toBe(false);
    expect(pipx.unavailable(await lookAround(box, ['uninstall', 'demo-app']))).toBe(
      'pipx has not installed demo-app',
    );
  });
});
