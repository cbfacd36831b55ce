import { basename } from 'node:path';
import type { Missing } from '../../../types.ts';
import { compilerNamed } from './compilers.ts';
import type { Machine, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

/**
 * What a package of rpm's provides that brings this, the surest first (Fedora's packaging guidelines, "pkgconfig" and
 * "cmake" provides; files by path). Without a list of files there are no paths: a header or a library is then in the package
 * of its pkg-config module, a program mostly in the one that is called like it.
 */
export function capabilities(missing: Missing, machine: Machine): readonly string[] {
  const { kind, name } = missing;
  const { python, hasFiles, modules } = machine;
  const path = (file: string) => (hasFiles === true ? [file] : []);
  const pkgConfig = () => (modules?.(missing, python) ?? []).map((module) => `pkgconfig(${module})`);
  const pythonDevel = [`python${python.replace('.', '')}-devel`, 'python3-devel'];
  switch (kind) {
    case 'pkg-config':
      return [`pkgconfig(${name})`];
    case 'cmake':
      return [`cmake(${name})`];
    case 'package':
      return [name];
    case 'module':
      return [`python3-${name}`];
    case 'library':
      return [...path(`/usr/lib64/lib${name}.so`), ...pkgConfig()];
    case 'header':
      return /^(?:Python|pyconfig)\.h$/.test(name)
        ? [...path(`/usr/include/python${python}/${name}`), ...pythonDevel]
        : [...path(`/usr/include/${name}`), ...pkgConfig()];
    case 'program':
      if (/^python3?(?:\.\d+)?-config$/.test(name)) return pythonDevel;
      return hasFiles === true ? [programPath(name)] : [packageOf(name), ...pkgConfig()];
  }
}

/** Where the distributions of rpm have a program; a compiler under its own name. */
export function programPath(name: string): string {
  return `/usr/bin/${compilerNamed(name) ?? name}`;
}

/** Packages that are not called as their program is. */
const packages: Readonly<Record<string, string>> = { 'g++': 'gcc-c++', 'clang++': 'clang', rustc: 'rust' };

function packageOf(program: string): string {
  const called = basename(programPath(program));
  return packages[called] ?? called;
}

/** dnf 4 and zypper look for paths or for what is provided, not for both in one question. */
export function byKind(wanted: readonly string[]): readonly (readonly string[])[] {
  const all = [...new Set(wanted)];
  const paths = all.filter((one) => one.startsWith('/'));
  return [paths, all.filter((one) => !paths.includes(one))].filter((one) => one.length > 0);
}

/** For each of them the package that is found to provide what brings it. */
export function byCapability(
  missing: readonly Missing[],
  capabilitiesOf: (one: Missing) => readonly string[],
  providerOf: (capability: string) => string | undefined,
): ReadonlyMap<Missing, string> {
  return new Map(
    missing.flatMap((one) => {
      const found = capabilitiesOf(one).flatMap((capability) => providerOf(capability) ?? [])[0];
      return found === undefined ? [] : [[one, found] as const];
    }),
  );
}

/** rpm's own database: dnf and zypper tell of what can be had, and leave out whether it is there (rpm(8), `--query`). */
export const installed: NonNullable<PackageManager['installed']> = {
  ask: (packages) => ({
    program: 'rpm',
    args: ['--query', '--queryformat', 'installed %{NAME} %{VERSION}\n', ...packages],
  }),
  read: (output) =>
    [...output.matchAll(/^installed (\S+) (\S+)$/gm)].map(([, name = '', version = '']) => ({
      package: name,
      installed: upstream(version),
    })),
};
