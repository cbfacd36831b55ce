import { join } from 'node:path';
import { lookAtEnvironment, whoMakes } from '../place/environment.ts';
import { DetourError } from '../system/errors.ts';
import { leftBy } from '../system/left-running.ts';
import { realAsFar, tryLock } from '../system/lock.ts';
import { shortPath } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';

/** What is about to be changed is changed by one pip-detour at a time; the others wait for their turn. */

/** How soon, and at last how seldom, is looked whether it is our turn, in ms: fifty that wait must not keep the one busy. */
const soonest = 20;
const slowest = 400;

/**
 * Runs `action` once no other pip-detour changes any of these places, which may not exist yet. If we have to wait, `waiting`
 * is called once, with the process that has the lock. Where no lock can be made, `action` runs at once, as pip alone would.
 * @throws DetourError `still-busy` after the time limit, with nothing done.
 */
export async function withLocks<T>(
  places: readonly string[],
  environment: Environment,
  waiting: (place: string, pid: number) => void,
  action: () => Promise<T>,
): Promise<T> {
  const locks = join(environment.stateDirectory, 'locks');
  // In one order for everybody: two that want the same two never wait for each other.
  const wanted = [...new Set(places.map(realAsFar))].sort();
  const releases: (() => void)[] = [];
  const until = process.uptime() + environment.waitLimit;
  let told = false;
  let pause = soonest;
  const wait = async (place: string, busy: number) => {
    if (process.uptime() >= until) throw stillBusy(place, busy, environment);
    if (!told) waiting(place, busy);
    told = true;
    // Not all at the same moment.
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    pause = Math.min(pause * 1.5, slowest);
  };
  try {
    for (const place of wanted) {
      for (;;) {
        const found = tryLock(locks, place);
        if (found.kind === 'mine') releases.push(found.release);
        const busy = busyWith(place, found.kind === 'held' ? found.by.pid : undefined, environment);
        if (busy === undefined) {
          const after = found.kind === 'mine' ? found.after : undefined;
          for (let left = leftIn(place, after, environment); left !== undefined; ) {
            await wait(place, left);
            left = leftIn(place, after, environment);
          }
          break;
        }
        if (found.kind === 'mine') releases.pop()?.();
        await wait(place, busy);
      }
    }
    return await action();
  } finally {
    for (const release of releases) release();
  }
}

/**
 * The process to wait for: whoever holds the lock, or makes the environment with locks of its own (another home, a
 * container). Nobody waits for who waits for them: a build that pip runs, and that calls pip.
 */
function busyWith(place: string, holder: number | undefined, environment: Environment): number | undefined {
  const pid = holder ?? whoMakes(place, process.getuid?.() ?? -1);
  return pid === undefined || environment.heldBy.includes(pid) ? undefined : pid;
}

/**
 * A pip that goes on in a finished environment although its pip-detour was killed: what it does will be whole. In an
 * unfinished one nothing of it is kept, and it is ended (environment-directory.ts).
 */
function leftIn(place: string, after: number | undefined, { heldBy }: Environment): number | undefined {
  if (after === undefined || heldBy.includes(after)) return undefined;
  const { state } = lookAtEnvironment(place, process.getuid?.() ?? -1);
  return state === 'ready' || state === 'misplaced' ? leftBy(after, place)[0] : undefined;
}

function stillBusy(place: string, pid: number, { home, waitLimit }: Environment): DetourError {
  const name = shortPath(place, home);
  return new DetourError(
    'still-busy',
    `another pip-detour (process ${pid}) has been working on ${name} for ${waitLimit} seconds`,
    'type the same command again when it is done, or wait longer: PIP_DETOUR_WAIT_TIMEOUT=SECONDS',
  );
}
