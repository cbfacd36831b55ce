import type { Situation } from '../../types.ts';

/** What may follow when pip changes this Python, in the person's words. */
export interface Consequences {
  /** A clause: `can break apt and what it installed`. */
  readonly short: string;
  /** Whole sentences, for the confirmation. */
  readonly long: string;
}

/** The package manager of each distribution, by the name platform.ts gives it. */
const tools: Readonly<Record<string, string>> = {
  Debian: 'apt',
  Ubuntu: 'apt',
  'Raspberry Pi OS': 'apt',
  Kali: 'apt',
  'Linux Mint': 'apt',
  'Pop!_OS': 'apt',
  openSUSE: 'zypper',
  Fedora: 'dnf',
  'Arch Linux': 'pacman',
  Manjaro: 'pacman',
  EndeavourOS: 'pacman',
  MSYS2: 'pacman',
  Alpine: 'apk',
  'Void Linux': 'xbps',
  Gentoo: 'Portage',
};

/** Where pip's own directory lies apart from the package manager's: Debian's and Fedora's patches see to that. */
const apart = ['apt', 'zypper', 'dnf'];

/** PEP 668 and the packaging of each distribution: pip writes to /usr/local on some, among the packaged files on others. */
export function consequences(situation: Situation): Consequences {
  const { manager, interpreter, uid, command } = situation;
  const version = interpreter?.version ?? '3';
  const tool = tools[manager];
  if (manager === 'Homebrew')
    return {
      short: 'can break what brew installed',
      long: "It goes into Homebrew's own packages, which all its formulae on this Python share: one of them may then get a version it cannot run with. brew knows nothing of it, and an update of Python leaves it behind.",
    };
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
  if (tool === undefined)
    return {
      short: 'can break programs of the system',
      long: `It goes where the programs of ${manager} find it: one of them may then get a version it cannot run with.`,
    };
  if (apart.includes(tool)) {
    const place =
      tool === 'apt'
        ? `/usr/local/lib/python${version}/dist-packages`
        : `/usr/local/lib/python${version}/site-packages`;
    return {
      short: `can break what ${tool} installed`,
      long: `It goes to ${place}, for everybody. Programs of ${manager} find it there before the packages that ${tool} gave them, and may get a version they cannot run with. Files of ${tool} are not overwritten.`,
    };
  }
  return {
    short: `among the files of ${tool}; can break it`,
    long: `It goes to ${interpreter?.stdlib ?? `/usr/lib/python${version}`}/site-packages, among the files of ${tool} itself: it can overwrite or remove them, and the next update may stop over files it does not know.${tool === 'Portage' ? ' Portage runs on this Python.' : ''}`,
  };
}
