import { realpathSync } from 'node:fs';

/** The path with its links resolved; a path that leads to nothing, as it is. */
export function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** True when `path` is `directory` or lies below it; both absolute and real. */
export function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** The directory this process stands in, by its real path (getcwd(3)); empty when it was deleted under us. */
export function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}
