import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchedList } from './managers/manager.ts';

/** Days since a list was fetched; `none` when there is none; undefined where that cannot be told. */
export function ageOf(list: FetchedList | undefined): number | 'none' | undefined {
  if (list === undefined) return undefined;
  const { directories, file, below = 0 } = list;
  const newest = Math.max(0, ...directories.map((directory) => newestIn(directory, file, below)));
  return newest === 0 ? 'none' : Math.max(0, Math.floor((Date.now() - newest) / 86_400_000));
}

/** In ms since 1970; 0 where there is no such file, or the directory cannot be read. */
function newestIn(directory: string, file: RegExp, below: number): number {
  let newest = 0;
  try {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      // What a manager makes of the system itself, or of packages lying here, is no list that was fetched.
      if (entry.isDirectory() && below > 0 && !/^[@_]/.test(entry.name))
        newest = Math.max(newest, newestIn(path, file, below - 1));
      else if (file.test(entry.name)) newest = Math.max(newest, statSync(path).mtimeMs);
    }
    // The lists keep the server's dates; when they were fetched is the directory's own.
    if (newest > 0) newest = Math.max(newest, statSync(directory).mtimeMs);
  } catch {
    // Another of them may be there.
  }
  return newest;
}
