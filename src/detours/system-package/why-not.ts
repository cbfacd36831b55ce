import { printable } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { Situation, SystemPackages } from '../../types.ts';
import { answerFor } from '../shared/index-answers.ts';
import { declined } from './options.ts';
import { inFull, type Packaged, packagedIn } from './packaged.ts';

/** A list of packages older than this is old: it is fetched anew before something is installed by it. In days. */
export const stale = 30;

/** Why the manager's packages cannot be taken; undefined where they can. */
export function whyNot(situation: Situation): string | undefined {
  const { systemPackages, manager, command } = situation;
  if (systemPackages === undefined) return `there are no packages of ${manager} for this Python`;
  const reason = declined(command, manager);
  if (reason !== undefined) return reason;
  switch (systemPackages.state) {
    case 'unasked':
      return `${systemPackages.manager} is asked when a package is named`;
    case 'looking':
      return 'looking …';
    case 'silent':
      return `${systemPackages.manager} could not be asked: ${systemPackages.why ?? 'it said nothing'}`;
    case 'no-index':
      return command.subcommand === 'uninstall'
        ? 'nothing of it is installed'
        : (noWay(situation) ?? noRefresh(situation));
    case 'answered':
      return missing(situation) ?? superfluous(situation) ?? nowhere(systemPackages) ?? noWay(situation);
  }
}

/** Only what is complete is offered; what is missing is told apart: not packaged, too old, another version. */
function missing(situation: Situation): string | undefined {
  const { manager, systemPackages, command } = situation;
  const isKnown = (name: string) => answerFor(situation, name) !== undefined;
  if (systemPackages === undefined) return undefined;
  const { answers, age } = systemPackages;
  const clauses: string[] = [];
  const offered = packagedIn(situation);
  const namesakes = answers.filter((one) => one.kind === 'packaged' && !offered.includes(one));
  const unknown = answers
    .filter((one) => one.kind === 'not-packaged' || (namesakes.includes(one) && !isKnown(one.name)))
    .map(({ name }) => name);
  if (unknown.length > 0) {
    const when = age !== undefined && age > stale ? `, according to a list that is ${age} days old` : '';
    clauses.push(`${manager} has no package for ${inWords(unknown)}${when}`);
  }
  for (const one of namesakes)
    if (one.kind === 'packaged' && isKnown(one.name))
      clauses.push(`${one.package} is another project than the index's ${one.name}`);
  for (const one of answers) {
    if (one.kind !== 'too-old' && one.kind !== 'other-version') continue;
    const version = one.version ?? 'of an unknown version';
    clauses.push(
      one.kind === 'too-old'
        ? `${one.package} is ${version}, too old for ${one.wanted}`
        : `${one.package} is ${version}, not ${one.wanted}`,
    );
  }
  if (clauses.length === 0) return command.subcommand === 'uninstall' ? notInstalled(offered) : undefined;
  const there = offered.map(inFull);
  return `${printable(clauses.join('; '))}${there.length === 0 ? '' : ` (there is ${inWords(there)})`}`;
}

function notInstalled(packages: readonly Packaged[]): string | undefined {
  const absent = packages.filter(({ installed }) => installed === undefined).map(({ package: name }) => name);
  return absent.length === 0
    ? undefined
    : `${inWords(absent)} ${absent.length === 1 ? 'is' : 'are'} not installed`;
}

/** pip would say "Requirement already satisfied" of what is there, unless it was to upgrade. */
function superfluous(situation: Situation): string | undefined {
  const { systemPackages, command } = situation;
  if (systemPackages === undefined || command.subcommand === 'uninstall') return undefined;
  const packages = packagedIn(situation);
  const upgrades = command.options.some(({ name }) => name === '--upgrade' || name === '--force-reinstall');
  const done = ({ installed, version }: Packaged) =>
    installed !== undefined && (!upgrades || version === undefined || installed === version);
  if (packages.length === 0 || !packages.every(done)) return undefined;
  const are = packages.length === 1 ? 'is' : 'are';
  return `${inWords(packages.map(inFull))} ${are} installed already${upgrades ? ', and the newest there is' : ''}`;
}

function nowhere({ does, instead, manager }: SystemPackages): string | undefined {
  if (does !== undefined) return undefined;
  return instead === undefined
    ? `${manager} cannot be found on PATH`
    : `nothing can be added to this Python: ${instead}`;
}

function noRefresh({ systemPackages }: Situation): string | undefined {
  if (systemPackages?.refreshes !== undefined) return undefined;
  const { manager = 'it', instead } = systemPackages ?? {};
  return `${manager} has no list of packages yet${instead === undefined ? '' : `: ${instead} fetches one`}`;
}

/** Root's work needs sudo, and sudo a terminal to ask for a password at; removing asks a question of its own. */
function noWay({ systemPackages, command, uid }: Situation): string | undefined {
  if (systemPackages === undefined) return undefined;
  const { root, attended, manager } = systemPackages;
  if (root === undefined) return `only root can use ${manager}, and there is no sudo`;
  if (attended) return undefined;
  if (command.subcommand === 'uninstall')
    return `${manager} asks before it removes, and this is not a terminal`;
  return uid !== 0 && root.length > 0
    ? 'sudo would ask for a password, and this is not a terminal'
    : undefined;
}
