import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { looked } from './diagnose.ts';

/**
 * pipx keeps what pip said in a file and tells which (pipx/util.py, `subprocess_post_check_handle_pip_error`: "Full pip output
 * in file:", then the path on a line of its own). Its end, or nothing where there is no such file of this person's.
 */
export function pipxLog(said: string, uid: number): string {
  const path = /Full pip output in file:\s+(\/[^\n]*_pip_errors\.log)/.exec(said)?.[1];
  if (path === undefined) return '';
  try {
    const file = openSync(path, 'r');
    try {
      const { size, uid: owner } = fstatSync(file);
      if (owner !== uid) return '';
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
