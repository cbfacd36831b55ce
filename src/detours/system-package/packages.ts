import type { Environment } from '../../system/variables.ts';
import type { Situation, SystemPackages, Unmet } from '../../types.ts';
import { managerById } from './managers/index.ts';

/** The situation while the package manager is being asked. */
export function looking(situation: Situation): Situation {
  const { systemPackages } = situation;
  if (systemPackages === undefined || !isAsked(situation)) return situation;
  return having(situation, { ...systemPackages, state: 'looking' });
}

/** The situation with the package manager's answer; its names and formats are loaded only here. Never rejects. */
export async function withPackages(
  situation: Situation,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Situation> {
  const { systemPackages } = situation;
  if (systemPackages === undefined || !isAsked(situation)) return situation;
  try {
    const { lookUp } = await import('./look-up.ts');
    const found = await lookUp(situation, environment, signal);
    return found === undefined ? situation : having(situation, found);
  } catch {
    return having(situation, { ...systemPackages, state: 'silent', why: 'a part of pip-detour is missing' });
  }
}

/** The situation with the distribution's package of another Python that fits, where it has one. Never rejects. */
export async function withPythonPackage(
  unmet: Unmet,
  situation: Situation,
  environment: Environment,
): Promise<Unmet> {
  const manager = managerById(situation.systemPackages?.manager ?? '');
  if (manager?.pythons === undefined) return unmet;
  try {
    const { pythonPackages } = await import('./look-up.ts');
    const found = await pythonPackages(unmet.requires, situation, environment);
    const sudo = manager.needsRoot && situation.uid !== 0 ? 'sudo ' : '';
    return found === undefined ? unmet : { ...unmet, gets: `${sudo}${manager.typed} ${found.name}` };
  } catch {
    return unmet;
  }
}

function having(situation: Situation, systemPackages: SystemPackages): Situation {
  return Object.freeze({ ...situation, systemPackages });
}

/** Nothing is asked where no answer could help: no name, or a file of them. */
function isAsked({ command }: Situation): boolean {
  const { requirements, unparsed } = command;
  return (
    unparsed.length === 0 && requirements.length > 0 && requirements.every(({ kind }) => kind === 'name')
  );
}
