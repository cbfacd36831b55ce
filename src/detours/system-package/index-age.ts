import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageManager } from './managers/manager.ts';

/** Days since the index was fetched; `none` when there is none; undefined where that cannot be told. */
export function ageOf(index: PackageManager['index']): number | 'none' | undefined {
  if (index === undefined) return undefined;
  let newest = 0;
  for (const directory of index.directories) {
    try {
      for (const name of readdirSync(directory))
        if (index.file.test(name)) newest = Math.max(newest, statSync(join(directory, name)).mtimeMs);
      // The lists keep the server's dates; when they were fetched is the directory's own.
      if (newest > 0) newest = Math.max(newest, statSync(directory).mtimeMs);
    } catch {
      // Another of them may be there.
    }
  }
  return newest === 0 ? 'none' : Math.max(0, Math.floor((Date.now() - newest) / 86_400_000));
}
