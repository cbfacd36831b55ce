import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyEnvironment } from '../support/environments.ts';
import { hooked, hookShells } from '../support/hooked.ts';
import { lacks } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { keys } from '../support/terminal.ts';

const slow = 30_000;

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('an environment in a directory called', () => {
    it.each([`it's  a b`, '$HOME$(>ran)`>ran`;>ran;"x', 'a\\b', 'ünï 漢字', '-n', '* ~ %n %~ !! '])(
      '%s is entered, and nothing of its name is run',
      async (odd) => {
        const box = sandbox({ PIP_DETOUR: 'venv' });
        const directory = join(box.project, odd);
        mkdirSync(directory);
        writeFileSync(join(directory, 'pyproject.toml'), '[project]\nname = "shop"\nversion = "1"\n');
        // Made by the same program for each shell.
        if (name !== hookShells[0]) readyEnvironment(join(directory, '.venv'));
        const user = await hooked(name, box, { cwd: directory, columns: 200 });
        expect(await user.command('pip install demo-lib', slow)).toContain('this shell is in it now');
        expect(await user.variable('VIRTUAL_ENV')).toBe(join(directory, '.venv'));
        expect(await user.command('python -c "import demo_lib; print(6 * 7)"')).toMatch(/^42$/m);
        expect(await user.command('pip --version')).toMatch(/^pip [\d.]+ from/m);
        expect(await user.command('deactivate')).toMatch(/^<ready>/m);
        expect(box.run('find', ['.', '-name', 'ran'], { cwd: box.root }).stdout).toBe('');
      },
    );

    it('with an escape sequence is not entered, which is said, and nothing is shown that could not be typed', async () => {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      const directory = join(box.project, 'a\x1b[31mb');
      mkdirSync(directory);
      writeFileSync(join(directory, 'pyproject.toml'), '[project]\nname = "shop"\nversion = "1"\n');
      const user = await hooked(name, box, { cwd: directory, columns: 200 });
      const shown = await user.command('pip install demo-lib', slow);
      expect(shown).toContain(
        'No shell can activate it: its path has characters in it that cannot be handed to a shell.',
      );
      expect(shown).not.toContain('bin/activate');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
    });

    it('with a colon is not made', async () => {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      const directory = join(box.project, 'a:b');
      mkdirSync(directory);
      writeFileSync(join(directory, 'pyproject.toml'), '[project]\nname = "shop"\nversion = "1"\n');
      const user = await hooked(name, box, { cwd: directory, columns: 120 });
      user.type('pip install demo-lib');
      await user.waitFor('a path with ":" cannot hold an environment', slow);
      await user.waitFor(/esc leave/, slow);
      user.send(keys.escape);
      await user.ready(slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
    });

    it('whose own name is odd is shown without being run by the prompt', async () => {
      const box = sandbox();
      const environment = join(box.project, '$(touch ran)`touch ran`%n!!\\u');
      box.run('/usr/bin/python3', ['-m', 'venv', '--without-pip', environment]);
      const user = await hooked(name, box, {
        env: { ENVIRONMENT: environment },
        lines: name === 'zsh' ? ['setopt prompt_subst prompt_bang'] : [],
        columns: 200,
      });
      const shown = await user.command('_pip_detour_load; _pip_detour_activate "$ENVIRONMENT"');
      expect(await user.variable('VIRTUAL_ENV')).toBe(environment);
      expect(shown).toMatch(/^\(.*touch ran.*\) <ready>/m);
      await user.command('true');
      expect(box.exists('ran')).toBe(false);
    });
  });
});
