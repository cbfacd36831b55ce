import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { interpreterAt, pipPackageOf } from '../../pip/interpreter.ts';
import { onPath } from '../../place/programs.ts';
import { pythonPlaces } from '../../place/python-places.ts';
import { isOf, newestFirst, satisfies, versionOf } from '../../place/python-version.ts';
import { expanded } from '../../settings/apply.ts';
import { listing } from '../../system/listing.ts';
import { realPath } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { Interpreter, Making, Unmet } from '../../types.ts';
import { lookForMaker } from './environment-maker.ts';
import { lookForSeeds } from './seeds.ts';

/** What is asked for, and where. */
export interface MakingAsked {
  /** The setting `interpreter`: a version, the name of a command, or a path; empty: none. */
  readonly wanted: string;
  readonly refused: Interpreter | undefined;
  readonly environment: Environment;
  readonly cwd: string;
  readonly place: string;
}

/**
 * The Python that new environments are to be made with where it is not the refused one: as a setting wants it, else as the
 * project requires it; `unmet` where the project requires one that is not here. Found without starting any.
 */
export function lookForMaking(
  asked: MakingAsked,
  requires: string | undefined,
): { readonly making?: Making | { readonly missing: string }; readonly unmet?: Unmet } {
  if (asked.wanted === '' && requires === undefined) return {};
  const making =
    asked.wanted === '' && requires !== undefined ? lookForRequired(requires, asked) : asWanted(asked);
  if (making === 'unmet') return { unmet: { who: 'the project', requires: requires ?? '' } };
  return making === undefined ? {} : { making };
}

/** As a setting wants it. */
function asWanted(asked: MakingAsked): Making | { readonly missing: string } | undefined {
  const { wanted, refused, environment, cwd, place } = asked;
  const found = find(wanted, environment, cwd);
  if (found === undefined)
    return { missing: `the setting interpreter asks for ${wanted}, which was not found` };
  if (refused !== undefined && realPath(found.executable) === realPath(refused.executable)) return undefined;
  return (
    makingBy(found, environment, place) ?? {
      missing: `the setting interpreter asks for ${wanted}, which has no pip 22.3 or newer`,
    }
  );
}

/**
 * The newest Python of this person's that a project's `requires-python` takes, where the refused one is not of those; uv's
 * are there for just this. `unmet` when none is here.
 */
export function lookForRequired(
  requires: string,
  { refused, environment, place }: Omit<MakingAsked, 'wanted' | 'cwd'>,
): Making | 'unmet' | undefined {
  if (refused === undefined || satisfies(versionOf(refused), requires)) return undefined;
  const places = [...keptHere(environment), ...fromPackages()];
  for (const interpreter of newestOf(places, environment, (version) => satisfies(version, requires))) {
    const making = makingBy(interpreter, environment, place);
    if (making !== undefined) return making;
  }
  return 'unmet';
}

/** Where this person's Pythons are kept. */
function keptHere(environment: Environment): string[] {
  return pythonPlaces(environment).map(({ executable }) => executable);
}

/** Those of them whose version fits, the newest first; of two of a version the one named first. */
function newestOf(
  executables: readonly string[],
  environment: Environment,
  fits: (version: string) => boolean,
): Interpreter[] {
  return executables
    .flatMap((executable) => interpreterAt(executable, environment) ?? [])
    .filter((found) => found.environment === undefined && !basename(found.stdlib).startsWith('pypy'))
    .map((interpreter) => ({ interpreter, version: versionOf(interpreter) }))
    .filter(({ version }) => fits(version))
    .sort(newestFirst)
    .map(({ interpreter }) => interpreter);
}

/** The distribution's packages python3.X, beside its own Python: they are managed too, and environments may be made of them. */
function fromPackages(): string[] {
  return listing('/usr/bin')
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => join('/usr/bin', name));
}

/** Undefined when it has no pip that can be run for another environment. */
function makingBy(found: Interpreter, environment: Environment, place: string): Making | undefined {
  const pip = pipPackageOf(found.executable, found);
  if (pip === undefined || !existsSync(join(pip.directory, '__pip-runner__.py'))) return undefined;
  return {
    interpreter: found,
    pipPackage: pip.directory,
    seeds: lookForSeeds(found, pip.directory),
    maker: lookForMaker(found, '', environment, place),
    ...(pip.version === undefined ? {} : { pipVersion: pip.version }),
  };
}

function find(wanted: string, environment: Environment, cwd: string): Interpreter | undefined {
  if (/^[~/]/.test(wanted)) return interpreterAt(expanded(wanted, environment.home), environment);
  if (wanted.startsWith('python')) {
    const executable = onPath(wanted, environment, cwd);
    return executable === undefined ? undefined : interpreterAt(executable, environment);
  }
  return ofVersion(wanted, environment, cwd);
}

/** The newest of that version, on PATH or where this person's Pythons are kept; those of uv are there for just this. */
function ofVersion(version: string, environment: Environment, cwd: string): Interpreter | undefined {
  const name = `python${version.split('.').slice(0, 2).join('.')}`;
  const typed = onPath(name, environment, cwd);
  const places = [...(typed === undefined ? [] : [typed]), ...keptHere(environment)];
  return newestOf(places, environment, (found) => isOf(found, version))[0];
}
