import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import spawn from 'cross-spawn';
import type { Ending } from '../types.ts';
import { DetourError, systemCode, tooManyFiles } from './errors.ts';
import { isForeground } from './foreground.ts';
import { quote } from './quote.ts';
import { fromKeyboard, handedOn } from './signals.ts';
import { closeUnnamed, openUnnamed } from './unnamed-file.ts';

/** What a child that stands for the person's own command must be started with, because Node changed it (start.cjs). */
export interface Inherited {
  /** Stands before the command line: a shell that puts right what only a process itself can, or nothing. */
  readonly before: readonly string[];
  /** The person's open descriptors beyond 2; Node has marked them to be closed. */
  readonly descriptors: readonly number[];
  /** Variables that are not UTF-8; `before` sets them. */
  readonly lost: readonly string[];
  /** Signals the person has ignored (nohup, a background job of a script). */
  readonly ignored: readonly string[];
}

/** For programs started where nothing has to be put right. */
export const nothingInherited: Inherited = { before: [], descriptors: [], lost: [], ignored: [] };

/** A further descriptor that a child writes to, of which it is told the number by its arguments. */
export interface Aside {
  readonly descriptor: number;
  /** Told what is written there: as it comes, or with `last` the last so many bytes once the child has ended. */
  take(chunk: Buffer): void;
  readonly last?: number;
}

/** What a child is started with. */
export interface RunOptions {
  readonly inherited?: Inherited;
  readonly cwd?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Given: stderr is a pipe and every chunk comes here. Absent: the child has our stderr. */
  readonly onStderr?: (chunk: Buffer) => void;
  /** Given: stdout is a pipe and every chunk comes here. Absent: the child has our stdout. */
  readonly onStdout?: (chunk: Buffer) => void;
  readonly aside?: Aside;
  /** Given: stdout and stderr are told together, the last so many bytes once the child has ended; perhaps as they come. */
  readonly output?: { take(chunk: Buffer): void; readonly last: number };
  /** `ignore` gives the child an empty stdin; otherwise it has ours. */
  readonly stdin?: 'inherit' | 'ignore';
  /** Given: its stdin is a pipe, and what ends it is handed over: with a line, or without. */
  readonly onStdin?: (end: (line?: string) => void) => void;
  /** Kill the child after so many milliseconds. */
  readonly timeout?: number;
  /** Told the child's process id once it has been started. */
  readonly onStart?: (pid: number) => void;
  /** The child has no part in our terminal, and is killed with everything it has started. */
  readonly ownSession?: boolean;
  /** Nobody but us knows of the child: whatever is sent to us kills it. */
  readonly unseen?: boolean;
}

/** A grandchild may hold the pipe open after the child has gone: how long its output is still waited for, in ms. */
const graceAfterExit = 300;

/**
 * Away from the terminal nobody can tell whether the child got an INT as well. A second one would cut its tidying up
 * short, none would leave it running: it gets ours if it is still there after so many ms.
 */
const secondThoughts = 1_000;

/**
 * What was pressed while a child was being started may have come before it was there: it gets what we hear of in its first
 * ms. A second one is no harm, for it has nothing to tidy up yet.
 */
const starting = 50;

/**
 * Runs a program to its end, which may be by a signal. Signals that are sent to us reach the child as if it stood in our
 * place (test/e2e/signals.test.ts).
 * @throws DetourError `cannot-start` when the program cannot be started.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const { before, descriptors, lost } = options.inherited ?? nothingInherited;
    const [program = command, ...words] = [...before, command, ...args];
    const { onStdout = options.output?.take, onStderr = options.output?.take } = options;
    const aside =
      options.aside?.last === undefined ? undefined : kept(options.aside.take, options.aside.last);
    const output = options.output && kept(options.output.take, options.output.last);
    const child: ChildProcess = spawn(program, words, {
      cwd: options.cwd,
      detached: options.ownSession === true,
      // What Node made of the lost ones may be too long for the system.
      env: Object.fromEntries(Object.entries(options.env).filter(([name]) => !lost.includes(name))),
      stdio: [
        options.onStdin === undefined ? (options.stdin ?? 'inherit') : 'pipe',
        output?.descriptor ?? (onStdout === undefined ? 'inherit' : 'pipe'),
        output?.descriptor ?? (onStderr === undefined ? 'inherit' : 'pipe'),
        ...underTheirNumbers(descriptors, options.aside?.descriptor, aside?.descriptor),
      ],
    });
    if (child.pid !== undefined) options.onStart?.(child.pid);
    // Who does not read it any more need not be told.
    child.stdin?.on('error', () => {});
    options.onStdin?.((line) => child.stdin?.end(line === undefined ? undefined : `${line}\n`));
    const { unseen = false } = options;
    const forward = (signal: NodeJS.Signals) => child.kill(unseen ? 'SIGKILL' : signal);
    let later: NodeJS.Timeout | undefined;
    const started = process.uptime();
    const survive = (signal: NodeJS.Signals) => {
      if (unseen) child.kill('SIGKILL');
      else if ((process.uptime() - started) * 1000 < starting) child.kill(signal);
      else if (isForeground() === false) later ??= setTimeout(() => child.kill(signal), secondThoughts);
    };
    const stop = () => {
      child.kill('SIGKILL');
      if (options.ownSession === true && child.pid !== undefined) killGroup(child.pid);
    };
    const timer = options.timeout === undefined ? undefined : setTimeout(stop, options.timeout);
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(later);
      for (const signal of fromKeyboard) process.off(signal, survive);
      for (const signal of handedOn) process.off(signal, forward);
      aside?.close();
      output?.close();
    };
    for (const signal of fromKeyboard) process.on(signal, survive);
    for (const signal of handedOn) process.on(signal, forward);

    child.stdout?.on('data', (chunk: Buffer) => onStdout?.(chunk));
    child.stderr?.on('data', (chunk: Buffer) => onStderr?.(chunk));
    const beside = options.aside && child.stdio[options.aside.descriptor];
    if (beside !== undefined && beside !== null) {
      beside.on('error', () => {});
      beside.on('data', (chunk: Buffer) => options.aside?.take(chunk));
    }
    child.on('error', (error) => {
      settle();
      const code = systemCode(error);
      if (code === 'EMFILE' || code === 'ENFILE') return reject(tooManyFiles(error));
      const missing = code === 'ENOENT';
      reject(
        new DetourError(
          'cannot-start',
          missing ? `${command} is not there` : `${command} cannot be started: ${error.message}`,
          missing
            ? `see what was removed or moved: ls -ld ${quote(dirname(command))}`
            : `see whether you may run it: ls -l ${quote(command)}`,
          missing ? 127 : 126,
        ),
      );
    });
    let ended = false;
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      if (ended) return;
      ended = true;
      settle();
      child.stdout?.destroy();
      child.stderr?.destroy();
      beside?.destroy();
      resolve(signal === null ? { code: code ?? 1 } : { signal });
    };
    child.on('close', end);
    child.on('exit', (code, signal) => setTimeout(() => end(code, signal), graceAfterExit).unref());
  });
}

/**
 * A file in memory in place of a pipe, where nobody waits for what is written: a pipe is a socket to Node, which costs 5 ms
 * until it is closed again. Closed once, it tells what stands in it.
 */
function kept(
  take: (chunk: Buffer) => void,
  last: number,
): { descriptor: number; close(): void } | undefined {
  const descriptor = openUnnamed();
  if (descriptor === undefined) return undefined;
  let open = true;
  return {
    descriptor,
    close() {
      if (open) take(closeUnnamed(descriptor, last));
      open = false;
    },
  };
}

/** Takes note of Ctrl-C from now on; `stop` ends that and says whether there was one. */
export function noticeInterruption(): { stop(): boolean } {
  let interrupted = false;
  const note = () => {
    interrupted = true;
  };
  process.on('SIGINT', note);
  return {
    stop() {
      process.off('SIGINT', note);
      return interrupted;
    },
  };
}

/** Kills a process group, of which perhaps nothing is left. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Entries of `stdio` from 3 on. `ignore` beyond 2 opens nothing. */
function underTheirNumbers(
  descriptors: readonly number[],
  aside: number | undefined,
  written: number | undefined,
): (number | 'ignore' | 'pipe')[] {
  const last = Math.max(2, aside ?? 2, ...descriptors);
  return Array.from({ length: last - 2 }, (_, at) => {
    if (at + 3 === aside) return written ?? 'pipe';
    return descriptors.includes(at + 3) ? at + 3 : 'ignore';
  });
}

/** The first number, as of a descriptor, that a child gets nothing of the person's under. */
export function freeDescriptor({ descriptors }: Inherited): number {
  let number = 3;
  while (descriptors.includes(number)) number += 1;
  return number;
}

/** How many programs are running that the person knows nothing of. */
let unseenRunning = 0;
/** How many listeners each of them has for a signal: its own, and that of `run`. */
const listenersOfUnseen = 2;

/**
 * Runs a program that answers a question of ours, of which the person knows nothing. A signal meanwhile is meant for us:
 * the program is killed, and we end by that signal, unless something else is running that it is handed on to. Others of
 * its kind are killed as well, and not waited for.
 */
export async function runUnseen(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ending> {
  let caught: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    caught ??= signal;
  };
  const signals = [...fromKeyboard, ...handedOn];
  for (const signal of signals) process.on(signal, note);
  unseenRunning += 1;
  try {
    return await run(command, args, { ...options, unseen: true });
  } finally {
    unseenRunning -= 1;
    for (const signal of signals) process.off(signal, note);
    if (caught !== undefined && process.listenerCount(caught) <= listenersOfUnseen * unseenRunning)
      endLike({ signal: caught });
  }
}

/** What a quick question to another program brought: its stdout, or undefined when it failed or took too long. */
export async function ask(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  timeout: number,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    const ending = await runUnseen(command, args, {
      env,
      timeout,
      stdin: 'ignore',
      cwd: '/',
      onStdout: (chunk) => chunks.push(chunk),
      onStderr: () => {},
    });
    return 'code' in ending && ending.code === 0 ? Buffer.concat(chunks).toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Ends this process the way a child ended. A signal is raised again so that the caller sees the same. */
export function endLike(ending: Ending): void {
  if ('code' in ending) {
    process.exitCode = ending.code;
    return;
  }
  // Node ignores PIPE and opens its debugger at USR1; what was listened to once takes its usual course afterwards.
  if (ending.signal !== 'SIGKILL') process.on(ending.signal, () => {});
  process.removeAllListeners(ending.signal);
  process.kill(process.pid, ending.signal);
}

/** True for an exit code of 0. */
export function succeeded(ending: Ending): boolean {
  return 'code' in ending && ending.code === 0;
}
