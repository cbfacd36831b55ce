import type { Ending } from '../types.ts';

/** How a program ended, and ending so. */

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
