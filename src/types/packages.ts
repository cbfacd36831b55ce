/** What a package manager and an index say of what was asked for: parts of a situation. */

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
   * Its description has it installed as a program (`pipx`), its commands typed (`typed`), before it is imported
   * (`typed-before`) and twice as often (`typed-first`) or five times (`mostly-typed`), or it imported (`import`);
   * `described`: it is long enough for what it lacks to mean something. It is added to a project (`added`), has to be in the
   * same environment as others (`beside-others`), or its commands are given names out of somebody's own modules
   * (`loads-code`). It tells twenty options or more (`many-options`), or other ways to get it than pip, as no library has
   * (`other-installers`).
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
  /** It tells the types of what it offers to whoever imports it (`py.typed`, PEP 561). */
  readonly typed?: boolean;
  /** What it needs without any extra, as it says so: `click>=8`. */
  readonly dependencies: readonly string[];
}

/** The index's answers, or that it is being asked. */
export interface IndexLook {
  readonly state: 'looking' | 'answered';
  readonly answers: readonly IndexAnswer[];
}
