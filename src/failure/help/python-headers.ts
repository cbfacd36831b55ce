import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compilerNamed } from '../../detours/system-package/managers/compilers.ts';
import type { Interpreter, Missing } from '../../types.ts';

/**
 * Python's own header, where a compiler is missing and it is not here either: a build for Python nearly always includes it,
 * and would fail a second time. Its place follows from the standard library's (sysconfig's schemes posix_prefix and deb_system).
 */
export function headerBeside(first: Missing, python: Interpreter | undefined): Missing | undefined {
  if (first.kind !== 'program' || python === undefined || compilerNamed(first.name) === undefined)
    return undefined;
  const { stdlib } = python;
  if (existsSync(join(dirname(dirname(stdlib)), 'include', basename(stdlib), 'Python.h'))) return undefined;
  return { kind: 'header', name: 'Python.h' };
}
