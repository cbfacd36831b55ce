import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish, setShellSwitch, withdraw } from '../../src/shell/activation.ts';
import { type HookShell, hooked, hookShells, readsHook, says, shownValue } from '../support/hooked.ts';
import { lacks, python, shellProgram } from '../support/machine.ts';
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
  return { ...user, name, where: () => user.variable('VIRTUAL_ENV') };
}

/** A shell started in the one before us, which reads the hook as its rc file would. */
function nest(user: Awaited<ReturnType<typeof entering>>, inner: HookShell) {
  const starts = {
    bash: `${shellProgram('bash')} --norc --noprofile -i`,
    zsh: 'zsh -f -i',
    fish: `fish --no-config -i -C "function fish_prompt; echo -n '<re''ady> '; end; function fish_greeting; end"`,
  };
  return {
    async start(before = ''): Promise<void> {
      // A prompt is inherited, with the name of the environment before it; fish has none that could be.
      const prompt = user.name === 'fish' ? "env PS1='<re''ady> ' " : '';
      await user.command(`${before}${prompt}${starts[inner]}`);
      await user.command(readsHook(inner));
    },
    async variable(variable: string): Promise<string> {
      return shownValue(variable, await user.command(says[inner].show(variable)));
    },
  };
}

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('on entering a directory', () => {
    it('nothing is entered unless that was switched on', async () => {
      const { box, state, environment } = projects();
      const user = await entering(name, box);
      await user.command('cd shop');
      expect(await user.where()).toBe('unset');
      setShellSwitch(state, 'auto-activate', true);
      await user.command('cd src');
      expect(await user.where()).toBe(environment('shop'));
    });

    it('what is remembered for it is entered, and left on leaving', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
      const user = await entering(name, box);
      const path = await user.variable('PATH');
      expect(await user.command('cd shop')).toMatch(/^\(shop\) <ready>/m);
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

    it('what was set in between stays when it is left', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
      const user = await entering(name, box);
      const path = await user.variable('PATH');
      await user.command('cd shop');
      expect(await user.where()).toBe(environment('shop'));
      await user.command(
        name === 'fish'
          ? 'set -gx PATH /opt/first $PATH /opt/last'
          : 'PATH=/opt/first:$PATH:/opt/last; PS1="mine $PS1"',
      );
      await user.command('cd ../other');
      expect(await user.where()).toBe(environment('other'));
      await user.command('cd ..');
      expect(await user.where()).toBe('unset');
      expect((await user.variable('PATH')).replaceAll(' ', ':')).toBe(
        `/opt/first:${path.replaceAll(' ', ':')}:/opt/last`,
      );
      if (name !== 'fish') expect(await user.variable('PS1')).toMatch(/^mine (?!\()/);
      // Even by what was taken away from it.
      await user.command('cd shop');
      await user.command(
        name === 'fish' ? 'set -e VIRTUAL_ENV; deactivate' : 'unset VIRTUAL_ENV; deactivate',
      );
      const left = (await user.variable('PATH')).replaceAll(' ', ':');
      expect(left).toBe(`/opt/first:${path.replaceAll(' ', ':')}:/opt/last`);
    });

    it('a directory is known by its real path, by whatever link one came', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
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
      setShellSwitch(state, 'auto-activate', true);
      const user = await hooked(name, box);
      expect(await user.variable('VIRTUAL_ENV')).toBe(environment('shop'));
    });

    it('what the person activated is left alone, and what they deactivated stays so until they come back', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
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
      setShellSwitch(state, 'auto-activate', true);
      const user = await entering(name, box);
      await user.command(name === 'fish' ? 'fish --no-config -c "cd shop"' : '(cd shop; true)');
      expect(await user.where()).toBe('unset');
    });

    const next = hookShells[(hookShells.indexOf(name) + 1) % hookShells.length] ?? name;
    it.skipIf(lacks(next)).each([name, next])('a %s started in it goes on by itself', async (inner) => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
      const user = await entering(name, box);
      const path = await user.variable('PATH');
      await user.command('cd shop');
      const nested = nest(user, inner);
      await nested.start();
      expect(await nested.variable('VIRTUAL_ENV')).toBe(environment('shop'));
      // As in the shell outside: known by its name once, left with `deactivate`.
      expect(await user.command('true')).toMatch(/^\(shop\) <ready>/m);
      await user.command('cd src');
      expect(await nested.variable('VIRTUAL_ENV')).toBe(environment('shop'));
      await user.command('cd ~/other');
      expect(await nested.variable('VIRTUAL_ENV')).toBe(environment('other'));
      expect((await nested.variable('PATH')).split(':').filter((entry) => entry.includes('.venv'))).toEqual([
        join(environment('other'), 'bin'),
      ]);
      await user.command('deactivate');
      expect(await nested.variable('VIRTUAL_ENV')).toBe('unset');
      await user.command('cd');
      expect(await nested.variable('PATH')).toBe(path);
      await user.command('exit');
      expect(await user.where()).toBe(environment('shop'));
      await user.command('cd');
      expect(await user.variable('PATH')).toBe(path);
    });

    it('a shell started from it elsewhere is in none, and one started where the person activated one stays in it', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
      const user = await entering(name, box);
      await user.command('cd shop');
      const nested = nest(user, name);
      await nested.start('cd ~/lying; ');
      expect(await nested.variable('VIRTUAL_ENV')).toBe('unset');
      expect(await nested.variable('_pip_detour_auto')).toBe('unset');
      await user.command('exit');
      await user.command('cd');
      await user.command(name === 'fish' ? '. shop/.venv/bin/activate.fish' : '. shop/.venv/bin/activate');
      await user.command('cd shop');
      await nested.start();
      await user.command('cd ~/other');
      expect(await nested.variable('VIRTUAL_ENV')).toBe(environment('shop'));
    });

    it('what stands after a cd on the same line is in the right one', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
      symlinkSync(join(box.home, 'other'), join(box.home, 'link'));
      const user = await entering(name, box);
      const prefix = 'python3 -c "import sys; print(sys.prefix)"';
      expect(await user.command(`cd shop; ${prefix}`)).toContain(`\n${environment('shop')}\n`);
      expect(await user.command(`cd ~/link; ${prefix}`)).toContain(`\n${environment('other')}\n`);
      expect(await user.command(`cd ~/lying; ${prefix}; ${says[name].status}`)).toMatch(/\n\/usr\ncode 0/);
      await user.command('cd ~/shop');
      // The environments have no pip of their own.
      expect(await user.command('cd ~/other; pip --version; cd ~/lying; pip --version')).toMatch(
        /(pip \S+ from \/usr[^\n]*\n){2}/,
      );
      expect(await user.where()).toBe('unset');
      if (name === 'fish') return;
      expect(await user.command(`(cd ~/shop; ${prefix}); (cd ~/link; ${prefix})`)).toContain(
        `\n${environment('shop')}\n${environment('other')}\n`,
      );
      expect(await user.where()).toBe('unset');
      expect(await user.command('cd ~/shop/none 2>/dev/null; echo "code $?"')).toContain('code 1');
    });

    it('so is a python that there is in environments alone, and that is gone with them', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
      // Debian's Python is only called python3.
      mkdirSync(join(box.home, 'programs'));
      for (const program of ['python3', 'pwd', 'ls', 'sh', 'env', 'uname', 'tty', 'stty', 'cat', 'rm'])
        symlinkSync(`/usr/bin/${program}`, join(box.home, 'programs', program));
      box.env['PATH'] = join(box.home, 'programs');
      const user = await entering(name, box);
      const prefix = 'python -c "import sys; print(sys.prefix)"';
      expect(await user.command(prefix)).toMatch(/python/);
      const before = await user.command('type python');
      await user.command('cd shop');
      expect(await user.command(`cd ~/other; ${prefix}`)).toContain(`\n${environment('other')}\n`);
      expect(await user.command(`cd ~/shop; ${prefix}`)).toContain(`\n${environment('shop')}\n`);
      await user.command('cd ~/lying');
      expect(await user.command('type python')).toBe(before);
    });

    it('what is remembered for a place alone is not for those below it', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
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
      setShellSwitch(state, 'auto-activate', true);
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
      setShellSwitch(state, 'auto-activate', true);
      withdraw(state, join(box.home, 'shop'));
      const user = await entering(name, box);
      await user.command('cd shop');
      expect(await user.where()).toBe('unset');
    });

    it('nothing of a path’s name is run', async () => {
      const { box, state, environment } = projects();
      setShellSwitch(state, 'auto-activate', true);
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
      setShellSwitch(state, 'auto-activate', true);
      await user.command(says[name].set('PIP_DETOUR_AUTO_ACTIVATE', 'no'));
      await user.command('cd ../other');
      expect(await user.where()).toBe('unset');
    });
  });

  it.skipIf(lacks(name))('what was installed into here is left on leaving', async () => {
    const box = sandbox();
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    setShellSwitch(join(box.home, '.local/state/pip-detour'), 'auto-activate', true);
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
