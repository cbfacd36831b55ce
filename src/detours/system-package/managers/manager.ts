import type { Missing, PlaceKind, Requirement } from '../../../types.ts';

/** A command line: the program's name, which is looked for in the system's places, and its arguments. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  /** Laid over the environment it is asked in. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Which package holds which project, as far as lists tell; they are long, and loaded only when a manager is asked. */
export interface KnownNames {
  /** Debian's packages that may hold a project, the likeliest first. */
  debian(name: string): readonly string[];
  /** The packages that may hold one where the rule is PREFIX-NAME; `shortened` are what breaks it, by project. */
  simple(prefix: string, name: string, shortened?: Readonly<Record<string, string>>): readonly string[];
  /** The package that is called after this name is known to hold another project. */
  isTaken(name: string): boolean;
  /** Debian's packages called after it that likely hold another project. */
  namesakes(name: string): readonly string[];
  /** More than a rule for names says which package holds it. */
  isProven(name: string): boolean;
}

/** What is to be known beside the names that are asked about. */
export interface Machine {
  readonly known: KnownNames;
  /** apt's packages that bring what a build lacks, the likeliest first, by a table; there only where that is asked. */
  files?(missing: Missing, python: string): readonly string[];
  /** All that Debian builds one of its packages with, by a table; there only where that is asked. */
  buildsWith?(package_: string): readonly string[];
  /** The pkg-config modules that come with it in apt's packages, the most general first, by the same table. */
  modules?(missing: Missing, python: string): readonly string[];
  /** The manager has fetched its list of files (`brings.files`); there only where that is asked. */
  hasFiles?: boolean;
  /** `major.minor` of the refused Python: openSUSE names packages by it. */
  readonly python: string;
  /** The standard library's directory: MSYS2 names packages by its prefix. */
  readonly stdlib: string;
  /** The processor as Node calls it (`x64`, `arm64`): Gentoo keeps each ebuild for some of them. */
  readonly arch: string;
}

/** One package as a manager's output tells of it. */
export interface Found {
  readonly package: string;
  /** What would be installed, as PEP 440 would write it; absent when the output does not say. */
  readonly version?: string;
  /** The version that is installed, likewise; absent when none is, or when it is not said. */
  readonly installed?: string;
  /** It likely holds another project of this name. */
  readonly namesake?: true;
}

/** What a manager has fetched, to answer from it: in one of these directories lies a file of this form. */
export interface FetchedList {
  readonly directories: readonly string[];
  readonly file: RegExp;
  /** It lies as many directories below these, or less deep; in them where this is absent. */
  readonly below?: number;
}

/** By PEP 503 name. Names that are not packaged are missing; undefined when the output makes no sense. */
export type Read = ReadonlyMap<string, Found> | undefined;

/** What its packages are asked about for. */
export type Purpose = 'install' | 'uninstall';

/** What may follow when pip changes a Python, in the person's words. */
export interface Consequences {
  /** A clause: `can break what apt installed`. */
  readonly short: string;
  /** Whole sentences, for the confirmation. */
  readonly long: string;
}

/** How a manager gets a program for the person, apart from the packages of Python: pipx. */
export interface GetsPrograms {
  /** `package_` as it calls it. `unattended`: it must ask nothing. */
  line(package_: string, unattended: boolean): CommandLine;
  /** It fetches no index for that by itself: there must be one. */
  readonly needsIndex?: true;
}

/** The package that brings a Python's `venv` module, or what it needs, where the distribution took that apart. */
export interface VenvPackage {
  /** By the Python's version, `3.11`. */
  name(python: string): string;
  /** The command that installs it; `again` where it is installed, and damaged. */
  line(package_: string, again: boolean): CommandLine;
  /** The same for a Dockerfile. */
  typed(package_: string): string;
}

/** How most package managers call what somebody may have to get, for pip-detour or for a way round. */
export const usualPackages = {
  python: 'python3',
  pip: 'python3-pip',
  pipx: 'pipx',
  node: 'nodejs',
  npm: 'npm',
} as const;

/** One of them. */
export type Program = keyof typeof usualPackages;

/**
 * One package manager: everything that is known of it and of its distributions, in one file. Nothing here starts a program
 * or changes anything; `ownerOf` alone reads files.
 */
export interface PackageManager {
  /** Its name as people write it. */
  readonly name: string;
  /** Whose it is: `ID` of os-release(5), and how people call that one; empty where its `NAME` says it. */
  readonly distributions: Readonly<Record<string, string>>;
  /** It keeps Pythons of its own. */
  readonly keeps?: {
    /** Where their standard library lies. */
    readonly pythons: RegExp;
    /** How people call it. */
    readonly called: string;
    /** What kind of place a machine with such a Python is; and the file, below `/`, that tells it without one. */
    readonly place?: { readonly kind: PlaceKind; readonly file?: string };
  };
  /** Files that only a machine has where this is the package manager. */
  readonly programs: readonly string[];
  /** What a person types to install, up to the package: `apt install`. */
  readonly typed: string;
  /** What a person types to install a package again, up to its name. */
  readonly installsAgain?: string;
  /** What it calls these, where that is another name than the usual one (`usualPackages`). */
  readonly packages: Readonly<Partial<Record<Program, string>>>;
  /** Absent where what it got could not be run at once. */
  readonly gets?: GetsPrograms;
  readonly venv?: VenvPackage;
  /** pip as root writes to this directory below /usr/local/lib/pythonX.Y, apart from the manager's own files. */
  readonly apart?: 'dist-packages' | 'site-packages';
  /** What follows when pip changes its Python, where that is like no other's; or one sentence more. */
  readonly breaks?: Consequences | string;
  /** Why nothing can change its Python. */
  readonly sealed?: string;
  /** The installed package that its database says has this file of a Python's library; `root` for tests. */
  ownerOf?(file: string, root: string): string | undefined;
  /** One command line that asks about all the names, without root, without a network, changing nothing. */
  ask(names: readonly string[], machine: Machine, purpose: Purpose): CommandLine;
  /** Its output (stdout, and the exit code) read for these names. */
  read(output: string, names: readonly string[], machine: Machine): Read;
  /** Asks for the home pages of what holds these names; absent where its names are the projects' own. */
  asksPages?(names: readonly string[], machine: Machine): CommandLine;
  /** Its output: home pages by package. */
  readPages?(output: string): ReadonlyMap<string, string>;
  /** Its packages say themselves which project they hold: nothing is guessed by names. */
  readonly saysProjects?: true;
  /** The exit codes of an answer; others are a failure. `any` where they count what was not found. */
  readonly answers: readonly number[] | 'any';
  /** Its words for "install these"; absent where it installs into no system Python. */
  install?(packages: readonly string[], unattended: boolean): CommandLine;
  remove?(packages: readonly string[]): CommandLine;
  /** Its words for "fetch the index". */
  readonly refresh?: CommandLine;
  /** Where its index lies. */
  readonly index?: FetchedList;
  /** By its answer there is no index, or not all of it: what it did not find may well be packaged. */
  lacksIndex?(answer: { readonly output: string; readonly said: string }, purpose: Purpose): boolean;
  /** What to type for the index, where that is more than to fetch it. */
  readonly fetches?: string;
  /** How it is asked, without a network, which packages bring what a build lacks; absent where it cannot tell. */
  readonly brings?: {
    /** What asks about all of these, what matters most first; nothing where it has no word for any. */
    ask(missing: readonly Missing[], machine: Machine): readonly CommandLine[];
    /** For each of them the package that brings it, if there is one; `output` is all that was answered. */
    read(output: string, missing: readonly Missing[], machine: Machine): ReadonlyMap<Missing, string>;
    /** For each of them the package that should bring it and is there already, by the same output. */
    readThere?(output: string, missing: readonly Missing[], machine: Machine): ReadonlyMap<Missing, Found>;
    /** Its list of the packages' files, where that is apart from its index: where it lies, and what fetches it. */
    readonly files?: FetchedList & {
      readonly fetch: CommandLine;
      /** It is fetched with the index: one that is older was left by another program. */
      readonly withIndex?: true;
    };
  };
  /** How it is asked which of these packages are installed, where `brings` does not tell that. */
  readonly installed?: {
    ask(packages: readonly string[]): CommandLine;
    /** Those that are, with their versions. */
    read(output: string): readonly Found[];
  };
  /** How it is asked for what the distribution builds a project with (PEP 503); absent where no table of ours tells. */
  readonly builds?: {
    ask(project: string, machine: Machine): CommandLine | undefined;
    /** Those that can be had and are not installed. */
    read(output: string, project: string, machine: Machine): readonly string[];
  };
  /** Other Pythons that the distribution has beside its own, which share its pip; absent where one of them could make no environment. */
  readonly pythons?: {
    /** One command line for these versions, `3.13`. */
    ask(versions: readonly string[]): CommandLine;
    /** Its output: the packages that can be had and are not installed, by version. */
    read(output: string): ReadonlyMap<string, string>;
  };
  /** Only root may install. */
  readonly needsRoot: boolean;
  /** What to type instead, where `install` is absent. */
  instead?(packages: readonly string[]): string;
}

/** Names that can be mistaken for no option, pattern or version by any package manager. */
function isSafe(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9+._/-]*[a-z0-9])?$/i.test(name);
}

/**
 * Whether what a manager's output tells of can be handed back to it and shown: whoever wrote the index or the output,
 * neither an option nor a shell word comes out of it.
 */
export function isPlausible({ package: name, version = '1', installed = '1' }: Found): boolean {
  return isSafe(name) && [version, installed].every((one) => /^[\w.+!~:^-]*$/.test(one));
}

/** The name a requirement is asked about by; undefined for what is no name. */
export function nameOf({ kind, name }: Requirement): string | undefined {
  return kind === 'name' && name !== undefined && isSafe(name) ? name : undefined;
}
