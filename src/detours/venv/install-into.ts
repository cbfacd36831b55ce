import { join } from 'node:path';
import { hasOption, withoutOptions } from '../../pip/command-line.ts';
import { compareVersions } from '../../pip/versions.ts';
import type { EnvironmentLook, Plan, RunStep, Situation, Step } from '../../types.ts';
import { lockNote } from '../project-manager/index.ts';
import { runnerFor } from '../shared/environment-pip.ts';
import { listenedTo } from '../shared/listened-to.ts';
import { makeOrMend } from '../shared/make-environment.ts';
import { inEnvironment } from '../shared/pip-variables.ts';
import { fetched, inTurn, planted } from '../shared/seeding.ts';
import { ownSettings, settingsNotes } from './own-settings.ts';
import { uvInstall } from './uv-install.ts';
import { isThere } from './why-not.ts';

/** Options of `pip install` that contradict an environment, with the reason told. */
const contradicting: Readonly<Record<string, string>> = {
  '--user': 'an environment has no user site',
  '--break-system-packages': 'nothing of the system is touched',
};

/** The plan that installs into this environment: made, mended or given a pip first where it needs that. */
export function planInto(situation: Situation, environment: EnvironmentLook): Plan {
  const { directory } = environment;
  const uv = byUv(situation);
  if (uv !== undefined && !('declined' in uv)) return planByUv(situation, environment, uv);
  const fresh = !isThere(environment);
  const steps: Step[] = makeOrMend(situation, environment, ownSettings(situation, directory));
  const runner = runnerFor(situation, environment);
  const python = join(directory, 'bin/python');
  const { args, dropped } = translate(situation);
  const install: RunStep = {
    kind: 'run',
    command: python,
    args: [...runner, ...args],
    env: inEnvironment,
    hears: 'pip',
  };
  const gets = (fresh && environment.held === undefined) || environment.owed === true;
  const pip = gets
    ? [...planted(situation, directory, ['pip']), ...fetched(situation, directory, runner)]
    : [];
  const installing = [...wanted(situation, directory, [...runner, 'install'], install)];
  steps.push(...(situation.pipFirst === true ? [...inTurn(pip), ...installing] : [...installing, ...pip]));
  const afterwards = [
    ...(uv === undefined ? [] : [`pip installed this, not uv: ${uv.declined}.`]),
    ...settingsNotes(situation, fresh),
    ...notes(situation),
  ];
  return {
    steps,
    locks: [directory],
    activate: directory,
    dropped,
    ...(afterwards.length === 0 ? {} : { afterwards }),
  };
}

/** The installation, after what a build wants and does not ask for; what is too new for it is kept from it. */
function wanted(
  { buildsWith, pipVersion = '' }: Situation,
  directory: string,
  installs: readonly string[],
  install: RunStep,
): Step[] {
  if (buildsWith === undefined) return [install];
  const first: RunStep = { ...install, args: [...installs, ...buildsWith.first] };
  const limits = buildsWith.first.filter((one) => one.includes('<'));
  if (!buildsWith.isolated || limits.length === 0) return [first, install];
  const path = join(directory, 'build-constraints.txt');
  // From 25.3 on, PIP_CONSTRAINT no longer reaches into a build.
  const variable = compareVersions(pipVersion, '25.3') < 0 ? 'PIP_CONSTRAINT' : 'PIP_BUILD_CONSTRAINT';
  return [
    first,
    { kind: 'write', path, text: limits.map((one) => `${one}\n`).join('') },
    { ...install, env: { ...install.env, [variable]: path } },
  ];
}

/** How uv would do it, or why it would not; undefined where nobody wants it to. */
function byUv({ installer, uv, command }: Situation) {
  if (installer !== 'uv' || command.subcommand !== 'install') return undefined;
  if (uv === undefined || 'missing' in uv) return { declined: uv?.missing ?? 'uv was not looked for' };
  const translated = uvInstall(command, uv.settings);
  return 'declined' in translated ? translated : { ...translated, executable: uv.executable };
}

/** uv makes the environment and installs into it; it leaves pip and setuptools out, as its users expect. */
function planByUv(
  situation: Situation,
  environment: EnvironmentLook,
  uv: { executable: string; args: readonly string[]; env: Readonly<Record<string, string>> },
): Plan {
  const { directory } = environment;
  const making = { ...situation, seeds: [], maker: { kind: 'uv', executable: uv.executable } } as const;
  const afterwards = notes(situation);
  return {
    steps: [
      ...makeOrMend(making, environment),
      {
        kind: 'run',
        command: uv.executable,
        // A repository's uv.toml is not ours to follow.
        args: ['pip', 'install', '--no-config', '--python', directory, ...uv.args],
        env: uv.env,
        hears: 'uv',
        ...listenedTo(situation),
      },
    ],
    locks: [directory],
    activate: directory,
    ...(afterwards.length === 0 ? {} : { afterwards }),
  };
}

function notes(situation: Situation): readonly string[] {
  const note = lockNote(situation);
  return note === undefined ? [] : [`${note}.`];
}

/** The same line without what contradicts an environment; nothing else changes, nor the order. */
function translate(situation: Situation): { args: string[]; dropped: string[] } {
  const { command } = situation;
  const present = Object.keys(contradicting).filter((name) => hasOption(command, name));
  const args = withoutOptions(command, present);
  if (situation.buildsWith?.isolated === false && !hasOption(command, '--no-build-isolation'))
    args.splice(args.indexOf('install') + 1, 0, '--no-build-isolation');
  // Under --isolated pip reads no PIP_USER, and `user = true` of a system-wide pip.conf would stop it.
  if (hasOption(command, '--isolated') && command.subcommand === 'install') {
    const at = args.indexOf('install');
    args.splice(at + 1, 0, '--no-user');
  }
  return { args, dropped: present.map((name) => `${name} (${contradicting[name]})`) };
}

/** The installer's own `--dry-run`, in the environment that is there, else in one that is made for it. */
export function rehearsal(
  situation: Situation,
  environment: EnvironmentLook,
  temporary: string,
): Plan | undefined {
  // A misplaced one need not be repaired to tell what would be: its Python runs all the same.
  if (isThere(environment) && environment.state !== 'making')
    return { steps: planInto(situation, { ...environment, state: 'ready' }).steps };
  if (situation.maker.kind === 'none') return undefined;
  const { steps } = planInto(situation, { directory: temporary, state: 'missing' });
  return { steps: steps.filter((step) => step.kind !== 'run' || step.optional !== true) };
}
