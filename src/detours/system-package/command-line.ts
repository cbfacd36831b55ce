import { onPath } from '../../place/programs.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { SystemPackages } from '../../types.ts';
import type { CommandLine, PackageManager } from './managers/manager.ts';

/** How packages are installed here. */
export interface Getting {
  /** The command that gets these, as words with the program's path in full; undefined where there is none. */
  readonly gets: (packages: readonly string[]) => readonly string[] | undefined;
  /** The variables that it is run with. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A command line as words, the program's path in full; undefined where there is none, or its program is not on PATH. */
export function inFull(
  line: CommandLine | undefined,
  environment: Environment,
): readonly [string, ...string[]] | undefined {
  const program = line === undefined ? undefined : onPath(line.program, environment, currentDirectory());
  return line === undefined || program === undefined ? undefined : [program, ...line.args];
}

/** The command lines with which this manager installs packages here; undefined where it installs into no system Python. */
export function gettingBy(
  manager: PackageManager,
  { attended }: SystemPackages,
  environment: Environment,
): Getting | undefined {
  const { install } = manager;
  if (install === undefined) return undefined;
  const { env: variables } = install([], !attended);
  return {
    gets: (packages) => inFull(install(packages, !attended), environment),
    ...(variables === undefined ? {} : { variables }),
  };
}

/** The variables with which a manager is asked; `own` are its own. We read its output in the C locale. */
export function inPlainWords(
  { variables }: Environment,
  own: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { ...variables, ...own, LC_ALL: 'C', LANGUAGE: '', LANG: 'C' };
}
