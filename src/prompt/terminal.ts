import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { isForeground } from '../system/foreground.ts';
import { isTyped } from './type-ahead.ts';

/** The terminal while the prompt has it, and how it is given back. */

const showCursor = '\x1b[?25h';
const hideCursor = '\x1b[?25l';
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** How the person stops everything at the question: the answer's kind for Ctrl-C and for Ctrl-\. */
export type Stop = 'interrupted' | 'quit';

/** The first of them among keys that were read in raw mode. */
export function stopIn(keys: string): Stop | undefined {
  const key = /[\x03\x1c]/.exec(keys)?.[0];
  if (key === undefined) return undefined;
  return key === '\x03' ? 'interrupted' : 'quit';
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Reads away what was typed before anybody was asked. The terminal has to be in raw mode: in cooked mode an unfinished
 * line would stay behind. Done when two turns of the event loop brought nothing. Reading goes on with a `readable`
 * listener and never pauses: a pause takes effect a tick later and would undo the start of the next reader.
 * `stop`: Ctrl-C or Ctrl-\ was among it: in cooked mode that is a signal, so it was pressed just now and is meant. `typed`:
 * somebody typed, and what they typed is gone.
 */
export async function drain(
  stdin: NodeJS.ReadStream,
): Promise<{ readonly stop: Stop | undefined; readonly typed: boolean }> {
  let keys = '';
  let quietTurns = 0;
  const swallow = () => {
    for (let chunk: unknown = stdin.read(); chunk !== null; chunk = stdin.read()) {
      quietTurns = 0;
      keys += String(chunk);
    }
  };
  stdin.on('readable', swallow);
  while (quietTurns < 2) {
    quietTurns += 1;
    await turn();
    swallow();
  }
  stdin.off('readable', swallow);
  return { stop: stopIn(keys), typed: isTyped(keys) };
}

/** The same for the last time: with a turn more, after which a pause is heeded. @returns the `stop` that was among it. */
export async function drainToTheEnd(stdin: NodeJS.ReadStream): Promise<Stop | undefined> {
  const { stop } = await drain(stdin);
  await turn();
  return stop;
}

/** Raw mode if there is one: a terminal that has gone away meanwhile answers with an error, and needs none. */
export function setRaw(stdin: ReadStream, raw: boolean): void {
  try {
    stdin.setRawMode(raw);
  } catch {
    // EIO: nobody is left to type.
  }
}

/** How often the terminal's mode is set again, in ms. */
const heldEvery = 250;

/**
 * Keeps the terminal in raw mode: a Node that ends beside us (`make -j2`) puts it back into the mode that it found. Set by
 * way of a handle of its own, for one that knows itself to be in raw mode does nothing, and without a moment in another mode.
 */
function holdRaw(isOurs: () => boolean): { stop(): void } {
  const timer = setInterval(() => {
    if (!isOurs() || isForeground() === false) return;
    try {
      const terminal = new ReadStream(openSync('/dev/tty', 'r'));
      setRaw(terminal, true);
      terminal.destroy();
    } catch {
      // No controlling terminal, or no descriptor left.
    }
  }, heldEvery);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Stops reading for good, so that the next line typed is read by the child that follows and not by us. */
export async function handOver(stdin: ReadStream): Promise<void> {
  stdin.pause();
  setRaw(stdin, false);
  // The pause reaches the descriptor one tick later.
  await turn();
}

/** What `borrow` hands out. */
export interface TakenTerminal {
  /** Hands the terminal to the shell and stops, as Ctrl-Z does to any program; the job goes on with `fg`. */
  suspend(): Promise<void>;
  /** Puts the terminal back as it was and stops watching. May be called twice. */
  giveBack(): void;
}

/**
 * Takes the terminal for drawing: raw mode on, cursor hidden. Whatever ends the process, the terminal is put back
 * first; a signal then takes its usual course. `gone` is called when the terminal itself goes away; `seen` before the
 * process is stopped (false: nothing of ours may be on the screen) and once it goes on (true).
 */
export function takeTerminal(
  stdin: NodeJS.ReadStream,
  stderr: NodeJS.WriteStream,
  gone: () => void,
  seen: (visible: boolean) => Promise<void>,
): TakenTerminal {
  let borrowed = true;
  let suspended = false;
  // Ink gives it back itself at its end: held longer, the terminal would stay raw for the child that follows.
  const held = holdRaw(() => borrowed && !suspended && stdin.isRaw);
  const giveBack = () => {
    if (!borrowed) return;
    borrowed = false;
    held.stop();
    for (const signal of endings) process.off(signal, dieBy);
    process.off('SIGTSTP', suspend);
    process.off('SIGCONT', resume);
    process.off('exit', giveBack);
    stdin.off('end', gone).off('error', gone);
    setRaw(stdin, false);
    stderr.write(showCursor);
    // Only now: the write above may itself fail, and later.
    setImmediate(() => stderr.off('error', gone));
  };
  const dieBy = (signal: NodeJS.Signals) => {
    gone();
    giveBack();
    process.kill(process.pid, signal);
  };
  const suspend = async () => {
    await seen(false);
    if (!borrowed) return;
    setRaw(stdin, false);
    stderr.write(showCursor);
    process.off('SIGTSTP', suspend);
    suspended = true;
    // To everything that runs in the foreground, as the terminal itself would send it.
    process.kill(0, 'SIGTSTP');
    // Where nobody could start us again the system does not stop us.
    setTimeout(() => suspended && resume(), 300).unref();
  };
  const resume = () => {
    suspended = false;
    if (!borrowed) return;
    if (!process.listeners('SIGTSTP').includes(suspend)) process.on('SIGTSTP', suspend);
    // The shell may have set the terminal; Node believes it as it left it.
    setRaw(stdin, false);
    setRaw(stdin, true);
    measureAgain();
    stderr.write(hideCursor);
    void seen(true);
  };
  for (const signal of endings) process.on(signal, dieBy);
  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', resume);
  process.on('exit', giveBack);
  stdin.on('end', gone).on('error', gone);
  stderr.on('error', gone);
  setRaw(stdin, true);
  measureAgain();
  stderr.write(hideCursor);
  return { suspend, giveBack };
}

/** A window that changed while we were stopped, or a program of ours was in front, told nobody: Node reads its size at this signal. */
function measureAgain(): void {
  process.emit('SIGWINCH', 'SIGWINCH');
}
