import type { Requirement } from '../../../types.ts';

/** A command line: the program's name, which is looked for in the system's places, and its arguments. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  /** Laid over the environment it is asked in. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What is to be known of the machine beside the names. */
export interface Machine {
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
}

/** By PEP 503 name. Names that are not packaged are missing; undefined when the output makes no sense. */
export type Read = ReadonlyMap<string, Found> | undefined;

/** What its packages are asked about for. */
export type Purpose = 'install' | 'uninstall';

/** One package manager; everything about it in one file, and pure. */
export interface PackageManager {
  /** One command line that asks about all the names, without root, without a network, changing nothing. */
  ask(names: readonly string[], machine: Machine, purpose: Purpose): CommandLine;
  /** Its output (stdout, and the exit code) read for these names. */
  read(output: string, names: readonly string[], machine: Machine): Read;
  /** The exit codes of an answer; others are a failure. `any` where they count what was not found. */
  readonly answers: readonly number[] | 'any';
  /** Its words for "install these"; absent where it installs into no system Python. */
  install?(packages: readonly string[], unattended: boolean): CommandLine;
  remove?(packages: readonly string[]): CommandLine;
  /** Its words for "fetch the index". */
  readonly refresh?: CommandLine;
  /** Where its index lies: one of these directories must hold a file of this form. */
  readonly index?: { readonly directories: readonly string[]; readonly file: RegExp };
  /** By its answer there is no index, or not all of it: what it did not find may well be packaged. */
  lacksIndex?(answer: { readonly output: string; readonly said: string }, purpose: Purpose): boolean;
  /** What to type for the index, where that is more than to fetch it. */
  readonly fetches?: string;
  /** Only root may install. */
  readonly needsRoot: boolean;
  /** What to type instead, where `install` is absent. */
  instead?(packages: readonly string[]): string;
}

/** Names that can be mistaken for no option, pattern or version by any package manager. */
export function isSafe(name: string): boolean {
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
