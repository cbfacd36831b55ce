import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { dist } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { config, fileOf, isRoot, policyDirectory, policyFile, put } from './saying.ts';

const userFile = (box: Sandbox) => fileOf(box, 'user');

describe.runIf(isRoot)('what an administrator says', () => {
  it('to shells reaches somebody with pip-detour setup', () => {
    const box = sandbox();
    put(policyFile(box), 'auto-activate = true\n');
    box.run('/bin/cp', ['-a', dist, join(box.root, 'program')]);
    const ran = box.run(join(box.root, 'program/shims/pip-detour'), ['setup', '--no-rc'], {
      env: { XDG_CONFIG_DIRS: policyDirectory(box) },
    });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const flag = join(box.home, '.local/state/pip-detour/shell/auto-activate');
    expect(statSync(flag).isFile()).toBe(true);
  });

  function administered(text: string): Sandbox {
    const box = sandbox();
    put(policyFile(box), text);
    box.env['XDG_CONFIG_DIRS'] = policyDirectory(box);
    return box;
  }

  it('is a default, and named as such', () => {
    const box = administered('detour = "venv"\ninstaller = "uv"\n');
    expect(config(box, 'list').stdout).toMatch(/^detour +venv +\/.*\/config\.toml \(administrator\)$/m);
    config(box, 'set', 'installer', 'pip');
    expect(config(box, 'get', 'installer').stdout).toBe('pip\n');
  });

  it('forbids for good: nothing brings a detour back', async () => {
    const box = administered('forbid = ["venv", "pipx"]\n');
    await remember(join(box.home, '.local/state/pip-detour'), box.project, 'venv');
    put(userFile(box), 'detour = "venv"\nallow = ["venv", "pipx"]\n');
    for (const env of [{}, { PIP_DETOUR: 'venv' }, { PIP_DETOUR: 'pipx', PIP_DETOUR_ALLOW: 'all' }]) {
      const ran = box.run('pip', ['install', 'demo-app'], { env });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('because not allowed by your administrator\n');
      expect(ran.stderr).toContain('error: externally-managed-environment');
    }
    expect(box.exists('.venv')).toBe(false);
    const status = box.run(`${dist}/shims/pip-detour`, ['status']).stdout;
    expect(status).toMatch(/^- venv +not allowed by your administrator$/m);
    const explained = box.run(`${dist}/shims/pip-detour`, [
      'explain',
      '--',
      'pip',
      'install',
      'demo-lib',
    ]).stdout;
    expect(explained).toContain('not possible here: not allowed by your administrator');
  });

  it.each([
    [
      'may be written by anybody',
      (file: string) => chmodSync(file, 0o666),
      'can be changed by others than root',
    ],
    ['belongs to somebody', (file: string) => box(file), 'does not belong to root'],
  ])('a file that %s is not the administrator’s', (_, spoil, why) => {
    const box = administered('forbid = ["venv"]\n');
    spoil(policyFile(box));
    const ran = config(box, 'list');
    expect(ran.stdout).toMatch(/^forbid +none +default$/m);
    expect(ran.stderr).toContain(why);
  });

  function box(file: string): void {
    writeFileSync(file, 'forbid = ["venv"]\n');
    sandbox().run('/bin/chown', ['1234', file]);
  }
});
