import { shortPath } from '../quote.ts';
import type { Detour, Pipx, Situation, Step } from '../types.ts';
import { speaksForPipx } from './application-or-library.ts';
import { applicationNamed } from './applications.ts';
import { pipxRuns } from './pipx-arguments.ts';
import { pipxMissing } from './pipx-missing.ts';
import { declined, droppedOptions } from './pipx-options.ts';
import { has, inWords, pathNote, pipxSigns } from './pipx-outcome.ts';
import { rootInAnothersHome } from './sudo.ts';

/** Applications, each in an environment of its own that pipx keeps, their commands where they can be typed. */
export const pipx: Detour = {
  id: 'pipx',
  title: ({ command }) =>
    command.subcommand === 'uninstall'
      ? 'Uninstall the application with pipx'
      : 'Install as an app with pipx',
  detail(situation) {
    const found = situation.pipx;
    if (found === undefined) return '';
    const version = found.version === undefined ? 'pipx' : `pipx ${found.version}`;
    if (situation.command.subcommand === 'uninstall') return version;
    const there = namesIn(situation).filter((name) => found.installed.includes(name));
    if (there.length > 0)
      return `${inWords(there)} ${there.length === 1 ? 'is' : 'are'} there already · ${version}`;
    return `commands in ${shortPath(found.bin, situation.home)}${found.binOnPath ? '' : ', not on PATH yet'} · ${version}`;
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
    if (situation.pipx === undefined) return pipxMissing(situation.manager, situation.uid);
    return situation.command.subcommand === 'uninstall' ? notKept(situation, situation.pipx) : undefined;
  },
  recommended(situation) {
    if (situation.command.subcommand !== 'install') return undefined;
    const reason = speaksForPipx(situation);
    return reason !== undefined && pipx.unavailable(situation) === undefined ? reason : undefined;
  },
  plan(situation) {
    const found = situation.pipx;
    if (found === undefined) throw new Error(pipxMissing(situation.manager, situation.uid));
    const { command, cwd } = situation;
    const installs = command.subcommand === 'install';
    const runs = pipxRuns(
      command,
      found,
      cwd,
      (name) => applicationNamed(name)?.commandsOfDependencies === true,
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
        ...(installs ? { watch: pipxSigns } : {}),
      }),
    );
    const dropped = droppedOptions(command);
    return {
      steps,
      ...(dropped.length === 0 ? {} : { dropped }),
      ...(note === undefined ? {} : { afterwards: [note] }),
    };
  },
};

function notKept(situation: Situation, found: Pipx): string | undefined {
  const unknown = namesIn(situation).filter((name) => !found.installed.includes(name));
  return unknown.length === 0 ? undefined : `pipx has not installed ${inWords(unknown)}`;
}

function namesIn(situation: Situation): string[] {
  return situation.command.requirements.flatMap(({ name }) => name ?? []);
}
