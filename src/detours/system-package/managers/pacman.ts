import { join } from 'node:path';
import { listing } from '../../../system/listing.ts';
import type { Missing } from '../../../types.ts';
import { compilerNamed } from './compilers.ts';
import { hasLine } from './database.ts';
import type { CommandLine, Found, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

// Never -Sy here: an index newer than what is installed is a partial upgrade, which Arch does not support.
const install = (packages: readonly string[], unattended: boolean): CommandLine => ({
  program: 'pacman',
  args: ['-S', '--needed', ...(unattended ? ['--noconfirm'] : []), ...packages],
});

/**
 * pacman (Arch, Manjaro …). `pacman -Si` tells of exact names, 0.02 s and without root; what it does not know it says on
 * stderr and counts in its exit code (pacman 6.0: `sync_info` adds one for each), so every code is an answer. The AUR is not its own and not asked.
 */
export const pacman: PackageManager = {
  ...pacmanFor(() => 'python-'),
  distributions: { arch: 'Arch Linux', manjaro: 'Manjaro', endeavouros: 'EndeavourOS' },
  programs: ['/usr/bin/pacman'],
  packages: { python: 'python', pip: 'python-pip', pipx: 'python-pipx' },
  gets: { line: (package_, unattended) => install([package_], unattended), needsIndex: true },
  needsRoot: true,
  index: { directories: ['/var/lib/pacman/sync'], file: /\.db$/ },
};

/** The same for another prefix: MSYS2's pacman has one for each of its environments. */
export function pacmanFor(prefix: (stdlib: string) => string): PackageManager {
  return {
    name: 'pacman',
    distributions: {},
    programs: [],
    typed: 'pacman -S',
    installsAgain: 'pacman -S',
    packages: {},
    // Its database has a directory for each installed package, with its files relative to the root.
    ownerOf(file, root) {
      const database = join(root, 'var/lib/pacman/local');
      return listing(database)
        .filter((name) => /^python-\d/.test(name))
        .find((name) => hasLine(join(database, name, 'files'), file.slice(1)))
        ?.replace(/-[^-]*-[^-]*$/, '');
    },
    needsRoot: false,
    answers: 'any',
    ask: (names, { stdlib, known }, purpose) => ({
      program: 'pacman',
      args: [
        purpose === 'install' ? '-Si' : '-Qi',
        '--',
        ...names.flatMap((name) => known.simple(prefix(stdlib), name)),
      ],
    }),
    read(output, names, { stdlib, known }) {
      if (output.trim() !== '' && !/^Name +: /m.test(output)) return undefined;
      const found = new Map<string, Found>();
      // One block for each package, between blank lines; without -Q none of them is known to be installed.
      for (const block of output.split(/\n\s*\n/)) {
        const package_ = /^Name +: (\S+)$/m.exec(block)?.[1];
        const version = /^Version +: (\S+)$/m.exec(block)?.[1];
        const installed = /^Install Date +: /m.test(block);
        const name = names.find(
          (one) => package_ !== undefined && known.simple(prefix(stdlib), one).includes(package_),
        );
        if (package_ === undefined || version === undefined || name === undefined || found.has(name))
          continue;
        const bare = upstream(version);
        found.set(name, { package: package_, version: bare, ...(installed ? { installed: bare } : {}) });
      }
      return found;
    },
    // The whole index is fetched with an upgrade of everything, which is not ours to start.
    fetches: 'pacman -Syu',
    // The same words are said of its list of files, with -Fy.
    lacksIndex: ({ said }) => /^warning: database file for '.*' does not exist(?! \(use '-Fy')/m.test(said),
    brings: {
      // pacman(8), -F: repository, package, version and path, NUL between; of its own list of files.
      ask(missing, { stdlib }) {
        const paths = missing.flatMap((one) => pathOf(one, stdlib) ?? []);
        return paths.length === 0
          ? []
          : [{ program: 'pacman', args: ['-F', '--regex', '--machinereadable', ...paths] }];
      },
      read(output, missing, { stdlib }) {
        const rows = output.split('\n').map((line) => line.split('\0'));
        return new Map(
          missing.flatMap((one) => {
            const path = new RegExp(pathOf(one, stdlib) ?? '^$');
            const found = rows.flatMap(([, name = '', , file = '']) =>
              path.test(file) ? [{ name, file }] : [],
            );
            // A header may lie deeper. The shallowest one is what a build finds; several of those say nothing.
            const deep = (file: string) => file.split('/').length;
            const least = Math.min(...found.map(({ file }) => deep(file)));
            const names = new Set(found.flatMap(({ name, file }) => (deep(file) === least ? [name] : [])));
            const [package_] = names.size === 1 ? names : [];
            return package_ === undefined ? [] : [[one, package_] as const];
          }),
        );
      },
      files: {
        directories: ['/var/lib/pacman/sync'],
        file: /\.files$/,
        // It fetches no index of packages, and so makes no partial upgrade of the next one that is installed.
        fetch: { program: 'pacman', args: ['-Fy'] },
      },
    },
    // `python 3.13.1-1` for each that is; the others are complaints.
    installed: {
      ask: (packages) => ({ program: 'pacman', args: ['-Q', '--', ...packages] }),
      read: (output) =>
        [...output.matchAll(/^(\S+) (\S+)$/gm)].map(([, name = '', version = '']) => ({
          package: name,
          installed: upstream(version),
        })),
    },
    install,
    remove: (packages) => ({ program: 'pacman', args: ['-R', ...packages] }),
  };
}

/**
 * Where Arch has such a thing, as a regular expression, for regcomp(3) as for us; undefined where no file tells. Its packages
 * are not split into what runs and what is built against. MSYS2 has them below another root than /usr.
 */
function pathOf({ kind, name }: Missing, stdlib: string): string | undefined {
  const [, root = 'usr', ...rest] = stdlib.split('/');
  const plain = name.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&');
  switch (kind) {
    case 'header':
      return `^${root}/include/${/^(?:Python|pyconfig)\.h$/.test(name) ? `${rest.at(-1)}/` : '(.+/)?'}${plain}$`;
    case 'library':
      return `^${root}/lib/lib${plain}[.](so|dll[.]a)$`;
    case 'pkg-config':
      return `^${root}/(lib|share)/pkgconfig/${plain}[.]pc$`;
    case 'cmake':
      return `^${root}/(lib|share)/cmake/[^/]+/(${plain}Config|${plain.toLowerCase()}-config)[.]cmake$`;
    case 'program':
      return `^${root}/bin/${compilerNamed(name)?.replaceAll('+', '\\+') ?? plain}([.]exe)?$`;
    case 'package':
    case 'module':
      return undefined;
  }
}
