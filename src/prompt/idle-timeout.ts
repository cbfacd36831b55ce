import type { ReadStream } from 'node:tty';

/** Runs `act` when nothing has come from the keyboard for `timeout` ms; what comes stays for others to read. 0: never. */
export function afterIdleTimeout(
  stdin: ReadStream,
  timeout: number | undefined,
  act: () => void,
): { stop(): void } {
  if (timeout === undefined || timeout === 0) return { stop() {} };
  const timer = setTimeout(act, timeout);
  const touched = () => clearTimeout(timer);
  stdin.once('readable', touched);
  return {
    stop() {
      clearTimeout(timer);
      stdin.off('readable', touched);
    },
  };
}
