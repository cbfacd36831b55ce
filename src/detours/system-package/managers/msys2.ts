import type { PackageManager } from './manager.ts';
import { pacmanFor } from './pacman.ts';

/** Each environment of MSYS2 has packages of its own (msys2.org/docs/environments). */
const prefixes: Readonly<Record<string, string>> = {
  ucrt64: 'mingw-w64-ucrt-x86_64-python-',
  mingw64: 'mingw-w64-x86_64-python-',
  mingw32: 'mingw-w64-i686-python-',
  clang64: 'mingw-w64-clang-x86_64-python-',
  clangarm64: 'mingw-w64-clang-aarch64-python-',
};

/** MSYS2: pacman, for the environment whose Python was refused, and nobody is root. */
export const msys2: PackageManager = {
  ...pacmanFor((stdlib) => prefixes[stdlib.split('/')[1] ?? ''] ?? 'python-'),
  keeps: { pythons: /^\/(ucrt64|mingw32|mingw64|clang64|clangarm64)\//, called: 'MSYS2' },
};
