import type { Environment } from '../../system/variables.ts';
import type { Interpreter, Missing, Situation } from '../../types.ts';
import { aptCandidates } from './apt-files.ts';
import { type Getting, gettingBy, inFull, inPlainWords } from './command-line.ts';
import { consult } from './consult.ts';
import { ageOf } from './index-age.ts';
import { knownNames } from './known-names.ts';
import { managerById } from './managers/index.ts';
import { isPlausible, type Machine } from './managers/manager.ts';

/** The packages that bring what a build lacks, and how to install them. */
export interface Brought extends Getting {
  /** For what of it somebody is known to bring it. */
  readonly packages: ReadonlyMap<Missing, string>;
  /** There is no list of packages to look into. */
  readonly noIndex: boolean;
  /** The one that fetches the list. */
  readonly refreshes?: readonly string[];
}

/** The Python that a build is made for: the one the environment is made with, else the refused one. */
export function builderIn({ making, interpreter }: Situation): Interpreter | undefined {
  return making !== undefined && 'interpreter' in making ? making.interpreter : interpreter;
}

/**
 * Asks the package manager which of its packages bring these. Undefined where there is no manager, or it cannot tell.
 * Starts one program, with a time limit, and changes nothing; never throws.
 */
export async function whoBrings(
  missing: readonly Missing[],
  situation: Situation,
  environment: Environment,
): Promise<Brought | undefined> {
  const { systemPackages } = situation;
  const python = builderIn(situation);
  if (systemPackages === undefined || python === undefined) return undefined;
  const manager = managerById(systemPackages.manager);
  const getting = manager && gettingBy(manager, systemPackages, environment);
  if (manager?.brings === undefined || getting === undefined) return undefined;
  const { brings } = manager;
  const machine: Machine = {
    python: python.version,
    stdlib: python.stdlib,
    arch: process.arch,
    known: knownNames,
    files: aptCandidates,
  };
  const refreshes = inFull(manager.refresh, environment);
  const got = { ...getting, ...(refreshes === undefined ? {} : { refreshes }) };
  if (ageOf(manager.index) === 'none') return { ...got, packages: new Map(), noIndex: true };
  const asked = brings.ask(missing, machine);
  const words = inFull(asked, environment);
  if (asked === undefined || words === undefined) return { ...got, packages: new Map(), noIndex: false };
  const [program, ...args] = words;
  const consulted = await consult(program, args, {
    env: inPlainWords(environment, asked.env),
    patience: environment.packageTimeout,
  });
  if ('failed' in consulted) return { ...got, packages: new Map(), noIndex: false };
  const packages = [...brings.read(consulted.output, missing, machine)].filter(([, name]) =>
    isPlausible({ package: name }),
  );
  return { ...got, packages: new Map(packages), noIndex: false };
}
