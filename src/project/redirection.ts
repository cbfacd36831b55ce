import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Where a redirect file leads: its first line, a path relative to its directory (PEP 832, a draft); undefined if none. */
export function redirection(file: string): string | undefined {
  try {
    if (!lstatSync(file).isFile() || statSync(file).size > longestRedirection) return undefined;
    const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/);
    return line.trim() === '' || line.includes('\0') ? undefined : resolve(dirname(file), line);
  } catch {
    return undefined;
  }
}

/** A file longer than this (bytes) is something else: paths end at 4096. */
const longestRedirection = 5000;
