import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setShellSwitch } from '../../src/shell/activation.ts';
import { readyEnvironment } from '../support/environments.ts';
import { hooked, hookShells, readsHook, says } from '../support/hooked.ts';
import { dist, lacks } from '../support/machine.ts';
import { pyenvRoot } from '../support/pyenv.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys } from '../support/terminal.ts';

const slow = 30_000;

function project(extra: Record<string, string> = {}): Sandbox {
  const box = sandbox(extra);
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  return box;
}

/** What pip says of itself where nothing of ours stands before it. */
const refusal = 'error: externally-managed-environment';

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('python -m pip', () => {
    it('is asked about as pip is, for that Python, and entered', async () => {
      const box = project();
      const user = await hooked(name, box, { columns: 160 });
      user.type('python3 -m pip install demo-lib');
      expect(await user.waitFor(/enter run/, slow)).toContain('  python3 -m pip install demo-lib ');
      user.send('d');
      await user.waitFor(/\$ \/usr\/bin\/python3 -I -m venv --without-pip ~\/shop\/\.venv/);
      user.send(keys.enter);
      expect(await user.ready(slow)).toContain('this shell is in it now');
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      // From here on it is the environment's own pip.
      expect(await user.command('python -m pip install demo-other', slow)).not.toContain('pip-detour:');
      expect(await user.command('python -c "import demo_lib, demo_other; print(1 + 1)"')).toMatch(/^2$/m);
    });

    it('leaves pip’s own answer and exit code where it is left', async () => {
      const box = project();
      const user = await hooked(name, box);
      user.type('python3 -m pip install demo-lib');
      await user.waitFor(/enter run/, slow);
      user.send(keys.escape);
      expect(await user.ready(slow)).toContain(refusal);
      expect(await user.command(says[name].status)).toContain('code 1');
    });

    it('is covered by its version’s name and uninstall, too', async () => {
      const box = project({ PIP_DETOUR: 'venv' });
      readyEnvironment(join(box.project, '.venv'));
      box.run('pip', ['install', 'demo-lib']);
      const version = box.run('/usr/bin/python3', [
        '-c',
        'import sys; print("%d.%d" % sys.version_info[:2])',
      ]);
      const user = await hooked(name, box);
      const shown = await user.command(`python${version.stdout.trim()} -m pip uninstall -y demo-lib`, slow);
      expect(shown).toContain('Successfully uninstalled demo-lib');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
    });

    it.each([
      ['-I -m pip', 'python3 -I -m pip'],
      ['-u -X utf8 -Wignore -m pip', 'python3 -u -X utf8 -Wignore -m pip'],
      ['-Im pip -q', 'python3 -I -m pip -q'],
      ['-W error::ImportWarning -E -mpip', 'python3 -W error::ImportWarning -E -m pip'],
    ])('is covered with options of Python’s own: python3 %s', async (words, shown) => {
      const user = await hooked(name, project(), { columns: 160 });
      user.type(`python3 ${words} install demo-lib`);
      expect(await user.waitFor(/enter run/, slow)).toContain(`  ${shown} install demo-lib `);
      user.send(keys.escape);
      expect(await user.ready(slow)).toContain(refusal);
    });

    it.each(['-W "ignore:a b" -m pip', '-S -s -m pip', '-x -m pip', '-c "import pip" -m pip'])(
      'is left as it is where its options are others: python3 %s',
      async (words) => {
        const box = project({ PIP_DETOUR: 'venv' });
        const user = await hooked(name, box, { columns: 160 });
        await user.command(`python3 ${words} install demo-lib`, slow);
        expect(box.exists('.venv')).toBe(false);
      },
    );

    it.each([...(pyenvRoot === undefined ? [] : ['pyenv’s']), 'one like asdf’s'])(
      'is covered where python is a version manager’s: %s',
      async (whose) => {
        const box = project({
          PIP_DETOUR: 'venv',
          PYENV_ROOT: pyenvRoot ?? '',
          PYENV_VERSION: 'system',
        });
        readyEnvironment(join(box.project, '.venv'));
        const standIn = join(box.root, 'keeper/shims');
        mkdirSync(standIn, { recursive: true });
        writeFileSync(join(standIn, 'python3'), '#!/usr/bin/env bash\nexec /usr/bin/python3 "$@"\n', {
          mode: 0o755,
        });
        box.env['PATH'] = `${whose === 'pyenv’s' ? `${pyenvRoot}/shims` : standIn}:${box.env['PATH']}`;
        const user = await hooked(name, box, { columns: 160 });
        const shown = await user.command('python3 -I -m pip install demo-lib', slow);
        expect(shown).toContain('Successfully installed demo-lib');
        expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      },
    );

    it.each([
      ['a variable', (box: Sandbox) => Object.assign(box.env, { PIP_DETOUR_PYTHON_M_PIP: 'false' })],
      [
        'a setting',
        (box: Sandbox) => setShellSwitch(join(box.home, '.local/state/pip-detour'), 'no-python-m-pip', true),
      ],
    ])('is left alone where %s says so', async (_, switchOff) => {
      const box = project({ PIP_DETOUR: 'venv' });
      switchOff(box);
      const user = await hooked(name, box);
      expect(await user.command('python3 -m pip install demo-lib', slow)).toContain(refusal);
      expect(box.exists('.venv')).toBe(false);
    });

    it('in the background is not waited for', async () => {
      const box = project({ PIP_DETOUR: 'venv' });
      readyEnvironment(join(box.project, '.venv'));
      const user = await hooked(name, box);
      await user.command(says[name].background('python3 -m pip install demo-lib'), slow);
      await user.command('true');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
    });
  });

  describe.skipIf(lacks(name))('everything else about python', () => {
    it.each([
      ['an exit code', `python3 -c 'import sys; sys.exit(7)'; ${says[name].status}`, 'code 7'],
      [
        'arguments',
        `python3 -c 'import sys; print(sys.argv[1:])' -m pip install '' 'a b' '*' "it's"`,
        `['-m', 'pip', 'install', '', 'a b', '*', "it's"]`,
      ],
      ['its input', `echo 'print(6 * 7)' | python3`, '42'],
      [
        'another module',
        `python3 -m this | tail -n 1`,
        "Namespaces are one honking great idea -- let's do more",
      ],
      ['what pip is not refused', 'python3 -m pip --version', '(python 3.'],
      [
        'a subshell',
        name === 'fish' ? 'begin; python3 -c "print(6 * 7)"; end' : '(python3 -c "print(6 * 7)")',
        '42',
      ],
    ])('is as it was: %s', async (_, line, wanted) => {
      const user = await hooked(name, project(), { columns: 200 });
      expect((await user.command(line, slow)).replace(line, '')).toContain(wanted);
    });

    it('is found by which, and by the shell’s own words where the shell lets it', async () => {
      const box = project({ PIP_DETOUR: 'venv' });
      const user = await hooked(name, box);
      // Before and after a line for which it had a function.
      for (const line of ['true', 'python3 -m pip install --dry-run demo-lib']) {
        await user.command(line, slow);
        expect(await user.command('which python3')).toMatch(/^\/\S*\/python3$/m);
        if (name !== 'bash')
          expect(await user.command('type python3')).toMatch(/python3 is \/\S*\/python3$/m);
      }
    });

    it('is stopped by Ctrl-Z, is listed as what it is, and goes on with fg', async () => {
      const user = await hooked(name, project(), { columns: 160 });
      user.type(`python3 -c 'print("up"); input(); print(6 * 7)'`);
      await user.waitFor(/^up$/m);
      user.send(keys.ctrlZ);
      await user.ready();
      expect((await user.command('jobs')).split('\n').slice(1).join('\n')).toMatch(/python3 -c .*input/);
      user.type('fg');
      await user.waitFor(/python3 -c[^\n]*\n?$/);
      user.send('\r');
      expect(await user.ready()).toMatch(/^42$/m);
    });

    it('an alias and a function of the person’s own stay theirs', async () => {
      const box = project();
      const user = await hooked(name, box);
      const mine =
        name === 'fish' ? 'function python3; echo mine $argv; end' : 'python3() { echo mine "$@"; }';
      if (name !== 'fish') {
        await user.command("alias python='echo aliased'");
        expect(await user.command('python -m pip install x')).toMatch(/^aliased -m pip install x$/m);
      }
      await user.command(mine);
      expect(await user.command('python3 -m pip install x')).toMatch(/^mine -m pip install x$/m);
      await user.command(readsHook(name));
      expect(await user.command('python3 -m pip install x')).toMatch(/^mine -m pip install x$/m);
      await user.command('true');
      expect(await user.command('python3 -m pip install x')).toMatch(/^mine -m pip install x$/m);
    });

    it('works on when the program is gone', async () => {
      const box = project();
      const program = join(box.root, 'program');
      box.run('cp', ['-R', dist, program]);
      const user = await hooked(name, box, { directory: program });
      box.run('rm', ['-r', program]);
      expect(await user.command('python3 -m pip install demo-lib', slow)).toContain(refusal);
      expect(await user.command('python3 -c "print(6 * 7)"')).toMatch(/^42$/m);
    });
  });

  it.skipIf(lacks(name))('py, which picks a Python, is covered for the one it picks', async () => {
    const box = project({ PIP_DETOUR: 'venv' });
    const bin = join(box.root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'py'), '#!/bin/sh\nexec /usr/bin/python3 "$@"\n', { mode: 0o755 });
    box.env['PATH'] = `${box.env['PATH']}:${bin}`;
    const user = await hooked(name, box);
    expect(await user.command('py -m pip install demo-lib', slow)).toContain(
      'Successfully installed demo-lib',
    );
    expect(existsSync(join(box.project, '.venv/bin/python'))).toBe(true);
    expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
  });
});
