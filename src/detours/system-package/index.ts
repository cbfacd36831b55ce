import { printable, shownLine } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { Detour, PackageAnswer, Plan, RunStep, Situation, SystemPackages } from '../../types.ts';
import { answerFor } from '../shared/index-answers.ts';
import { upgradesPip } from '../shared/own-pip.ts';
import { wantsPipx } from '../shared/pipx-itself.ts';
import { isHardware } from '../shared/system-site.ts';
import { declined, droppedOptions } from './options.ts';
import { withPackages } from './packages.ts';
import { sameness } from './same-project.ts';

type Packaged = Extract<PackageAnswer, { kind: 'packaged' }>;

/** An index older than this is fetched anew before something is installed by it, in days. */
const stale = 30;

/** The packages of whoever manages this Python, by their own manager. */
export const systemPackage: Detour = {
  id: 'system-package',
  title({ manager, command, systemPackages }) {
    if (systemPackages?.state === 'no-index') return `Look for ${manager}'s packages`;
    const one = command.requirements.length === 1;
    return `${command.subcommand === 'uninstall' ? 'Remove' : 'Install'} ${manager}'s package${one ? '' : 's'}`;
  },
  detail(situation) {
    const { systemPackages, uid } = situation;
    if (systemPackages === undefined) return '';
    const { state, manager } = systemPackages;
    const sudo = uid === 0 || systemPackages.root?.length === 0 ? '' : ' · sudo';
    if (state === 'no-index') return `${manager} has no list of packages yet: fetch it${sudo}`;
    const doubt = unsureAmong(situation).length === 0 ? '' : ' · perhaps another project of that name';
    return `${packagedIn(situation).map(inFull).join(', ')}${sudo}${doubt}`;
  },
  unavailable(situation) {
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
  },
  onlyAsked(situation) {
    const [unsure] = unsureAmong(situation);
    return unsure === undefined
      ? undefined
      : `nothing but its name says that ${unsure.package} is the ${unsure.name} that pip would install`;
  },
  recommended(situation) {
    const { command, manager } = situation;
    if (unsureAmong(situation).length > 0) return undefined;
    if (command.subcommand === 'uninstall')
      return `${manager} installed ${command.requirements.length === 1 ? 'it' : 'them'}`;
    if (upgradesPip(command)) return `this pip is ${manager}'s`;
    if (wantsPipx(command)) return 'pipx is one for all of your projects';
    const onPi = situation.where.kinds.includes('raspberry-pi') && command.requirements.length > 0;
    return onPi && command.requirements.every(({ name = '' }) => isHardware(name))
      ? "it reaches the Pi's hardware"
      : undefined;
  },
  plan(situation) {
    const { systemPackages, command, manager, interpreter } = situation;
    if (systemPackages === undefined) throw new Error(`there are no packages of ${manager} for this Python`);
    const { state, refreshes, age = 0, does } = systemPackages;
    const refresh = run(systemPackages, refreshes, `Fetching ${manager}'s list of packages`);
    if (state === 'no-index') return { steps: refresh };
    const removes = command.subcommand === 'uninstall';
    const work = run(
      systemPackages,
      does,
      `${removes ? 'Removing' : 'Installing'} with ${systemPackages.manager}`,
    );
    const again = `pip-detour: ${systemPackages.manager} did not ${removes ? 'remove' : 'install'} it. For another way: PIP_DETOUR=ask ${situation.name} ${shownLine(command.argv)}`;
    const old = !removes && age > stale ? refresh.map((step): RunStep => ({ ...step, optional: true })) : [];
    const dropped = droppedOptions(command);
    return {
      steps: [...old, ...work.map((step) => ({ ...step, onFailure: again }))],
      ...(dropped.length === 0 ? {} : { dropped }),
      ...(removes ? {} : { afterwards: [where(situation, interpreter?.executable)] }),
    } satisfies Plan;
  },
  hidden: ({ systemPackages }) => systemPackages === undefined,
  target: ({ systemPackages, manager }) => ({ tool: systemPackages?.manager ?? manager }),
  needs: ['packages'],
  brings: 'built',
  /** With a list of packages there, the manager can be asked. */
  async after({ situation, succeeded }, environment) {
    if (!succeeded || situation.systemPackages?.state !== 'no-index') return {};
    const asked = await withPackages(situation, environment);
    return {
      again: {
        situation: asked,
        notice: `The list of packages of ${situation.manager} is here now.`,
        ...(asked.systemPackages?.state === 'no-index'
          ? { stuck: `there is still no list of packages of ${situation.manager}` }
          : {}),
      },
    };
  },
};

function run(
  { root = [], variables }: SystemPackages,
  words: readonly string[] | undefined,
  title: string,
): RunStep[] {
  const [command, ...args] = [...root, ...(words ?? [])];
  if (command === undefined || words === undefined) return [];
  // From /: nothing of the directory somebody stands in is theirs to see.
  return [
    { kind: 'run', command, args, cwd: '/', title, ...(variables === undefined ? {} : { env: variables }) },
  ];
}

function where({ manager }: Situation, executable: string | undefined): string {
  const python = executable === undefined ? '' : ` (${executable})`;
  return `It is in ${manager}'s own Python${python}: there is nothing to activate.`;
}

/** What the manager has, as far as it may be what pip was asked for. */
function packagedIn(situation: Situation): Packaged[] {
  return (situation.systemPackages?.answers ?? []).filter(
    (one): one is Packaged => one.kind === 'packaged' && sureness(one, situation) !== 'another',
  );
}

/** Whether a package is what pip was asked for; what is removed is what is there, whosever it is. */
function sureness(packaged: Packaged, situation: Situation): 'sure' | 'unsure' | 'another' {
  if (situation.command.subcommand === 'uninstall' || isHardware(packaged.name)) return 'sure';
  const found = sameness(packaged, answerFor(situation, packaged.name));
  if (found === 'same') return 'sure';
  if (packaged.doubt === 'another') return 'another';
  if (found === 'another') return packaged.doubt === undefined ? 'unsure' : 'another';
  return packaged.doubt === undefined ? 'sure' : 'unsure';
}

function unsureAmong(situation: Situation): Packaged[] {
  return packagedIn(situation).filter((one) => sureness(one, situation) === 'unsure');
}

function inFull({ package: name, version, installed }: Packaged): string {
  const said = version ?? installed;
  return said === undefined ? name : `${name} ${said}`;
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
