import { basename, dirname, join } from 'node:path';
import { printable, shortPath, typable } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { EnvironmentLook, HeldPackage, KeptAside, RunStep, SettleStep, Situation } from '../../types.ts';
import { runnerFor, sourcesOf } from './environment-pip.ts';
import { inEnvironment } from './pip-variables.ts';

/** How the file is called, in an environment that is kept aside, that lists what it held. */
const listName = 'pip-detour-packages.txt';

/** The packages that can be installed again, and those that cannot. */
function sorted({ held = [] }: EnvironmentLook): {
  had: readonly HeldPackage[];
  lost: readonly HeldPackage[];
} {
  return {
    had: held.filter((one) => one.lost === undefined),
    lost: held.filter((one) => one.lost !== undefined),
  };
}

/** `1 package`, `15 packages`. */
export function packagesIn({ held = [] }: EnvironmentLook): string {
  return held.length === 1 ? '1 package' : `${held.length} packages`;
}

/** Where a broken environment is kept, and the list of the packages in it; undefined where it holds none. */
export function keptAside(situation: Situation, environment: EnvironmentLook): KeptAside | undefined {
  const { held = [], beside = [], directory } = environment;
  if (held.length === 0) return undefined;
  const version = situation.interpreter?.version ?? '';
  const stem = `${basename(directory)}.before-${version}`;
  let name = stem;
  for (let count = 2; beside.includes(name); count += 1) name = `${stem}-${count}`;
  const aside = join(dirname(directory), name);
  return { directory: aside, list: join(aside, listName), text: listOf(environment, version) };
}

function listOf(environment: EnvironmentLook, version: string): string {
  const { had, lost } = sorted(environment);
  return [
    `# What ${printable(environment.directory)} held before it was made anew with Python ${version}.`,
    ...had.map(({ line }) => line ?? ''),
    ...lost.map(
      ({ name, version, lost }) => `# not again: ${printable(`${name} ${version} (${lost ?? ''})`)}`,
    ),
    '',
  ].join('\n');
}

/** The step that installs the listed packages again; none where no package can be had. */
export function installHeldAgain(
  situation: Situation,
  environment: EnvironmentLook,
  kept: KeptAside,
): RunStep[] {
  const { directory } = environment;
  if (sorted(environment).had.length === 0) return [];
  const by = pipOrUv(situation, directory);
  return [
    {
      kind: 'run',
      ...by,
      args: [...by.args, ...sourcesOf(situation), '-r', kept.list],
      env: inEnvironment,
      title: `Installing again what it held, ${packagesIn(environment)}`,
      quiet: true,
      onFailure: `pip-detour: what ${shortPath(directory, situation.home)} held could not be installed again, so it is as it was. ${instead(environment, situation.home)}`,
    },
  ];
}

/** What else there is to type: newer versions, and once those were tried a new environment without what it held. */
function instead(environment: EnvironmentLook, home: string): string {
  const { directory } = environment;
  const hasVersions = sorted(environment).had.some(({ line }) => line?.includes('==') === true);
  return hasVersions
    ? `With newer versions: pip-detour repair --newer ${typable(directory, home)}`
    : `To begin without them: mv ${typable(directory, home)} ${typable(`${directory}.old`, home)}`;
}

function pipOrUv(situation: Situation, directory: string): { command: string; args: string[]; cwd?: string } {
  const { maker, installer } = situation;
  if (installer === 'uv' && maker.kind === 'uv')
    return {
      command: maker.executable,
      // A repository's uv.toml is not ours to follow.
      args: ['pip', 'install', '--no-config', '--python', directory],
    };
  const runner = runnerFor(situation, { directory, state: 'missing' });
  return { command: join(directory, 'bin/python'), args: [...runner, 'install'] };
}

/** The step after which the new environment stays, and the person is told what became of the old one. */
export function settled(situation: Situation, environment: EnvironmentLook, kept: KeptAside): SettleStep {
  const short = (path: string) => shortPath(path, situation.home);
  const { had } = sorted(environment);
  const not = whatIsLost(environment);
  const packages = had.length === 1 ? 'the package' : `the ${had.length} packages`;
  return {
    kind: 'settle',
    says: [
      `Made ${short(environment.directory)} anew${had.length === 0 ? '' : ` with ${packages} it held`}${not === undefined ? '' : `, ${not}`}.`,
      `The old one is kept in ${short(kept.directory)}, with the list of its packages in ${listName}; rm -r ${printable(typable(kept.directory, situation.home))} removes it.`,
    ],
  };
}

/** What cannot be installed again, as a clause: `without demo (its source /tmp/demo is gone)`. */
export function whatIsLost(environment: EnvironmentLook): string | undefined {
  const { lost } = sorted(environment);
  if (lost.length === 0) return undefined;
  return printable(`without ${inWords(lost.map(({ name, lost }) => `${name} (${lost ?? ''})`))}`);
}
