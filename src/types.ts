/** The words of the house (see the table in README.md, "Words"). This file imports nothing. */

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
}

/** How a process ended: its exit code, or the signal that killed it. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals };

/** A virtual environment seen from outside: nothing in it was executed to learn this. */
export interface EnvironmentLook {
  readonly directory: string;
  /**
   * `ready`: may be installed into. `missing`: nothing there. `broken`: ours to repair on choice (dangling python,
   * half-made, two versions mixed). `unusable`: not ours to touch (a file, another's, no environment at all).
   */
  readonly state: 'ready' | 'missing' | 'broken' | 'unusable';
  /** Why it is broken or unusable, in the user's words. */
  readonly why?: string;
  /** `major.minor` from its pyvenv.cfg. */
  readonly version?: string;
  /** Why it does not lie in the project: `the project cannot be written to`. */
  readonly outside?: string;
  /** Directory of a pip package of its own (`…/site-packages/pip`), when it has one. */
  readonly pip?: string;
  /** That pip is older than 22.3, the first with a runner file. */
  readonly oldPip?: true;
}

/** What can make an environment: the Python's own `venv`, a program on PATH, or nothing yet. */
export type EnvironmentMaker =
  | { readonly kind: 'venv' }
  | { readonly kind: 'virtualenv' | 'uv'; readonly executable: string }
  /** `package`: the distribution's package that brings `venv`, where one does. */
  | { readonly kind: 'none'; readonly package?: string };

/** The project somebody stands in. `because` names what told us: `pyproject.toml`, `.venv`, `git repository`. */
export interface Project {
  readonly root: string;
  readonly because: string;
  /** A Python project, as opposed to a mere repository. */
  readonly python: boolean;
}

/** A directory something may be made in. */
export interface Place {
  readonly directory: string;
  readonly writable: boolean;
  /** User id of its owner; -1 when it is gone. */
  readonly owner: number;
}

/** A kind of place that changes what is sensible; several may hold at once (see situation/places.ts). */
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
  /** What must be different in the environment pipx is started with; undefined takes a variable away. */
  readonly variables: Readonly<Record<string, string | undefined>>;
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
  /** Its name: `apt`. */
  readonly manager: PackageManagerId;
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
  /** What to type instead, where nothing can be installed for this Python. */
  readonly instead?: string;
}

export type PackageManagerId =
  | 'apt'
  | 'dnf'
  | 'pacman'
  | 'zypper'
  | 'apk'
  | 'xbps'
  | 'emerge'
  | 'brew'
  | 'nix'
  | 'msys2';

/** Everything a decision may depend on, read once, frozen. */
export interface Situation {
  readonly command: PipCommand;
  /** The name pip was called by: `pip`, `pip3`, `pip3.11`. */
  readonly name: string;
  /** Absolute path of the real pip. */
  readonly realPip: string;
  readonly verdict: Verdict;
  readonly interpreter?: Interpreter;
  /** Directory of the refused pip's package (holds `__pip-runner__.py` from pip 22.3 on). */
  readonly pipPackage?: string;
  /** The refused pip's version, e.g. `23.0.1`. */
  readonly pipVersion?: string;
  /** Who manages this Python, as a name to be shown: `Debian`, `Homebrew`, `uv`. */
  readonly manager: string;
  /** What its marker says, in the person's language; not yet made printable. */
  readonly managerWords?: string;
  readonly cwd: string;
  readonly home: string;
  /** User id of its owner; -1 when it is not there. */
  readonly homeOwner: number;
  readonly uid: number;
  readonly where: Where;
  readonly project?: Project;
  /** Where things belong: the project's root, else where the person stands. */
  readonly place: Place;
  /** Where the project's environment is or would be made. */
  readonly environment: EnvironmentLook;
  readonly maker: EnvironmentMaker;
  /** An activated virtual environment (`VIRTUAL_ENV`), looked at. */
  readonly active?: EnvironmentLook;
  readonly pipx?: Pipx;
  readonly withoutPipx?: WithoutPipx;
  readonly otherPythons?: OtherPythons;
  readonly managedProject?: ManagedProject;
  /** Undefined when this Python has no packages of a package manager (uv's, conda's). */
  readonly systemPackages?: SystemPackages;
  /** A wheel of pip itself that lies on this machine. */
  readonly pipWheel?: string;
  /** Directory of our own installed files (`seed-pip.py` lies there). */
  readonly ownLibrary: string;
  /** Learnt on the way: names found to be no applications (`pipx` said so). */
  readonly notApplications: readonly string[];
}

/** A process to run. `env` values of undefined are removed from the environment. */
export interface RunStep {
  readonly kind: 'run';
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is happening, for the person waiting: `Creating .venv`. */
  readonly title?: string;
  /** Its output is only shown when it fails, and a spinner with the title meanwhile. */
  readonly quiet?: boolean;
  /** Its failure is no failure of the plan. */
  readonly optional?: boolean;
  /** Watch stderr for these signs; the one seen is reported with the outcome. */
  readonly watch?: readonly Sign[];
}

/** A file to write. */
export interface WriteStep {
  readonly kind: 'write';
  readonly path: string;
  readonly text: string;
}

/**
 * A directory that this plan makes and that is taken away again if the plan fails; until the plan is done it is marked
 * unfinished. Making it fails if it exists.
 */
export interface MakeStep {
  readonly kind: 'make';
  readonly path: string;
  /** Put what is there aside first (back again on failure): only for an environment found `broken`. */
  readonly replace?: boolean;
}

export type Step = RunStep | WriteStep | MakeStep;

/** A sentence in a child's output that means more than its exit code does. */
export interface Sign {
  readonly means: Meaning;
  /** Source of a regular expression: a plan is plain data. */
  readonly pattern: string;
}
export type Meaning = 'no-apps' | 'already-installed' | 'name-clash' | 'not-found' | 'no-symlinks';

/** What a detour would do, as data: the prompt shows this object, execute runs this object. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The environment the packages end up in, when there is one to activate. */
  readonly activate?: string;
  /** What was left out of the command line, each with the reason, e.g. `--user (an environment has no user site)`. */
  readonly dropped?: readonly string[];
  /** Said after success, e.g. which commands are there now. */
  readonly afterwards?: readonly string[];
  /** It only prepares: once it has worked, what can be done is looked at and asked anew. */
  readonly prepares?: boolean;
}

/** One way round. Pure: reads the situation, touches nothing. */
export interface Detour {
  /** Stored in memory and settings: never renamed. */
  readonly id: DetourId;
  /** The prompt's left column: `Use a virtual environment here`. */
  title(situation: Situation): string;
  /** The prompt's right column: `create ~/shop/.venv · Python 3.11`. */
  detail(situation: Situation): string;
  /** Why not, in the user's words; shown greyed, not hidden. Undefined when it can be taken. */
  unavailable(situation: Situation): string | undefined;
  /** Why this one is the best here, or undefined when it is not. */
  recommended(situation: Situation): string | undefined;
  /** Why it may be taken only when somebody was asked (it would need sudo first), in the same words. */
  onlyAsked?(situation: Situation): string | undefined;
  /** What is to be typed before it is done, and the sentences that say why; undefined when Enter is enough. */
  confirm?(situation: Situation): { readonly word: string; readonly warning: string } | undefined;
  /** Not remembered unless that was asked for while it was marked. */
  readonly rememberOnlyIfAsked?: true;
  plan(situation: Situation): Plan;
}

export type DetourId =
  | 'active-venv'
  | 'venv'
  | 'pipx'
  | 'project-manager'
  | 'system-package'
  | 'other-python'
  | 'break-system-packages';

/** Which detour (or `none`: leave pip's refusal be), and who said so. */
export interface Choice {
  readonly detour: DetourId | 'none';
  readonly source: 'asked' | 'remembered' | 'environment' | 'project' | 'settings' | 'policy' | 'active';
  /** The directory it was remembered for. */
  readonly directory?: string;
  /** Asked to be remembered (only after success). */
  readonly remember?: boolean;
}
