/** What pip was asked, by which Python it would run, and whether it will refuse. */

/** One thing pip was asked to install: `kind` says how pip reads it, `text` is what was typed. */
export interface Requirement {
  readonly kind: 'name' | 'url' | 'path' | 'file';
  readonly text: string;
  /** The project's name normalised by PEP 503; present whenever the text itself names the project. */
  readonly name?: string;
  /** The extras asked for, as typed, e.g. `['socks']` of `requests[socks]`. */
  readonly extras?: readonly string[];
  /** The version specifier as typed, e.g. `==2.31`; absent when there is none. */
  readonly specifier?: string;
  /** The environment marker as typed, without its `;`. */
  readonly marker?: string;
  /** True for `-e`. `kind: 'file'` is a `-r` requirements file. */
  readonly editable?: boolean;
}

/** One option as pip would read it: canonical long name (`--requirement`), its value, and where it stood. */
export interface PipOption {
  readonly name: string;
  readonly value?: string;
  /** Index in argv of the token the option came from, and how many tokens it took (1, or 2 with a detached value). */
  readonly at: number;
  readonly tokens: number;
  /** Index in argv of a detached value: `at + 1` but for the rare line whose value equals the subcommand's name. */
  readonly valueAt?: number;
  /** For a short option: which characters of the token it took, from and to, e.g. `[2, 3]` for the `q` of `-Uq`. */
  readonly letters?: readonly [number, number];
  /** Whether the main parser (before the subcommand) or the subcommand's read it. */
  readonly scope: 'global' | 'command';
}

/** pip's command line as pip itself would read it. `argv` excludes the program's own name. */
export interface PipCommand {
  readonly argv: readonly string[];
  readonly subcommand?: string;
  /** Index of the subcommand in argv. */
  readonly subcommandAt?: number;
  readonly requirements: readonly Requirement[];
  readonly options: readonly PipOption[];
  /** What was not understood, in words; a detour that would have to translate the line then declines. */
  readonly unparsed: readonly string[];
  /** The positional arguments after the subcommand, as pip's parser leaves them over. */
  readonly positionals: readonly string[];
  /**
   * Present when pip ends over this line before the subcommand runs, whatever else is true: `usage` (a mistake, exit
   * code 2), `error` (exit code 1, e.g. an unknown command), `help` and `version` (exit code 0).
   */
  readonly ends?: { readonly kind: 'usage' | 'error' | 'help' | 'version'; readonly because: string };
  /** Why this reading may be wrong for the pip in question (a pip younger than the table, a value we cannot judge). */
  readonly doubt?: string;
  /** Which interpreter the main parser was told to use (`pip --python X install`): pip restarts itself there. */
  readonly python?: string;
}

/** The Python that would run a given pip, found without starting it. */
export interface Interpreter {
  /** Absolute path as the shebang names it, links not resolved (a virtual environment is told by its unresolved path). */
  readonly executable: string;
  /** `sys.base_prefix` of it: the installation its standard library belongs to. */
  readonly prefix: string;
  /** Directory of the standard library, where PEP 668 looks for the marker. */
  readonly stdlib: string;
  /** `major.minor`, e.g. `3.11`. */
  readonly version: string;
  /** The EXTERNALLY-MANAGED file, when it is there as a regular file (links followed). */
  readonly marker?: string;
  /** The virtual environment this executable belongs to, if any (its directory). */
  readonly environment?: string;
}

/** Our prediction, made without starting Python: what pip will do with a command line as far as PEP 668 goes. */
export interface Verdict {
  readonly kind: 'refuses' | 'proceeds' | 'unknown';
  /** One clause in words, e.g. `--target names another place` or `/usr/lib/python3.11/EXTERNALLY-MANAGED is there`. */
  readonly because: string;
  readonly interpreter?: Interpreter;
  /** The setting of a file or a variable (`break-system-packages`) but for which pip would refuse. */
  readonly setting?: string;
  /** pip would refuse but for what stands in a file that gives its text only once (pip/read-once.ts). */
  readonly once?: true;
}

/** Who sends what pip installs out of an environment. */
export interface Sender {
  /** pip's setting. */
  readonly name: 'user' | 'target' | 'prefix' | 'root';
  /** The file's path, or the variable's name. */
  readonly by: string;
  /** It comes after an environment's own pip.conf, which therefore cannot undo it. */
  readonly lasting: boolean;
}

/** How a process ended: its exit code, or the signal that killed it. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals };
