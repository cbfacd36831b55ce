import { lutimesSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finishedText, putAsideFile, touchInterval, unfinishedFile } from '../place/unfinished.ts';
import { makeDirectories } from '../system/make-directories.ts';
import { removeEmpty } from '../system/remove-empty.ts';
import { succeeds } from '../system/succeeds.ts';
import type { MakeStep } from '../types.ts';
import { asideOf, oldOnes, putAside } from './put-aside.ts';

/*
 * The directory of an environment, from a mark that says it is unfinished to the mark's removal. At every moment in
 * between it is, on disk, as before, finished, or known to the next pip-detour as what this one left (docs/faults.md).
 */

/** One thing done that can be undone while the plan has not succeeded. */
export type Undo = () => void;

/** One thing to be done once the plan has succeeded. */
export interface Finish {
  readonly title: string;
  readonly action: () => void;
  /** If this fails the plan has failed. If another fails, the person is told its `title`, and the plan has succeeded. */
  readonly needed?: true;
}

/**
 * The mode, whatever the umask (GitLab's runners have none): an environment that anybody may write to is not used again.
 */
const ownerAndGroupWrite = 0o775;

/**
 * Makes the directory. Everything it does can be undone from the first moment on, by `undo`; returns what is to be done
 * at the end.
 */
export function makeEnvironmentDirectory({ path, replace, keep }: MakeStep, undo: Undo[]): readonly Finish[] {
  const aside = keep?.directory ?? asideOf(path, process.pid);
  const note = join(aside, putAsideFile);
  const withoutNote = () => succeeds(() => rmSync(note, { force: true }));
  if (replace === true) {
    putAside(path, aside);
    undo.push(() => {
      withoutNote();
      renameSync(aside, path);
    });
  }
  if (keep !== undefined) {
    undo.push(() => rmSync(keep.list, { force: true }));
    writeFileSync(keep.list, keep.text);
  }
  const parent = dirname(path);
  const firstMade = makeDirectories(parent, ownerAndGroupWrite);
  // By now somebody else's may lie there as well.
  if (firstMade !== undefined) undo.push(() => removeEmpty(parent, firstMade));
  mkdirSync(path, { mode: ownerAndGroupWrite });
  const mark = join(path, unfinishedFile);
  let stopTouching = () => {};
  undo.push(() => {
    stopTouching();
    takeAway(path);
  });
  writeFileSync(mark, `${process.pid}\n${replace === true ? `${aside}\n` : ''}`);
  stopTouching = touchWhileAlive(mark);
  withoutNote();
  return [
    // Before the mark goes: killed in between, the next one does the rest.
    ...oldOnes(path).map((old) => ({
      title: `removing the old environment, which is ${old} now`,
      action: () => rmSync(old, { recursive: true, force: true }),
    })),
    {
      title: `removing ${mark}`,
      action: () => {
        stopTouching();
        unmark(mark);
      },
      needed: true,
    },
  ];
}

/** What is changed there after this process is gone is somebody else's doing, and is not ours to take away. */
function touchWhileAlive(mark: string): () => void {
  const touch = () => succeeds(() => lutimesSync(mark, new Date(), new Date()));
  const timer = setInterval(touch, touchInterval).unref();
  return () => clearInterval(timer);
}

/** The mark goes last: whatever keeps the rest from going, what is left is known to be unfinished. */
function takeAway(directory: string): void {
  for (const name of readdirSync(directory))
    if (name !== unfinishedFile) rmSync(join(directory, name), { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
}

/**
 * Takes the mark of the unfinished from an environment. Where it cannot be removed it is made to say so: left as it is,
 * the environment would be made anew the next time, over what was installed into it since.
 */
function unmark(mark: string): void {
  if (!succeeds(() => rmSync(mark, { force: true }))) writeFileSync(mark, finishedText);
}
