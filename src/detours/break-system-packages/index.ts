import { pipArguments } from '../../pip/start.ts';
import type { Detour, Situation } from '../../types.ts';
import { notUnderstood } from '../shared/not-understood.ts';
import { packageManagerOf } from '../shared/package-manager.ts';
import { consequences } from './consequences.ts';

/** The option, and the variable for a pip that may not know the option. */
const flag = '--break-system-packages';
const variable = 'PIP_BREAK_SYSTEM_PACKAGES';

/** The override that pip itself names: it does what it says. */
export const breakSystemPackages: Detour = {
  id: 'break-system-packages',
  title: ({ manager, command }) =>
    `${command.subcommand === 'uninstall' ? 'Uninstall from' : 'Install into'} ${manager}'s Python`,
  detail(situation) {
    return `${byVariable(situation) ? `${variable}=1` : flag} · ${consequences(situation).short}`;
  },
  unavailable(situation) {
    const { command, pipVersion, interpreter } = situation;
    const unclear = notUnderstood(command);
    if (unclear !== undefined) return unclear;
    const sealed = packageManagerOf(situation)?.sealed;
    if (sealed !== undefined) return sealed;
    // Measured: upstream's 23.0 has neither option nor variable; Debian's has both (23.0+dfsg-2).
    if (pipVersion === '23.0' && interpreter?.stdlib !== '/usr/lib/python3.11')
      return 'pip 23.0 has no option to override its refusal; pip 23.0.1 has one';
    return undefined;
  },
  recommended({ where, uid, environment, active }) {
    if (!where.throwAway || uid !== 0) return undefined;
    if (['ready', 'misplaced'].includes(environment.state) || active?.state === 'ready') return undefined;
    return 'a throw-away container, whose Python nobody else uses';
  },
  confirm(situation) {
    if (situation.where.throwAway && situation.uid === 0) return undefined;
    return { word: 'break', warning: consequences(situation).long };
  },
  rememberOnlyIfAsked: true,
  override: true,
  rehearse: (situation) => breakSystemPackages.plan(situation),
  target: ({ interpreter }) =>
    interpreter === undefined
      ? {}
      : { python: { executable: interpreter.executable, version: interpreter.version } },
  plan(situation) {
    const { command, realPip, name } = situation;
    const args = [...command.argv];
    if (byVariable(situation))
      return {
        steps: [
          {
            kind: 'run',
            command: realPip,
            args: pipArguments(realPip, args, name),
            env: { [variable]: '1' },
            hears: 'pip',
          },
        ],
      };
    args.splice((command.subcommandAt ?? 0) + 1, 0, flag);
    return {
      steps: [{ kind: 'run', command: realPip, args: pipArguments(realPip, args, name), hears: 'pip' }],
    };
  },
};

/** A pip whose version we do not know, or Debian's 23.0, may reject the option; --isolated in turn hides the variable. */
function byVariable({ pipVersion, command }: Situation): boolean {
  const isolated = command.options.some((option) => option.name === '--isolated');
  return !isolated && (pipVersion === undefined || pipVersion === '23.0');
}
