import { shellProgram } from './machine.ts';
import type { Sandbox } from './sandbox.ts';
import { type Terminal, terminal } from './terminal.ts';

export type ShellName = 'bash' | 'zsh' | 'fish' | 'dash';

export interface Shell extends Terminal {
  /** Types a line and Enter. */
  type(line: string): void;
  /** Types a line and resolves, once the shell's prompt is back, with what the screen shows since. */
  command(line: string, timeout?: number): Promise<string>;
  /** Resolves once the shell's prompt is back after what was typed last. */
  ready(timeout?: number): Promise<string>;
}

/** A prompt that no program's output contains; it counts, so that the next one can be told from the last. */
const mark = '<ready>';

const starts: Record<ShellName, { args: string[]; env: Record<string, string> }> = {
  bash: { args: ['--norc', '--noprofile', '-i'], env: { PS1: `${mark} `, PROMPT_COMMAND: '', HISTFILE: '' } },
  zsh: { args: ['-f', '-i'], env: { PS1: `${mark} `, RPS1: '', PROMPT_EOL_MARK: '' } },
  fish: {
    args: [
      '--no-config',
      '-i',
      '-C',
      `function fish_prompt; echo -n '${mark} '; end; function fish_greeting; end`,
    ],
    env: {},
  },
  dash: { args: ['-i'], env: { PS1: `${mark} ` } },
};

/** An interactive shell on a real pty, as a person sits before it; `under` names a program that starts it. */
export async function shell(
  name: ShellName,
  box: Sandbox,
  options: {
    columns?: number;
    rows?: number;
    cwd?: string;
    env?: Record<string, string>;
    under?: readonly string[];
  } = {},
): Promise<Shell> {
  const start = starts[name];
  const [program = '', ...args] = [...(options.under ?? []), shellProgram(name), ...start.args];
  const pty = terminal(program, args, {
    env: { ...box.env, SHELL: `/usr/bin/${name}`, ...start.env, ...options.env },
    cwd: options.cwd ?? box.project,
    columns: options.columns ?? 100,
    rows: options.rows ?? 40,
  });
  let prompts = 0;
  const count = (history: string) => history.split(mark).length - 1;
  const ready = (timeout?: number) =>
    pty.waitUntil((history) => {
      const lastLine = history.slice(history.lastIndexOf('\n') + 1).trimEnd();
      return count(history) > prompts && lastLine.endsWith(mark);
    }, timeout);
  const type = (line: string) => {
    prompts = count(pty.history());
    pty.send(`${line}\r`);
  };
  await ready();
  return {
    ...pty,
    type,
    ready,
    async command(line, timeout) {
      const before = pty.history().length;
      type(line);
      const history = await ready(timeout);
      return history.slice(Math.max(0, before - mark.length - 1));
    },
  };
}
