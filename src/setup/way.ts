import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../system/quote.ts';

/** How a copy of the program came to be here; `clone` and `archive` are install.sh's two. */
export type Way = 'clone' | 'archive' | 'npm' | 'wheel' | 'deb';
const ways: readonly Way[] = ['clone', 'archive', 'npm', 'wheel', 'deb'];

/** Which way, and from where: the checkout's directory, or the address of the release (empty where it has none). */
export interface Origin {
  readonly way: Way;
  readonly from: string;
}

/** What `lib/way` says, which a release or install.sh wrote; undefined for what was merely built. */
export function originOf(program: string): Origin | undefined {
  try {
    const [first, from = ''] = readFileSync(join(program, 'lib/way'), 'utf8').split('\n');
    const way = ways.find((name) => name === first);
    return way === undefined ? undefined : { way, from };
  } catch {
    return undefined;
  }
}

/** Whether the program lies where a package manager put it, renews it and takes it away: nothing there is for us to change. */
export function isPackaged(origin: Origin | undefined): boolean {
  return origin !== undefined && origin.way !== 'clone' && origin.way !== 'archive';
}

/** The way in words. */
export function wayInWords({ way, from }: Origin): string {
  switch (way) {
    case 'clone':
      return `install.sh in the checkout ${from}`;
    case 'archive':
      return `install.sh of a release${from === '' ? '' : ` from ${from}`}`;
    case 'npm':
      return 'npm install --global';
    case 'wheel':
      return 'a wheel, by pipx, uv or pip';
    case 'deb':
      return 'a .deb, for all users';
  }
}

/** What to type for a newer version. `program`: the directory it lies in. */
export function upgradeLine({ way, from }: Origin, program: string): string {
  switch (way) {
    case 'clone':
      return existsSync(join(from, '.git'))
        ? `git -C ${quote(from)} pull && ${quote(join(from, 'install.sh'))}`
        : 'get the newer sources, and run the install.sh in them';
    case 'archive':
      return from === ''
        ? 'unpack the newer archive, and run the install.sh in it'
        : `curl -fsSL ${from}/get.sh | sh`;
    case 'npm':
      return 'npm install --global pip-detour@latest';
    case 'wheel':
      return `${toolOf(program, ['pipx upgrade', 'uv tool upgrade', 'pip install --upgrade'])} pip-detour`;
    case 'deb':
      return `sudo apt install ./${from === '' ? 'THE-NEWER' : 'pip-detour_VERSION_all'}.deb`;
  }
}

/** What to type for the program itself to go; install.sh's own goes with what `pip-detour uninstall` takes away. */
export function removalLine({ way }: Origin, program: string): string | undefined {
  switch (way) {
    case 'npm':
      return 'npm uninstall --global pip-detour';
    case 'wheel':
      return `${toolOf(program, ['pipx uninstall', 'uv tool uninstall', 'pip uninstall'])} pip-detour`;
    case 'deb':
      return 'sudo apt remove pip-detour';
    default:
      return undefined;
  }
}

/** Of one's own words for pipx, for uv and for any other pip, those for the one whose directory this is. */
function toolOf(program: string, [pipx, uv, pip]: readonly [string, string, string]): string {
  if (program.includes('/pipx/')) return pipx;
  return program.includes('/uv/') ? uv : pip;
}

/** Where npx, uvx and `pipx run` keep what they run: it is swept away without a word. */
export function isTemporary(program: string): boolean {
  return /\/(?:\.cache|_npx|Caches)\//.test(program);
}
