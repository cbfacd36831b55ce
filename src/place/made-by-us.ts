import { join } from 'node:path';
import { textOf } from '../system/text-file.ts';

/** The file that tells whose environment it is, by `cacheTag`. */
export const cacheTagFile = 'CACHEDIR.TAG';

/** The Cache Directory Tagging Specification: backup programs leave such a directory out. */
export const cacheTag = `Signature: 8a477f597d28d172789f06886806bc55
# This file marks a Python virtual environment as a directory that can be made again.
`;

/** Whether pip-detour has made this environment; virtualenv and uv write other words, venv none. */
export function isMadeByUs(directory: string): boolean {
  return textOf(join(directory, cacheTagFile)) === cacheTag;
}
