import { isatty } from 'node:tty';
import { type Inherited, noticeInterruption, run } from '../system/process.ts';
import type { Ending } from '../types.ts';
import { watchForRefusal } from './refusal.ts';

/** How a pip ended that was certain to refuse. */
export interface Attempt {
  readonly ending: Ending;
  /** pip's own message, byte for byte, when it refused; empty when it refused in silence (`-qqq`). */
  readonly refusal?: Buffer;
}

/** What it is run with. */
export interface AttemptOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly inherited: Inherited;
  /** True when pip was told to print no errors at all: net verbosity of -3 and below. */
  readonly silent: boolean;
  readonly show: (bytes: Buffer) => void;
}

/** After the whole refusal pip only has to exit; something that goes on for this many ms was no refusal. */
const patience = 5_000;

/**
 * Runs a real pip (`args`: all its words, as in start.ts) that is certain to refuse, with its stderr watched. The refusal is held back, everything else is shown
 * as it comes.
 */
export async function attempt(
  realPip: string,
  args: readonly string[],
  options: AttemptOptions,
): Promise<Attempt> {
  const watch = watchForRefusal();
  let timer: NodeJS.Timeout | undefined;
  const interruption = noticeInterruption();
  let interrupted = false;
  let ending: Ending;
  try {
    ending = await run(realPip, args, {
      env: withColour(options.variables),
      inherited: options.inherited,
      onStderr(chunk) {
        const passed = watch.push(chunk);
        if (passed.length > 0) options.show(passed);
        if (watch.seen() && timer === undefined)
          timer = setTimeout(() => options.show(watch.release()), patience);
      },
    });
  } finally {
    clearTimeout(timer);
    interrupted = interruption.stop();
  }
  // Whoever pressed Ctrl-C wants no question.
  const failed = 'code' in ending && ending.code === 1 && !interrupted;
  if (failed && watch.seen()) return { ending, refusal: watch.held() };
  const rest = watch.release();
  if (rest.length > 0) options.show(rest);
  return failed && options.silent ? { ending, refusal: Buffer.alloc(0) } : { ending };
}

/**
 * A pip whose stderr is a pipe prints without colours; asked for, they come back, and "leave it" shows the same bytes as
 * without us. A pip that refuses starts no build that would see the variable.
 */
function withColour(variables: Readonly<Record<string, string>>): Record<string, string> {
  const asked = ['FORCE_COLOR', 'NO_COLOR', 'TTY_COMPATIBLE'].some((name) => variables[name] !== undefined);
  if (asked || !isatty(1) || variables['TERM'] === 'dumb') return { ...variables };
  return { ...variables, FORCE_COLOR: '1' };
}
