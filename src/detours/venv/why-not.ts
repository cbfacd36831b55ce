import { whyNoCommands } from '../../place/command-head.ts';
import { whyUnusable } from '../../place/environment-words.ts';
import { shortPath } from '../../system/quote.ts';
import type { EnvironmentLook, Situation } from '../../types.ts';
import { notUnderstood } from '../shared/not-understood.ts';
import { upgradesPip } from '../shared/own-pip.ts';
import { rootInAnothersHome } from '../shared/sudo.ts';
import { leadsElsewhere } from './own-settings.ts';

/** Whether the environment is ready, or will be once another pip-detour has made it. */
export function isReady({ state }: EnvironmentLook): boolean {
  return state === 'ready' || state === 'making';
}

/** Whether the environment is there: nothing has to be made, at most something repaired. */
export function isThere(environment: EnvironmentLook): boolean {
  return isReady(environment) || environment.state === 'misplaced';
}

/** Whether the command belongs to no project: it was typed in the home directory or in `/`. */
export function isPersonal(situation: Situation): boolean {
  return situation.place.directory === situation.home || situation.place.directory === '/';
}

/** Why nothing can be installed into this environment, as the person is told; undefined where it can. */
export function whyNot(situation: Situation, environment: EnvironmentLook): string | undefined {
  const { command, place, uid, interpreter, pipPackage, home } = situation;
  const unclear = notUnderstood(command);
  if (unclear !== undefined) return unclear;
  if (environment.state === 'unusable')
    return `${shortPath(environment.directory, home)} ${whyUnusable(environment, home, situation.cwd)}`;
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
  const startless = command.subcommand === 'uninstall' ? undefined : whyNoCommands(environment.directory);
  if (startless !== undefined) return startless;
  const elsewhere = leadsElsewhere(situation, environment);
  if (elsewhere !== undefined) return elsewhere;
  if (environment.pip === undefined && pipPackage === undefined) return 'the pip package could not be found';
  return undefined;
}
