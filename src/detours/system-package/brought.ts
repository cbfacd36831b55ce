import type { Environment } from '../../system/variables.ts';
import type { Interpreter, Missing, Situation } from '../../types.ts';
import { aptBuildsWith, aptCandidates } from './apt-files.ts';
import { type Getting, gettingBy, inFull, inPlainWords } from './command-line.ts';
import { consult } from './consult.ts';
import { ageOf } from './index-age.ts';
import { knownNames } from './known-names.ts';
import { managerById } from './managers/index.ts';
import {
  type CommandLine,
  type Found,
  isPlausible,
  type Machine,
  type PackageManager,
} from './managers/manager.ts';

/** The packages that bring what a build lacks, and how to install them. */
export interface Brought extends Getting {
  /** For what of it somebody is known to bring it. */
  readonly packages: ReadonlyMap<Missing, string>;
  /** For what of it a package is there already that has its neighbours: `libgit2-dev` for `git2/sys/errors.h`. */
  readonly there: ReadonlyMap<Missing, Found>;
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
  const asking = whoIsAsked(situation, environment);
  if (asking?.manager.brings === undefined) return undefined;
  const { manager, machine, getting } = asking;
  const { brings } = asking.manager;
  const refreshes = inFull(manager.refresh, environment);
  const got = { ...getting, ...(refreshes === undefined ? {} : { refreshes }) };
  const nobody = { ...got, packages: new Map(), there: new Map(), noIndex: false };
  if (ageOf(manager.index) === 'none') return { ...nobody, noIndex: true };
  const output = await answerTo(brings.ask(missing, machine), environment);
  if (output === undefined) return nobody;
  const packages = [...brings.read(output, missing, machine)].filter(([, name]) =>
    isPlausible({ package: name }),
  );
  const there = [...(brings.readThere?.(output, missing, machine) ?? [])].filter(([, one]) =>
    isPlausible(one),
  );
  return { ...got, packages: new Map(packages), there: new Map(there), noIndex: false };
}

/**
 * The packages that the distribution builds this project with (its name by PEP 503) and that are not here, and how to
 * install them. Undefined where that is not known. Starts one program at most; changes nothing; never throws.
 */
export async function builtWith(
  project: string,
  situation: Situation,
  environment: Environment,
): Promise<(Getting & { readonly packages: readonly string[] }) | undefined> {
  const asking = whoIsAsked(situation, environment);
  if (asking?.manager.builds === undefined) return undefined;
  const { manager, machine, getting } = asking;
  const output = await answerTo(manager.builds?.ask(project, machine), environment);
  const packages = output === undefined ? [] : (manager.builds?.read(output, project, machine) ?? []);
  return { ...getting, packages: packages.filter((name) => isPlausible({ package: name })) };
}

interface Asking {
  readonly manager: PackageManager;
  readonly machine: Machine;
  readonly getting: Getting;
}

function whoIsAsked(situation: Situation, environment: Environment): Asking | undefined {
  const { systemPackages } = situation;
  const python = builderIn(situation);
  const manager = systemPackages && managerById(systemPackages.manager);
  if (systemPackages === undefined || manager === undefined || python === undefined) return undefined;
  const getting = gettingBy(manager, systemPackages, environment);
  const machine: Machine = {
    python: python.version,
    stdlib: python.stdlib,
    arch: process.arch,
    known: knownNames,
    files: aptCandidates,
    buildsWith: aptBuildsWith,
  };
  return getting && { manager, machine, getting };
}

async function answerTo(
  asked: CommandLine | undefined,
  environment: Environment,
): Promise<string | undefined> {
  const words = inFull(asked, environment);
  if (asked === undefined || words === undefined) return undefined;
  const [program, ...args] = words;
  const consulted = await consult(program, args, {
    env: inPlainWords(environment, asked.env),
    patience: environment.packageTimeout,
  });
  return 'failed' in consulted ? undefined : consulted.output;
}
