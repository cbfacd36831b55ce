import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandGrammar, everyCommand, grammar } from '../../src/completion/grammar.ts';
import { dist, lacks, pip } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { freshHome, openTerminal, placeProgram, type RcShell, rcOf, writeHome } from './support.ts';

const everyShell: readonly RcShell[] = ['bash', 'zsh', 'fish'];
const compinit = 'autoload -Uz compinit; compinit -u\n';

/** A person with the program set up for this shell; zsh's own completion system is on, as in most .zshrc files. */
function person(shell: RcShell, after = ''): Sandbox {
  const home = freshHome({ SHELL: `/usr/bin/${shell}` });
  writeHome(home, rcOf[shell].file, `${rcOf[shell].prompt}${shell === 'zsh' ? compinit : ''}${after}`);
  mkdirSync(join(home.project, 'documents'));
  writeHome(home, 'shop/double', '');
  const ran = home.run(join(placeProgram(home), 'shims/pip-detour'), ['setup']);
  expect(ran.stderr).toBe('');
  return home;
}

/** Types each line and Tab in one terminal; resolves once all have been completed to what is wanted. */
async function complete(home: Sandbox, shell: RcShell, lines: readonly (readonly [string, RegExp])[]) {
  const pty = await openTerminal(home, shell);
  for (const [typed, wanted] of lines) {
    pty.send(`${typed}\t`);
    await pty.waitFor(new RegExp(`ready> ${wanted.source}`));
    pty.send('\x15');
    await pty.waitFor(/ready>$/);
  }
}

/** Types each line and Tab, and what is listed of that form on the screen below it. */
async function listed(home: Sandbox, shell: RcShell, typed: string, form: RegExp, count: number) {
  const pty = await openTerminal(home, shell);
  pty.send(`${typed}\t${shell === 'bash' ? '\t' : ''}`);
  const below = (text: string) => text.split(`ready> ${typed.trimEnd()}`)[1] ?? '';
  const words = (text: string) => [...new Set(below(text).match(form) ?? [])].sort();
  await pty.waitUntil((history) => words(history).length >= count);
  return words(pty.history());
}

const root = await grammar();
const path = ({ path: words }: CommandGrammar) => ['pip-detour', ...words].join(' ');

describe.each(everyShell)('completion in %s', (shell) => {
  const missing = lacks(shell);

  it.skipIf(missing)('offers the commands that --help lists, and no others', async () => {
    const home = person(shell);
    for (const command of everyCommand(root).filter(({ commands }) => commands.length > 0)) {
      const names = command.commands.map((within) => String(within.path.at(-1)));
      const form = new RegExp(`(?<=^|[\\s/])(${names.join('|')}|[a-z]+/)(?=\\s)`, 'gm');
      expect(await listed(home, shell, `${path(command)} `, form, names.length)).toEqual(names.sort());
    }
  });

  it.skipIf(missing)('offers the options that --help lists, and no others', async () => {
    const home = person(shell);
    for (const command of everyCommand(root)) {
      const names = command.options.map((option) => String(option.names[0]));
      const shown = await listed(
        home,
        shell,
        `${path(command)} --`,
        /(?<=^|\s)--[a-z-]+(?=[\s=]|$)/gm,
        names.length,
      );
      expect(shown, path(command)).toEqual(names.sort());
    }
  });

  it.skipIf(missing)('completes commands, options, their values, and directories', async () => {
    await complete(person(shell), shell, [
      ['pip-detour unin', /pip-detour uninstall/],
      ['pip-detour uninstall --dr', /pip-detour uninstall --dry-run/],
      ['pip-detour uninstall --dry-run --ke', /pip-detour uninstall --dry-run --keep-memory/],
      ['pip-detour setup --shell z', /pip-detour setup --shell zsh/],
      ['pip-detour setup --shell=z', /pip-detour setup --shell=zsh/],
      ['pip-detour setup --shell zsh --no', /pip-detour setup --shell zsh --no-rc/],
      // A file begins with the same letters.
      ['pip-detour forget do', /pip-detour forget documents\//],
      ['pip-detour config set inst', /pip-detour config set installer/],
      ['pip-detour config set activate alw', /pip-detour config set activate always/],
      ['pip-detour config set --user auto-activate t', /.* auto-activate true/],
      ['pip-detour config set forbid pipx ve', /pip-detour config set forbid pipx venv/],
      ['pip-detour choices pr', /pip-detour choices prune/],
      ['pip-detour choices move . do', /pip-detour choices move \. documents\//],
    ]);
  });

  it.skipIf(missing || lacks('strace'))('is in a file that a starting shell does not read', () => {
    const home = person(shell);
    const trace = join(home.root, 'trace');
    home.run('/usr/bin/strace', [
      '-f',
      '--seccomp-bpf',
      '-e',
      'trace=openat',
      '-o',
      trace,
      `/usr/bin/${shell}`,
      '-ic',
      'true',
    ]);
    const calls = readFileSync(trace, 'latin1');
    expect(calls).toContain(`pip-detour/hook.${shell}"`);
    expect(calls).not.toMatch(/completions\/_?pip-detour/);
  });

  it.skipIf(missing)("leaves pip's own completion working through the shim", async () => {
    const eval_ = shell === 'fish' ? '' : `eval "$(pip completion --${shell})"\n`;
    const home = person(shell);
    const rc = join(home.home, rcOf[shell].file);
    // After our line, where a person who has just read pip's documentation would put it.
    writeHome(home, rcOf[shell].file, `${readFileSync(rc, 'latin1')}${eval_}`);
    // Of newer pips (25.1) the script for zsh gives compadd the options as if they were its own, with us and without.
    const options = shell !== 'zsh' || !home.run(pip, ['completion', '--zsh']).stdout.includes('__pip()');
    await complete(home, shell, [
      ['pip uninst', /pip uninstall/],
      ...(options ? ([['pip install --no-bin', /pip install --no-binary/]] as const) : []),
    ]);
  });
});

describe('the completion files', () => {
  const file = (name: string) => join(dist, 'completions', name);

  it.each([
    ['bash', 'shellcheck', ['-s', 'bash', file('pip-detour.bash')]],
    ['bash', 'bash', ['-n', file('pip-detour.bash')]],
    ['bash', 'shfmt', ['-d', '-ln', 'bash', file('pip-detour.bash')]],
    ['zsh', 'zsh', ['-n', file('_pip-detour')]],
    ['fish', 'fish', ['--no-execute', file('pip-detour.fish')]],
  ])("for %s pass %s's eye", (_, program, args) => {
    if (lacks(program)) return;
    const ran = freshHome().run(`/usr/bin/${program}`, args);
    expect(ran.stdout + ran.stderr).toBe('');
    expect(ran.code).toBe(0);
  });
});
