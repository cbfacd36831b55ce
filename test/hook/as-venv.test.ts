import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HookShell, hookShells, readsHook } from '../support/hooked.ts';
import { lacks, python, shellProgram } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** The system's Python, and those that pyenv has here: activate scripts differ. 3.9's knew no VIRTUAL_ENV_PROMPT yet. */
function pythons(): readonly string[] {
  const versions = join(homedir(), '.pyenv/versions');
  try {
    const names = readdirSync(versions).filter((name) => /^3\.1\d\./.test(name));
    return [python, ...names.map((name) => join(versions, name, 'bin/python3'))];
  } catch {
    return [python];
  }
}

const activates: Record<HookShell, string> = {
  bash: '. "$VENV/bin/activate"',
  zsh: '. "$VENV/bin/activate"',
  fish: 'source $VENV/bin/activate.fish',
};

/** Prints everything that is exported, and the prompt, between lines of its own. */
const shows: Record<HookShell, (label: string) => string> = {
  bash: (label) => `echo "=${label}"; env -0 | sort -z | tr '\\0' '\\n'; echo "PS1 is <$PS1>"`,
  zsh: (label) => `echo "=${label}"; env -0 | sort -z | tr '\\0' '\\n'; echo "PS1 is <$PS1>"`,
  fish: (label) => `echo "=${label}"; env -0 | sort -z | tr '\\0' '\\n'; echo "prompt is <"(fish_prompt)">"`,
};

/** What an interactive shell exports before, in and after the environment, by what activates it. */
function passage(name: HookShell, box: Sandbox, activate: string, variables: Record<string, string>): string {
  const lines = [
    readsHook(name),
    ...(name === 'fish' ? ['function fish_prompt; echo -n "> "; end'] : ["PS1='> '"]),
    shows[name]('before'),
    activate,
    shows[name]('inside'),
    'deactivate',
    shows[name]('after'),
  ];
  const flags = { bash: ['--norc'], zsh: ['-f'], fish: ['--no-config'] }[name];
  const ran = box.run(shellProgram(name), [...flags, '-i', '-c', lines.join('\n')], {
    env: { PS1: undefined, ...variables },
  });
  return ran.stdout.replace(/^(_PIP_DETOUR_SHELL|_|SHLVL)=.*\n/gm, '');
}

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name)).each(pythons())('an environment of %s', (executable) => {
    it.each([
      ['as it is', {}, []],
      ['with a prompt of its own', {}, ['--prompt', "Ana's shop"]],
      ['without a prompt', { VIRTUAL_ENV_DISABLE_PROMPT: '1' }, []],
      ['with PYTHONHOME set', { PYTHONHOME: '/nowhere' }, []],
    ])('is entered and left as its own script does it, %s', (_, variables, options) => {
      const box = sandbox();
      const environment = join(box.project, 'my env');
      const made = box.run(executable, ['-m', 'venv', '--without-pip', ...options, environment]);
      expect(made.stderr).toBe('');
      const given = { VENV: environment, ...variables };
      const own = passage(name, box, activates[name], given);
      const ours = passage(name, box, '_pip_detour_load; _pip_detour_activate "$VENV"', given);
      expect(own).toContain(`VIRTUAL_ENV=${environment}\n`);
      expect(own).toContain('=after');
      expect(ours).toBe(own);
    });
  });
});
