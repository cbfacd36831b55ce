import { join } from 'node:path';
import { hasOption, withoutOptions } from '../../pip/command-line.ts';
import type { EnvironmentLook, Plan, Situation, Step } from '../../types.ts';
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
  const install: Step = {
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
  steps.push(...(situation.pipFirst === true ? [...inTurn(pip), install] : [install, ...pip]));
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
