import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { run } from '../system/process.ts';
import { statusOf } from '../system/process-status.ts';
import type { Variables } from '../system/variable-values.ts';
import { parentOfTyped } from '../system/waiting-pip.ts';

/** A process as job control sees it. */
interface Job {
  /** Its program's name. */
  readonly name: string;
  readonly parent: number;
  /** Its process group: to an interactive shell every command line is one. */
  readonly group: string;
  /** Its controlling terminal, under whatever name the system has for it. */
  readonly terminal: string;
}

/** By its process id; undefined for one that is not there. */
type Jobs = (pid: number) => Job | undefined;

const shells = ['bash', 'zsh', 'fish', 'sh', 'dash', 'ash', 'ksh', 'mksh', 'yash', 'csh', 'tcsh'];

/**
 * The name of the shell that somebody types into: the nearest shell above us on our terminal that is no part of this
 * command line, as a script or a subshell is. Undefined where that cannot be told. To be asked only where the answer is
 * going to be shown: without a /proc it starts a process.
 */
export async function typedShell(variables: Variables): Promise<string | undefined> {
  const here = fromProc(process.pid) !== undefined;
  return shellAbove(process.pid, here ? fromProc : await fromPs(variables));
}

/** The same for any process. */
export function shellAbove(pid: number, jobs: Jobs): string | undefined {
  const own = jobs(pid);
  // The kernel's and ps' words for having no terminal.
  if (own === undefined || /^(?:0|\?+|-)$/.test(own.terminal)) return undefined;
  // A substitution is in the shell's own group.
  let within: string | undefined;
  let above = jobs(own.parent);
  // Nobody has as many programs around a shell.
  for (let steps = 0; above?.terminal === own.terminal && steps < 20; steps += 1) {
    const isShell = shells.includes(above.name);
    if (isShell && above.group !== own.group) return above.name;
    if (isShell) within = above.name;
    above = jobs(above.parent);
  }
  return within;
}

/** Options of bash, zsh, fish and dash that take the next word. */
const withValue = /^(?:--rcfile|--init-file|-[oOC]|[+][oO])$/;

/** The shell's name, where one that was started with these words runs a script: a file, not a person's lines nor those of `-c`. */
export function scriptsShell([program = '', ...words]: readonly string[]): string | undefined {
  const name = basename(program).replace(/^-/, '');
  if (!shells.includes(name)) return undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^-[a-z]*c/.test(word) || word === '--command') return undefined;
    if (!/^[-+]./.test(word)) return word === '' ? undefined : name;
    if (withValue.test(word)) at += 1;
  }
  return undefined;
}

/** The name of the shell whose script started us; undefined where none did, and where there is no /proc. */
export function scriptAround(): string | undefined {
  try {
    return scriptsShell(
      readFileSync(`/proc/${parentOfTyped()}/cmdline`, 'utf8').replace(/\0$/, '').split('\0'),
    );
  } catch {
    return undefined;
  }
}

/** As the kernel says it. */
export function fromProc(pid: number): Job | undefined {
  const status = statusOf(pid);
  if (status === undefined) return undefined;
  const { name, field } = status;
  return { name, parent: Number(field(4)), group: field(5), terminal: field(7) };
}

/** Everything that runs, by POSIX' ps. macOS gives a program's path, or `-zsh` for a login shell. */
export async function fromPs(variables: Variables): Promise<Jobs> {
  const found = new Map<number, Job>();
  const chunks: Buffer[] = [];
  const options = ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'pgid=', '-o', 'tty=', '-o', 'comm='];
  try {
    await run('ps', options, {
      env: variables,
      cwd: '/',
      stdin: 'ignore',
      timeout: 2_000,
      onStdout: (chunk) => chunks.push(chunk),
      onStderr: () => {},
    });
  } catch {
    // There is no ps here.
  }
  for (const line of Buffer.concat(chunks).toString().split('\n')) {
    const [, pid, parent, group, terminal, command] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (group === undefined || terminal === undefined || command === undefined) continue;
    found.set(Number(pid), {
      name: basename(command).replace(/^-/, ''),
      parent: Number(parent),
      group,
      terminal,
    });
  }
  return (pid) => found.get(pid);
}
