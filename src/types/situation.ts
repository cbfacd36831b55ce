import type { DetourId } from '../detours/ids.ts';
import type { EnvironmentLook, EnvironmentMaker, Seed, SystemModule, Uv } from './environment.ts';
import type { IndexLook, SystemPackages } from './packages.ts';
import type { Interpreter, PipCommand, Sender, Verdict } from './pip.ts';
import type { Place, Project, Where } from './place.ts';
import type { ManagedProject, OtherPythons, Pipx, WithoutPipx } from './programs.ts';

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
  /** Names of the variables that are set. */
  readonly variables?: readonly string[];
  /** User id of its owner; -1 when it is not there. */
  readonly homeOwner: number;
  readonly uid: number;
  readonly where: Where;
  readonly project?: Project;
  /** The directory an answer is remembered for, where a project of its own lies between here and the place. */
  readonly speaksFor?: string;
  /** The environment of a directory above, whose choice does not reach here; it may be taken all the same. */
  readonly above?: EnvironmentLook;
  /** What may be taken beside `environment`: others that lie there, and from a plain directory the one of home. */
  readonly besides?: readonly EnvironmentLook[];
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
  /** What the package index knows of the names that were typed; undefined where nobody asks it. */
  readonly index?: IndexLook;
  /** What a new environment is given, as this Python's own `venv` gives it. */
  readonly seeds: readonly Seed[];
  /** What a new environment is made with, where the setting `interpreter` asks for another Python than the refused one. */
  readonly making?: Making | { readonly missing: string };
  /** Who needs which Pythons (`the project`, `>=3.12`), where neither the refused one nor another that is here will do. */
  readonly unmet?: Unmet;
  /** pip is only to tell what it would do: `--dry-run`, or a setting of that name. */
  readonly dryRun: boolean;
  /** What is wanted here and only the distribution has, where a new environment of its own would not see it. */
  readonly systemModule?: SystemModule;
  /** Whether a new environment sees the system's packages, where the setting `system-site-packages` says so. */
  readonly seesSystem?: boolean;
  /** What would send packages out of the environment, were it its own pip that installs them. */
  readonly sentElsewhere: readonly Sender[];
  /** Directory of our own installed files (`seed.py` lies there). */
  readonly ownLibrary: string;
  /** Learnt on the way: names found to be no applications (`pipx` said so). */
  readonly notApplications: readonly string[];
  /** Learnt on the way: a new environment has its own pip before anything is installed into it. */
  readonly pipFirst?: true;
  readonly buildsWith?: BuildsWith;
  /** What installs into an environment (the setting `installer`). */
  readonly installer: 'pip' | 'uv';
  /** Looked for only where it is to install. */
  readonly uv?: Uv;
  /** An answer is remembered unless the person says otherwise (the setting `remember`). */
  readonly remembers: boolean;
  /** Detours that somebody has forbidden, and who: `not allowed by your administrator`. */
  readonly bans: Readonly<Partial<Record<DetourId, string>>>;
}

/** Learnt on the way: what a build wants and does not ask for. */
export interface BuildsWith {
  /** As pip is told of it: `numpy`, `setuptools<58`. It is installed first. */
  readonly first: readonly string[];
  /** The build is still made in a place of its own, which gets what it asks for, no newer than `first` says; else it sees the environment. */
  readonly isolated: boolean;
}

/** Who needs which Pythons: `the project`, `>=3.12`. */
export interface Unmet {
  readonly who: string;
  readonly requires: string;
  /** What the person types to get one from the distribution, where it has one: `apt install python3.13`. */
  readonly gets?: string;
}

/** A Python to make environments with, in the words of the situation that it takes the place of. */
export interface Making extends Pick<Situation, 'maker' | 'pipVersion' | 'seeds'> {
  readonly interpreter: Interpreter;
  readonly pipPackage: string;
}
