import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lookAtEnvironment } from '../../place/environment.ts';
import { absoluteEntries, onPath, real } from '../../place/programs.ts';
import { quote, quoteFish } from '../../system/quote.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type {
  EnvironmentLook,
  PackageManagerId,
  PipCommand,
  Pipx,
  PipxPackage,
  SystemPackages,
  WithoutPipx,
} from '../../types.ts';
import { binOf, directoriesIn } from './look.ts';
import { pipxVariables } from './variables.ts';

/** Where things are looked for, and for whom. */
export interface WithoutPipxAsked {
  readonly command: PipCommand;
  readonly environment: Environment;
  readonly systemPackages: SystemPackages | undefined;
  readonly uid: number;
  /** Nobody need get pipx where it is. */
  readonly found: Pipx | undefined;
  readonly cwd?: string;
}

/** What can be done for an application where there is no pipx. Reads directories, starts nothing. */
export function lookWithoutPipx(asked: WithoutPipxAsked): WithoutPipx {
  const { command, environment, systemPackages, uid, found, cwd = currentDirectory() } = asked;
  const environments = join(environment.environmentsDirectory, 'applications');
  const bin = binOf(environment, cwd);
  const looks: Record<string, EnvironmentLook> = {};
  for (const { name } of command.requirements)
    if (name !== undefined) looks[name] = lookAtEnvironment(join(environments, name), uid);
  const installed = directoriesIn(environments).filter(
    (name) => (looks[name] ?? lookAtEnvironment(join(environments, name), uid)).state === 'ready',
  );
  const place = { environments, bin, installed, binOnPath: isOnPath(bin, environment) };
  const package_ =
    found === undefined && systemPackages !== undefined
      ? packageOf(systemPackages, environment, cwd, uid, place)
      : undefined;
  return {
    ...place,
    looks,
    pathLine: pathLine(bin, environment.shell),
    ...(package_ === undefined ? {} : { package: package_ }),
  };
}

function isOnPath(bin: string, { path }: Environment): boolean {
  return absoluteEntries(path).some((entry) => real(entry) === real(bin));
}

interface Way {
  /** The package's name, where it is not `pipx`. */
  readonly name?: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What makes it ask nothing. */
  readonly yes: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** It fetches no index by itself: one of these must lie there. */
  readonly index?: { readonly directory: string; readonly file: RegExp };
}

/**
 * How each manager gets pipx, by its own index; those that have none for every release (dnf: EPEL) say so themselves.
 * nix and MSYS2 are left out: what they install is not where it could be run from at once.
 */
const ways: Partial<Record<PackageManagerId, Way>> = {
  apt: {
    program: 'apt-get',
    args: ['install', '--no-install-recommends'],
    yes: ['-y'],
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    index: { directory: '/var/lib/apt/lists', file: /_Packages(\.\w+)?$/ },
  },
  dnf: { program: 'dnf', args: ['install'], yes: ['-y'] },
  pacman: {
    name: 'python-pipx',
    program: 'pacman',
    args: ['-S', '--needed'],
    yes: ['--noconfirm'],
    index: { directory: '/var/lib/pacman/sync', file: /\.db$/ },
  },
  zypper: { name: 'python3-pipx', program: 'zypper', args: ['install'], yes: ['-y'] },
  apk: { program: 'apk', args: ['add'], yes: [] },
  xbps: { name: 'python3-pipx', program: 'xbps-install', args: ['-S'], yes: ['-y'] },
  emerge: { name: 'dev-python/pipx', program: 'emerge', args: ['--noreplace'], yes: [] },
  brew: { program: 'brew', args: ['install'], yes: [] },
};

/** pipx as the package manager would bring it; undefined where it cannot, or sudo could ask nobody. */
function packageOf(
  { manager, root, attended }: SystemPackages,
  environment: Environment,
  cwd: string,
  uid: number,
  place: Pick<Pipx, 'bin' | 'binOnPath'>,
): PipxPackage | undefined {
  const way = ways[manager];
  if (way === undefined || root === undefined || (root.length > 0 && !attended)) return undefined;
  const program = onPath(way.program, environment, cwd);
  if (program === undefined || !hasIndex(way)) return undefined;
  const name = way.name ?? 'pipx';
  // What the package leaves for us to run is known by where it lies: the manager's own directory of programs.
  const executable = join(manager === 'brew' ? dirname(program) : '/usr/bin', 'pipx');
  const homes = [join(environment.home, '.local/pipx'), join(dirname(environment.dataDirectory), 'pipx')];
  const [environments = ''] = [
    ...(environment.pipxHome === undefined ? [] : [environment.pipxHome]),
    ...homes.filter((home) => existsSync(home)),
    ...homes,
  ].map((home) => join(home, 'venvs'));
  return {
    name,
    words: [...root, program, ...way.args, ...(attended ? [] : way.yes), name],
    typed: [...(uid === 0 || root.length === 0 ? [] : ['sudo']), way.program, ...way.args, name].filter(
      (word) => word !== '--no-install-recommends',
    ),
    sudo: root.length > 0,
    ...(attended || way.env === undefined ? {} : { variables: way.env }),
    pipx: {
      executable,
      environments,
      bin: place.bin,
      binOnPath: place.binOnPath,
      installed: directoriesIn(environments),
      variables: pipxVariables(environment.variables, cwd, true),
    },
  };
}

function hasIndex({ index }: Way): boolean {
  if (index === undefined) return true;
  try {
    return readdirSync(index.directory).some((name) => index.file.test(name));
  } catch {
    return false;
  }
}

/** What to type once in the person's own shell to have a directory on PATH in the next. */
function pathLine(bin: string, shell: string | undefined): string {
  const line = `export PATH="$PATH":${quote(bin)}`;
  switch (basename(shell ?? '')) {
    case 'fish':
      return `fish_add_path --append ${quoteFish(bin)}`;
    case 'bash':
      return `echo ${quote(line)} >> ~/.bashrc`;
    case 'zsh':
      return `echo ${quote(line)} >> "\${ZDOTDIR:-$HOME}/.zshrc"`;
    case 'csh':
    case 'tcsh':
      return `echo ${quote(`set path = ($path ${quote(bin)})`)} >> ~/.cshrc`;
    default:
      return `echo ${quote(line)} >> ~/.profile`;
  }
}
