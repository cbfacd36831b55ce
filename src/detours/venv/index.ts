import { basename, join } from 'node:path';
import { hasOption, withoutOptions } from '../../pip/command-line.ts';
import { whyOf } from '../../place/environment-words.ts';
import { shortPath } from '../../system/quote.ts';
import type { Detour, EnvironmentLook, Plan, Situation, Step } from '../../types.ts';
import { lockNote } from '../project-manager/index.ts';
import { runnerFor } from '../shared/environment-pip.ts';
import { needsAnotherPython } from '../shared/index-answers.ts';
import { keptAside, packagesIn, whatIsLost } from '../shared/make-anew.ts';
import { makeOrMend } from '../shared/make-environment.ts';
import { notUnderstood } from '../shared/not-understood.ts';
import { upgradesPip } from '../shared/own-pip.ts';
import { inEnvironment } from '../shared/pip-variables.ts';
import { wantsPipx } from '../shared/pipx-itself.ts';
import { fetched, planted } from '../shared/seeding.ts';
import { rootInAnothersHome } from '../shared/sudo.ts';
import { seesSystem } from '../shared/system-site.ts';
import { leadsElsewhere, ownSettings, settingsNotes } from './own-settings.ts';
import { recollection } from './recollection.ts';
import { uvInstall } from './uv-install.ts';

/** Options of `pip install` that contradict an environment, with the reason told. */
const contradicting: Readonly<Record<string, string>> = {
  '--user': 'an environment has no user site',
  '--break-system-packages': 'nothing of the system is touched',
};

/** The project's virtual environment, made when it is missing and repaired when it is broken. */
export const venv: Detour = {
  id: 'venv',
  title(situation) {
    const { of } = situation.environment;
    if (of !== undefined) return `Use the environment of ${shortPath(of, situation.home)}`;
    if (isPersonal(situation)) return 'Use a personal environment';
    if (situation.environment.outside !== undefined) return 'Use an environment outside the project';
    if (situation.environment.state === 'misplaced') return "Repair the project's virtual environment";
    if (situation.environment.held !== undefined) return "Make the project's virtual environment anew";
    return situation.environment.state === 'ready'
      ? "Use the project's virtual environment"
      : 'Use a virtual environment here';
  },
  detail(situation) {
    const { environment, interpreter, home } = situation;
    const path = shortPath(environment.directory, home);
    const version = environment.version ?? interpreter?.version;
    const note = lockNote(situation);
    const python = `${version === undefined ? '' : ` · Python ${version}`}${note === undefined ? '' : ` · ${note}`}`;
    const misfit = needsAnotherPython(situation, version);
    const remarked = [...(misfit === undefined ? [] : [`but ${misfit}`]), ...remarksOn(environment)];
    if (environment.state === 'ready') return [`${path}${python}`, ...remarked].join(' · ');
    if (environment.state === 'misplaced')
      return [`repair ${path}: it ${whyOf(environment, home)}${python}`, ...remarked].join(' · ');
    if (environment.state === 'making')
      return `${path}${python} · waits until another pip-detour has made it`;
    const system = seesSystem(situation);
    const remarks = [
      ...(environment.outside === undefined ? [] : [environment.outside]),
      ...(situation.unmet === undefined ? [] : [lacksPython(situation.unmet)]),
      ...(system === undefined ? [] : [`sees the system's packages: ${system}`]),
      ...(situation.maker.kind === 'none' && situation.maker.bringer !== undefined
        ? [`gets ${situation.maker.bringer.package} first${situation.uid === 0 ? '' : ', with sudo'}`]
        : []),
    ].map((remark) => ` · ${remark}`);
    const first =
      environment.state === 'broken'
        ? `make ${path} anew${inventory(environment)}: it ${whyOf(environment, home)}`
        : `create ${path}`;
    return `${first}${python}${[...anew(situation), ...remarks].join('')}`;
  },
  unavailable: (situation) => whyNot(situation, situation.environment),
  recommended(situation) {
    const { environment, project, command } = situation;
    if (situation.pipx !== undefined && wantsPipx(command)) return undefined;
    const version = environment.version ?? situation.interpreter?.version;
    if (needsAnotherPython(situation, version) !== undefined) return undefined;
    const needs = needsAnotherPython(situation, situation.verdict.interpreter?.version);
    if (needs !== undefined) return `${needs}, and it has ${version}`;
    if (environment.state === 'misplaced' && environment.brought === undefined)
      return 'it only needs to know where it lies now';
    if (isReady(environment) && !isPersonal(situation)) return 'it is there already';
    if (project?.python === true) return `${project.because} here`;
    if (command.requirements.some((requirement) => requirement.kind === 'file')) return 'a requirements file';
    if (command.requirements.some((requirement) => requirement.editable)) return 'an editable install';
    if (command.requirements.length > 1) return 'several packages belong together';
    if (isPersonal(situation))
      return `leaves ${shortPath(situation.place.directory, situation.home)} and the system as they are`;
    return 'nothing of the system is touched';
  },
  others({ above, ...rest }) {
    return above === undefined ? [] : [{ ...rest, environment: above }];
  },
  rehearse: (situation, temporary) => rehearsal(situation, situation.environment, temporary),
  onlyAsked({ environment, maker }) {
    if (isThere(environment) || maker.kind !== 'none' || maker.bringer === undefined) return undefined;
    return `this Python has no venv module; to get it: ${maker.bringer.words.join(' ')}`;
  },
  plan: (situation) => planInto(situation, situation.environment),
  target: ({ environment }) => ({ environment: environment.directory }),
  rank: 2,
  remark: ({ environment: { state, outside } }) => (state === 'ready' ? undefined : outside),
  recollection,
  makesEnvironment: true,
  entered: ({ environment }) => environment,
};

/** What somebody should know before they enter an environment that is there: one from another place may be anybody's. */
function remarksOn({ state, misfit, brought }: EnvironmentLook): string[] {
  const code = state === 'misplaced' ? 'code in it will be run' : undefined;
  return [misfit, brought ?? code].filter((remark) => remark !== undefined);
}

/** What an environment of this Python will not do, and what to type. */
function lacksPython({ who, requires }: NonNullable<Situation['unmet']>): string {
  const version = /(?:>=|==|~=|\^|~)\s*(\d+\.\d+)/.exec(requires)?.[1];
  const how =
    version === undefined ? '' : `: uv python install ${version} or pyenv install ${version} gets one`;
  return `${who} requires Python ${requires}${how}`;
}

/** An activated environment that has no pip of its own (uv and PDM make such): where the person meant to install. */
export const activeVenv: Detour = {
  id: 'active-venv',
  title: () => 'Use the activated environment',
  detail(situation) {
    const { active, home } = situation;
    if (active === undefined) return '';
    const python = active.version === undefined ? '' : ` · Python ${active.version}`;
    return `${shortPath(active.directory, home)}${python}`;
  },
  unavailable(situation) {
    if (situation.active === undefined) return 'no environment is activated';
    if (situation.active.state !== 'ready') return `it ${situation.active.why ?? 'is gone'}`;
    return whyNot(situation, situation.active);
  },
  recommended: () => 'it is activated',
  rank: 0,
  hidden: ({ active }) => active === undefined,
  plan(situation) {
    if (situation.active === undefined) throw new Error('no environment is activated');
    return planInto(situation, situation.active);
  },
  rehearse: (situation, temporary) =>
    situation.active === undefined ? undefined : rehearsal(situation, situation.active, temporary),
  target: ({ active }) => (active === undefined ? {} : { environment: active.directory }),
};

/** The installer's own `--dry-run`, in the environment that is there, else in one that is made for it. */
function rehearsal(situation: Situation, environment: EnvironmentLook, temporary: string): Plan | undefined {
  // A misplaced one need not be repaired to tell what would be: its Python runs all the same.
  if (isThere(environment) && environment.state !== 'making')
    return { steps: planInto(situation, { ...environment, state: 'ready' }).steps };
  if (situation.maker.kind === 'none') return undefined;
  const { steps } = planInto(situation, { directory: temporary, state: 'missing' });
  return { steps: steps.filter((step) => step.kind !== 'run' || step.optional !== true) };
}

/** It is, or will be once another pip-detour is done with it. */
function isReady({ state }: EnvironmentLook): boolean {
  return state === 'ready' || state === 'making';
}

/** Nothing has to be made. */
function isThere(environment: EnvironmentLook): boolean {
  return isReady(environment) || environment.state === 'misplaced';
}

/** ` with its 15 packages` */
function inventory(environment: EnvironmentLook): string {
  return environment.held === undefined ? '' : ` with its ${packagesIn(environment)}`;
}

/** What becomes of an environment that is made anew, and of what it held. */
function anew(situation: Situation): string[] {
  const { environment } = situation;
  const kept = keptAside(situation, environment);
  if (kept === undefined) return [];
  const not = whatIsLost(environment);
  return [
    ...(not === undefined ? [] : [` · ${not}`]),
    ` · keeps the old one as ${basename(kept.directory)}`,
    ...(environment.brought === undefined ? [] : [` · ${environment.brought}`]),
  ];
}

function isPersonal(situation: Situation): boolean {
  return situation.place.directory === situation.home || situation.place.directory === '/';
}

function whyNot(situation: Situation, environment: EnvironmentLook): string | undefined {
  const { command, place, uid, interpreter, pipPackage, home } = situation;
  const unclear = notUnderstood(command);
  if (unclear !== undefined) return unclear;
  if (environment.state === 'unusable') return `${shortPath(environment.directory, home)} ${environment.why}`;
  if (!isThere(environment)) {
    if (upgradesPip(command))
      return `this pip belongs to ${situation.manager}; an environment has a pip of its own`;
    if (interpreter === undefined) return 'the Python behind this pip could not be found';
    if (command.subcommand === 'uninstall')
      return environment.held === undefined
        ? 'there is no environment here to uninstall from'
        : `${shortPath(environment.directory, home)} ${environment.why}: pip-detour repair makes it anew`;
    if (environment.directory.includes(':')) return 'a path with ":" cannot hold an environment';
    // Node has put U+FFFD for what it could not read.
    if (place.owner === -1 && place.directory.includes('\ufffd'))
      return 'the path of this directory is not UTF-8';
    if (place.owner === -1) return 'this directory is gone, or you may not look at it';
    if (situation.maker.kind === 'none') {
      const { bringer } = situation.maker;
      if (bringer === undefined)
        return 'this Python has no venv module, and neither virtualenv nor uv is installed';
      if (bringer.asRoot)
        return `this Python has no venv module; to get it, as root: ${bringer.words.join(' ')}`;
    }
    if (isPersonal(situation) || environment.outside !== undefined) {
      const why = rootInAnothersHome(situation);
      if (why !== undefined) return why;
    } else {
      if (!place.writable) return `${shortPath(place.directory, home)} cannot be written to`;
      if (uid === 0 && place.owner !== 0)
        return `${shortPath(place.directory, home)} belongs to another user, who could not change it: do this without sudo`;
    }
  }
  const elsewhere = leadsElsewhere(situation, environment);
  if (elsewhere !== undefined) return elsewhere;
  if (environment.pip === undefined && pipPackage === undefined) return 'the pip package could not be found';
  return undefined;
}

function planInto(situation: Situation, environment: EnvironmentLook): Plan {
  const { directory } = environment;
  const uv = byUv(situation);
  if (uv !== undefined && !('declined' in uv)) return planByUv(situation, environment, uv);
  const fresh = !isThere(environment);
  const steps: Step[] = makeOrMend(situation, environment, ownSettings(situation, directory));
  const runner = runnerFor(situation, environment);
  const python = join(directory, 'bin/python');
  const { args, dropped } = translate(situation);
  steps.push({ kind: 'run', command: python, args: [...runner, ...args], env: inEnvironment });
  if ((fresh && environment.held === undefined) || environment.owed === true)
    steps.push(...planted(situation, directory, ['pip']), ...fetched(situation, directory, runner));
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
