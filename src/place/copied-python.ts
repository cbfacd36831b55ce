import { join } from 'node:path';
import { statOf } from '../system/ownership.ts';
import { isInside, realOr } from '../system/real-path.ts';
import { bytesOf } from '../system/text-file.ts';

/** What an environment's pyvenv.cfg says it was made from, and the repository (a real path) that it lies in. */
interface MadeFrom {
  readonly home: string | undefined;
  /** `major.minor`. */
  readonly version: string | undefined;
  readonly around: string;
}

/**
 * Whether a Python is a copy of an installed one outside the repository, byte for byte: `venv --copies` makes it, and venv
 * on a disk without links. It is as good as a link then; what a repository brings in its place is not.
 */
export function copiesInstalled(python: string, { home, version = '', around }: MadeFrom): boolean {
  if (home?.startsWith('/') !== true) return false;
  const installed = [`python${version}`, 'python3', 'python']
    .map((name) => realOr(join(home, name)))
    .find((file) => !isInside(file, around) && statOf(file)?.isFile() === true);
  if (installed === undefined || statOf(installed)?.size !== statOf(python)?.size) return false;
  const bytes = bytesOf(installed, longestPython);
  return bytes !== undefined && bytesOf(python, longestPython)?.equals(bytes) === true;
}

/** In bytes; a Python that brings all its libraries within itself has some 100 MB. */
const longestPython = 400_000_000;
