import { quoteAll, shortPath } from '../../system/quote.ts';
import { has, inWords } from '../../system/sentences.ts';
import type { Detour, Pipx, PipxPackage, Situation, Step } from '../../types.ts';
import { factsOf, needsAnotherPython } from '../shared/index-answers.ts';
import { wantsPipx } from '../shared/pipx-itself.ts';
import { rootInAnothersHome } from '../shared/sudo.ts';
import { after } from './after.ts';
import { speaksForPipx } from './application-or-library.ts';
import { applicationNamed } from './applications.ts';
import { pipxRuns } from './arguments.ts';
import { isLibrary, isOnlyImported } from './libraries.ts';
import { pipxMissing } from './missing.ts';
import { declined, droppedOptions } from './options.ts';
import { pathNote, pipxSigns } from './outcome.ts';
import { pythonFor, withPython } from './python.ts';
import { keeperOf, type Way, wayOf } from './way.ts';
import { planWithoutPipx } from './without-pipx.ts';

/** Applications, each in an environment of its own that pipx keeps, their commands where they can be typed. */
export const pipx: Detour = {
  id: 'pipx',
  title(situation) {
    const with_ = wayOf(situation).by === 'us' ? '' : ' with pipx';
    return situation.command.subcommand === 'uninstall'
      ? `Uninstall the application${with_}`
      : `Install as an app${with_}`;
  },
  detail(situation) {
    const way = wayOf(situation);
    const found = keeperOf(situation);
    if (way.by === 'nobody' || found === undefined) return '';
    const version = detailOf(situation, way);
    if (situation.command.subcommand === 'uninstall') return version;
    const there = namesIn(situation).filter((name) => found.installed.includes(name));
    if (there.length > 0)
      return `${inWords(there)} ${there.length === 1 ? 'is' : 'are'} there already · ${version}`;
    const commands = `commands in ${shortPath(found.bin, situation.home)}${found.binOnPath ? '' : ', not on PATH yet'}`;
    const python = pythonFor(situation)?.interpreter.version;
    const with_ = python === undefined ? [] : [`Python ${python}`];
    // What comes first stands first, where no narrow terminal cuts it off.
    return [...(way.by === 'package' ? [version, commands] : [commands, version]), ...with_].join(' · ');
  },
  unavailable(situation) {
    const reason = declined(situation.command) ?? rootInAnothersHome(situation);
    if (reason !== undefined) return reason;
    const libraries = situation.command.requirements
      .filter(
        ({ name, text }) =>
          situation.notApplications.includes(name ?? text) || situation.notApplications.includes(text),
      )
      .map(({ name, text }) => name ?? text);
    if (libraries.length > 0 && situation.command.subcommand === 'install')
      return `${inWords(libraries)} ${has(libraries)} no commands to run`;
    const imported = librariesAmong(situation, isOnlyImported);
    if (imported !== undefined) return imported;
    if (wantsPipx(situation.command)) return pipxItself(situation);
    const learnt = byIndex(situation);
    if (learnt !== undefined) return learnt;
    const way = wayOf(situation);
    if (way.by === 'nobody') return way.why;
    return situation.command.subcommand === 'uninstall' && way.by === 'pipx'
      ? notKept(situation, way.pipx)
      : undefined;
  },
  notMeantFor(situation) {
    if (situation.command.subcommand !== 'install') return undefined;
    if (situation.command.requirements.some(({ editable }) => editable === true))
      return '-e is for working on a project, and pipx is for applications';
    return librariesAmong(situation, isLibrary);
  },
  onlyAsked(situation) {
    const way = wayOf(situation);
    return way.by === 'package' && way.package.sudo
      ? `pipx is not installed; to get it: ${quoteAll(way.package.typed)}`
      : undefined;
  },
  recommended(situation) {
    if (situation.command.subcommand !== 'install') return undefined;
    const reason = speaksForPipx(situation);
    return reason !== undefined && pipx.unavailable(situation) === undefined ? reason : undefined;
  },
  plan(situation) {
    const way = wayOf(situation);
    if (way.by === 'nobody') throw new Error(way.why);
    if (way.by === 'us') return planWithoutPipx(withPython(situation), way.place);
    const found = way.pipx;
    const { command, cwd } = situation;
    const installs = command.subcommand === 'install';
    const runs = pipxRuns(
      command,
      found,
      cwd,
      (name) => applicationNamed(name)?.commandsOfDependencies === true,
      pythonFor(situation)?.interpreter.executable,
    );
    const note = installs ? pathNote(situation) : undefined;
    const steps = runs.map(
      ({ args, subject }): Step => ({
        kind: 'run',
        command: found.executable,
        args,
        // Until 1.4 pipx runs `python -m venv` and `-m pip` where it stands: somebody's venv.py or pip.py would be run.
        cwd: '/',
        env: found.variables,
        title: `${installs ? 'Installing' : 'Uninstalling'} ${subject} with pipx`,
        ...(installs ? { watch: pipxSigns, hears: 'pipx' } : {}),
      }),
    );
    const dropped = droppedOptions(command);
    return {
      steps: way.by === 'package' ? [getting(way.package), ...steps] : steps,
      // pipx knows no locks: the first two of a new home make its shared libraries at the same time.
      locks: [found.environments],
      ...(dropped.length === 0 ? {} : { dropped }),
      ...(note === undefined ? {} : { afterwards: [note] }),
    };
  },
  target: (situation) => ({ tool: wayOf(situation).by === 'us' ? 'without-pipx' : 'pipx' }),
  announced: (situation) =>
    wayOf(situation).by === 'us' ? 'using its own environment, without pipx' : 'using pipx',
  needs: ['pipx'],
  buildsAlone: true,
  withAnotherPython: (situation) => (pythonFor(situation) === undefined ? 'Install it' : undefined),
  after,
};

function detailOf(situation: Situation, way: Exclude<Way, { by: 'nobody' }>): string {
  if (way.by === 'package') return `gets pipx first: ${quoteAll(way.package.typed)}`;
  if (way.by === 'pipx') return way.pipx.version === undefined ? 'pipx' : `pipx ${way.pipx.version}`;
  return situation.command.subcommand === 'install' && situation.pipx === undefined
    ? 'without pipx, which is not installed'
    : `in ${shortPath(way.place.environments, situation.home)}`;
}

/** In the terminal, so that sudo and the package manager can ask; from /, where nothing of somebody's directory is seen. */
function getting({ words, name, variables }: PipxPackage): Step {
  const [command = '', ...args] = words;
  const title = `Installing ${name}`;
  return {
    kind: 'run',
    command,
    args,
    cwd: '/',
    title,
    ...(variables === undefined ? {} : { env: variables }),
  };
}

/** What the index says against it: another Python is needed, or there is no command in what would be installed. */
function byIndex(situation: Situation): string | undefined {
  if (situation.command.subcommand !== 'install') return undefined;
  const version = situation.interpreter?.version;
  const needs = needsAnotherPython(situation, version);
  if (needs !== undefined && pythonFor(situation) === undefined)
    return `${needs}, and pipx would use ${version}`;
  const idle = namesIn(situation).filter((name) => {
    // The commands may be those of what it depends on.
    const commands = applicationNamed(name) === undefined ? factsOf(situation, name)?.commands : undefined;
    return commands?.length === 0;
  });
  return idle.length === 0 ? undefined : `${inWords(idle)} ${has(idle)} no commands to run`;
}

function notKept(situation: Situation, found: Pipx): string | undefined {
  const unknown = namesIn(situation).filter((name) => !found.installed.includes(name));
  return unknown.length === 0 ? undefined : `pipx has not installed ${inWords(unknown)}`;
}

/** pipx is not kept by pipx: it is there, or its own package brings it. */
function pipxItself(situation: Situation): string {
  const { pipx: found } = situation;
  if (found === undefined) return pipxMissing(situation);
  return `${found.executable} is here already; type: pipx install NAME`;
}

/** Those that are libraries, as a clause; one that was installed as an application has shown that it can be. */
function librariesAmong(situation: Situation, isOne: (name: string) => boolean): string | undefined {
  if (situation.command.subcommand !== 'install') return undefined;
  const installed = keeperOf(situation)?.installed ?? [];
  const found = namesIn(situation).filter((name) => isOne(name) && !installed.includes(name));
  if (found.length === 0) return undefined;
  return `${inWords(found)} ${found.length === 1 ? 'is a library' : 'are libraries'}, and pipx is for applications`;
}

function namesIn(situation: Situation): string[] {
  return situation.command.requirements.flatMap(({ name }) => name ?? []);
}
