import { basename, join } from 'node:path';
import { hasOption, optionValues, withoutOptions } from '../../pip/command-line.ts';
import { shortPath } from '../../system/quote.ts';
import type { Detour, EnvironmentLook, Plan, RunStep, Situation, Step } from '../../types.ts';
import { lockNote } from '../project-manager/index.ts';
import { creation } from '../shared/make-environment.ts';
import { notUnderstood } from '../shared/not-understood.ts';
import { upgradesPip } from '../shared/own-pip.ts';
import { inEnvironment } from '../shared/pip-variables.ts';
import { rootInAnothersHome } from '../shared/sudo.ts';
import { seesSystem } from '../shared/system-site.ts';
import { leadsElsewhere, ownSettings, settingsNotes } from './own-settings.ts';
import { uvInstall } from './uv-install.ts';

/** Options of `pip install` that contradict an environment, with the reason told. */
const contradicting: Readonly<Record<string, string>> = {
  '--user': 'an environment has no user site',
  '--break-system-packages': 'nothing of the system is touched',
};

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

/** The project's virtual environment, made when it is missing and repaired when it is broken. */
export const venv: Detour = {
  id: 'venv',
  title(situation) {
    const { of } = situation.environment;
    if (of !== undefined) return `Use the environment of ${shortPath(of, situation.home)}`;
    if (isPersonal(situation)) return 'Use a personal environment';
    if (situation.environment.outside !== undefined) return 'Use an environment outside the project';
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
    if (environment.state === 'ready') return [`${path}${python}`, ...remarksOn(environment)].join(' · ');
    if (environment.state === 'making') return `${path}${python} · waits for who is making it`;
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
      environment.state === 'broken' ? `make ${path} anew: it ${environment.why}` : `create ${path}`;
    return `${first}${python}${remarks.join('')}`;
  },
  unavailable: (situation) => whyNot(situation, situation.environment),
  recommended(situation) {
    const { environment, project, command } = situation;
    if (isThere(environment) && !isPersonal(situation)) return 'it is there already';
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
    return `this Python has no venv module; ${maker.bringer.words.join(' ')} brings it`;
  },
  plan: (situation) => planInto(situation, situation.environment),
};

/** What somebody should know before they enter an environment that is there. */
function remarksOn({ misfit, brought }: EnvironmentLook): string[] {
  return [misfit, brought].filter((remark) => remark !== undefined);
}

/** What an environment of this Python will not do, and what to type. */
function lacksPython(requires: string): string {
  const version = /(?:>=|==|~=|\^|~)\s*(\d+\.\d+)/.exec(requires)?.[1];
  const how =
    version === undefined ? '' : `: uv python install ${version} or pyenv install ${version} gets one`;
  return `the project requires Python ${requires}${how}`;
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
  plan(situation) {
    if (situation.active === undefined) throw new Error('no environment is activated');
    return planInto(situation, situation.active);
  },
  rehearse: (situation, temporary) =>
    situation.active === undefined ? undefined : rehearsal(situation, situation.active, temporary),
};

/** The installer's own `--dry-run`, in the environment that is there, else in one that is made for it. */
function rehearsal(situation: Situation, environment: EnvironmentLook, temporary: string): Plan | undefined {
  if (environment.state === 'ready') return { steps: planInto(situation, environment).steps };
  if (situation.maker.kind === 'none') return undefined;
  const { steps } = planInto(situation, { directory: temporary, state: 'missing' });
  return { steps: steps.filter((step) => step.kind !== 'run' || step.optional !== true) };
}

/** It is, or will be once another pip-detour is done with it. */
function isThere({ state }: EnvironmentLook): boolean {
  return state === 'ready' || state === 'making';
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
      return `an environment has a pip of its own; this one stays as ${situation.manager} has it`;
    if (interpreter === undefined) return 'the Python behind this pip could not be found';
    if (command.subcommand === 'uninstall') return 'there is no environment here to uninstall from';
    if (environment.directory.includes(':')) return 'a path with ":" cannot hold an environment';
    // Node has put U+FFFD for what it could not read.
    if (place.owner === -1 && place.directory.includes('\ufffd'))
      return 'the path of this directory is not UTF-8';
    if (place.owner === -1) return 'this directory is gone, or you may not look at it';
    if (situation.maker.kind === 'none') {
      const { bringer } = situation.maker;
      if (bringer === undefined)
        return 'this Python has no venv module, and neither virtualenv nor uv is here';
      if (bringer.asRoot)
        return `this Python has no venv module; as root, ${bringer.words.join(' ')} brings it`;
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
  const steps: Step[] = fresh
    ? [...creation(situation, environment), ...ownSettings(situation, directory)]
    : [];
  const runner = runnerFor(situation, environment);
  const python = join(directory, 'bin/python');
  const { args, dropped } = translate(situation);
  steps.push({ kind: 'run', command: python, args: [...runner, ...args], env: inEnvironment });
  if (fresh) steps.push(ownPip(situation, directory));
  const afterwards = [
    ...(uv === undefined ? [] : [`pip installed this, not uv: ${uv.declined}.`]),
    ...settingsNotes(situation, fresh),
    ...notes(situation),
  ];
  return {
    steps,
    alone: [directory],
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

/** uv makes the environment and installs into it; it leaves pip out, as its users expect. */
function planByUv(
  situation: Situation,
  environment: EnvironmentLook,
  uv: { executable: string; args: readonly string[]; env: Readonly<Record<string, string>> },
): Plan {
  const { directory } = environment;
  const making = { ...situation, maker: { kind: 'uv', executable: uv.executable } } as const;
  const afterwards = notes(situation);
  return {
    steps: [
      ...(isThere(environment) ? [] : creation(making, environment)),
      {
        kind: 'run',
        command: uv.executable,
        // A repository's uv.toml is not ours to follow.
        args: ['pip', 'install', '--no-config', '--python', directory, ...uv.args],
        env: uv.env,
      },
    ],
    alone: [directory],
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

/**
 * pip is run by its runner file under the environment's Python: what `pip --python` does, without a second start, and
 * never with the current directory on sys.path as `-m pip` would have it (pip/__pip-runner__.py, pip 22.3 and later).
 * An environment's own older pip has no such file; -I keeps the current directory off.
 */
function runnerFor(situation: Situation, environment: EnvironmentLook): string[] {
  if (environment.oldPip === true) return ['-I', '-m', 'pip'];
  return [join(environment.pip ?? situation.pipPackage ?? '', '__pip-runner__.py')];
}

/** A pip of its own, from a wheel that lies here or else from where the packages came; its failure spoils nothing. */
function ownPip(situation: Situation, directory: string): RunStep {
  const python = join(directory, 'bin/python');
  const { pipWheel, ownLibrary, command, interpreter } = situation;
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
  const sources = sourceOptions.flatMap((name) =>
    optionValues(command, name).flatMap((value) => [name, value]),
  );
  if (hasOption(command, '--no-index')) sources.push('--no-index');
  return {
    ...common,
    command: python,
    args: [
      ...runnerFor(situation, situation.environment),
      'install',
      '--quiet',
      '--retries',
      '0',
      ...sources,
      'pip',
    ],
    env: inEnvironment,
  };
}
