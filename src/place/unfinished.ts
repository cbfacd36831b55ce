import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { leftBy } from '../system/left-running.ts';
import { listing } from '../system/listing.ts';
import { statOf } from '../system/ownership.ts';
import { isRunning } from '../system/running.ts';
import { textOf } from '../system/text-file.ts';

/**
 * Written into an environment while we make it, removed when it is done: holds the maker's process id and, on a second
 * line, where the old environment is that it takes the place of.
 */
export const unfinishedFile = '.pip-detour-unfinished';
/**
 * Written into an old environment before it is put aside, removed once there is another in its place: holds the name it
 * had. It tells of a run that was killed in between, when nothing is there that could hold a mark.
 */
export const putAsideFile = '.pip-detour-put-aside';
/** What the mark holds once the environment is done, where the mark could not be removed. */
export const finishedText = 'finished\n';
/** How often the maker touches it for as long as it lives, in ms. */
export const touchInterval = 1_000;
/**
 * If something changed this much later than the last touch, in ms, somebody else changed it: on a busy machine a touch
 * comes late.
 */
const later = 5_000;

/**
 * Who is making this environment: nobody (it is done), a process that lives (its id), one that is gone, or one that is
 * gone and after which somebody went on with it by hand.
 */
export function makerOf(directory: string): 'nobody' | number | 'gone' | 'taken-over' {
  const text = textOf(join(directory, unfinishedFile));
  if (text === undefined || text === finishedText) return 'nobody';
  const pid = Number.parseInt(text, 10);
  // Containers give every run the same few numbers.
  if (pid > 0 && pid !== process.pid && isRunning(pid) && isOurs(pid)) return pid;
  return wasChangedSince(directory) && leftBy(pid, directory).length === 0 ? 'taken-over' : 'gone';
}

/** Where a run that was killed has put the environment it was making anew; undefined where there is none. */
export function putAsideFor(directory: string): string | undefined {
  if (statOf(directory, false) === undefined) return lostFor(directory);
  const [, aside = ''] = textOf(join(directory, unfinishedFile))?.split('\n') ?? [];
  const isBeside =
    dirname(aside) === dirname(directory) && basename(aside).startsWith(`${basename(directory)}.`);
  return isBeside && existsSync(aside) ? aside : undefined;
}

/** What was put aside by a run that was killed before it had made anything in its place. */
function lostFor(directory: string): string | undefined {
  const parent = dirname(directory);
  return listing(parent)
    .filter((name) => name.startsWith(`${basename(directory)}.`))
    .map((name) => join(parent, name))
    .filter((aside) => textOf(join(aside, putAsideFile)) === `${basename(directory)}\n`)
    .find((aside) => statOf(aside, false)?.uid === process.getuid?.());
}

/** False when the number has gone to a process that is no pip-detour (proc(5), cmdline); true where that cannot be told. */
function isOurs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/start.cjs\0');
  } catch {
    return true;
  }
}

/**
 * Whether it was changed after its maker's last sign of life: by hand, or by a pip that outlived the maker. Either clock
 * tells: the one of the file system (ctime), and the one that a copy keeps (mtime).
 */
function wasChangedSince(directory: string): boolean {
  const mark = statOf(join(directory, unfinishedFile), false);
  if (mark === undefined) return false;
  const libraries = listing(join(directory, 'lib')).map((name) => join('lib', name, 'site-packages'));
  return ['.', 'bin', ...libraries].some((place) =>
    ['.', ...listing(join(directory, place))].some((name) => {
      // Python compiles what it is only asked to import.
      if (name === unfinishedFile || name === '__pycache__') return false;
      const found = statOf(join(directory, place, name), false);
      if (found === undefined) return false;
      return found.mtimeMs > mark.mtimeMs + later || found.ctimeMs > mark.ctimeMs + later;
    }),
  );
}
