import { read, writeSync } from 'node:fs';
import type { Ending } from '../types.ts';
import { statusOf } from './process-status.ts';
import { fromKeyboard, handedOn } from './signals.ts';
import { closeUnnamed } from './unnamed-file.ts';
import { type WaitingWords, waitingWords } from './variables.ts';

/*
 * Where a choice is remembered the shim starts the pip of that environment, and that starts us: while we decide, it loads
 * what every pip loads, which takes it longer than us (src/python/pip-witness.py, --waiting). It is the process that was
 * typed then, and we are its child. Nothing is decided there: it runs at our word, or is told that it is not wanted.
 */

const words = waitingWords();
const told = words && { ...words, argv: process.argv.slice(4) };
let state: 'waits' | 'runs' | 'over' = 'waits';

/** A pip that waits for our word, and the arguments it was typed with. */
export interface WaitingPip extends WaitingWords {
  readonly argv: readonly string[];
}

/** The pip that waits for our word; undefined where none does, or no longer. */
export function waitingPip(): WaitingPip | undefined {
  return state === 'waits' ? told : undefined;
}

/** The process that stands where pip was typed: ours, or that of the pip that was started with us. */
export function typedProcess(): number {
  return told?.pid ?? process.pid;
}

/** Who started it. */
export function parentOfTyped(): number {
  if (told === undefined) return process.ppid;
  return Number(statusOf(told.pid)?.field(4) ?? 0);
}

/** Where a pip waits it becomes a Node that decides all by itself, as if neither had been: only while nothing was said or changed. */
export function declineWaiting(): void {
  if (waitingPip() !== undefined) process.exit(0);
}

/** From here on we do what is to be done, and the pip that waits does not. */
export function standInForWaiting(): void {
  if (told !== undefined && state === 'waits') say('mine -');
  state = 'over';
}

/** Sent to both of us, or to it alone: what it makes of them is its ending, and we have something to do after it. */
const outlived = [...fromKeyboard, ...handedOn];

/** Lets the pip run that waits, with these changes of its variables. `take` is told the `last` bytes of what it has said. */
export function runWaiting(
  { from, heard }: WaitingWords,
  changes: Readonly<Record<string, string | null>>,
  { take, last }: { take(chunk: Buffer): void; readonly last: number },
): Promise<Ending> {
  const survive = () => {};
  for (const signal of outlived) process.on(signal, survive);
  state = 'runs';
  say(`go ${JSON.stringify(changes)}`);
  return new Promise((resolve) => {
    const word = Buffer.alloc(64);
    read(from, word, 0, word.length, null, (error, length) => {
      state = 'over';
      for (const signal of outlived) process.off(signal, survive);
      const said = word.toString('latin1', 0, error ? 0 : length);
      const code = /^code (\d+)\n$/.exec(said)?.[1];
      if (code !== '0') take(closeUnnamed(heard, last));
      // It says so where Ctrl-C ended it, and nothing where anything else did: either way there is nothing left to say.
      resolve(code === undefined ? { signal: 'SIGINT' } : { code: Number(code) });
    });
  });
}

/** Lets it end as all of it has ended; false where there is none. */
export function endWaiting(ending: Ending): boolean {
  if (told === undefined) return false;
  say('code' in ending ? `end code ${ending.code}` : `end signal ${ending.signal}`);
  process.exit(0);
}

function say(line: string): void {
  const file = told?.to;
  if (file === undefined) return;
  try {
    writeSync(file, `${line}\n`);
  } catch {
    // It has been killed: there is nobody to tell.
  }
}
