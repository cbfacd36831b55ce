import { join } from 'node:path';
import { hasOption, optionValues } from '../../pip/command-line.ts';
import type { EnvironmentLook, Situation } from '../../types.ts';

/** Options that say where packages come from: what the environment's own pip is fetched with, if it must be fetched. */
const sourceOptions = [
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '--trusted-host',
  '--proxy',
  '--cert',
  '--client-cert',
];

/** Where the person's command line has packages come from, as it says it. */
export function sourcesOf({ command }: Situation): string[] {
  const sources = sourceOptions.flatMap((name) =>
    optionValues(command, name).flatMap((value) => [name, value]),
  );
  return hasOption(command, '--no-index') ? [...sources, '--no-index'] : sources;
}

/**
 * pip is run by its runner file under the environment's Python: what `pip --python` does, without a second start, and
 * never with the current directory on sys.path as `-m pip` would have it (pip/__pip-runner__.py, pip 22.3 and later).
 * An environment's own older pip has no such file; -I keeps the current directory off.
 */
export function runnerFor(situation: Situation, environment: EnvironmentLook): string[] {
  if (environment.oldPip === true) return ['-I', '-m', 'pip'];
  return [join(environment.pip ?? situation.pipPackage ?? '', '__pip-runner__.py')];
}
