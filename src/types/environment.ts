/** Environments, and what can make and fill them: parts of a situation. */

/** What can be found on a machine: the parts of a situation. */

/** A virtual environment seen from outside: nothing in it was executed to learn this. */
export interface EnvironmentLook {
  readonly directory: string;
  /** The file that leads to it (PEP 832, a draft), where one stands in the usual place. */
  readonly by?: string;
  /**
   * `ready`: may be installed into. `missing`: nothing there. `misplaced`: whole, but its scripts or commands lead to
   * another place (`madeFor`): it was moved or copied, and is repaired in place on choice. `broken`: made anew on choice
   * (dangling python, half-made, two versions mixed), with what it held (`held`). `making`: another pip-detour is at it
   * right now (`maker`). `unusable`: not ours to touch (a file, another's, no environment at all, on a disk where nothing
   * may be run, one we left half-made that was changed since).
   */
  readonly state: 'ready' | 'missing' | 'misplaced' | 'broken' | 'making' | 'unusable';
  /** Why it is misplaced, broken or unusable, in the user's words. */
  readonly why?: string;
  /** The places (absolute paths) that a misplaced one names; the first is the one to be told. */
  readonly madeFor?: readonly string[];
  /** What a broken one holds, as far as somebody put it there: the packages every environment brings are left out. */
  readonly held?: readonly HeldPackage[];
  /** Names that lie beside a broken one and look like older ones put aside (`.venv.before-3.12`). */
  readonly beside?: readonly string[];
  /** It sees the system's packages; a broken one saw them. */
  readonly seesSystem?: true;
  /** This person cannot use it where it is, through no fault of its own: an environment elsewhere is offered. */
  readonly offersOutside?: true;
  /** `why` ends with what to type, in parentheses. */
  readonly saysWhatHelps?: true;
  /** It is something else, and this person's to move away: an environment can be made there then. */
  readonly inTheWay?: true;
  /** `major.minor` from its pyvenv.cfg. */
  readonly version?: string;
  /** Why it does not lie in the project: `the project cannot be written to`. */
  readonly outside?: string;
  /** The directory above that it is of, where this is a project of its own: shown. */
  readonly of?: string;
  /** It lies there as well, and is taken only where it is chosen itself. */
  readonly another?: true;
  /** Directory of a pip package of its own (`…/site-packages/pip`), when it has one. */
  readonly pip?: string;
  /** Process id of who is making it. */
  readonly maker?: number;
  /** It has none although we made it: none could be had then. */
  readonly owed?: true;
  /** That pip is older than 22.3, the first with a runner file. */
  readonly oldPip?: true;
  /** Why it is perhaps not this person's own, as a clause: `came with the repository: code in it will be run`. */
  readonly brought?: string;
  /** What is wanted and it does not see, as a clause: `app.py imports gi, which it does not see: …`. */
  readonly unseen?: string;
  /** Who asks for another Python than it has, as a clause: `but the project requires Python >=3.12`. */
  readonly misfit?: string;
}

/** A package that was installed, read from its metadata; `line` is how a requirements file asks for the very same. */
export type HeldPackage = { readonly name: string; readonly version: string } & (
  | { readonly line: string; readonly lost?: never }
  /** Why it cannot be installed again, as a clause: `its source /tmp/demo is gone`. */
  | { readonly lost: string; readonly line?: never }
);

/** What an option of pip is set to: a flag, a count, a value, or several. */
export type PipSetting = boolean | number | string | readonly string[];

/** uv with what pip is set to, by canonical option name (`--index-url`); or why it cannot install, as a clause. */
export type Uv =
  | { readonly executable: string; readonly settings: Readonly<Record<string, PipSetting>> }
  | { readonly missing: string };

/** What can make an environment: the Python's own `venv`, a program on PATH, or nothing yet. */
export type EnvironmentMaker =
  | { readonly kind: 'venv' }
  | { readonly kind: 'virtualenv' | 'uv'; readonly executable: string }
  | { readonly kind: 'none'; readonly bringer?: VenvBringer };

/** A package that every new environment is given; where it lies on this machine (a wheel, or its directory), if it does. */
export interface Seed {
  readonly name: 'pip' | 'setuptools';
  readonly source?: string;
  /** The packages' directory where this Python may have it compiled already. */
  readonly compiledIn?: string;
}

/** The distribution's package that brings a Python's `venv` module (back). */
export interface VenvBringer {
  readonly package: string;
  /** The command that installs it, as it is typed and as it is run. */
  readonly words: readonly string[];
  /** Somebody else has to run it: this is not root, and there is no sudo. */
  readonly asRoot: boolean;
}

/** A module of the system that is wanted, and by whom, as a clause: `app.py imports gi`. */
export interface SystemModule {
  readonly module: string;
  readonly wantedBy: string;
}
