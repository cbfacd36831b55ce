import { basename } from 'node:path';

/**
 * Whether what stands for the real pip is a Python: then it is the pip of that Python, started with `-m pip`. `py` is a
 * launcher that picks one (PEP 397 and its likes for Unix). No pip has such a name.
 */
export function isPython(realPip: string): boolean {
  return /^(?:(?:python|pypy)\d*(?:\.\d+)?t?|py)$/.test(basename(realPip));
}

/**
 * Python's own options in what pip was called by: `python3 -I -X utf8 -m pip`. The hooks let no others through than those
 * that say nothing about where pip installs, each without a blank in it.
 */
export function pythonOptions(name: string): readonly string[] {
  return /^\S+((?: \S+)*) -m pip$/.exec(name)?.[1]?.split(' ').slice(1) ?? [];
}

/** The words that start the real pip with these arguments, its program apart; `name` is what it was called by. As start.cjs has it. */
export function pipArguments(realPip: string, argv: readonly string[], name: string): readonly string[] {
  return isPython(realPip) ? [...pythonOptions(name), '-m', 'pip', ...argv] : argv;
}
