import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyEnvironment } from '../support/environments.ts';
import { hooked, hookShells, readsHook, says } from '../support/hooked.ts';
import { lacks, pythonName } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

const slow = 30_000;

function project(extra: Record<string, string> = {}): Sandbox {
  const box = sandbox(extra);
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  return box;
}

/** One whose environment is there already, for what only follows from its being entered. */
function withEnvironment(extra: Record<string, string> = {}): Sandbox {
  const box = project(extra);
  readyEnvironment(join(box.project, '.venv'));
  return box;
}

describe.each(hookShells)('in %s', (name) => {
  /** A login shell that is not the one typed into. */
  const elsewhere = name === 'fish' ? '/bin/bash' : '/usr/bin/fish';

  describe.skipIf(lacks(name))('a shell that has read the hook', () => {
    it('is in the environment at the next prompt, and out of it with deactivate', async () => {
      const box = project();
      const user = await hooked(name, box);
      const path = await user.variable('PATH');
      user.type('pip install demo-lib');
      await user.waitFor(/enter run/, slow);
      user.send(keys.enter);
      const done = await user.ready(slow);
      expect(done).toContain('Installed into ~/shop/.venv; this shell is in it now (deactivate leaves it).');
      expect(done).not.toContain('bin/activate');
      expect(done).toMatch(/^\(shop\) <ready>/m);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      const said = await user.command('python -c "import demo_lib; print(demo_lib.__file__)"');
      expect(said.replaceAll('\n', '')).toContain(join(box.project, '.venv/lib'));
      // From here on it is the environment's own pip.
      expect(await user.command('pip install demo-other', slow)).not.toContain('pip-detour:');
      const left = await user.command('deactivate');
      expect(left).toMatch(/^<ready>/m);
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
      expect(await user.variable('VIRTUAL_ENV_PROMPT')).toBe('unset');
      expect(await user.variable('PATH')).toBe(path);
    });

    // fish hears of it before its prompt alone.
    it.skipIf(name === 'fish').each(['pip', 'python3 -m pip'])(
      'what follows %s on the same line is in it already, and finds the exit code',
      async (pip) => {
        const box = withEnvironment({ PIP_DETOUR: 'venv' });
        const user = await hooked(name, box);
        const line = `${pip} install demo-lib && python3 -c "import demo_lib, sys; print(sys.prefix)"; echo "code $?"`;
        expect(await user.command(line, slow)).toContain(`\n${join(box.project, '.venv')}\ncode 0`);
        expect(await user.command(`${pip} install no-such-thing-at-all; echo "code $?"`, slow)).toContain(
          'code 1',
        );
        expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      },
    );

    it('is in it after Ctrl-Z and fg, too', async () => {
      const box = withEnvironment();
      const user = await hooked(name, box);
      user.type('pip install demo-lib');
      await user.waitFor(/enter run/, slow);
      user.send(keys.ctrlZ);
      await user.ready(slow);
      user.type('fg');
      await user.waitFor(/enter run/, slow);
      user.send(keys.enter);
      await user.ready(slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    });

    it('is in it when the choice stood, too', async () => {
      const box = project({ PIP_DETOUR: 'venv' });
      const user = await hooked(name, box);
      await user.command('pip install demo-lib', slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    });

    it('leaves the prompt alone with VIRTUAL_ENV_DISABLE_PROMPT', async () => {
      const box = withEnvironment({ PIP_DETOUR: 'venv', VIRTUAL_ENV_DISABLE_PROMPT: '1' });
      const user = await hooked(name, box);
      expect(await user.command('pip install demo-lib', slow)).toMatch(/^<ready>/m);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    });

    it('stays where it is when that was answered with a, and is not asked again where that is remembered', async () => {
      const box = withEnvironment();
      const user = await hooked(name, box);
      user.type('pip install demo-lib');
      await user.waitFor(/a activate: always here/, slow);
      user.send('a');
      await user.waitFor(/a activate: this once/);
      user.send('a');
      await user.waitFor(/a activate: not/);
      user.send(keys.enter);
      expect(await user.ready(slow)).toContain('To use it in this shell:');
      for (let time = 0; time < 2; time += 1) {
        expect(await user.command('pip install demo-other', slow)).toContain('To use it in this shell:');
        expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
      }
    });

    it.each([
      ['never', 'unset'],
      ['always', '.venv'],
    ])('does as the setting says, without a question: %s', async (wish, where) => {
      const box = withEnvironment({ PIP_DETOUR_ACTIVATE: wish });
      const user = await hooked(name, box);
      user.type('pip install -q demo-lib');
      expect(await user.waitFor(/enter run/, slow)).not.toContain('a activate');
      user.send(keys.enter);
      await user.ready(slow);
      const value = await user.variable('VIRTUAL_ENV');
      expect(value).toBe(where === 'unset' ? where : join(box.project, where));
    });

    const lines: readonly (readonly [string, string, boolean])[] = [
      ['a failed install', 'pip install no-such-thing', true],
      ['an install in the background', says[name].background('pip install demo-lib'), false],
      ['an uninstall', 'pip uninstall -y demo-lib', true],
      ['a shell inside that has not read the hook', 'sh -c "pip install demo-lib; true"', true],
      ['a script', 'sh ./script', true],
      ['the head of a pipeline', 'pip install demo-lib | cat', true],
      ['the tail of a pipeline', 'true | pip install demo-lib', true],
      ...(name === 'fish'
        ? []
        : ([
            ['a subshell', '(pip install demo-lib)', true],
            ['a subshell that goes on', '(pip install demo-lib; true)', true],
            ['a substitution', 'echo "$(pip install demo-lib)"', true],
          ] satisfies [string, string, boolean][])),
    ];
    it.each(lines)('stays as it is after %s', async (_, line, tells) => {
      const box = (line.includes('no-such') ? project : withEnvironment)({ PIP_DETOUR: 'venv' });
      box.write('script', 'pip install demo-lib\ntrue\n');
      const user = await hooked(name, box, { env: { SHELL: elsewhere } });
      // There is something to take away.
      if (line.includes('uninstall')) box.run('pip', ['install', 'demo-lib']);
      const shown = await user.command(line, slow);
      expect(shown).not.toContain('this shell is in it now');
      await user.command('true');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
      const installed = !/no-such|uninstall/.test(line);
      expect(box.exists('.venv')).toBe(!line.includes('no-such'));
      expect(box.exists(`.venv/lib/${pythonName}/site-packages/demo_lib/__init__.py`)).toBe(installed);
      // For this shell, by whatever way it came; a script is told it in its own shell's words.
      const file = name === 'fish' ? 'activate.fish' : 'activate';
      if (installed && tells)
        expect(shown).toContain(
          line.includes('./script')
            ? 'To use it in this script:\n  . ./.venv/bin/activate\n'
            : `To use it in this shell:\n  source .venv/bin/${file}\n`,
        );
    });

    it('does not enter for another terminal', async () => {
      const box = withEnvironment({ PIP_DETOUR: 'venv' });
      const [one, other] = [await hooked(name, box), await hooked(name, box)];
      await one.command('pip install demo-lib', slow);
      await other.command('true');
      expect(await other.variable('VIRTUAL_ENV')).toBe('unset');
      expect(await one.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    });

    it('enters nothing that it was not told of by name, whatever is written there', async () => {
      const box = project();
      const user = await hooked(name, box);
      const pid = (await user.command(name === 'fish' ? 'echo pid $fish_pid' : 'echo "pid $$"')).match(
        /^pid (\d+)/m,
      )?.[1];
      const host = readFileSync('/proc/sys/kernel/hostname', 'utf8').trim();
      const file = join(box.home, '.local/state/pip-detour/shell', `${host}.${pid}`);
      mkdirSync(join(file, '..'), { recursive: true });
      const planted = join(box.project, 'planted');
      for (const text of [
        '$(touch ran)\n',
        '`touch ran`\n',
        'touch ran\n',
        `${box.project}\n`,
        `${planted}:/x\n`,
        '\n',
        '\0\0\n',
      ]) {
        writeFileSync(file, text);
        await user.command('true');
        expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
        expect(readFileSync(file, 'utf8')).toBe('');
      }
      expect(box.exists('ran')).toBe(false);
    });

    it('reads a hook that was read already without being told twice', async () => {
      const box = withEnvironment({ PIP_DETOUR: 'venv' });
      const user = await hooked(name, box);
      const before = await user.variable(name === 'bash' ? 'PROMPT_COMMAND' : 'PATH');
      for (let time = 0; time < 3; time += 1) await user.command(readsHook(name));
      expect(await user.variable(name === 'bash' ? 'PROMPT_COMMAND' : 'PATH')).toBe(before);
      const shown = await user.command('pip install demo-lib', slow);
      expect(shown).toMatch(/^\(shop\) <ready>/m);
    });
  });

  it.skipIf(lacks(name))('with the hook, that line is for this shell, whatever SHELL names', async () => {
    const box = withEnvironment({ PIP_DETOUR: 'venv', PIP_DETOUR_ACTIVATE: 'never' });
    const user = await hooked(name, box, { env: { SHELL: elsewhere } });
    const shown = await user.command('pip install demo-lib', slow);
    const file = name === 'fish' ? 'activate.fish' : 'activate';
    expect(shown).toContain(`To use it in this shell:\n  source .venv/bin/${file}\n`);
  });

  it.skipIf(lacks(name))('without the hook, the one line to type is shown', async () => {
    const box = project({ PIP_DETOUR: 'venv' });
    const user = await shell(name, box, { env: { SHELL: elsewhere } });
    const shown = await user.command('pip install demo-lib', slow);
    const file = name === 'fish' ? 'activate.fish' : 'activate';
    expect(shown).toContain(`To use it in this shell:\n  source .venv/bin/${file}\n`);
    await user.command(`source .venv/bin/${file}`);
    const value = await user.command(says[name].show('VIRTUAL_ENV'));
    expect(value.replaceAll('\n', '')).toContain(join(box.project, '.venv'));
  });
});
