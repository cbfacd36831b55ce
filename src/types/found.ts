import type { DetourId } from '../detours/ids.ts';

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

/** The project somebody stands in. `because` names what told us: `pyproject.toml`, `.venv`, `git repository`. */
export interface Project {
  readonly root: string;
  readonly because: string;
  /** A Python project, as opposed to a mere repository. */
  readonly python: boolean;
}

/** A directory with something that makes it a project of its own, apart from those around it. */
export interface OwnProject {
  readonly directory: string;
  /** What it has of its own: `.venv`, `poetry.lock`, `git repository`. */
  readonly because: string;
}

/** A choice that is remembered for a directory above and is not used here, because a project of its own lies between. */
export interface ChoiceAbove {
  /** The directory it is remembered for, a real path. */
  readonly directory: string;
  readonly detour: DetourId;
  /** The environment it means, where the record says so. */
  readonly environment?: string;
  readonly own: OwnProject;
}

/** A directory something may be made in. */
export interface Place {
  readonly directory: string;
  readonly writable: boolean;
  /** User id of its owner; -1 when it is gone. */
  readonly owner: number;
}

/** A kind of place that changes what is sensible; several may hold at once (see place/kinds.ts). */
export type PlaceKind =
  | 'agent'
  | 'jupyter'
  | 'github-actions'
  | 'gitlab-ci'
  | 'ci'
  | 'docker-build'
  | 'docker'
  | 'podman'
  | 'kubernetes'
  | 'codespaces'
  | 'devcontainer'
  | 'toolbox'
  | 'lxc'
  | 'wsl1'
  | 'wsl2'
  | 'raspberry-pi'
  | 'nixos'
  | 'homebrew'
  | 'sudo'
  | 'root'
  | 'ssh';

/** What kind of machine and session this is. */
export interface Where {
  readonly kinds: readonly PlaceKind[];
  /** A container whose Python nobody else uses and that is made anew, not mended: a Docker build, a pod. */
  readonly throwAway: boolean;
}

/** The pipx found on PATH. */
export interface Pipx {
  readonly executable: string;
  /** As `pipx --version` prints it; absent when it would not say in time. */
  readonly version?: string;
  /** Where its environments lie, e.g. `~/.local/pipx/venvs`. */
  readonly environments: string;
  /** Where it links commands, e.g. `~/.local/bin`. */
  readonly bin: string;
  /** Names (PEP 503) of what it has installed already. */
  readonly installed: readonly string[];
  /** Whether what it links can be typed: `bin` stands on PATH. */
  readonly binOnPath: boolean;
  /** What must be different in the environment pipx is started with; null takes a variable away. */
  readonly variables: Readonly<Record<string, string | null>>;
}

/** pipx as the system's package manager would bring it. */
export interface PipxPackage {
  /** As the manager calls it: `pipx`, `python-pipx`. */
  readonly name: string;
  /** The command that gets it, as words with the programs' paths in full. */
  readonly words: readonly string[];
  /** The same as a person would type it. */
  readonly typed: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Somebody has to be there, who can type a password. */
  readonly sudo: boolean;
  /** What there will be once it is got; `version` is not known. */
  readonly pipx: Pipx;
}

/** What can be done for an application where there is no pipx. */
export interface WithoutPipx extends Pick<Pipx, 'environments' | 'bin' | 'installed' | 'binOnPath'> {
  /** The environments of what was asked for, by name (PEP 503): there, or not yet. */
  readonly looks: Readonly<Record<string, EnvironmentLook>>;
  /** What to type, in the person's own shell, to have `bin` on PATH. */
  readonly pathLine: string;
  readonly package?: PipxPackage;
}

/** A module of the system that is wanted, and by whom, as a clause: `app.py imports gi`. */
export interface SystemModule {
  readonly module: string;
  readonly wantedBy: string;
}

/** A Python of this person's that nobody but they manage: pip may install into it. */
export interface OtherPython {
  /** Who keeps it; `plain` for one that was built or unpacked into /usr/local or /opt. */
  readonly keeper: 'pyenv' | 'conda' | 'mise' | 'asdf' | 'plain';
  /** What its keeper calls it: `3.12.4`, `data`; for a plain one its path. */
  readonly name: string;
  readonly executable: string;
  /** As far as it can be told from outside: `3.12.4`, or `3.12`. */
  readonly version: string;
  /** Directory of its own pip package, and that pip's version. */
  readonly pip: string;
  readonly pipVersion: string;
  /** Whether its own site directory may be written to; otherwise its pip falls back to the user site. */
  readonly writable: boolean;
  /** A virtual environment (pyenv-virtualenv) or a conda environment, as opposed to an installed Python. */
  readonly environment: boolean;
  /** What asks for it here, in words: `.python-version asks for it`, `it is activated`. */
  readonly because?: string;
  /** What lets new commands be found, when its keeper has to be told. */
  readonly refresh?: { readonly command: string; readonly args: readonly string[] };
  /** Names (PEP 503) of what is installed in it; looked at only for an uninstall. */
  readonly installed?: readonly string[];
}

/** The Pythons found beside the refused one, by looking into folders. */
export interface OtherPythons {
  /** The one asked for here first, then the newest. */
  readonly usable: readonly OtherPython[];
  /** Why others were not taken, one clause each: `uv's Python 3.13.1 is externally managed too`. */
  readonly passedOver: readonly string[];
  /** What is asked for here and not there: `.python-version asks for 3.99, which is not installed`. */
  readonly missing?: string;
}

/** A program that keeps a project's dependencies in its own files. */
export interface ProjectTool {
  readonly id: 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pixi' | 'hatch';
  /** Its lock file's name when there is one: `uv.lock`. */
  readonly lock?: string;
  /** The file that holds what is asked for: `pyproject.toml`, `Pipfile`, `pixi.toml`. */
  readonly manifest: string;
  readonly executable?: string;
}

/** A project whose dependencies one of those programs keeps. */
export interface ManagedProject {
  readonly root: string;
  /** More than one when their files contradict each other: those with a lock file if any has one. */
  readonly tools: readonly ProjectTool[];
  /** Where its environment lies, when that is certain. */
  readonly environment?: string;
}

/** What a package manager knows of one thing pip was asked for, by the project's name (PEP 503). */
export type PackageAnswer =
  | {
      readonly kind: 'packaged';
      readonly name: string;
      /** As the manager calls it: `python3-requests`. */
      readonly package: string;
      /** What would be installed, as PEP 440 would write it; absent when the manager does not say. */
      readonly version?: string;
      /** The version that is installed already. */
      readonly installed?: string;
      /** Its home page, where that was asked for. */
      readonly page?: string;
      /** `guessed`: nothing but the name says that it holds this project. `another`: that is likely another of this name. */
      readonly doubt?: 'guessed' | 'another';
    }
  /** Packaged, but not in a version that was asked for. */
  | {
      readonly kind: 'too-old' | 'other-version';
      readonly name: string;
      readonly package: string;
      readonly version?: string;
      readonly wanted: string;
    }
  | { readonly kind: 'not-packaged'; readonly name: string };

/** The package manager this Python belongs to, and what it said. */
export interface SystemPackages {
  /** Its id, as `detours/system-package/managers` has it: `apt`. */
  readonly manager: string;
  /**
   * `looking`: it is being asked. `answered`: `answers` holds one for each requirement. `no-index`: it has fetched no
   * list of packages yet. `silent`: no answer in time, or none that makes sense (`why`). `unasked`: nobody wanted to know.
   */
  readonly state: 'looking' | 'answered' | 'no-index' | 'silent' | 'unasked';
  readonly why?: string;
  readonly answers: readonly PackageAnswer[];
  /** Days since its index was fetched; absent when that cannot be told. */
  readonly age?: number;
  /** What goes before a command that only root may run: nothing, or the way to sudo. Undefined: there is no sudo. */
  readonly root?: readonly string[];
  /** Somebody is at a terminal, who can type a password and answer the manager. */
  readonly attended: boolean;
  /** The command that does it, as words with the program's path in full; known once answered. */
  readonly does?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** The command that fetches the index, likewise. */
  readonly refreshes?: readonly string[];
  /** What to type instead, where nothing can be installed for this Python; without an index, what fetches one. */
  readonly instead?: string;
}

/**
 * What the index that pip would ask said of one name (PEP 503). `found`: what would be installed. `python`: no version takes
 * this Python; `version` is what another would get. `version`: none is as was asked for; the newest there is. `absent`:
 * there is no such name.
 */
export type IndexAnswer =
  | {
      readonly kind: 'found';
      readonly name: string;
      readonly version: string;
      /** The newest for this Python, where another was asked for. */
      readonly newest?: string;
      /** What the package says of itself; absent where it could not be read. */
      readonly package?: PackageFacts;
    }
  | {
      readonly kind: 'python';
      readonly name: string;
      readonly version: string;
      readonly requires: string;
      readonly package?: PackageFacts;
    }
  | { readonly kind: 'version'; readonly name: string; readonly version: string }
  | { readonly kind: 'absent'; readonly name: string };

/** What a package's metadata say; every text is safe to be shown, and short. */
export interface PackageFacts {
  readonly summary: string;
  /** The first words of its description. */
  readonly opening: string;
  /** Its home page and its other pages, as they stand there. */
  readonly pages: readonly string[];
  readonly classifiers: readonly string[];
  readonly extras: readonly string[];
  /**
   * Its description has it installed as a program (`pipx`), its commands typed (`typed`), before and twice as often as it
   * imported (`typed-first`) or five times (`mostly-typed`), or it imported (`import`); `described`: it is long enough for what
   * it lacks to mean something.
   */
  readonly says: readonly string[];
  /** What can be typed once it is installed; absent where the wheel could not be looked into. */
  readonly commands?: readonly string[];
  /** Groups of entry points besides those of commands: what it is a plugin of. */
  readonly groups: readonly string[];
  /** Bytes of what an import of it reads first, the `__init__.py` beside its commands; absent where there is none. */
  readonly offers?: number;
  /** It holds modules compiled for one Python, as few programs do. */
  readonly compiled?: boolean;
}

/** The index's answers, or that it is being asked. */
export interface IndexLook {
  readonly state: 'looking' | 'answered';
  readonly answers: readonly IndexAnswer[];
}
