import { realpathSync } from 'node:fs';

/** The path with its links resolved; a path that leads to nothing, as it is. */
export function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
