import type { Situation } from '../../types.ts';
import { packageManagerOf } from '../shared/package-manager.ts';
import type { Consequences } from '../system-package/managers/manager.ts';

/** PEP 668 and the packaging of each distribution: pip writes to /usr/local on some, among the packaged files on others. */
export function consequences(situation: Situation): Consequences {
  const { manager, interpreter, uid, command } = situation;
  const version = interpreter?.version ?? '3';
  const keeper = packageManagerOf(situation);
  const tool = keeper?.name;
  if (typeof keeper?.breaks === 'object') return keeper.breaks;
  if (manager === 'uv')
    return {
      short: 'uv replaces this Python when it updates it',
      long: 'It goes into a Python that uv keeps: everything that runs on it sees the package, and uv replaces the whole directory when it updates that Python.',
    };
  if (command.subcommand === 'uninstall')
    return {
      short: tool === undefined ? 'can break programs of the system' : `can break what ${tool} installed`,
      long: `It takes files away that ${tool ?? manager} and programs on this Python may count on, and ${tool ?? manager} is not told.`,
    };
  if (uid !== 0)
    return {
      short: 'for you alone; can break programs you start',
      long: `It goes to ~/.local/lib/python${version}/site-packages, for you alone. Every program that you start on this Python, those of ${manager} too, finds it before its own packages and may get a version it cannot run with.`,
    };
  if (keeper === undefined)
    return {
      short: 'can break programs of the system',
      long: `It goes where the programs of ${manager} find it: one of them may then get a version it cannot run with.`,
    };
  if (keeper.apart !== undefined) {
    const place = `/usr/local/lib/python${version}/${keeper.apart}`;
    return {
      short: `can break what ${tool} installed`,
      long: `It goes to ${place}, for everybody. Programs of ${manager} find it there before the packages that ${tool} gave them, and may get a version they cannot run with. Files of ${tool} are not overwritten.`,
    };
  }
  return {
    short: `among the files of ${tool}; can break it`,
    long: `It goes to ${interpreter?.stdlib ?? `/usr/lib/python${version}`}/site-packages, among the files of ${tool} itself: it can overwrite or remove them, and the next update may stop over files it does not know.${keeper.breaks === undefined ? '' : ` ${keeper.breaks}`}`,
  };
}
