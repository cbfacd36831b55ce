import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { isatty } from 'node:tty';
import { readRelease } from '../../place/platform.ts';
import { onPath } from '../../place/programs.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { Interpreter, PackageManagerId, SystemPackages } from '../../types.ts';

/** Which manager a distribution has, by `ID` and `ID_LIKE` of os-release(5). */
const byDistribution: Readonly<Record<string, PackageManagerId>> = {
  debian: 'apt',
  ubuntu: 'apt',
  fedora: 'dnf',
  rhel: 'dnf',
  centos: 'dnf',
  amzn: 'dnf',
  arch: 'pacman',
  suse: 'zypper',
  opensuse: 'zypper',
  alpine: 'apk',
  void: 'xbps',
  gentoo: 'emerge',
};

/** Who keeps Pythons of their own, by where those lie. */
const byPlace: readonly (readonly [RegExp, PackageManagerId])[] = [
  [/\/Cellar\/|\/(home)?brew\//i, 'brew'],
  [/^\/nix\/store\//, 'nix'],
  [/^\/(ucrt64|mingw32|mingw64|clang64|clangarm64)\//, 'msys2'],
];

/** Those that install for one person, so that no sudo is wanted. */
const withoutRoot: readonly PackageManagerId[] = ['brew', 'nix', 'msys2'];

/**
 * The package manager whose packages the refused Python sees, not yet asked; undefined when there is none: the Python
 * is uv's or conda's, lies elsewhere, or is not the one the distribution makes packages for. Starts nothing.
 */
export function packageManagerOf(
  interpreter: Interpreter | undefined,
  environment: Environment,
  uid: number,
  release: ReadonlyMap<string, string> = readRelease(),
): SystemPackages | undefined {
  if (interpreter?.marker === undefined) return undefined;
  const manager =
    byPlace.find(([place]) => place.test(interpreter.stdlib))?.[1] ?? distributions(interpreter, release);
  if (manager === undefined) return undefined;
  const root = rootBy(manager, environment, uid);
  return {
    manager,
    state: 'unasked',
    answers: [],
    // Not process.stdin: opening the stream takes 1 ms, and more on a pipe (src/flow/attendance.ts).
    attended: isatty(0) && isatty(2),
    ...(root === undefined ? {} : { root }),
  };
}

function distributions(
  interpreter: Interpreter,
  release: ReadonlyMap<string, string>,
): PackageManagerId | undefined {
  if (!/^\/usr\/lib(32|64)?\/python3\.\d+$/.test(interpreter.stdlib) || !isDefault(interpreter))
    return undefined;
  const names = `${release.get('ID') ?? ''} ${release.get('ID_LIKE') ?? ''}`.split(' ');
  const found = names.map((name) => byDistribution[name] ?? byDistribution[name.split('-')[0] ?? '']);
  return found.find((manager) => manager !== undefined);
}

/** Packages are made for the distribution's own version of Python, which is what python3 leads to. */
function isDefault({ version }: Interpreter): boolean {
  try {
    // Gentoo has a wrapper there that says nothing.
    const target = basename(realpathSync('/usr/bin/python3'));
    return !/^python3\.\d+$/.test(target) || target === `python${version}`;
  } catch {
    return false;
  }
}

function rootBy(
  manager: PackageManagerId,
  environment: Environment,
  uid: number,
): readonly string[] | undefined {
  if (uid === 0 || withoutRoot.includes(manager)) return [];
  const cwd = currentDirectory();
  for (const program of ['sudo', 'doas']) {
    const found = onPath(program, environment, cwd);
    if (found !== undefined) return [found];
  }
  return undefined;
}
