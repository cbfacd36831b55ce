import { shownLine } from '../../system/quote.ts';
import type { Detour, Plan, RunStep, Situation, SystemPackages } from '../../types.ts';
import { upgradesPip } from '../shared/own-pip.ts';
import { wantsPipx } from '../shared/pipx-itself.ts';
import { isHardware } from '../shared/system-site.ts';
import { droppedOptions } from './options.ts';
import { inFull, packagedIn, unsureAmong } from './packaged.ts';
import { withPackages } from './packages.ts';
import { stale, whyNot } from './why-not.ts';

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
  announced(situation) {
    const { systemPackages, manager } = situation;
    return systemPackages?.state === 'no-index'
      ? `fetching ${manager}'s list of packages`
      : `using ${packagedIn(situation).map(inFull).join(', ')}`;
  },
  unavailable: whyNot,
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
