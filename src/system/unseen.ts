import type { Ending } from '../types.ts';
import { endLike } from './ending.ts';
import { type RunOptions, run } from './process.ts';
import { fromKeyboard, handedOn } from './signals.ts';

/** Programs of which the person knows nothing: they answer a question of ours. */

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
