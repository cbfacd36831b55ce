import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lookAtEnvironment } from '../../place/environment.ts';
import { absoluteEntries, onPath, real } from '../../place/programs.ts';
import { listing } from '../../system/listing.ts';
import { quote, quoteFish } from '../../system/quote.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type {
  EnvironmentLook,
  PipCommand,
  Pipx,
  PipxPackage,
  SystemPackages,
  WithoutPipx,
} from '../../types.ts';
import { managerById } from '../system-package/managers/index.ts';
import type { PackageManager } from '../system-package/managers/manager.ts';
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

/** pipx as the package manager would bring it; undefined where it cannot, or sudo could ask nobody. */
function packageOf(
  { manager, root, attended }: SystemPackages,
  environment: Environment,
  cwd: string,
  uid: number,
  place: Pick<Pipx, 'bin' | 'binOnPath'>,
): PipxPackage | undefined {
  const it = managerById(manager);
  if (it?.gets === undefined || root === undefined || (root.length > 0 && !attended)) return undefined;
  const name = it.packages.pipx ?? 'pipx';
  const line = it.gets.line(name, !attended);
  const program = onPath(line.program, environment, cwd);
  if (program === undefined || (it.gets.needsIndex === true && !hasIndex(it))) return undefined;
  // What the package leaves for us to run is known by where it lies: the manager's own directory of programs.
  const executable = join(it.keeps === undefined ? '/usr/bin' : dirname(program), 'pipx');
  const homes = [join(environment.home, '.local/pipx'), join(dirname(environment.dataDirectory), 'pipx')];
  const [environments = ''] = [
    ...(environment.pipxHome === undefined ? [] : [environment.pipxHome]),
    ...homes.filter((home) => existsSync(home)),
    ...homes,
  ].map((home) => join(home, 'venvs'));
  return {
    name,
    words: [...root, program, ...line.args],
    typed: [
      ...(uid === 0 || root.length === 0 ? [] : ['sudo']),
      line.program,
      ...it.gets.line(name, false).args,
    ].filter((word) => word !== '--no-install-recommends'),
    sudo: root.length > 0,
    ...(line.env === undefined ? {} : { variables: line.env }),
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

function hasIndex({ index }: PackageManager): boolean {
  return (
    index === undefined ||
    index.directories.some((directory) => listing(directory).some((name) => index.file.test(name)))
  );
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
