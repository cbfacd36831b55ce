import { basename } from 'node:path';

/**
 * Whether what stands for the real pip is a Python: then it is the pip of that Python, started with `-m pip`. `py` is a
 * launcher that picks one (PEP 397 and its likes for Unix). No pip has such a name.
 */
export function isPython(realPip: string): boolean {
  return /^(?:(?:python|pypy)\d*(?:\.\d+)?t?|py)$/.test(basename(realPip));
}

/** The words that start the real pip with these arguments, its program apart. As start.cjs has it. */
export function pipArguments(realPip: string, argv: readonly string[]): readonly string[] {
  return isPython(realPip) ? ['-m', 'pip', ...argv] : argv;
}
