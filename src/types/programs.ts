import type { EnvironmentLook } from './environment.ts';

/** Programs and Pythons of the person, and what of them can take a package: parts of a situation. */

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
