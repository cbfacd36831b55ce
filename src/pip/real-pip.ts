import { isatty } from 'node:tty';
import { type Inherited, run } from '../process.ts';
import type { Ending, Verdict } from '../types.ts';
import { watchForRefusal } from './refusal.ts';

export interface Attempt {
  readonly ending: Ending;
  /** pip's own message, byte for byte, when it refused; empty when it refused in silence (`-qqq`). */
  readonly refusal?: Buffer;
}

export interface AttemptOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly inherited: Inherited;
  readonly verdict: Verdict;
  /** True when pip was told to print no errors at all: net verbosity of -3 and below. */
  readonly silent: boolean;
  readonly show: (bytes: Buffer) => void;
}

/** After the whole refusal pip only has to exit; something that goes on for this many ms was no refusal. */
const patience = 5_000;

/** Runs the real pip with its stderr watched. A refusal is held back, everything else is shown as it comes. */
export async function attempt(
  realPip: string,
  argv: readonly string[],
  options: AttemptOptions,
): Promise<Attempt> {
  const watch = watchForRefusal();
  let timer: NodeJS.Timeout | undefined;
  const ending = await run(realPip, argv, {
    env: withColour(options),
    inherited: options.inherited,
    onStderr(chunk) {
      const passed = watch.push(chunk);
      if (passed.length > 0) options.show(passed);
      if (watch.seen() && timer === undefined)
        timer = setTimeout(() => options.show(watch.release()), patience);
    },
  });
  clearTimeout(timer);
  const failed = 'code' in ending && ending.code === 1;
  if (failed && watch.seen()) return { ending, refusal: watch.held() };
  const rest = watch.release();
  if (rest.length > 0) options.show(rest);
  if (failed && options.silent && options.verdict.kind === 'refuses')
    return { ending, refusal: Buffer.alloc(0) };
  return { ending };
}

/**
 * A pip whose stderr is a pipe prints without colours; asked for, they come back, and "leave it" shows the same bytes as
 * without us. Only where the refusal is certain: then pip starts no build that would see the variable.
 */
function withColour(options: AttemptOptions): Record<string, string> {
  const { variables, verdict } = options;
  const asked = ['FORCE_COLOR', 'NO_COLOR', 'TTY_COMPATIBLE'].some((name) => variables[name] !== undefined);
  if (verdict.kind !== 'refuses' || asked || !isatty(1) || variables['TERM'] === 'dumb')
    return { ...variables };
  return { ...variables, FORCE_COLOR: '1' };
}
