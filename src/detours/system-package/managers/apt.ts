import { collections, debianNames } from '../debian-names.ts';
import { upstream } from '../upstream.ts';
import type { Found, PackageManager } from './manager.ts';

/**
 * apt. `apt-cache policy` answers for all names at once, from its lists and without root: 0.03 s, or 0.9 s where apt may
 * keep no cache (Docker's images). It ends with 0 whatever it finds and says nothing of names it does not know.
 */
export const apt: PackageManager = {
  needsRoot: true,
  answers: [0],
  ask: (names) => ({ program: 'apt-cache', args: ['policy', ...exactly(names.flatMap(debianNames))] }),
  read(output, names) {
    // Asked about no package at all, apt tells of its sources instead.
    if (names.every((name) => debianNames(name).length === 0)) return new Map();
    const packages = policies(output);
    if (packages === undefined) return undefined;
    const found = new Map<string, Found>();
    for (const name of names) {
      const first = debianNames(name)
        .map((package_) => packages.get(package_))
        .find((policy) => policy !== undefined);
      if (first !== undefined) found.set(name, first);
    }
    return found;
  },
  // Without what a package merely recommends (documentation, servers, desktop parts): pip would not bring it either.
  // No -y: apt itself asks when more is to come than was named; only where nobody can answer is it told yes.
  install: (packages, unattended) => ({
    program: 'apt-get',
    args: ['install', '--no-install-recommends', ...(unattended ? ['-y'] : []), ...packages],
    ...(unattended ? { env: { DEBIAN_FRONTEND: 'noninteractive' } } : {}),
  }),
  remove: (packages) => ({ program: 'apt-get', args: ['remove', ...packages] }),
  refresh: { program: 'apt-get', args: ['update'] },
  index: { directories: ['/var/lib/apt/lists'], file: /_Packages(\.\w+)?$/ },
};

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
