import { join } from 'node:path';
import { listing } from '../../../system/listing.ts';
import { hasLine } from './database.ts';
import type { CommandLine, Found, KnownNames, Machine, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

/** Packages that hold scores of projects: the package's version is none of theirs. */
const collections: readonly string[] = ['python3-azure', 'python3-azure-storage', 'python3-typeshed'];

// Without what a package merely recommends (documentation, servers, desktop parts): pip would not bring it either.
// No -y: apt itself asks when more is to come than was named; only where nobody can answer is it told yes.
const install = (packages: readonly string[], unattended: boolean): CommandLine => ({
  program: 'apt-get',
  args: ['install', '--no-install-recommends', ...(unattended ? ['-y'] : []), ...packages],
  ...(unattended ? { env: { DEBIAN_FRONTEND: 'noninteractive' } } : {}),
});

/**
 * apt. `apt-cache policy` answers for all names at once, from its lists and without root: 0.03 s, or 0.9 s where apt may
 * keep no cache (Docker's images). It ends with 0 whatever it finds and says nothing of names it does not know.
 */
export const apt: PackageManager = {
  name: 'apt',
  distributions: {
    debian: 'Debian',
    ubuntu: 'Ubuntu',
    raspbian: 'Raspberry Pi OS',
    kali: 'Kali',
    linuxmint: 'Linux Mint',
    pop: 'Pop!_OS',
  },
  programs: ['/usr/bin/apt-get'],
  typed: 'apt install',
  installsAgain: 'apt install --reinstall',
  packages: {},
  gets: { line: (package_, unattended) => install([package_], unattended), needsIndex: true },
  venv: {
    name: (python) => `python${python}-venv`,
    line: (package_, again) => ({
      program: 'apt-get',
      args: ['install', '--yes', '--no-install-recommends', ...(again ? ['--reinstall'] : []), package_],
    }),
    typed: (package_) => `apt-get install -y ${package_}`,
  },
  apart: 'dist-packages',
  // dpkg's lists of files, one for each package; an architecture follows some names.
  ownerOf(file, root) {
    const lists = join(root, 'var/lib/dpkg/info');
    return listing(lists)
      .filter((name) => /^libpython3.*-stdlib.*\.list$|^pypy3-lib.*\.list$/.test(name))
      .find((name) => hasLine(join(lists, name), file))
      ?.replace(/(?::\w+)?\.list$/, '');
  },
  needsRoot: true,
  answers: [0],
  ask: (names, { known }) => ({
    program: 'apt-cache',
    args: ['policy', ...exactly(candidates(names, known))],
  }),
  // As quick as `policy`, and beside it.
  asksPages: (names, { known }) => ({
    program: 'apt-cache',
    args: ['show', '--no-all-versions', ...exactly(candidates(names, known))],
  }),
  readPages(output) {
    const stanzas = output.split(/\n\n+/).map((text) => ({
      name: /^Package: (\S+)$/m.exec(text)?.[1],
      page: /^Homepage: (\S{1,300})$/m.exec(text)?.[1],
    }));
    return new Map(
      stanzas.flatMap(({ name, page }): [string, string][] => (name && page ? [[name, page]] : [])),
    );
  },
  read(output, names, { known }) {
    // Asked about no package at all, apt tells of its sources instead.
    if (candidates(names, known).length === 0) return new Map();
    const packages = policies(output);
    if (packages === undefined) return undefined;
    const found = new Map<string, Found>();
    for (const name of names) {
      const first = known
        .debian(name)
        .map((package_) => packages.get(package_))
        .find((policy) => policy !== undefined);
      const other = known
        .namesakes(name)
        .map((package_) => packages.get(package_))
        .find((policy) => policy !== undefined);
      if (first !== undefined) found.set(name, first);
      else if (other !== undefined) found.set(name, { ...other, namesake: true });
    }
    return found;
  },
  install,
  remove: (packages) => ({ program: 'apt-get', args: ['remove', ...packages] }),
  brings: {
    ask(missing, { python, files }) {
      const candidates = [...new Set(missing.flatMap((one) => files?.(one, python) ?? []))];
      return candidates.length === 0
        ? []
        : [{ program: 'apt-cache', args: ['policy', ...exactly(candidates)] }];
    },
    read(output, missing, { python, files }) {
      const there = policies(output) ?? new Map<string, Found>();
      return new Map(
        missing.flatMap((one) => {
          const candidates = (files?.(one, python) ?? []).filter((name) => there.has(name));
          // What is there already is not what the build lacks.
          const has = candidates.some((name) => there.get(name)?.installed !== undefined);
          return candidates[0] === undefined || has ? [] : [[one, candidates[0]] as const];
        }),
      );
    },
    readThere(output, missing, { python, files }) {
      const there = policies(output) ?? new Map<string, Found>();
      return new Map(
        missing.flatMap((one) => {
          const found = (files?.(one, python) ?? []).map((name) => there.get(name));
          const first = found.find((policy) => policy?.installed !== undefined);
          return first === undefined ? [] : [[one, first] as const];
        }),
      );
    },
  },
  builds: {
    ask(project, machine) {
      const packages = buildsWith(project, machine);
      return packages.length === 0
        ? undefined
        : { program: 'apt-cache', args: ['policy', ...exactly(packages)] };
    },
    read(output, project, machine) {
      const there = policies(output);
      return buildsWith(project, machine).filter((name) => {
        const policy = there?.get(name);
        return policy !== undefined && policy.installed === undefined;
      });
    },
  },
  // Their pip is python3-pip's, which is for every Python 3 (/usr/lib/python3/dist-packages).
  pythons: {
    ask: (versions) => ({
      program: 'apt-cache',
      args: ['policy', ...exactly(versions.map((version) => `python${version}`))],
    }),
    read(output) {
      const there = [...(policies(output)?.values() ?? [])].filter(
        ({ installed }) => installed === undefined,
      );
      return new Map(there.map(({ package: name }) => [name.replace(/^python/, ''), name]));
    },
  },
  refresh: { program: 'apt-get', args: ['update'] },
  index: { directories: ['/var/lib/apt/lists'], file: /_Packages(\.\w+)?$/ },
};

/** What the first of the packages that may hold a project is built with. */
function buildsWith(project: string, { known, buildsWith: table }: Machine): readonly string[] {
  return (
    known
      .debian(project)
      .map((package_) => table?.(package_) ?? [])
      .find((found) => found.length > 0) ?? []
  );
}

function candidates(names: readonly string[], known: KnownNames): string[] {
  return [...new Set(names.flatMap((name) => [...known.debian(name), ...known.namesakes(name)]))];
}

/**
 * Names with a dot or a plus are regular expressions to apt, which tries them on every package it knows: 0.2 s each. As one
 * pattern (apt-patterns(7), apt 2.0) they cost a fifth of that.
 */
function exactly(names: readonly string[]): string[] {
  const odd = names.filter((name) => /[.+]/.test(name));
  const pattern = odd.map((name) => `?exact-name(${name})`).join(' | ');
  return [...names.filter((name) => !odd.includes(name)), ...(odd.length === 0 ? [] : [pattern])];
}

/** apt-cache(8), policy: `name:` and below it, indented, `Installed:` and `Candidate:`; `(none)` for neither. */
function policies(output: string): Map<string, Found> | undefined {
  const packages = new Map<string, Found>();
  let current: string | undefined;
  let installed: string | undefined;
  for (const line of output.split('\n')) {
    const heading = /^([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9]+)?:$/.exec(line)?.[1];
    if (heading !== undefined) {
      current = heading;
      continue;
    }
    const field = /^ {2}(Installed|Candidate): (\S+)$/.exec(line);
    if (field === null || current === undefined) {
      if (line !== '' && !line.startsWith('  ') && !line.startsWith(' ***')) return undefined;
      continue;
    }
    const value = field[2] === undefined || field[2] === '(none)' ? undefined : upstream(field[2]);
    if (field[1] === 'Installed') installed = value;
    // Of several architectures the first is the machine's own.
    else if (value !== undefined && !packages.has(current))
      packages.set(current, {
        package: current,
        ...(collections.includes(current) ? {} : { version: value }),
        ...(installed === undefined ? {} : { installed }),
      });
  }
  return packages;
}
