import type { Inherited } from '../system/inherited.ts';

/** Signals that have come while a plan runs. */
export interface Interruption {
  /** The first signal since the last time this was asked. */
  take(): NodeJS.Signals | undefined;
  stop(): void;
}

/** While a plan runs, no signal ends us before what we made is taken away: it is noted, unless it is `ignored` anyway. */
export function watchForInterruption({ ignored }: Inherited): Interruption {
  const known: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  const signals = known.filter((signal) => !ignored.includes(signal));
  let caught: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    caught ??= signal;
  };
  for (const signal of signals) process.on(signal, note);
  return {
    take() {
      const first = caught;
      caught = undefined;
      return first;
    },
    stop: () => {
      for (const signal of signals) process.off(signal, note);
    },
  };
}
