import { normalizeName } from '../../../pip/requirement.ts';
import type { Missing } from '../../../types.ts';
import type { Found, Machine, PackageManager } from './manager.ts';
import { byCapability, byKind, capabilities, installed, programPath } from './rpm-capabilities.ts';
import { upstream } from './upstream.ts';

const prefix = (python: string) => `python${python.replace('.', '')}-`;

/** Root's questions neither wait for another zypper nor fail beside it (libzypp's ZYpp::Locks; it is on for everybody else). */
const unlocked = { ZYPP_READONLY_HACK: '1' };

/**
 * zypper (openSUSE). Packages are called after the project, one for each version of Python: python313-PyYAML. The
 * search takes no notice of case. Ends with 104 when nothing matched, with 106 when a repository was skipped (zypper 1.14.42
 * ends with 104 then, too).
 */
export const zypper: PackageManager = {
  name: 'zypper',
  distributions: { suse: '', opensuse: '', 'opensuse-tumbleweed': 'openSUSE', 'opensuse-leap': 'openSUSE' },
  programs: ['/usr/bin/zypper'],
  typed: 'zypper install',
  packages: { pipx: 'python3-pipx' },
  gets: {
    line: (package_, unattended) => ({
      program: 'zypper',
      args: ['install', ...(unattended ? ['-y'] : []), package_],
    }),
  },
  apart: 'site-packages',
  needsRoot: true,
  answers: [0, 104, 106],
  ask: (names, { python }, purpose) => ({
    program: 'zypper',
    env: unlocked,
    args: [
      '--non-interactive',
      // Root's zypper else fetches what a repository lacks.
      purpose === 'install' ? '--no-refresh' : '--disable-repositories',
      '--xmlout',
      'search',
      '-s',
      '--match-exact',
      ...(purpose === 'install' ? [] : ['--installed-only']),
      ...names.flatMap((name) => spellings(name).map((one) => `${prefix(python)}${one}`)),
    ],
  }),
  read(output, names, { python }) {
    if (!/<stream>/.test(output)) return undefined;
    const found = new Map<string, Found>();
    for (const [, attributes = ''] of output.matchAll(/<solvable\s([^>]*?)\/?>/g)) {
      const of = (key: string) => new RegExp(`(?:^|\\s)${key}="([^"]*)"`).exec(attributes)?.[1];
      const package_ = of('name');
      const edition = of('edition');
      if (package_ === undefined || edition === undefined) continue;
      const name = names.find((one) => normalizeName(package_) === normalizeName(`${prefix(python)}${one}`));
      if (name === undefined) continue;
      const version = upstream(edition);
      const known = found.get(name);
      const installed = of('status') === 'installed' ? version : known?.installed;
      found.set(name, {
        package: package_,
        version: known?.version ?? version,
        ...(installed === undefined ? {} : { installed }),
      });
    }
    return found;
  },
  install: (packages, unattended) => ({
    program: 'zypper',
    args: [...(unattended ? ['--non-interactive'] : []), 'install', '--no-recommends', ...packages],
  }),
  remove: (packages) => ({ program: 'zypper', args: ['remove', ...packages] }),
  brings: {
    // libzypp keeps no list of files but those below a bin directory.
    ask: (missing, machine) =>
      byKind(missing.flatMap((one) => sought(one, machine))).map((wanted) => {
        const options = ['--verbose', '--provides', '--match-exact', '--type', 'package'];
        return {
          program: 'zypper',
          env: unlocked,
          args: ['--no-refresh', '--quiet', 'search', ...options, ...wanted],
        };
      }),
    // A row of the table for each package, and below it what of it was looked for: `provides: pkgconfig(x) = 1`, `filelist: /usr/bin/x`.
    read(output, missing, machine) {
      const providers = new Map<string, string>();
      let package_: string | undefined;
      for (const line of output.split('\n')) {
        package_ = /^\S*\s*\| ([\w.+-]+)\s*\| package\s*\|/.exec(line)?.[1] ?? package_;
        const provided = /^ {4}(?:provides|filelist): (\S+)/.exec(line)?.[1];
        if (provided !== undefined && package_ !== undefined && !providers.has(provided))
          providers.set(provided, package_);
      }
      return byCapability(
        missing,
        (one) => sought(one, machine),
        (capability) => providers.get(capability),
      );
    },
  },
  installed,
  refresh: { program: 'zypper', args: ['refresh'] },
  // A repository that was skipped, for only root can make its cache, may have it; where another one has it that does not matter.
  lacksIndex: ({ output }) => /Skipping repository/.test(output) && !/<solvable\s|^\S*\s*\| /m.test(output),
  index: {
    directories: ['/var/cache/zypp/solv', '/var/cache/zypp/raw'],
    file: /^solv$|primary\.xml/,
    below: 2,
  },
};

/** What a package provides, or the path of a program. */
function sought(one: Missing, machine: Machine): readonly string[] {
  return one.kind === 'program'
    ? [programPath(one.name)]
    : capabilities(one, { ...machine, hasFiles: false });
}

/** A search for the exact name does not know that dashes, dots and underscores are one to PEP 503. */
function spellings(name: string): readonly string[] {
  return name.includes('-') ? [name, name.replaceAll('-', '.'), name.replaceAll('-', '_')] : [name];
}
