import type { PackageAnswer, Situation } from '../../types.ts';
import { answerFor } from '../shared/index-answers.ts';
import { isHardware } from '../shared/system-site.ts';
import { sameness } from './same-project.ts';

/** What a manager answered of a project that it has a package of. */
export type Packaged = Extract<PackageAnswer, { kind: 'packaged' }>;

/** The packages the manager has that may be what pip was asked for. */
export function packagedIn(situation: Situation): Packaged[] {
  return (situation.systemPackages?.answers ?? []).filter(
    (one): one is Packaged => one.kind === 'packaged' && sureness(one, situation) !== 'another',
  );
}

/** Whether a package is what pip was asked for. Where packages are removed, the one that is installed is. */
function sureness(packaged: Packaged, situation: Situation): 'sure' | 'unsure' | 'another' {
  if (situation.command.subcommand === 'uninstall' || isHardware(packaged.name)) return 'sure';
  const found = sameness(packaged, answerFor(situation, packaged.name));
  if (found === 'same') return 'sure';
  if (packaged.doubt === 'another') return 'another';
  if (found === 'another') return packaged.doubt === undefined ? 'unsure' : 'another';
  return packaged.doubt === undefined ? 'sure' : 'unsure';
}

/** Those packages of which only the name suggests that they are what pip was asked for. */
export function unsureAmong(situation: Situation): Packaged[] {
  return packagedIn(situation).filter((one) => sureness(one, situation) === 'unsure');
}

/** A package as it is shown, with the version that is meant. */
export function inFull({ package: name, version, installed }: Packaged): string {
  const said = version ?? installed;
  return said === undefined ? name : `${name} ${said}`;
}
