import { basename, join } from 'node:path';
import type { RunStep, Seed, Situation, Traces } from '../../types.ts';
import { sourcesOf } from './environment-pip.ts';
import { inEnvironment } from './pip-variables.ts';

/** What each seed is to the person who waits for it, and to whoever misses it. */
const words = {
  pip: {
    title: 'Giving the environment a pip of its own',
    otherwise:
      'It has none yet, so python -m pip does not work in it; the next pip install here gives it one, if there is one to be had.',
    /** As the index is asked for it. */
    wanted: 'pip',
  },
  setuptools: {
    title: 'Giving the environment setuptools',
    otherwise: 'What needs pkg_resources will say so; then: pip install "setuptools<81".',
    // From 82 on there is no pkg_resources in it, for which old packages want it (setuptools' changelog).
    wanted: 'setuptools<81',
  },
} as const;

/** The steps that put the seeds of these names into an environment, as far as they lie on this machine. */
export function planted(situation: Situation, directory: string, names: readonly Seed['name'][]): RunStep[] {
  const seeding = ['-I', join(situation.ownLibrary, 'seed.py')];
  return situation.seeds.flatMap(({ name, source, compiledIn }) => {
    if (source === undefined || !names.includes(name)) return [];
    const what = compiledIn === undefined ? [source] : ['--compiled-in', compiledIn, source];
    return [
      {
        ...common(situation, directory, name),
        command: join(directory, 'bin/python'),
        args: [...seeding, ...what],
        ahead: { args: [...seeding, '--ahead', ...what], leaves: [room(directory)] },
      },
    ];
  });
}

/** The same steps, not begun before their turn: two of them would use the same place. */
export function inTurn(steps: readonly RunStep[]): RunStep[] {
  return steps.map(({ ahead: _early, ...step }) => step);
}

/** The steps that fetch the other seeds from where the packages come from. `runner`: how pip is started for this environment. */
export function fetched(situation: Situation, directory: string, runner: readonly string[]): RunStep[] {
  return situation.seeds.flatMap(({ name, source }) =>
    source !== undefined
      ? []
      : [
          {
            ...common(situation, directory, name),
            command: join(directory, 'bin/python'),
            args: [
              ...runner,
              'install',
              '--quiet',
              '--retries',
              '0',
              ...sourcesOf(situation),
              words[name].wanted,
            ],
            env: inEnvironment,
          },
        ],
  );
}

/** Its failure spoils nothing. */
function common(situation: Situation, directory: string, name: Seed['name']) {
  const { title, otherwise } = words[name];
  const site = join(directory, 'lib', basename(situation.interpreter?.stdlib ?? ''), 'site-packages');
  const leaves = {
    pip: [
      { directory: site, names: '^~?[Pp]ip(-.*)?$' },
      { directory: join(directory, 'bin'), names: '^pip[0-9.]*$' },
    ],
    setuptools: [
      {
        directory: site,
        names: '^~?(setuptools|pkg_resources|_distutils_hack|distutils-precedence)([-.].*)?$',
      },
    ],
  }[name];
  return {
    kind: 'run',
    quiet: true,
    optional: true,
    title,
    otherwise,
    leaves: [room(directory), ...leaves],
  } as const;
}

/** Where seed.py makes ready what it puts in place. */
function room(directory: string): Traces {
  return { directory, names: '^\\.pip-detour-seed$' };
}
