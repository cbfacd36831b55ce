/**
 * The compiler that a build calls by this name, as setuptools, meson and cmake write it, whatever processor it is for:
 * `gcc-12` of `x86_64-linux-gnu-gcc-12`, `g++` of `c++`; undefined for what is none of C or C++.
 */
export function compilerNamed(program: string): string | undefined {
  const match = /^(?:[\w-]+-)?(?:(clang(?:\+\+)?)|(g?cc)|[cg]\+\+)(-\d+)?$/.exec(program);
  if (match === null) return undefined;
  const [, clang, c, version = ''] = match;
  return (clang ?? (c === undefined ? 'g++' : 'gcc')) + version;
}
