import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import spawn from 'cross-spawn';
import type { Ending } from '../types.ts';
import { type Aside, kept, underTheirNumbers } from './descriptors.ts';
import { DetourError, systemCode, tooManyFiles } from './errors.ts';
import { isForeground } from './foreground.ts';
import { type Inherited, nothingInherited } from './inherited.ts';
import { quote } from './quote.ts';
import { fromKeyboard, handedOn } from './signals.ts';

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
