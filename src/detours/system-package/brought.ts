import { onPath } from '../../place/programs.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { Missing, Situation } from '../../types.ts';
import { aptCandidates } from './apt-files.ts';
import { consult } from './consult.ts';
import { ageOf } from './index-age.ts';
import { knownNames } from './known-names.ts';
import { managerById } from './managers/index.ts';
import { type CommandLine, isPlausible, type Machine } from './managers/manager.ts';

/** Who brings what a build lacks, and how it is got. */
export interface Brought {
  /** For what of it somebody is known to bring it. */
  readonly packages: ReadonlyMap<Missing, string>;
  /** There is no list of packages to look into. */
  readonly noIndex: boolean;
  /** The command that gets these, as words with the program's path in full; undefined where there is none. */
  readonly gets: (packages: readonly string[]) => readonly string[] | undefined;
  /** The one that fetches the list. */
  readonly refreshes?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Asks the package manager which of its packages bring these. Undefined where there is no manager, or it cannot tell.
 * Starts one program, with a time limit, and changes nothing; never throws.
 */
export async function whoBrings(
  missing: readonly Missing[],
  { systemPackages, interpreter, making }: Situation,
  environment: Environment,
): Promise<Brought | undefined> {
  if (systemPackages === undefined || interpreter === undefined) return undefined;
  const manager = managerById(systemPackages.manager);
  if (manager?.brings === undefined || manager.install === undefined) return undefined;
  const { brings, install } = manager;
  const cwd = currentDirectory();
  const full = (line: CommandLine | undefined) => {
    const program = line === undefined ? undefined : onPath(line.program, environment, cwd);
    return line === undefined || program === undefined ? undefined : [program, ...line.args];
  };
  const python = making !== undefined && 'interpreter' in making ? making.interpreter : interpreter;
  const machine: Machine = {
    python: python.version,
    stdlib: python.stdlib,
    arch: process.arch,
    known: knownNames,
    files: aptCandidates,
  };
  const refreshes = full(manager.refresh);
  const { env: variables } = install([], !systemPackages.attended);
  const got = {
    gets: (packages: readonly string[]) => full(install(packages, !systemPackages.attended)),
    ...(refreshes === undefined ? {} : { refreshes }),
    ...(variables === undefined ? {} : { variables }),
  };
  if (ageOf(manager.index) === 'none') return { ...got, packages: new Map(), noIndex: true };
  const asked = brings.ask(missing, machine);
  const words = full(asked);
  if (asked === undefined || words === undefined) return { ...got, packages: new Map(), noIndex: false };
  const [program = '', ...args] = words;
  const consulted = await consult(program, args, {
    env: { ...environment.variables, ...asked.env, LC_ALL: 'C', LANGUAGE: '', LANG: 'C' },
    patience: environment.packageTimeout,
  });
  if ('failed' in consulted) return { ...got, packages: new Map(), noIndex: false };
  const packages = [...brings.read(consulted.output, missing, machine)].filter(([, name]) =>
    isPlausible({ package: name }),
  );
  return { ...got, packages: new Map(packages), noIndex: false };
}
