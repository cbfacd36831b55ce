import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish, setShellSwitch } from '../../src/shell/activation.ts';
import { freshHome, placeProgram, rcOf, writeHome } from '../install/support.ts';
import { type HookShell, hookShells, says, shownValue } from '../support/hooked.ts';
import { lacks, python } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';

/**
 * Programs that own the prompt, as their makers ship them. None is part of this project: each is looked for where a
 * variable names it, and skipped where none does.
 *
 *     PIP_DETOUR_TEST_OH_MY_ZSH   a clone of ohmyzsh/ohmyzsh
 *     PIP_DETOUR_TEST_STARSHIP    the program starship
 *     PIP_DETOUR_TEST_VSCODE      VS Code's src/vs/workbench/contrib/terminal/common/scripts
 */
interface Owner {
  readonly title: string;
  /** What its variable names. */
  readonly place: string | undefined;
  readonly shell: HookShell;
  /** Lines of the rc file before our own, and after it. */
  readonly before?: (place: string) => string;
  readonly after?: (place: string) => string;
  readonly start?: (place: string, box: Sandbox) => { args: readonly string[]; env: Record<string, string> };
}

const { PIP_DETOUR_TEST_OH_MY_ZSH, PIP_DETOUR_TEST_STARSHIP, PIP_DETOUR_TEST_VSCODE } = process.env;

const ohMyZsh = (place: string) =>
  `export ZSH='${place}' ZSH_THEME=robbyrussell DISABLE_AUTO_UPDATE=true ZSH_DISABLE_COMPFIX=true
plugins=(git pip python virtualenv)
. "$ZSH/oh-my-zsh.sh"
`;
const starship: Record<HookShell, (place: string) => string> = {
  bash: (place) => `eval "$('${place}' init bash)"\n`,
  zsh: (place) => `eval "$('${place}' init zsh)"\n`,
  fish: (place) => `'${place}' init fish | source\n`,
};
const vscode: Record<HookShell, NonNullable<Owner['start']>> = {
  bash: (place) => ({
    args: ['--init-file', join(place, 'shellIntegration-bash.sh')],
    env: { VSCODE_INJECTION: '1', VSCODE_NONCE: 'x', VSCODE_STABLE: '1' },
  }),
  zsh(place, box) {
    const rc = writeHome(box, 'code/.zshrc', readFileSync(join(place, 'shellIntegration-rc.zsh'), 'latin1'));
    return {
      args: ['-i'],
      env: {
        VSCODE_INJECTION: '1',
        ZDOTDIR: dirname(rc),
        USER_ZDOTDIR: box.home,
        VSCODE_ZDOTDIR: dirname(rc),
      },
    };
  },
  fish: (place) => ({
    args: ['-i', '-C', `source '${place}/shellIntegration.fish'`],
    env: { TERM_PROGRAM: 'vscode' },
  }),
};
const owners: readonly Owner[] = [
  { title: 'oh-my-zsh before our line', place: PIP_DETOUR_TEST_OH_MY_ZSH, shell: 'zsh', before: ohMyZsh },
  { title: 'oh-my-zsh after our line', place: PIP_DETOUR_TEST_OH_MY_ZSH, shell: 'zsh', after: ohMyZsh },
  ...hookShells.flatMap((shell): Owner[] => [
    {
      title: `starship in ${shell} before our line`,
      place: PIP_DETOUR_TEST_STARSHIP,
      shell,
      before: starship[shell],
    },
    {
      title: `starship in ${shell} after our line`,
      place: PIP_DETOUR_TEST_STARSHIP,
      shell,
      after: starship[shell],
    },
    { title: `VS Code’s ${shell}`, place: PIP_DETOUR_TEST_VSCODE, shell, start: vscode[shell] },
  ]),
];

/** A terminal whose prompt looks like nothing we know: what was typed is over when the next line was. */
function sit(owner: Owner, box: Sandbox) {
  const { args, env } = owner.start?.(owner.place ?? '', box) ?? { args: ['-i'], env: {} };
  const pty = terminal(`/usr/bin/${owner.shell}`, args, {
    env: { ...box.env, ...env },
    cwd: box.home,
    columns: 200,
  });
  let lines = 0;
  return {
    ...pty,
    /** What the screen shows from the line on to the one after it. */
    async command(line: string): Promise<string> {
      lines += 1;
      const done = `done-${lines}`;
      const before = pty.history().length;
      pty.send(`${line}\recho done''-${lines}\r`);
      const shown = await pty.waitUntil((history) => history.split('\n').includes(done), 60_000);
      return shown.slice(before);
    },
  };
}

describe.each(owners)('with $title', (owner) => {
  const { shell, place } = owner;
  it.skipIf(place === undefined || lacks(shell))('everything is as it is without', async () => {
    const box = freshHome({ SHELL: `/usr/bin/${shell}`, PIP_DETOUR: 'venv', XDG_CACHE_HOME: undefined });
    expect(existsSync(place ?? '')).toBe(true);
    const program = placeProgram(box);
    writeHome(box, rcOf[shell].file, owner.before?.(place ?? '') ?? '');
    expect(box.run(join(program, 'shims/pip-detour'), ['setup'])).toMatchObject({ code: 0 });
    const rc = box.run('cat', [join(box.home, rcOf[shell].file)]).stdout;
    writeHome(box, rcOf[shell].file, rc + (owner.after?.(place ?? '') ?? ''));
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    const state = join(box.home, '.local/state/pip-detour');
    const other = join(box.home, 'other');
    mkdirSync(other);
    box.run(python, ['-m', 'venv', '--without-pip', join(other, '.venv')]);
    publish(state, other, join(other, '.venv'));
    setShellSwitch(state, 'auto-activate', true);

    const user = sit(owner, box);
    const where = async () => shownValue('VIRTUAL_ENV', await user.command(says[shell].show('VIRTUAL_ENV')));
    expect(await user.command(shell === 'fish' ? 'false; echo code $status' : 'false; echo code $?')).toMatch(
      /^code 1$/m,
    );
    expect(await user.command('cd other')).not.toMatch(/_pip_detour|not found/);
    expect(await where()).toBe(join(other, '.venv'));
    expect(await user.command('cd ../shop')).not.toMatch(/_pip_detour|not found/);
    expect(await where()).toBe('unset');
    const installed = await user.command('pip install demo-lib');
    expect(installed).toContain('this shell is in it now');
    expect(await where()).toBe(join(box.project, '.venv'));
    expect(await user.command('python -c "import demo_lib; print(6 * 7)"')).toMatch(/^42$/m);
    await user.command('deactivate');
    expect(await where()).toBe('unset');
    const again = await user.command('python3 -u -m pip install demo-other');
    expect(again).toContain('this shell is in it now');
    expect(await where()).toBe(join(box.project, '.venv'));
    expect(user.history()).not.toMatch(/_pip_detour_\w+:|command not found|syntax error|hook\.\w+:/i);
  });
});
