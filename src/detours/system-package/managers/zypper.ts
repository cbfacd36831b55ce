import { normalizeName } from '../../../pip/requirement.ts';
import { capabilityOf } from './dnf.ts';
import type { Found, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

const prefix = (python: string) => `python${python.replace('.', '')}-`;

/**
 * zypper (openSUSE). Packages are called after the project, one for each version of Python: python313-PyYAML. The
 * search takes no notice of case. Ends with 104 when nothing matched.
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
  answers: [0, 104],
  ask: (names, { python }, purpose) => ({
    program: 'zypper',
    args: [
      '--non-interactive',
      '--no-refresh',
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
    // What `--provides` matches exactly is printed with `-s`'s table; one question can only be told apart for one thing.
    ask([first], { python }) {
      return first === undefined
        ? undefined
        : {
            program: 'zypper',
            args: [
              '--no-refresh',
              '--quiet',
              'search',
              '--provides',
              '--match-exact',
              '--type',
              'package',
              capabilityOf(first, python),
            ],
          };
    },
    read(output, [first]) {
      const name = /^\S*\s*\| ([\w.+-]+)\s*\|/m.exec(output.replace(/^S\s.*$/m, ''))?.[1];
      return new Map(first === undefined || name === undefined ? [] : [[first, name]]);
    },
  },
  refresh: { program: 'zypper', args: ['refresh'] },
  index: { directories: ['/var/cache/zypp/solv', '/var/cache/zypp/raw'], file: /./ },
};

/** A search for the exact name does not know that dashes, dots and underscores are one to PEP 503. */
function spellings(name: string): readonly string[] {
  return name.includes('-') ? [name, name.replaceAll('-', '.'), name.replaceAll('-', '_')] : [name];
}
