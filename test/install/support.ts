import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { dist, top } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Terminal, terminal } from '../support/terminal.ts';

/** A sandbox whose PATH knows nothing of pip-detour yet. */
export function freshHome(extra: Readonly<Record<string, string | undefined>> = {}): Sandbox {
  return sandbox({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...extra });
}

export function programOf(home: Sandbox): string {
  return join(home.env['XDG_DATA_HOME'] ?? join(home.home, '.local/share'), 'pip-detour');
}

/** The built program put in its place, as install.sh leaves it before setting up; quicker than building again. */
export function placeProgram(home: Sandbox): string {
  const program = programOf(home);
  cpSync(dist, program, { recursive: true, verbatimSymlinks: true });
  return program;
}

/** This checkout's sources without node_modules, for what must fetch its own. */
export function bareCheckout(home: Sandbox): string {
  const checkout = join(home.root, 'checkout');
  mkdirSync(checkout);
  const names = ['LICENSE', 'LICENSE-3rd-party', 'install.sh', 'package.json', 'package-lock.json'];
  for (const name of [...names, 'docs', 'scripts', 'src', 'shims'])
    cpSync(join(top, name), join(checkout, name), { recursive: true });
  return checkout;
}

/** What install.sh and npm call besides node, npm and python3. */
const tools = [
  'cat',
  'cp',
  'grep',
  'id',
  'ln',
  'ls',
  'mkdir',
  'rm',
  'rmdir',
  'sh',
  'sleep',
  'tail',
  'env',
  'sed',
];

/** A directory to be the whole PATH: the plain tools, and those of the programs that are named. */
export function pathWith(home: Sandbox, ...programs: readonly string[]): string {
  const directory = join(home.root, 'bin');
  mkdirSync(directory);
  for (const name of [...tools, ...programs]) symlinkSync(join('/usr/bin', name), join(directory, name));
  return directory;
}

/** Everything under a directory: kind, mode and content of each, for `toEqual`. */
export function snapshot(directory: string, withTimes = false): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (path: string) => {
    for (const name of readdirSync(join(directory, path)).sort()) {
      // zsh's own, written by any zsh where the system's zshrc sets completion up (Ubuntu's /etc/zsh/zshrc).
      if (name.startsWith('.zcompdump')) continue;
      const below = join(path, name);
      const file = join(directory, below);
      const status = lstatSync(file);
      const times = withTimes ? ` ${status.ino} ${status.mtimeMs}` : '';
      const mode = status.mode.toString(8) + times;
      if (status.isDirectory()) {
        found[below] = mode;
        walk(below);
      } else
        found[below] =
          `${mode} ${status.isSymbolicLink() ? readlinkSync(file) : readFileSync(file, 'latin1')}`;
    }
  };
  walk('');
  return found;
}

/** Where each shell reads its rc file, and what makes its prompt one that a test can wait for. */
export const rcOf = {
  bash: { file: '.bashrc', prompt: "PS1='ready> '\n" },
  zsh: { file: '.zshrc', prompt: "PS1='ready> '\nunsetopt prompt_sp\n" },
  fish: {
    file: '.config/fish/config.fish',
    prompt: "function fish_prompt\n  echo -n 'ready> '\nend\nset fish_greeting\n",
  },
} as const;
export type RcShell = keyof typeof rcOf;

/** Writes a file of the person's, parents made. */
export function writeHome(home: Sandbox, path: string, text: string): string {
  const file = join(home.home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, 'latin1');
  return file;
}

/** A new interactive terminal of this person, once its prompt is there. The rc file must set the prompt (`rcOf`). */
export async function openTerminal(home: Sandbox, shell: RcShell): Promise<Terminal> {
  const pty = terminal(`/usr/bin/${shell}`, ['-i'], { env: home.env, cwd: home.project, columns: 200 });
  await pty.waitFor(/ready>$/);
  return pty;
}

/** What such a terminal shows for one command. */
export async function inNewTerminal(home: Sandbox, shell: RcShell, command: string): Promise<string> {
  return typeIn(await openTerminal(home, shell), command);
}

/** Types a line into an open terminal, and resolves with what is shown between it and the next prompt. */
export async function typeIn(pty: Terminal, command: string): Promise<string> {
  const lines = (history: string) => history.trimEnd().split('\n');
  const prompts = (history: string) => lines(history).filter(isPrompt).length;
  const before = prompts(pty.history());
  pty.send(`${command}\r`);
  const shown = await pty.waitUntil(
    (history) => prompts(history) > before && /ready>$/.test(history.trimEnd()),
  );
  const from = lines(shown).findLastIndex((line) => isPrompt(line) && !/ready>$/.test(line));
  return lines(shown)
    .slice(from + 1, -1)
    .join('\n');
}

function isPrompt(line: string): boolean {
  return /^(\(.*\) )?ready>/.test(line);
}
