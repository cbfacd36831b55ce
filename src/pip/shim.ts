import { basename, join } from 'node:path';
import { isExecutable, startOf } from './shebang.ts';

/** Whether a file is a shim of ours, or a copy of one: shims/pip bears a mark on its second line, and goes by it. */
export function isShim(file: string): boolean {
  return /^.*\n# pip-detour-shim\n/.test(startOf(file) ?? '');
}

/**
 * The first `name` on a PATH that is no shim of ours; `pip3` where there is no `pip`. Undefined when there is none. As
 * shims/pip finds it from a PATH whose first entry is its own.
 */
export function findRealPip(name: string, path: string): string | undefined {
  for (const directory of path.split(':')) {
    const file = join(directory === '' ? '.' : directory, name);
    if (isExecutable(file) && !isShim(file)) return basename(file) === file ? `./${file}` : file;
  }
  return name === 'pip' ? findRealPip('pip3', path) : undefined;
}
