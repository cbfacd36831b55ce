/** What to type to get pipx, by who manages the Python (facts of each one's package index: most call it `pipx`). */
const ways: readonly (readonly [RegExp, string, 'root'?])[] = [
  [/debian|ubuntu|kali|mint|pop!?_os|raspberry/i, 'apt install pipx', 'root'],
  [/fedora|red hat|centos|rocky|alma/i, 'dnf install pipx', 'root'],
  [/arch|manjaro|endeavour/i, 'pacman -S python-pipx', 'root'],
  [/suse/i, 'zypper install python3-pipx', 'root'],
  [/alpine/i, 'apk add pipx', 'root'],
  [/void/i, 'xbps-install -S python3-pipx', 'root'],
  [/gentoo/i, 'emerge dev-python/pipx', 'root'],
  [/homebrew/i, 'brew install pipx'],
  [/nix/i, 'nix-env -iA nixpkgs.pipx'],
  [/^uv$/i, 'uv tool install pipx'],
  [/conda/i, 'conda install -c conda-forge pipx'],
];

/** Why there is no pipx to be used, with what to type to get it. `manager` and `uid` as in the situation. */
export function pipxMissing(manager: string, uid: number): string {
  const way = ways.find(([pattern]) => pattern.test(manager));
  if (way === undefined) return 'pipx is not installed (see pipx.pypa.io)';
  const [, command, root] = way;
  return `pipx is not installed: ${root === 'root' && uid !== 0 ? 'sudo ' : ''}${command}`;
}
