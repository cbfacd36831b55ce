import { basename, join } from 'node:path';
import { listing } from '../system/listing.ts';
import { quote, quoteFish } from '../system/quote.ts';

/** The shells whose rc files we know. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell that has a hook. */
export type Shell = (typeof shells)[number];

/** The shell named by `SHELL`, or undefined for one whose rc file we do not know. */
export function shellNamed(path: string | undefined): Shell | undefined {
  const name = basename(path ?? '').replace(/^-/, '');
  return shells.find((shell) => shell === name);
}

/** What decides which rc files a shell reads. */
export interface Homes {
  readonly home: string;
  /** `XDG_CONFIG_HOME` or its default. */
  readonly config: string;
  /** zsh's own answer, or the variable; undefined when not set. */
  readonly zdotdir: string | undefined;
  readonly macos: boolean;
  /** The file's text, or undefined when it is not there. */
  readonly textOf: (path: string) => string | undefined;
}

/** bash reads the first of these that is there when it is a login shell (bash(1), INVOCATION). */
const bashLogin = ['.bash_profile', '.bash_login', '.profile'];

/**
 * The rc files to add our line to: one, except for a bash whose login file does not lead to `~/.bashrc`, where terminals
 * that open login shells (macOS, tmux, ssh, `su -`) would otherwise miss it.
 */
export function rcFiles(shell: Shell, homes: Homes): readonly string[] {
  if (shell === 'zsh') return [join(homes.zdotdir ?? homes.home, '.zshrc')];
  if (shell === 'fish') return [join(homes.config, 'fish/config.fish')];
  const interactive = join(homes.home, '.bashrc');
  const login = bashLogin
    .map((name) => join(homes.home, name))
    .find((path) => homes.textOf(path) !== undefined);
  // Terminals of macOS open login shells, and what is installed there writes to this one.
  if (login === undefined && homes.macos) return [join(homes.home, '.bash_profile')];
  // The last one that bash looks for hides none that is made later.
  if (login === undefined) return [interactive, join(homes.home, '.profile')];
  return homes.textOf(login)?.includes('bashrc') === true ? [interactive] : [interactive, login];
}

/** Every file a line of ours may be in, whatever shell it was added for and wherever the person has moved it since. */
export function allRcFiles(homes: Homes): readonly string[] {
  const bash = ['.bashrc', ...bashLogin, '.bash_aliases'].map((name) => join(homes.home, name));
  const zsh = [homes.zdotdir ?? homes.home, homes.home].flatMap((directory) =>
    ['.zshrc', '.zshenv', '.zprofile', '.zlogin'].map((name) => join(directory, name)),
  );
  const fish = join(homes.config, 'fish');
  const parts = listing(join(fish, 'conf.d')).filter((name) => name.endsWith('.fish'));
  return [
    ...new Set([
      ...bash,
      ...zsh,
      join(fish, 'config.fish'),
      ...parts.map((name) => join(fish, 'conf.d', name)),
    ]),
  ];
}

/**
 * The command for the rc file; for a shell without a hook of ours, PATH alone. Guarded: with the program gone, the shell
 * starts as if the line were not there.
 */
export function rcCommand(shell: Shell | undefined, directory: string): string {
  if (shell === 'fish') {
    const file = quoteFish(join(directory, 'hook.fish'));
    return `if test -r ${file}; source ${file}; end`;
  }
  const file = quote(join(directory, shell === undefined ? 'env.sh' : `hook.${shell}`));
  return `if [ -r ${file} ]; then . ${file}; fi`;
}

/** A file that a shell reads, and the command for it there. */
export interface RcFile {
  readonly path: string;
  readonly command: string;
}

/** The command for /etc/profile.d, which every sh reads: a plain one does not know which file it is reading. */
export function profileCommand(directory: string): string {
  const file = quote(join(directory, 'env.sh'));
  return `if [ -r ${file} ]; then _pip_detour_at=${quote(directory)}; . ${file}; fi`;
}

/** What to type for a running shell to notice: read the file again (which empties the shell's table of commands too). */
export function readAgain(shell: Shell, file: string, shown: string): string {
  if (shell === 'fish') return `source ${shown === file ? quoteFish(file) : shown}`;
  return `. ${shown === file ? quote(file) : shown}`;
}
