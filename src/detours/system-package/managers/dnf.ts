import type { CommandLine, Found, PackageManager } from './manager.ts';
import { byCapability, byKind, capabilities, installed } from './rpm-capabilities.ts';
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
    // dnf5 loads nothing at all of a repository whose list of files it lacks, where a path is asked about or files are printed.
    ask: (missing, machine) =>
      byKind(missing.flatMap((one) => capabilities(one, machine))).map((wanted) => {
        const format = `package %{name}\n%{provides}\n${wanted[0]?.startsWith('/') ? '%{files}\n' : ''}`;
        const options = ['--latest-limit=1', '--qf', format, '--whatprovides', wanted.join(',')];
        return { program: 'dnf', args: ['-q', '-C', 'repoquery', ...options] };
      }),
    read(output, missing, machine) {
      const packages = output
        .split(/^package /m)
        .slice(1)
        .map((block) => block.split('\n'))
        .map(([name = '', ...lines]) => ({
          name,
          provides: new Set(lines.map((line) => line.replace(/ = .*/, ''))),
        }));
      return byCapability(
        missing,
        (one) => capabilities(one, machine),
        (capability) => packages.find(({ provides }) => provides.has(capability))?.name,
      );
    },
    // Since Fedora 40 it is fetched only when it is asked for by this option; dnf 4.14 has it anyway, and only remarks on the option.
    files: {
      directories: ['/var/cache/dnf', '/var/cache/libdnf5'],
      file: /-filelists\.xml/,
      below: 2,
      withIndex: true,
      fetch: { program: 'dnf', args: ['makecache', '--setopt=optional_metadata_types=filelists'] },
    },
  },
  installed,
  refresh: { program: 'dnf', args: ['makecache'] },
  // Said only where a repository may not be skipped (`skip_if_unavailable`): Fedora's may, and then dnf is silent and ends with 0.
  lacksIndex: ({ said }) =>
    /^Error: Cache-only enabled but no cache for|^Cache-only enabled but no cache/m.test(said),
  index: { directories: ['/var/cache/dnf', '/var/cache/libdnf5'], file: /\.solv$|-primary\.xml/, below: 2 },
};
