import type { Environment } from '../../system/variables.ts';
import type { Interpreter, Missing, Situation } from '../../types.ts';
import { aptBuildsWith, aptCandidates, modulesBeside } from './apt-files.ts';
import { type Getting, gettingBy, inFull, inPlainWords } from './command-line.ts';
import { type Consulted, consult } from './consult.ts';
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

/** How packages are installed here, and the list that would tell more and has not been fetched. */
export interface Asked extends Getting {
  /** `fetch`: the command that fetches it. */
  readonly lacks?: { readonly list: 'packages' | 'files'; readonly fetch: readonly string[] };
}

/** The packages that bring what a build lacks. */
export interface Brought extends Asked {
  /** For what of it somebody is known to bring it. */
  readonly packages: ReadonlyMap<Missing, string>;
  /** For what of it a package is there already that should bring it: `libgit2-dev` for `git2/sys/errors.h`. */
  readonly there: ReadonlyMap<Missing, Found>;
}

/** The Python that a build is made for: the one the environment is made with, else the refused one. */
export function builderIn({ making, interpreter }: Situation): Interpreter | undefined {
  return making !== undefined && 'interpreter' in making ? making.interpreter : interpreter;
}

/**
 * Asks the package manager which of its packages bring these. Undefined where there is no manager, or it cannot tell.
 * Starts up to three programs, each with a time limit, and changes nothing; never throws.
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
  const nobody: Brought = { ...getting, packages: new Map(), there: new Map() };
  const noIndex = { ...nobody, ...unfetched('packages', manager.refresh, environment) };
  if (ageOf(manager.index) === 'none') return noIndex;
  let output = '';
  for (const line of brings.ask(missing, machine)) {
    const answer = await answerTo(line, environment);
    if (answer === undefined) return nobody;
    if (manager.lacksIndex?.(answer, 'install') === true) return noIndex;
    output += `${answer.output}\n`;
  }
  const packages = [...brings.read(output, missing, machine)].filter(([, name]) =>
    isPlausible({ package: name }),
  );
  const installed = await installedAmong(
    packages.map(([, name]) => name),
    manager,
    environment,
  );
  const there = [
    ...(brings.readThere?.(output, missing, machine) ?? []),
    ...packages.flatMap(([one, name]) =>
      installed.filter((found) => found.package === name).map((found) => [one, found] as const),
    ),
  ].filter(([, one]) => isPlausible(one));
  const noFiles = machine.hasFiles === true ? {} : unfetched('files', brings.files?.fetch, environment);
  return {
    ...nobody,
    // What is there already is not what the build lacks.
    packages: new Map(packages.filter(([, name]) => !installed.some((found) => found.package === name))),
    there: new Map(there),
    ...noFiles,
  };
}

async function installedAmong(
  packages: readonly string[],
  { installed }: PackageManager,
  environment: Environment,
): Promise<readonly Found[]> {
  if (installed === undefined || packages.length === 0) return [];
  const answer = await answerTo(installed.ask([...new Set(packages)]), environment);
  return answer === undefined ? [] : installed.read(answer.output);
}

/**
 * The packages that the distribution builds this project with (its name by PEP 503) and that are not here, and how to
 * install them. Undefined where that is not known. Starts one program at most; changes nothing; never throws.
 */
export async function builtWith(
  project: string,
  situation: Situation,
  environment: Environment,
): Promise<(Asked & { readonly packages: readonly string[] }) | undefined> {
  const asking = whoIsAsked(situation, environment);
  const builds = asking?.manager.builds;
  const question = asking && builds?.ask(project, asking.machine);
  if (asking === undefined || builds === undefined || question === undefined) return undefined;
  const { manager, machine, getting } = asking;
  if (ageOf(manager.index) === 'none')
    return { ...getting, packages: [], ...unfetched('packages', manager.refresh, environment) };
  const answer = await answerTo(question, environment);
  const packages = answer === undefined ? [] : builds.read(answer.output, project, machine);
  return { ...getting, packages: packages.filter((name) => isPlausible({ package: name })) };
}

function unfetched(
  list: 'packages' | 'files',
  line: CommandLine | undefined,
  environment: Environment,
): Pick<Asked, 'lacks'> {
  const fetch = inFull(line, environment);
  return fetch === undefined ? {} : { lacks: { list, fetch } };
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
    modules: modulesBeside,
    hasFiles: isThere(manager.brings?.files, ageOf(manager.index)),
  };
  return getting && { manager, machine, getting };
}

async function answerTo(
  asked: CommandLine | undefined,
  environment: Environment,
): Promise<Exclude<Consulted, { failed: string }> | undefined> {
  const [program, ...args] = inFull(asked, environment) ?? [];
  if (program === undefined) return undefined;
  const env = inPlainWords(environment, asked?.env);
  const consulted = await consult(program, args, { env, patience: environment.packageTimeout });
  return 'failed' in consulted ? undefined : consulted;
}

/** Whether there is a list of files that goes with an index of this age; so it is where a manager needs none. */
function isThere(
  files: NonNullable<PackageManager['brings']>['files'],
  age: ReturnType<typeof ageOf>,
): boolean {
  const own = ageOf(files);
  if (files?.withIndex !== true || typeof own !== 'number' || typeof age !== 'number') return own !== 'none';
  return own <= age;
}
