import type { Missing } from '../../../types.ts';
import type { CommandLine, Found, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

const install = (packages: readonly string[], unattended: boolean): CommandLine => ({
  program: 'dnf',
  args: ['install', ...(unattended ? ['-y'] : []), ...packages],
});

/**
 * dnf (Fedora and its kin). Every package provides `python3dist(NAME)`, so nothing is guessed (Fedora's Python
 * guidelines, "Machine-readable metadata"). -C: only what is fetched already. The capability itself is printed with
 * the package, since one question is put for all names.
 */
export const dnf: PackageManager = {
  name: 'dnf',
  distributions: { fedora: 'Fedora', rhel: '', centos: '', rocky: '', almalinux: '', amzn: '' },
  programs: ['/usr/bin/dnf'],
  typed: 'dnf install',
  installsAgain: 'dnf reinstall',
  packages: {},
  gets: { line: (package_, unattended) => install([package_], unattended) },
  apart: 'site-packages',
  saysProjects: true,
  needsRoot: true,
  answers: [0],
  ask: (names, _machine, purpose) => ({
    program: 'dnf',
    args: [
      '-q',
      '-C',
      'repoquery',
      ...(purpose === 'install' ? ['--latest-limit=1'] : ['--installed']),
      // dnf5 prints no line end of its own, dnf4 one more than asked for.
      ...['--qf', `${purpose === 'install' ? 'package' : 'installed'} %{name} %{version}\n%{provides}\n`],
      '--whatprovides',
      // One list: given twice, the option's last value counts in one dnf and all of them in another.
      names.map((name) => `python3dist(${name})`).join(','),
    ],
  }),
  read(output, names) {
    const found = new Map<string, Found>();
    let package_: string | undefined;
    let isInstalled = false;
    for (const line of output.split('\n')) {
      const heading = /^(package|installed) (\S+) \S+$/.exec(line);
      if (heading !== null) {
        package_ = heading[2];
        isInstalled = heading[1] === 'installed';
        continue;
      }
      const provided = /^python3dist\(([^)[\]]+)\)(?: = (\S+))?$/.exec(line);
      const name = provided?.[1];
      if (name === undefined || package_ === undefined || !names.includes(name) || found.has(name)) continue;
      const version = provided?.[2] === undefined ? {} : { version: upstream(provided[2]) };
      found.set(name, {
        package: package_,
        ...version,
        ...(isInstalled ? { installed: version.version ?? '' } : {}),
      });
    }
    return output.trim() !== '' && package_ === undefined ? undefined : found;
  },
  install,
  remove: (packages) => ({ program: 'dnf', args: ['remove', ...packages] }),
  brings: {
    // With a name alone in the answer, one question is for one thing; dnf4 prints no files, by which two could be told apart.
    ask([first], { python }) {
      if (first === undefined) return undefined;
      const capability = capabilityOf(first, python);
      const format = ['--latest-limit=1', '--qf', 'package %{name}\n'];
      return { program: 'dnf', args: ['-q', '-C', 'repoquery', ...format, '--whatprovides', capability] };
    },
    read(output, [first]) {
      const name = /^package (\S+)$/m.exec(output)?.[1];
      return new Map(first === undefined || name === undefined ? [] : [[first, name]]);
    },
  },
  refresh: { program: 'dnf', args: ['makecache'] },
  lacksIndex: ({ said }) =>
    /^Error: Cache-only enabled but no cache for|^Cache-only enabled but no cache/m.test(said),
  index: { directories: ['/var/cache/dnf', '/var/cache/libdnf5'], file: /./ },
};

/** What a package provides that brings it (Fedora's packaging guidelines, "pkgconfig" and "cmake" provides; files by path). */
export function capabilityOf({ kind, name }: Missing, python: string): string {
  switch (kind) {
    case 'pkg-config':
      return `pkgconfig(${name})`;
    case 'cmake':
      return `cmake(${name})`;
    case 'library':
      return `/usr/lib64/lib${name}.so`;
    case 'program':
      return `/usr/bin/${named(name)}`;
    case 'package':
      return name;
    case 'module':
      return `python3-${name}`;
    case 'header':
      return /^(?:Python|pyconfig)\.h$/.test(name)
        ? `/usr/include/python${python}/${name}`
        : `/usr/include/${name}`;
  }
}

/** `cc` and its like are the compiler's, whatever processor they are for. */
function named(program: string): string {
  if (/(?:^|-)(?:gcc|cc)$/.test(program)) return 'gcc';
  return /(?:^|-)(?:g\+\+|c\+\+)$/.test(program) ? 'g++' : program;
}
