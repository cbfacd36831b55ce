import { normalizeName } from '../../../pip/requirement.ts';
import type { Found, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

/**
 * xbps (Void). Names keep their case here and there (python3-Pillow), so the whole list of python3- is asked for and
 * compared without case: `[-] python3-requests-2.32.3_2  description`, with `[*]` for what is installed.
 */
export const xbps: PackageManager = {
  name: 'xbps',
  distributions: { void: 'Void Linux' },
  programs: ['/usr/bin/xbps-install'],
  typed: 'xbps-install -S',
  packages: { pipx: 'python3-pipx', npm: 'nodejs' },
  gets: {
    line: (package_, unattended) => ({
      program: 'xbps-install',
      args: ['-S', ...(unattended ? ['-y'] : []), package_],
    }),
  },
  needsRoot: true,
  answers: [0],
  ask: (_names, _machine, purpose) => ({
    program: 'xbps-query',
    args: purpose === 'install' ? ['-R', '-s', 'python3-'] : ['-s', 'python3-'],
  }),
  read(output, names, { known }) {
    const lines = output.split('\n').filter((line) => line !== '');
    const found = new Map<string, Found>();
    const wanted = new Map(
      names
        .filter((name) => !known.isTaken(name))
        .flatMap((name) => known.simple('python3-', name).map((one) => [normalizeName(one), name])),
    );
    for (const line of lines) {
      const match = /^\[([-*])\] (\S+)-([^-\s]+_\d+)(?:\s|$)/.exec(line);
      if (match === null) return undefined;
      const [, sign, package_ = '', version = ''] = match;
      const name = wanted.get(normalizeName(package_));
      if (name === undefined || found.has(name)) continue;
      const bare = upstream(version);
      found.set(name, { package: package_, version: bare, ...(sign === '*' ? { installed: bare } : {}) });
    }
    return found;
  },
  install: (packages, unattended) => ({
    program: 'xbps-install',
    args: [...(unattended ? ['-y'] : []), ...packages],
  }),
  remove: (packages) => ({ program: 'xbps-remove', args: [...packages] }),
  // Every repository of Void's has hundreds of them.
  lacksIndex: ({ output }, purpose) => purpose === 'install' && output.trim() === '',
  refresh: { program: 'xbps-install', args: ['-S'] },
};
