import type { Pipx, PipxPackage, Situation, WithoutPipx } from '../../types.ts';
import { pipxMissing } from './missing.ts';

/** Who takes an application in: the pipx that is here, one got first, or we ourselves; or nobody, and why. */
export type Way =
  | { readonly by: 'pipx'; readonly pipx: Pipx }
  | { readonly by: 'package'; readonly package: PipxPackage; readonly pipx: Pipx }
  | { readonly by: 'us'; readonly place: WithoutPipx }
  | { readonly by: 'nobody'; readonly why: string };

/** The way for this command line. What was installed without pipx stays so, whatever has come since. */
export function wayOf(situation: Situation): Way {
  const { command, pipx, withoutPipx: place } = situation;
  const ours = ({ name }: { readonly name?: string }) =>
    name !== undefined && place?.installed.includes(name) === true;
  if (place !== undefined && command.requirements.length > 0 && command.requirements.every(ours))
    return { by: 'us', place };
  if (pipx !== undefined) return { by: 'pipx', pipx };
  const why = pipxMissing(situation);
  if (place === undefined || command.subcommand === 'uninstall') return { by: 'nobody', why };
  if (place.package !== undefined) return { by: 'package', package: place.package, pipx: place.package.pipx };
  return canKeep(situation, place) ? { by: 'us', place } : { by: 'nobody', why };
}

/** Where the application and its commands end up; undefined when nobody can take it. */
export function keeperOf(situation: Situation): Pipx | WithoutPipx | undefined {
  const way = wayOf(situation);
  return way.by === 'nobody' ? undefined : way.by === 'us' ? way.place : way.pipx;
}

/** An environment of ours is called by the name, so there must be one; and something has to make it. */
function canKeep({ command, maker, interpreter, pipPackage }: Situation, place: WithoutPipx): boolean {
  if (maker.kind === 'none' || interpreter === undefined || pipPackage === undefined) return false;
  if (place.environments.includes(':')) return false;
  return command.requirements.every(({ kind, name, editable }) => {
    if (kind === 'path' || kind === 'file' || editable === true) return false;
    if (name === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return false;
    return place.looks[name] !== undefined && place.looks[name].state !== 'unusable';
  });
}
