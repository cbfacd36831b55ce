import { join } from 'node:path';
import { dist, python, top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

/** A program between the person and the question: it must be asked there, and answered. */
export interface TerminalCase {
  readonly program: string;
  readonly version: string;
  readonly how: string;
  readonly needs: readonly string[];
  /** Has `pip install demo-lib` asked and Enter taken, and resolves when it is over. */
  rescue(box: Sandbox): Promise<unknown>;
}

const install = `${dist}/shims/pip install demo-lib`;

/** Starts it, waits for the question, takes what is recommended, and waits for the end of pip. */
async function answered(
  box: Sandbox,
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Terminal> {
  const screen = terminal(command, args, { env: { ...box.env, ...env }, cwd: box.project, columns: 90 });
  await screen.waitFor(/esc leave/, 60_000);
  screen.send(`j${keys.up}`);
  screen.send(keys.enter);
  await screen.waitUntil((text) => text.includes('Successfully installed demo-lib-2.0'), 60_000);
  return screen;
}

/** The same in a program whose window closes with what runs in it, so that it is held until its text was seen. */
async function answeredInWindow(...what: Parameters<typeof answered>): Promise<void> {
  const screen = await answered(...what);
  screen.send(keys.enter);
  await screen.exited;
}

/** What VS Code's shell integration sets up in a bash (OSC 633 marks around prompt and command); written after its protocol's page. */
const vscode = `PS1='\\[\\e]633;A\\a\\]$ \\[\\e]633;B\\a\\]'
PS0='\\e]633;C\\a'
PROMPT_COMMAND='printf "\\e]633;D;%s\\a\\e]633;P;Cwd=%s\\a" "$?" "$PWD"'
trap '__vsc_last=$BASH_COMMAND' DEBUG
`;

export const terminalCases: readonly TerminalCase[] = [
  {
    program: 'tmux',
    version: 'tmux -V',
    how: 'asked in a pane',
    needs: ['tmux'],
    rescue: (box) =>
      answeredInWindow(box, 'tmux', [
        '-f',
        '/dev/null',
        '-S',
        join(box.root, 'tmux'),
        'new',
        `${install}; read held`,
      ]),
  },
  {
    program: 'GNU Screen',
    version: 'screen --version | cut -d " " -f 1-3',
    how: 'asked in a window',
    needs: ['screen'],
    rescue: (box) =>
      answeredInWindow(box, 'screen', ['-c', '/dev/null', '-U', 'sh', '-c', `${install}; read held`], {
        SCREENDIR: join(box.root, 'screen'),
      }),
  },
  {
    program: 'script',
    version: 'script --version',
    how: 'asked on the pty it records',
    needs: ['script'],
    rescue: (box) => answered(box, 'script', ['-qec', install, '/dev/null']),
  },
  {
    program: 'Expect',
    version: 'expect -v',
    how: 'a script waits for the question and sends Enter',
    needs: ['expect'],
    async rescue(box) {
      const script = `set timeout 60\nspawn ${install}\nexpect -re { leave}\nsend "\\r"\nexpect "Successfully installed"\nexpect eof\n`;
      const ran = box.run('expect', ['-c', script]);
      if (!ran.stdout.includes('Successfully installed')) throw new Error(ran.stdout + ran.stderr);
    },
  },
  {
    program: 'a slow line',
    version: 'echo "3,000 bytes/s, 150 ms"',
    how: 'a relay that holds keys back and lets output trickle, as SSH over a bad network does (mosh itself was not run)',
    needs: ['python3'],
    rescue: (box) =>
      answered(box, python, [join(top, 'test/support/slow-link.py'), '3000', '150', 'sh', '-c', install]),
  },
  {
    program: 'VS Code’s terminal',
    version: 'echo simulated',
    how: 'bash with the marks of its shell integration and its variables, not VS Code itself',
    needs: ['bash'],
    async rescue(box) {
      const rc = box.write('../vscode-rc', vscode);
      const env = { ...box.env, TERM_PROGRAM: 'vscode', VSCODE_INJECTION: '1', COLORTERM: 'truecolor' };
      const screen = terminal('bash', ['--init-file', rc, '-i'], { env, cwd: box.project, columns: 90 });
      await screen.waitFor(/\$$/);
      screen.send(`${install}\r`);
      await screen.waitFor(/esc leave/, 60_000);
      screen.send(keys.enter);
      await screen.waitUntil((text) => /Successfully installed demo-lib-2\.0[\s\S]*\$$/.test(text), 60_000);
    },
  },
];
