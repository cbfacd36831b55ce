import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { looked } from './legible.ts';

/**
 * pipx keeps what pip said in a file and tells which (pipx/util.py, `subprocess_post_check_handle_pip_error`: "Full pip output
 * in file:", then the path on a line of its own). Its end, or nothing where there is no such file of this person's.
 */
export function pipxLog(said: string, uid: number): string {
  const path = /Full pip output in file:\s+(\/[^\n]*_pip_errors\.log)/.exec(said)?.[1];
  if (path === undefined) return '';
  try {
    // A build may have named a file of its own, which is perhaps a FIFO: it is opened without waiting (open(2)).
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const stats = fstatSync(file);
      const { size, uid: owner } = stats;
      if (owner !== uid || !stats.isFile()) return '';
      const end = Buffer.alloc(Math.min(size, looked));
      readSync(file, end, 0, end.length, size - end.length);
      return end.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
