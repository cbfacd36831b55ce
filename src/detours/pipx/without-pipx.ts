import { join } from 'node:path';
import { shortPath } from '../../system/quote.ts';
import type { PipCommand, Plan, RunStep, Situation, Step, WithoutPipx } from '../../types.ts';
import { makeOrMend } from '../shared/make-environment.ts';
import { inEnvironment } from '../shared/pip-variables.ts';
import { inTurn, planted } from '../shared/seeding.ts';
import { applicationNamed } from './applications.ts';
import { droppedOptions, fateOf } from './options.ts';
import { pathNote, pipxSigns } from './outcome.ts';

/** Options that go without saying for pipx, but that the pip we run ourselves understands. */
const manners = [
  '--quiet',
  '--verbose',
  '--no-color',
  '--progress-bar',
  '--no-warn-conflicts',
  '--disable-pip-version-check',
  '--root-user-action',
];

/** What pipx would do, done without it: each application in an environment of its own, its commands linked. */
export function planWithoutPipx(situation: Situation, place: WithoutPipx): Plan {
  const { command, interpreter, ownLibrary } = situation;
  const python = interpreter?.executable ?? 'python3';
  const script = ['-I', join(ownLibrary, 'application-commands.py')];
  const applications = byName(command);
  const directories = [...applications.keys()].map((name) => join(place.environments, name));
  if (command.subcommand === 'uninstall') {
    const title = `Uninstalling ${[...applications.keys()].join(', ')}`;
    const args = [...script, 'remove', place.bin, ...directories];
    return {
      steps: [{ kind: 'run', command: python, args, cwd: '/', title, quiet: true }],
      locks: directories,
    };
  }
  const steps = [...applications].flatMap(([name, texts]) => installation(situation, place, name, texts));
  const link: RunStep = {
    kind: 'run',
    command: python,
    // Last and all at once, so that a failure before it leaves no command that leads nowhere.
    args: [
      ...script,
      'link',
      place.bin,
      ...[...applications.keys()].flatMap((name) => [
        applicationNamed(name)?.commandsOfDependencies === true ? '*' : name,
        join(place.environments, name),
      ]),
    ],
    cwd: '/',
    title: `Linking commands into ${shortPath(place.bin, situation.home)}`,
    quiet: true,
    watch: pipxSigns,
  };
  const dropped = droppedOptions(command);
  const note = pathNote(situation);
  return {
    steps: [...steps, link],
    locks: directories,
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(note === undefined ? {} : { afterwards: [note] }),
  };
}

function installation(
  situation: Situation,
  place: WithoutPipx,
  name: string,
  texts: readonly string[],
): Step[] {
  const look = place.looks[name] ?? { directory: join(place.environments, name), state: 'missing' };
  return [
    // What an application's environment held is what is installed into it now.
    ...makeOrMend(situation, { ...look, held: [] }),
    ...(situation.pipFirst === true ? inTurn(planted(situation, look.directory, ['pip'])) : []),
    {
      kind: 'run',
      command: join(look.directory, 'bin/python'),
      args: [
        join(situation.pipPackage ?? '', '__pip-runner__.py'),
        'install',
        ...optionsOf(situation.command),
        '--',
        ...texts,
      ],
      env: inEnvironment,
      hears: 'pip',
    },
  ];
}

/** What was typed, by the name of what it asks for. */
function byName({ requirements }: PipCommand): Map<string, string[]> {
  const applications = new Map<string, string[]>();
  for (const { name, text } of requirements)
    if (name !== undefined) applications.set(name, [...(applications.get(name) ?? []), text]);
  return applications;
}

/** pip's own options back again, in the order they came; one word each, so that no value is taken for an option. */
function optionsOf({ options }: PipCommand): string[] {
  const words = options
    .filter((option) => {
      const fate = fateOf(option);
      return fate === 'needless' ? manners.includes(option.name) : !fate.startsWith('drop: ');
    })
    .map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
  // Under --isolated pip reads no PIP_USER, and `user = true` of a system-wide pip.conf would stop it.
  return options.some(({ name }) => name === '--isolated') ? ['--no-user', ...words] : words;
}
