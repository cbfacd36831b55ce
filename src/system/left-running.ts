import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { succeeds } from './succeeds.ts';
import { pidsHolding } from './variables.ts';

/*
 * A pip-detour that is killed (SIGKILL: memory was short) leaves the pip it has started running. Without us the kill
 * would have met that pip itself. It is known by the variable that says for whom it works, and by the environment's path
 * on its command line. Linux only: elsewhere nobody can be asked for another's environment.
 */

/** How long what is left running is given to end by itself once it was told to, and to be gone once it was killed, in seconds. */
const patience = 1;
/** How often is looked, in ms. */
const pause = 10;

/** The processes that work in `directory` (an absolute path) for the process `pid`, which is gone. */
export function leftBy(pid: number, directory: string): number[] {
  if (!Number.isInteger(pid)) return [];
  return processes().filter((other) => other !== process.pid && worksFor(other, pid, directory));
}

/** Ends what a pip-detour that was killed has left running in `directory`, and waits until it has ended. */
export function endLeftBy(pid: number, directory: string): void {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const until = process.uptime() + patience;
    for (;;) {
      const left = leftBy(pid, directory);
      if (left.length === 0) return;
      if (process.uptime() > until) break;
      for (const other of left) succeeds(() => process.kill(other, signal));
      sleep(pause);
    }
  }
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** What runs in another container, or for somebody else, is none of ours, whatever numbers it has. */
function worksFor(other: number, pid: number, directory: string): boolean {
  const at = `/proc/${other}`;
  try {
    if (statSync(at).uid !== process.getuid?.()) return false;
    if (readlinkSync(`${at}/ns/pid`) !== readlinkSync('/proc/self/ns/pid')) return false;
    const holding = pidsHolding(readFileSync(`${at}/environ`, 'utf8').split('\0'));
    return holding.includes(pid) && readFileSync(`${at}/cmdline`, 'utf8').includes(directory);
  } catch {
    return false;
  }
}

/** Nothing else is to happen meanwhile. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
