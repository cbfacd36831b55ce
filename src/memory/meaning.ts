import { wayOf } from '../detours/pipx/way.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { shortPath } from '../system/quote.ts';
import { isInside, realOr } from '../system/real-path.ts';
import type { Choice, Detour, EnvironmentLook, Means, Situation } from '../types.ts';
import { identityOf } from './identity.ts';
import type { Validity } from './validity.ts';

/** What a detour meant concretely, once it was taken: what will be looked for the next time. */
export function meaningOf(detour: Detour, situation: Situation): Means {
  const { interpreter, managedProject, manager, otherPythons } = situation;
  switch (detour.id) {
    case 'venv':
      return inEnvironment(situation.environment.directory, situation.uid);
    case 'active-venv':
      return situation.active === undefined ? {} : inEnvironment(situation.active.directory, situation.uid);
    case 'project-manager': {
      const tool = managedProject?.tools[0]?.id;
      const environment = managedProject?.environment;
      return {
        ...(environment === undefined ? {} : inEnvironment(environment, situation.uid)),
        ...(tool === undefined ? {} : { tool }),
      };
    }
    case 'pipx':
      return { tool: wayOf(situation).by === 'us' ? 'without-pipx' : 'pipx' };
    case 'system-package':
      return { tool: situation.systemPackages?.manager ?? manager };
    case 'other-python': {
      const [step] = detour.plan(situation).steps;
      const executable = step?.kind === 'run' ? step.command : undefined;
      const python = otherPythons?.usable.find((one) => one.executable === executable);
      return python === undefined
        ? {}
        : { python: { executable: python.executable, version: python.version } };
    }
    case 'break-system-packages':
      return interpreter === undefined
        ? {}
        : { python: { executable: interpreter.executable, version: interpreter.version } };
  }
}

function inEnvironment(directory: string, uid: number): Means {
  const look = lookAtEnvironment(directory, uid);
  if (look.state !== 'ready') return {};
  const real = realOr(look.directory);
  const identity = identityOf(real);
  return {
    environment: { directory: real, ...(identity === undefined ? {} : { identity }) },
    ...(look.version === undefined
      ? {}
      : { python: { executable: realOr(`${real}/bin/python`), version: look.version } }),
  };
}

/** The situation as a remembered choice means it: its environment and its Python, and no other in their place. */
export function asMeant(situation: Situation, { detour, source, means = {}, here }: Choice): Situation {
  if (source !== 'remembered') return situation;
  // A further worktree has an environment of its own: an editable install must not change the main one's.
  const environment =
    detour === 'venv' && here === undefined && means.environment !== undefined
      ? environmentMeant(situation, means.environment.directory)
      : situation.environment;
  const { otherPythons } = situation;
  const python = detour === 'other-python' ? means.python?.executable : undefined;
  return Object.freeze({
    ...situation,
    environment,
    ...(otherPythons === undefined || python === undefined
      ? {}
      : {
          otherPythons: {
            ...otherPythons,
            usable: otherPythons.usable.filter(({ executable }) => executable === python),
          },
        }),
  });
}

function environmentMeant({ environment, place, uid }: Situation, directory: string): EnvironmentLook {
  // One that came in the place of what is gone is seen as what it is: another.
  if (realOr(environment.directory) === directory) return environment;
  const look = lookAtEnvironment(directory, uid);
  if (look.state === 'missing' && environment.state !== 'missing') return environment;
  return isInside(directory, place.directory) ? look : { ...look, outside: 'remembered there' };
}

/** What only the whole situation tells: that something else would be taken now than what was remembered. */
export function stillMeant(choice: Choice, situation: Situation): Validity {
  const { means = {}, here } = choice;
  const { environment, otherPythons } = situation;
  const short = (path: string) => shortPath(path, situation.home);
  if (choice.detour === 'venv' && means.environment !== undefined && here === undefined) {
    const { directory } = means.environment;
    if (realOr(environment.directory) !== directory)
      return {
        state: 'lapsed',
        why: `${short(directory)} is gone, and ${short(environment.directory)} is another environment`,
      };
  }
  if (choice.detour === 'other-python' && means.python !== undefined && otherPythons?.usable.length === 0)
    return { state: 'lapsed', why: `${short(means.python.executable)} cannot be used any more` };
  const now = toolNow(choice, situation);
  if (means.tool === undefined || now === undefined || now === means.tool) return { state: 'holds' };
  return { state: 'holds', why: `${now}, where it was ${means.tool}` };
}

function toolNow({ detour }: Choice, situation: Situation): string | undefined {
  if (detour === 'project-manager') return situation.managedProject?.tools[0]?.id;
  if (detour !== 'pipx') return undefined;
  return wayOf(situation).by === 'us' ? 'without-pipx' : 'pipx';
}
