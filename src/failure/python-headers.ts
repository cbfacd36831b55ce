import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Interpreter, Missing } from '../types.ts';

/**
 * Python's own header, where a compiler is missing and it is not here either: a build for Python nearly always includes it,
 * and would fail a second time. Its place follows from the standard library's (sysconfig's schemes posix_prefix and deb_system).
 */
export function headerBeside(first: Missing, python: Interpreter | undefined): Missing | undefined {
  if (first.kind !== 'program' || python === undefined || !isCompiler.test(first.name)) return undefined;
  const { stdlib } = python;
  if (existsSync(join(dirname(dirname(stdlib)), 'include', basename(stdlib), 'Python.h'))) return undefined;
  return { kind: 'header', name: 'Python.h' };
}

/** As setuptools, meson and cmake name a compiler of C or C++: `cc`, `g++`, `x86_64-linux-gnu-gcc-12`. */
const isCompiler = /^(?:[\w-]+-)?(?:cc|gcc|c\+\+|g\+\+|clang|clang\+\+)(?:-\d+)?$/;
