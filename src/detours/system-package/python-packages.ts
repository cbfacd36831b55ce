import { satisfies } from '../../place/python-version.ts';
import type { Environment } from '../../system/variables.ts';
import type { Situation } from '../../types.ts';
import { type Getting, gettingBy, inFull, inPlainWords } from './command-line.ts';
import { consult } from './consult.ts';
import { ageOf } from './index-age.ts';
import { managerById } from './managers/index.ts';

/** A Python that the distribution has beside its own, and how it is got. */
export interface PythonPackage extends Getting {
  /** `3.13` */
  readonly version: string;
  /** `python3.13` */
  readonly name: string;
}

/** `3.N` that may be packaged: the oldest that a distribution still has, and what may yet come. */
const minors = Array.from({ length: 14 }, (_, at) => 7 + at).reverse();

/**
 * The newest Python of the distribution's packages that a specifier takes (PEP 440) and that is not here. Starts one
 * program, with a time limit, and changes nothing; never throws. Undefined where there is none, or nobody can tell.
 */
export async function pythonPackages(
  requires: string,
  { systemPackages, interpreter }: Situation,
  environment: Environment,
): Promise<PythonPackage | undefined> {
  const manager = systemPackages === undefined ? undefined : managerById(systemPackages.manager);
  if (systemPackages === undefined || manager?.pythons === undefined) return undefined;
  const getting = gettingBy(manager, systemPackages, environment);
  if (getting === undefined || ageOf(manager.index) === 'none') return undefined;
  const { pythons } = manager;
  const versions = minors.map((minor) => `3.${minor}`);
  const wanted = versions.filter(
    (version) => version !== interpreter?.version && satisfies(version, requires),
  );
  const words = inFull(pythons.ask(wanted), environment);
  if (words === undefined || wanted.length === 0) return undefined;
  const [program, ...args] = words;
  const asked = await consult(program, args, {
    env: inPlainWords(environment),
    patience: environment.packageTimeout,
  });
  if ('failed' in asked) return undefined;
  const there = pythons.read(asked.output);
  const version = wanted.find((one) => there.has(one));
  const name = version === undefined ? undefined : there.get(version);
  return version === undefined || name === undefined ? undefined : { version, name, ...getting };
}
