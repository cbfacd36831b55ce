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
import type { Interpreter, Making } from '../../types.ts';
import { lookForMaker } from './environment-maker.ts';
import { lookForSeeds } from './seeds.ts';

/** What is asked for, and where. */
export interface MakingAsked {
  /** The setting `interpreter`: a version, the name of a command, or a path; never empty. */
  readonly wanted: string;
  readonly refused: Interpreter | undefined;
  readonly environment: Environment;
  readonly cwd: string;
  readonly place: string;
}

/** The Python that a setting wants new environments to be made with, found without starting any. */
export function lookForMaking(asked: MakingAsked): Making | { readonly missing: string } | undefined {
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
  const places = [...pythonPlaces(environment).map(({ executable }) => executable), ...fromPackages()];
  const fitting = places
    .flatMap((executable) => interpreterAt(executable, environment) ?? [])
    .filter((found) => found.environment === undefined && !basename(found.stdlib).startsWith('pypy'))
    .map((interpreter) => ({ interpreter, version: versionOf(interpreter) }))
    .filter(({ version }) => satisfies(version, requires))
    .sort(newestFirst);
  for (const { interpreter } of fitting) {
    const making = makingBy(interpreter, environment, place);
    if (making !== undefined) return making;
  }
  return 'unmet';
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
  const places = pythonPlaces(environment).map(({ executable }) => executable);
  return [...(typed === undefined ? [] : [typed]), ...places]
    .flatMap((executable) => interpreterAt(executable, environment) ?? [])
    .filter((found) => found.environment === undefined && !basename(found.stdlib).startsWith('pypy'))
    .map((interpreter) => ({ interpreter, version: versionOf(interpreter) }))
    .filter((found) => isOf(found.version, version))
    .sort(newestFirst)[0]?.interpreter;
}
