import { onPath } from '../../place/programs.ts';
import { currentDirectory } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { PackageAnswer, Requirement, Situation, SystemPackages } from '../../types.ts';
import { inFull, inPlainWords } from './command-line.ts';
import { consult } from './consult.ts';
import { ageOf } from './index-age.ts';
import { comparableNames, knownNames } from './known-names.ts';
import { managerById } from './managers/index.ts';
import {
  type Found,
  isPlausible,
  type Machine,
  nameOf,
  type PackageManager,
  type Purpose,
} from './managers/manager.ts';
import { judge } from './pep440.ts';

/** The bundle `system-packages`: loaded only when a package manager is to be asked. */

/**
 * Asks the package manager, once for all names of the command line, and brings what it knows: the situation's
 * `systemPackages` with another state. Never throws; starts one program, with a time limit, and changes nothing.
 */
export async function lookUp(
  { systemPackages: unasked, command, interpreter, index }: Situation,
  environment: Environment,
  signal?: AbortSignal,
): Promise<SystemPackages | undefined> {
  const manager = unasked === undefined ? undefined : managerById(unasked.manager);
  if (unasked === undefined || interpreter === undefined || manager === undefined) return unasked;
  const names = [...new Set(command.requirements.flatMap((requirement) => nameOf(requirement) ?? []))];
  if (names.length === 0) return unasked;
  const cwd = currentDirectory();
  const find = (program: string) => onPath(program, environment, cwd);
  const refreshes = inFull(manager.refresh, environment);
  const base: SystemPackages = { ...unasked, ...(refreshes === undefined ? {} : { refreshes }) };
  const silent = (why: string): SystemPackages => ({ ...base, state: 'silent', why });

  const purpose = command.subcommand === 'uninstall' ? 'uninstall' : 'install';
  // What is installed it knows without an index.
  const age = purpose === 'uninstall' ? undefined : ageOf(manager.index);
  const noIndex: SystemPackages = {
    ...base,
    state: 'no-index',
    ...(manager.fetches === undefined ? {} : { instead: manager.fetches }),
  };
  if (age === 'none') return noIndex;
  const { version: python, stdlib } = interpreter;
  const known = index === undefined || purpose === 'uninstall' ? knownNames : comparableNames;
  const machine: Machine = { python, stdlib, arch: process.arch, known };
  const question = manager.ask(names, machine, purpose);
  const program = find(question.program);
  if (program === undefined) return silent(`${question.program} is not on PATH`);
  const options = {
    env: inPlainWords(environment, question.env),
    patience: environment.packageTimeout,
    ...(signal === undefined ? {} : { signal }),
  };
  // Home pages only help to compare with what the index says.
  const asksPages =
    index === undefined || purpose === 'uninstall' ? undefined : manager.asksPages?.(names, machine);
  const [consulted, told] = await Promise.all([
    consult(program, question.args, options),
    asksPages === undefined
      ? undefined
      : consult(find(asksPages.program) ?? program, asksPages.args, options),
  ]);
  const pages = told === undefined || 'failed' in told ? undefined : manager.readPages?.(told.output);
  if ('failed' in consulted) return silent(consulted.failed);
  if (manager.lacksIndex?.(consulted, purpose) === true) return noIndex;
  if (manager.answers !== 'any' && !manager.answers.includes(consulted.code))
    return silent(`it ended with exit code ${consulted.code}`);
  const found = manager.read(consulted.output, names, machine);
  if (found === undefined || ![...found.values()].every(isPlausible))
    return silent('its answer was not understood');

  const answers = command.requirements.map((requirement) =>
    withDoubt(answer(requirement, found), { manager, purpose, found, pages }),
  );
  const packages = answers.flatMap((one) => (one.kind === 'packaged' ? one.package : []));
  const line =
    purpose === 'install' ? manager.install?.(packages, !base.attended) : manager.remove?.(packages);
  const does = inFull(line, environment);
  const instead = manager.instead?.(packages);
  return {
    ...base,
    state: 'answered',
    answers,
    ...(age === undefined ? {} : { age }),
    ...(does === undefined ? {} : { does }),
    ...(line?.env === undefined ? {} : { variables: line.env }),
    ...(instead === undefined ? {} : { instead }),
  };
}

function answer(
  requirement: Requirement,
  found: ReadonlyMap<string, Found>,
): PackageAnswer & Pick<Found, 'namesake'> {
  const name = requirement.name ?? requirement.text;
  const one = nameOf(requirement) === undefined ? undefined : found.get(name);
  if (one === undefined) return { kind: 'not-packaged', name };
  const { specifier } = requirement;
  const version = one.version ?? one.installed;
  if (specifier === undefined) return { kind: 'packaged', name, ...one };
  const judged = version === undefined ? undefined : judge(version, specifier);
  if (judged === 'fits') return { kind: 'packaged', name, ...one };
  const kind = judged === 'too-old' ? 'too-old' : 'other-version';
  return {
    kind,
    name,
    package: one.package,
    wanted: specifier,
    ...(version === undefined ? {} : { version }),
  };
}

interface Doubting {
  readonly manager: PackageManager;
  readonly purpose: Purpose;
  readonly found: ReadonlyMap<string, Found>;
  readonly pages: ReadonlyMap<string, string> | undefined;
}

/** Adds what a comparison with the index needs. What is to be removed is what was installed, whatever it is. */
function withDoubt(
  given: PackageAnswer & Pick<Found, 'namesake'>,
  { manager, purpose, found, pages }: Doubting,
): PackageAnswer {
  if (given.kind !== 'packaged') return given;
  const { namesake: _namesake, ...packaged } = given;
  if (purpose === 'uninstall') return packaged;
  const isNamesake = found.get(given.name)?.namesake === true;
  const isSure = manager.saysProjects === true || knownNames.isProven(given.name);
  const page = pages?.get(given.package);
  return {
    ...packaged,
    ...(page === undefined ? {} : { page }),
    ...(isNamesake ? { doubt: 'another' } : isSure ? {} : { doubt: 'guessed' }),
  };
}

export { pythonPackages } from './python-packages.ts';
