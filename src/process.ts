import type { ChildProcess } from 'node:child_process';
import spawn from 'cross-spawn';
import { DetourError, systemCode } from './errors.ts';
import type { Ending } from './types.ts';

export interface RunOptions {
  readonly cwd?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Given: stderr is a pipe and every chunk comes here. Absent: the child has our stderr. */
  readonly onStderr?: (chunk: Buffer) => void;
  /** Given: stdout is a pipe and every chunk comes here. Absent: the child has our stdout. */
  readonly onStdout?: (chunk: Buffer) => void;
  /** `ignore` gives the child an empty stdin; otherwise it has ours. */
  readonly stdin?: 'inherit' | 'ignore';
  /** Kill the child after so many milliseconds. */
  readonly timeout?: number;
}

/** A grandchild may hold the pipe open after the child has gone: how long its output is still waited for, in ms. */
const graceAfterExit = 300;

/**
 * Runs a program to its end. Ctrl-C and Ctrl-\ reach the child by itself (same terminal), so here they are only
 * survived; TERM and HUP were sent to us alone and are handed on (facts: fourteen cases compared with no parent at all).
 * @throws DetourError `cannot-start` when the program cannot be started.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const survive = () => {};
    const child: ChildProcess = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: [
        options.stdin ?? 'inherit',
        options.onStdout === undefined ? 'inherit' : 'pipe',
        options.onStderr === undefined ? 'inherit' : 'pipe',
      ],
    });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    const timer =
      options.timeout === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.timeout);
    const settle = () => {
      clearTimeout(timer);
      for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.off(signal, survive);
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, forward);
    };
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, survive);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);

    child.stdout?.on('data', (chunk: Buffer) => options.onStdout?.(chunk));
    child.stderr?.on('data', (chunk: Buffer) => options.onStderr?.(chunk));
    child.on('error', (error) => {
      settle();
      const missing = systemCode(error) === 'ENOENT';
      reject(
        new DetourError(
          'cannot-start',
          missing ? `${command} is not there` : `${command} cannot be started: ${error.message}`,
          undefined,
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
      resolve(signal === null ? { code: code ?? 1 } : { signal });
    };
    child.on('close', end);
    child.on('exit', (code, signal) => setTimeout(() => end(code, signal), graceAfterExit).unref());
  });
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
    const ending = await run(command, args, {
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
  // Raising SIGUSR1 in Node opens its debugger instead of ending it.
  if (ending.signal === 'SIGUSR1') {
    process.exitCode = 138;
    return;
  }
  process.removeAllListeners(ending.signal);
  process.kill(process.pid, ending.signal);
}

/** True for an exit code of 0. */
export function succeeded(ending: Ending): boolean {
  return 'code' in ending && ending.code === 0;
}
