import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish, setShellSwitch } from '../../src/shell/activation.ts';
import { readyEnvironment } from '../support/environments.ts';
import { type HookShell, hooked, hookShells, says } from '../support/hooked.ts';
import { lacks, python, pythonName } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys } from '../support/terminal.ts';

const slow = 30_000;

/** Projects with environments, remembered with the answer given. */
function projects(answers: Readonly<Record<string, 'always' | 'once' | 'not'>>) {
  const box = sandbox();
  const state = join(box.home, '.local/state/pip-detour');
  const environment = (of: string) => join(box.home, of, '.venv');
  for (const [of, answer] of Object.entries(answers)) {
    mkdirSync(join(box.home, of, 'src/deep'), { recursive: true });
    box.run(python, ['-m', 'venv', '--without-pip', environment(of)]);
    if (answer !== 'not')
      publish(state, join(box.home, of), environment(of), { always: answer === 'always' });
  }
  return { box, state, environment };
}

async function sitting(name: HookShell, box: Sandbox, cwd = box.home) {
  const user = await hooked(name, box, { cwd, columns: 200 });
  return { ...user, where: () => user.variable('VIRTUAL_ENV') };
}

const activate = (name: HookShell, environment: string) =>
  `${name === 'fish' ? 'source' : '.'} ${environment}/bin/activate${name === 'fish' ? '.fish' : ''}`;

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('always here', () => {
    it('is what Enter answers, and a new terminal is in it at its first prompt, one dim line before', async () => {
      const box = sandbox();
      box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
      mkdirSync(join(box.project, 'src'));
      const first = await sitting(name, box, box.project);
      first.type('pip install demo-lib');
      await first.waitFor(/a activate: always here/, slow);
      first.send(keys.enter);
      expect(await first.ready(slow)).toContain('this shell is in it now');
      const user = await sitting(name, box, join(box.project, 'src'));
      const environment = join(box.project, '.venv');
      expect(await user.where()).toBe(environment);
      const line = 'pip-detour: in ~/shop/.venv, as chosen here (deactivate leaves it)';
      expect(user.history().split(line).length).toBe(2);
      expect(user.raw()).toContain(`\x1b[2m${line}\x1b[0m`);
      expect(await user.command('python -c "import demo_lib; print(6 * 7)"')).toMatch(/^42$/m);
      expect(await user.command('pip freeze')).toMatch(/^demo-lib==2\.0$/m);
      expect(await user.command('cd ~')).toMatch(/^<ready>/m);
      expect(await user.where()).toBe('unset');
      await user.command('cd ~/shop');
      expect(await user.where()).toBe(environment);
      expect(user.history().split(line).length).toBe(2);
      const said = box.run('pip-detour', ['choices']);
      expect(said.stdout).toContain('every new terminal there enters it');
      expect(box.run('pip-detour', ['status'], { cwd: box.project }).stdout).toContain(
        'every new terminal here enters it',
      );
      await user.command('pip-detour forget', slow);
      expect(await user.where()).toBe('unset');
      expect(await (await sitting(name, box, box.project)).where()).toBe('unset');
    });

    it('takes over where it is nested, and gives back; not into what is a project of its own', async () => {
      const { box, environment } = projects({ code: 'always', 'code/inner': 'always' });
      mkdirSync(join(box.home, 'code/other/sub'), { recursive: true });
      writeFileSync(join(box.home, 'code/other/pyproject.toml'), '');
      for (const odd of ['theirs/my env', 'kept/.venv.old'])
        box.run(python, ['-m', 'venv', '--without-pip', join(box.home, 'code', odd)]);
      const user = await sitting(name, box);
      for (const [directory, of] of [
        ['code/src', 'code'],
        ['code/inner/src/deep', 'code/inner'],
        ['code', 'code'],
        ['code/other/sub', undefined],
        ['code/src/deep', 'code'],
        ['code/theirs', undefined],
        ['code/kept', 'code'],
        ['code/inner', 'code/inner'],
        ['.', undefined],
      ] as const) {
        await user.command(`cd ~/${directory}`);
        expect(await user.where(), directory).toBe(of === undefined ? 'unset' : environment(of));
      }
    });

    it('an answer of once, and what merely lies there, are not for a new terminal', async () => {
      const { box } = projects({ once: 'once', lying: 'not' });
      for (const of of ['once', 'lying'])
        expect(await (await sitting(name, box, join(box.home, of))).where()).toBe('unset');
    });

    it.each([
      [
        'auto-activate = false',
        (state: string) => setShellSwitch(state, 'no-auto-activate', true),
        {},
        'unset',
      ],
      ['PIP_DETOUR_AUTO_ACTIVATE=no', () => {}, { PIP_DETOUR_AUTO_ACTIVATE: 'no' }, 'unset'],
      [
        'PIP_DETOUR_AUTO_ACTIVATE=answered',
        (state: string) => setShellSwitch(state, 'no-auto-activate', true),
        { PIP_DETOUR_AUTO_ACTIVATE: 'answered' },
        '.venv',
      ],
      ['conda', () => {}, { CONDA_PREFIX: '/opt/conda' }, 'unset'],
    ] as const)('gives way to %s', async (_, set, variables, where) => {
      const { box, state, environment } = projects({ shop: 'always' });
      set(state);
      Object.assign(box.env, variables);
      const user = await sitting(name, box, join(box.home, 'shop'));
      expect(await user.where()).toBe(where === 'unset' ? where : environment('shop'));
    });

    it('never goes over what the person activated, before or after', async () => {
      const { box, environment } = projects({ shop: 'always', other: 'always', mine: 'not' });
      const user = await sitting(name, box);
      await user.command(activate(name, 'mine/.venv'));
      await user.command('cd shop');
      expect(await user.where()).toBe(environment('mine'));
      await user.command('cd; deactivate');
      await user.command('cd shop');
      await user.command(activate(name, environment('mine')));
      await user.command('cd ~/other');
      expect(await user.where()).toBe(environment('mine'));
    });

    it.each([
      [
        'a setting',
        (box: Sandbox) =>
          setShellSwitch(join(box.home, '.local/state/pip-detour'), 'no-activation-note', true),
      ],
      ['a variable', (box: Sandbox) => Object.assign(box.env, { PIP_DETOUR_ACTIVATION_NOTE: '0' })],
    ])('says nothing where %s says so', async (_, quiet) => {
      const { box, environment } = projects({ shop: 'always' });
      quiet(box);
      const user = await sitting(name, box, join(box.home, 'shop'));
      expect(await user.where()).toBe(environment('shop'));
      expect(user.history()).not.toContain('pip-detour:');
    });

    it('auto-activate that is set in a remembered directory takes effect at once', async () => {
      const { box, state, environment } = projects({ shop: 'once' });
      mkdirSync(state, { recursive: true });
      const user = await sitting(name, box, join(box.home, 'shop'));
      expect(await user.where()).toBe('unset');
      await user.command('pip-detour config set auto-activate true', slow);
      expect(await user.where()).toBe(environment('shop'));
      await user.command('pip-detour config set auto-activate false', slow);
      expect(await user.where()).toBe('unset');
      await user.command('pip-detour config unset auto-activate', slow);
      expect(await user.where()).toBe('unset');
    });
  });

  describe.skipIf(lacks(name))('what we entered', () => {
    it.each(['this once', 'always here'])(
      'does not follow out of its directory, answered %s',
      async (answer) => {
        const box = sandbox();
        box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
        readyEnvironment(join(box.project, '.venv'));
        mkdirSync(join(box.project, 'src'));
        mkdirSync(join(box.home, 'physics'));
        const user = await sitting(name, box, join(box.project, 'src'));
        user.type('pip install demo-lib');
        await user.waitFor(/a activate: always here/, slow);
        if (answer === 'this once') {
          user.send('a');
          await user.waitFor(/a activate: this once/);
        }
        user.send(keys.enter);
        await user.ready(slow);
        const environment = join(box.project, '.venv');
        expect(await user.where()).toBe(environment);
        await user.command('cd ..');
        expect(await user.where()).toBe(environment);
        await user.command('cd ~/physics');
        expect(await user.where()).toBe('unset');
        // It asks there.
        user.type('pip install demo-other');
        await user.waitFor(/enter run/, slow);
        user.send(keys.escape);
        await user.ready(slow);
        expect(box.exists(`.venv/lib/${pythonName}/site-packages/demo_other`)).toBe(false);
        await user.command('cd ~/shop');
        expect(await user.where()).toBe(answer === 'this once' ? 'unset' : environment);
      },
    );

    it('what they activated stays, and an install from elsewhere says where it went', async () => {
      const { box, environment } = projects({ homework: 'not', physics: 'not' });
      readyEnvironment(environment('homework'));
      const user = await sitting(name, box);
      await user.command(activate(name, 'homework/.venv'));
      await user.command('cd homework');
      const says_ =
        'pip-detour: installed into ~/homework/.venv, which this shell is in (deactivate leaves it)';
      expect(await user.command('pip install demo-lib', slow)).not.toContain('pip-detour:');
      await user.command('cd ~/physics');
      expect(await user.where()).toBe(environment('homework'));
      expect(await user.command('pip install demo-other', slow)).toContain(says_);
      expect(await user.command('pip install no-such-thing-at-all', slow)).not.toContain('pip-detour:');
    });

    it('a listing of something else than this directory’s environment is told of once', async () => {
      const { box } = projects({ shop: 'once' });
      const user = await sitting(name, box, join(box.home, 'shop/src'));
      const tells =
        "pip-detour: pip did not look into ~/shop/.venv, this directory's environment; to enter it: source ~/shop/.venv/bin/activate";
      for (const line of [
        'pip list --no-such-option',
        'true',
        '../.venv/bin/python -m pip list',
        'true pip list',
      ])
        expect(await user.command(line, slow), line).not.toContain('pip-detour:');
      expect(await user.command('pip show demo-lib', slow)).toContain(tells);
      expect(await user.command('pip freeze > requirements.out', slow)).not.toContain('pip-detour:');
      const other = await sitting(name, box);
      expect(await other.command('python3 -m pip list >/dev/null', slow)).not.toContain('pip-detour:');
      box.run(python, ['-m', 'venv', '--without-pip', join(box.home, 'odd/odd-env')]);
      mkdirSync(join(box.home, 'odd/plain'));
      await other.command('cd ~/odd/plain');
      expect(await other.command('pip check >/dev/null', slow)).not.toContain('pip-detour:');
      await other.command('cd ~/odd');
      expect(await other.command('pip check >/dev/null', slow)).toContain(
        'pip did not look into ~/odd/odd-env,',
      );
      const third = await sitting(name, box, join(box.home, 'shop'));
      expect(await third.command('pip freeze > requirements.out', slow)).toContain(tells);
    });
  });

  describe.skipIf(lacks(name))('a prompt that works comes', () => {
    const works = async (user: Awaited<ReturnType<typeof sitting>>) => {
      expect(await user.command('echo fine')).toMatch(/^fine$/m);
      expect(user.history()).not.toMatch(/_pip_detour_\w+:|hook\.\w+:|syntax error|No such file/i);
    };

    it('where the environment is removed or loses its Python while a shell is in it, and that is said once', async () => {
      const { box, environment } = projects({ shop: 'always', other: 'always' });
      const user = await sitting(name, box, join(box.home, 'shop'));
      rmSync(environment('shop'), { recursive: true });
      const shown = await user.command('true');
      expect(shown).toContain(
        '~/shop/.venv, which this shell is in, is gone; to make it anew: pip install ...',
      );
      expect(await user.where()).toBe('unset');
      rmSync(join(environment('other'), 'bin/python'));
      symlinkSync('/usr/bin/python2.5', join(environment('other'), 'bin/python'));
      const came = await user.command('cd ../other');
      expect(came).toContain(
        '~/other/.venv, remembered here, leads to no Python (moved, or its Python is gone); to repair it: pip-detour repair',
      );
      expect(await user.command('cd ..; cd other')).not.toContain('pip-detour');
      await works(user);
    });

    it('where what the person activated is gone', async () => {
      const { box, environment } = projects({ mine: 'not' });
      const user = await sitting(name, box);
      await user.command(activate(name, 'mine/.venv'));
      rmSync(environment('mine'), { recursive: true });
      expect(await user.command('true')).toContain('is gone; to leave it: deactivate');
      expect(await user.where()).toBe(environment('mine'));
      await works(user);
    });

    it('where the directory is renamed or removed under the shell', async () => {
      const { box } = projects({ shop: 'always' });
      const user = await sitting(name, box, join(box.home, 'shop/src'));
      renameSync(join(box.home, 'shop'), join(box.home, 'moved'));
      await user.command('true');
      await user.command('cd ~');
      expect(await user.where()).toBe('unset');
      const other = await sitting(name, box, join(box.home, 'moved/src/deep'));
      rmSync(join(box.home, 'moved'), { recursive: true });
      await other.command('true');
      await works(other);
    });

    it('where the state directory is gone, or a file is in its place', async () => {
      const { box, state, environment } = projects({ shop: 'always' });
      const user = await sitting(name, box, join(box.home, 'shop'));
      rmSync(state, { recursive: true });
      await user.command('true');
      expect(await user.where()).toBe(environment('shop'));
      await user.command('cd ..');
      expect(await user.where()).toBe('unset');
      writeFileSync(state, '');
      await user.command('cd shop');
      expect(existsSync(join(state, 'shell'))).toBe(false);
      await works(user);
    });

    it('where an older program wrote, and an older shell read', async () => {
      const { box, state, environment } = projects({ shop: 'once' });
      const user = await sitting(name, box, join(box.home, 'shop/src'));
      const pid = await user.command(says[name].show(name === 'fish' ? 'fish_pid' : 'PPID'));
      expect(pid).toContain(' is <');
      const own = /(\d+)/.exec(
        await user
          .command(name === 'fish' ? 'echo = $fish_pid' : 'echo "= $$"')
          .then((text) => /^= \d+/m.exec(text)?.[0] ?? ''),
      )?.[0];
      const host = (await user.command('uname -n')).split('\n').at(-2) ?? '';
      writeFileSync(join(state, 'shell', `${host.trim()}.${own}`), `${environment('shop')}\n`);
      await user.command('true');
      expect(await user.where()).toBe(environment('shop'));
      await user.command('cd ..');
      expect(await user.where()).toBe(environment('shop'));
      await user.command('cd ~');
      expect(await user.where()).toBe('unset');
    });

    it.each([`it's $(touch ran) \`touch ran\` "q" \\ é`, '-n', '* [a] ~ %n'])(
      'in a directory called %s',
      async (odd) => {
        const { box, environment } = projects({ [odd]: 'always' });
        const user = await sitting(name, box, join(box.home, odd, 'src'));
        expect(await user.where()).toBe(environment(odd));
        await user.command('cd ~');
        expect(await user.where()).toBe('unset');
        expect(box.run('find', ['.', '-name', 'ran'], { cwd: box.root }).stdout).toBe('');
        await works(user);
      },
    );
  });
});
