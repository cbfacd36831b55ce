import { basename, join } from 'node:path';
import { hasOption, optionValues } from '../../pip/command-line.ts';
import type { EnvironmentLook, RunStep, Situation } from '../../types.ts';
import { inEnvironment } from './pip-variables.ts';

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

/** A pip of its own, from a wheel that lies here or else from where the packages came; its failure spoils nothing. */
export function ownPip(situation: Situation, directory: string): RunStep {
  const python = join(directory, 'bin/python');
  const { pipWheel, ownLibrary, interpreter } = situation;
  const site = join(directory, 'lib', basename(interpreter?.stdlib ?? ''), 'site-packages');
  const leaves = [
    { directory, names: '^\\.pip-detour-pip$' },
    { directory: site, names: '^~?[Pp]ip(-.*)?$' },
    { directory: join(directory, 'bin'), names: '^pip[0-9.]*$' },
  ];
  const common = {
    kind: 'run',
    quiet: true,
    optional: true,
    title: 'Giving it a pip of its own',
    leaves,
  } as const;
  if (pipWheel !== undefined)
    return { ...common, command: python, args: ['-I', join(ownLibrary, 'seed-pip.py'), pipWheel] };
  return {
    ...common,
    command: python,
    args: [
      ...runnerFor(situation, situation.environment),
      'install',
      '--quiet',
      '--retries',
      '0',
      ...sourcesOf(situation),
      'pip',
    ],
    env: inEnvironment,
  };
}
