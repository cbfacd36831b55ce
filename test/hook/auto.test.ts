import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flip, publish, withdraw } from '../../src/activation.ts';
import { type HookShell, hooked, hookShells, readsHook, says } from '../support/hooked.ts';
import { lacks, python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** Two projects with environments of their own, and one that merely has one lying there. */
function projects(): { box: Sandbox; state: string; environment: (of: string) => string } {
  const box = sandbox();
  const state = join(box.home, '.local/state/pip-detour');
  const environment = (of: string) => join(box.home, of, '.venv');
  for (const of of ['shop', 'other', 'lying', "it's $(touch ran) `touch ran` \\ é"]) {
    mkdirSync(join(box.home, of, 'src/deep'), { recursive: true });
    box.run(python, ['-m', 'venv', '--without-pip', environment(of)]);
  }
  for (const of of ['shop', 'other', "it's $(touch ran) `touch ran` \\ é"])
    publish(state, join(box.home, of), environment(of));
  return { box, state, environment };
}

async function entering(name: HookShell, box: Sandbox) {
  const user = await hooked(name, box, { cwd: box.home, columns: 200 });
  return { ...user, where: () => user.variable('VIRTUAL_ENV') };
}

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('on entering a directory', () => {
    it('nothing is entered unless that was switched on', async () => {
      const { box, state, environment } = projects();
      const user = await entering(name, box);
      await user.command('cd shop');
      expect(await user.where()).toBe('unset');
      flip(state, 'auto-activate', true);
      await user.command('cd src');
      expect(await user.where()).toBe(environment('shop'));
    });

    it('what is remembered for it is entered, and left on leaving', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      const user = await entering(name, box);
      const path = await user.variable('PATH');
      expect(await user.command('cd shop')).toMatch(/^\(\.venv\) <ready>/m);
      expect(await user.where()).toBe(environment('shop'));
      await user.command('cd src/deep');
      expect(await user.where()).toBe(environment('shop'));
      await user.command('cd ../../../other');
      expect(await user.where()).toBe(environment('other'));
      await user.command('cd ../lying');
      expect(await user.where()).toBe('unset');
      expect(await user.variable('PATH')).toBe(path);
      for (const [line, of] of [
        [`pushd ${box.home}/shop`, 'shop'],
        [`pushd ${box.home}/other`, 'other'],
        ['popd', 'shop'],
        [name === 'fish' ? 'function z; cd $argv; end; z ~/other' : 'z() { cd "$@"; }; z ~/other', 'other'],
        ['cd -', 'shop'],
      ] as const) {
        await user.command(line);
        expect(await user.where()).toBe(environment(of));
      }
      await user.command('cd');
      expect(await user.variable('PATH')).toBe(path);
    });

    it('a directory is known by its real path, by whatever link one came', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      symlinkSync(join(box.home, 'shop/src'), join(box.home, 'link'));
      const user = await entering(name, box);
      await user.command('cd link/deep');
      expect(await user.where()).toBe(environment('shop'));
      expect((await user.command('pwd')).replace(/\n/g, '')).toContain(`${box.home}/link/deep`);
      await user.command('cd');
      expect(await user.where()).toBe('unset');
    });

    it('a shell that starts there is in it at its first prompt', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      const user = await hooked(name, box);
      expect(await user.variable('VIRTUAL_ENV')).toBe(environment('shop'));
    });

    it('what the person activated is left alone, and what they deactivated stays so until they come back', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      const user = await entering(name, box);
      await user.command(name === 'fish' ? '. lying/.venv/bin/activate.fish' : '. lying/.venv/bin/activate');
      await user.command('cd shop');
      expect(await user.where()).toBe(environment('lying'));
      await user.command('cd; deactivate');
      await user.command('cd shop');
      expect(await user.where()).toBe(environment('shop'));
      await user.command('deactivate');
      await user.command('cd src');
      expect(await user.where()).toBe('unset');
      await user.command('cd; cd .');
      await user.command('cd ~/other');
      expect(await user.where()).toBe(environment('other'));
      await user.command('cd ~/shop');
      expect(await user.where()).toBe(environment('shop'));
    });

    it('a subshell and a script change nothing for the shell', async () => {
      const { box, state } = projects();
      flip(state, 'auto-activate', true);
      const user = await entering(name, box);
      await user.command(name === 'fish' ? 'fish --no-config -c "cd shop"' : '(cd shop; true)');
      expect(await user.where()).toBe('unset');
    });

    it('what is remembered for a place alone is not for those below it', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      publish(state, box.home, environment('other'), { alone: true });
      const user = await entering(name, box);
      expect(await user.where()).toBe(environment('other'));
      await user.command('cd lying');
      expect(await user.where()).toBe('unset');
      await user.command('cd /');
      expect(await user.where()).toBe('unset');
    });

    it('an environment that is gone, or a directory deleted under us, is no trouble', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      const user = await entering(name, box);
      rmSync(environment('other'), { recursive: true });
      expect(await user.command('cd other')).not.toMatch(/No such|cannot|error/i);
      expect(await user.where()).toBe('unset');
      await user.command('cd ../shop/src/deep');
      expect(await user.where()).toBe(environment('shop'));
      rmSync(join(box.home, 'shop/src'), { recursive: true });
      await user.command('true');
      await user.command('cd ~');
      expect(await user.where()).toBe('unset');
    });

    it('what was forgotten is not entered', async () => {
      const { box, state } = projects();
      flip(state, 'auto-activate', true);
      withdraw(state, join(box.home, 'shop'));
      const user = await entering(name, box);
      await user.command('cd shop');
      expect(await user.where()).toBe('unset');
    });

    it('nothing of a path’s name is run', async () => {
      const { box, state, environment } = projects();
      flip(state, 'auto-activate', true);
      const user = await entering(name, box);
      const odd = "it's $(touch ran) `touch ran` \\ é";
      await user.command(`cd it*`);
      expect(await user.where()).toBe(environment(odd));
      await user.command('cd src; true');
      await user.command('cd');
      expect(box.run('find', ['.', '-name', 'ran'], { cwd: box.home }).stdout).toBe('');
    });

    it('with PIP_DETOUR_AUTO_ACTIVATE it is switched on and off for one shell', async () => {
      const { box, state, environment } = projects();
      box.env['PIP_DETOUR_AUTO_ACTIVATE'] = 'yes';
      const user = await entering(name, box);
      await user.command('cd shop');
      expect(await user.where()).toBe(environment('shop'));
      flip(state, 'auto-activate', true);
      await user.command(says[name].set('PIP_DETOUR_AUTO_ACTIVATE', 'no'));
      await user.command('cd ../other');
      expect(await user.where()).toBe('unset');
    });
  });

  it.skipIf(lacks(name))('what was installed into here is left on leaving', async () => {
    const box = sandbox();
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    flip(join(box.home, '.local/state/pip-detour'), 'auto-activate', true);
    const user = await hooked(name, box);
    user.type('pip install demo-lib');
    await user.waitFor(/enter run/, 30_000);
    user.send('\r');
    await user.ready(30_000);
    expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    await user.command('cd');
    expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
    await user.command('cd -');
    expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    await user.command(readsHook(name));
    expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
  });
});
