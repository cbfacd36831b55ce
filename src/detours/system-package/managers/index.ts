import { accessSync } from 'node:fs';
import { succeeds } from '../../../system/succeeds.ts';
import { apk } from './apk.ts';
import { apt } from './apt.ts';
import { brew } from './brew.ts';
import { dnf } from './dnf.ts';
import { emerge } from './emerge.ts';
import { type PackageManager, type Program, usualPackages } from './manager.ts';
import { msys2 } from './msys2.ts';
import { nix } from './nix.ts';
import { pacman } from './pacman.ts';
import { xbps } from './xbps.ts';
import { zypper } from './zypper.ts';

/**
 * All of them, by the id that a situation names. Where the programs of several lie on one machine, the first is the one
 * whose machine it is.
 */
export const managers = {
  apt,
  dnf,
  zypper,
  pacman,
  apk,
  xbps,
  emerge,
  nix,
  msys2,
  brew,
} satisfies Readonly<Record<string, PackageManager>>;

/** The id of one: its key in `managers`. */
export type PackageManagerId = keyof typeof managers;

const all: readonly (readonly [string, PackageManager])[] = Object.entries(managers);

/** The one with this id. */
export function managerById(id: string): PackageManager | undefined {
  return all.find(([one]) => one === id)?.[1];
}

/** The id of the one that keeps the Python with this standard library, apart from what the distribution installs. */
export function keeperOf(stdlib: string): string | undefined {
  return all.find(([, { keeps }]) => keeps?.pythons.test(stdlib) === true)?.[0];
}

/** The kinds of place where a manager keeps Pythons of its own, with how people call that manager. */
export const keptPlaces = all.flatMap(([, { keeps }]) =>
  keeps?.place === undefined ? [] : [{ called: keeps.called, ...keeps.place }],
);

/** The id of the one a distribution has, by `ID` and `ID_LIKE` of os-release(5); `opensuse-leap` counts as `opensuse`, too. */
export function distributionsManager(release: ReadonlyMap<string, string>): string | undefined {
  const ids = `${release.get('ID') ?? ''} ${release.get('ID_LIKE') ?? ''}`.split(' ');
  for (const id of ids.flatMap((one) => [one, one.split('-')[0] ?? ''])) {
    const found = all.find(([, { distributions }]) => Object.hasOwn(distributions, id));
    if (found !== undefined) return found[0];
  }
  return undefined;
}

/** What people call a distribution, where that is another name than its os-release gives it. */
export function nameOfDistribution(id: string): string | undefined {
  const named = all.flatMap(([, { distributions }]) =>
    Object.hasOwn(distributions, id) ? [distributions[id]] : [],
  );
  return named[0] === '' ? undefined : named[0];
}

/** The one that belongs to who manages a Python, by the name that is shown for that: `Debian`, `Homebrew`, `Rocky Linux`. */
export function managerNamed(shown: string): PackageManager | undefined {
  const word = shown.split(/[ _]/)[0]?.toLowerCase() ?? '';
  const belongs = ({ distributions, keeps }: PackageManager) =>
    keeps?.called === shown ||
    Object.values(distributions).includes(shown) ||
    Object.hasOwn(distributions, word);
  return all.find(([, manager]) => belongs(manager))?.[1];
}

/** The one of this machine, told by the files that lie on it. */
export function managerHere(): PackageManager | undefined {
  return all.find(([, { programs }]) => programs.some((file) => succeeds(() => accessSync(file))))?.[1];
}

/** What a package manager calls one of these programs. */
export function packageOf(program: Program, manager: PackageManager): string {
  return manager.packages[program] ?? usualPackages[program];
}

/** What a person types to get one of these programs, `uid` being theirs. */
export function howToGet(program: Program, manager: PackageManager, uid: number): string {
  return `${manager.needsRoot && uid !== 0 ? 'sudo ' : ''}${manager.typed} ${packageOf(program, manager)}`;
}
