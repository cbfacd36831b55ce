import { lutimesSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from './digest.ts';
import { systemCode } from './errors.ts';
import { makeDirectories } from './make-directories.ts';
import { isRootInAnothers, statOf, whyUnsafe } from './ownership.ts';
import { statusOf } from './process-status.ts';
import { realPath } from './real-path.ts';
import { removeEmpty } from './remove-empty.ts';
import { isRunning } from './running.ts';
import { typedProcess } from './waiting-pip.ts';

/*
 * One process at a time for each thing that is changed. A lock is a symbolic link that leads nowhere: symlink(2) makes
 * it with its text or fails, in one step, so nobody ever sees half of one. The text says who holds it; what a killed
 * process leaves is known by that and cleared away. Own lines because Node has no flock(2), and proper-lockfile 4.1.2
 * (the last is of 2021) goes by a file's age alone: ten seconds are lost after a kill, a stopped process (Ctrl-Z) loses
 * its lock, and two that clear the same old lock may both end up with it.
 */

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  /** When it was started, in the kernel's ticks (proc_pid_stat(5)); empty where there is no /proc. */
  readonly start: string;
  /** Which processes can be seen from it (pid_namespaces(7)); empty likewise. */
  readonly namespace: string;
}

/** What was found when the lock was wanted. `none`: it cannot be had here at all, e.g. on a read-only disk. */
export type LockAttempt =
  /** `after`: who held it last, a process that is gone without having released it. */
  | { readonly kind: 'mine'; readonly after?: number; release(): void }
  | { readonly kind: 'held'; readonly by: Holder }
  | { readonly kind: 'none' };

/** A holder whose life cannot be seen is believed to live while its lock was touched within so many ms. */
const trusted = 30_000;
/** How often a holder touches its lock, in ms. */
const beat = 5_000;

/** Tries to be the one who changes `what` (a path, which need not exist). `locks` is the directory for locks. */
export function tryLock(locks: string, what: string): LockAttempt {
  const lock = join(locks, sha256(what, 16));
  const mine = textOf(ourselves());
  if (isRootInAnothers(locks)) return { kind: 'none' };
  let by: Holder | undefined;
  let dead: number | undefined;
  for (let tries = 0; tries < 50; tries += 1) {
    const first = made(locks);
    if (first === undefined) continue;
    try {
      symlinkSync(mine, lock);
      return { ...held(lock, mine, first), ...(dead === undefined ? {} : { after: dead }) };
    } catch (thrown) {
      // Whoever was done last took the empty directory away again.
      if (systemCode(thrown) === 'ENOENT') continue;
      if (systemCode(thrown) !== 'EEXIST') return { kind: 'none' };
    }
    const text = readLock(lock);
    if (text === undefined) continue;
    by = holderIn(text);
    if (isAlive(by, lock)) return { kind: 'held', by };
    clear(lock, text, mine);
    dead = by.pid;
  }
  // Others are as quick: whoever it is now will be seen the next time.
  return by === undefined ? { kind: 'none' } : { kind: 'held', by };
}

/** The topmost directory that had to be made for locks, or theirs; undefined where there can be none. */
function made(locks: string): string | undefined {
  try {
    const first = makeDirectories(locks, 0o700) ?? locks;
    return whyUnsafe(locks) === undefined ? first : undefined;
  } catch {
    return undefined;
  }
}

/** `first` is the topmost directory that was made for it: they go again, as far as they are empty. */
function held(lock: string, mine: string, first: string): LockAttempt {
  const timer = setInterval(() => {
    try {
      const now = new Date();
      lutimesSync(lock, now, now);
    } catch {
      // A disk that is full or gone now does not undo what is being done.
    }
  }, beat);
  timer.unref();
  return {
    kind: 'mine',
    release() {
      clearInterval(timer);
      if (readLock(lock) === mine) unlinkIfThere(lock);
      removeEmpty(dirname(lock), first);
    },
  };
}

/**
 * Takes away the lock of one who is dead. Only whoever holds the door may, and looks once more: otherwise the second of
 * two that saw the dead one would take away the lock of the first.
 */
function clear(lock: string, dead: string, mine: string): void {
  const door = `${lock}.clearing`;
  try {
    symlinkSync(mine, door);
  } catch {
    const at = readLock(door);
    if (at !== undefined && !isAlive(holderIn(at), door)) unlinkIfThere(door);
    return;
  }
  try {
    if (readLock(lock) === dead) unlinkIfThere(lock);
  } finally {
    unlinkIfThere(door);
  }
}

function ourselves(): Holder {
  const pid = typedProcess();
  return { pid, start: startOf(statusOf(pid)), namespace: namespace() };
}

function isAlive(holder: Holder, lock: string): boolean {
  if (!Number.isInteger(holder.pid) || holder.pid <= 0 || holder.namespace !== namespace()) {
    const touched = statOf(lock, false)?.mtimeMs;
    // Either way: a clock may have been set back.
    return touched !== undefined && Math.abs(Date.now() - touched) < trusted;
  }
  const status = statusOf(holder.pid);
  if (status !== undefined) return startOf(status) === holder.start && !/[ZX]/.test(status.field(3));
  return holder.start === '' && isRunning(holder.pid);
}

/** When a process began, in clock ticks since the system did; empty where that is not known. */
function startOf(status: ReturnType<typeof statusOf>): string {
  return status?.field(22) ?? '';
}

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
}

function textOf({ pid, start, namespace }: Holder): string {
  return `${pid}.${start}.${namespace}`;
}

function holderIn(text: string): Holder {
  const [pid = '', start = '', namespace = ''] = text.split('.');
  return { pid: Number.parseInt(pid, 10), start, namespace };
}

function readLock(lock: string): string | undefined {
  try {
    return readlinkSync(lock);
  } catch {
    return undefined;
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else did.
  }
}

/** The real path as far as it exists: `what` must be the same for everybody who means it. */
export function realAsFar(path: string): string {
  const missing: string[] = [];
  for (let at = path; ; ) {
    try {
      return join(realPath(at), ...missing);
    } catch {
      const cut = at.lastIndexOf('/');
      if (cut <= 0) return path;
      missing.unshift(at.slice(cut + 1));
      at = at.slice(0, cut);
    }
  }
}
