/** Why an installation that we ran has failed, and what helps. */

/** Who installed, and what they said: the end of it, without colours. */
export interface Failed {
  readonly by: 'pip' | 'pipx' | 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pixi' | 'hatch';
  readonly said: string;
}

/** What a build looked for and did not find; `name` is as the build calls it: `libxml/xpath.h`, `pq` (of `-lpq`), `cairo`. */
export interface Missing {
  /** `package`: the build itself names a package to install. `module`: one of Python's own, which the distribution took apart. */
  readonly kind: 'header' | 'library' | 'pkg-config' | 'cmake' | 'program' | 'package' | 'module';
  readonly name: string;
  /** The manager whose package it is, by its id. */
  readonly by?: string;
  /** A sentence of the build's author speaks of it: the name may be nothing's. */
  readonly loose?: true;
  /** Where in the text it is said: what one sentence names together has one place. */
  readonly at?: number;
}

/** What a failure comes from, as far as its words say. */
export type Cause =
  /** Candidates, the most likely first: a build also tells of what it can do without. */
  | { readonly kind: 'missing'; readonly missing: readonly Missing[] }
  /** The pip that was to install is itself too old for the Python that runs it. */
  | { readonly kind: 'too-old-pip' }
  | CauseOfIndex
  | CauseOfNetwork
  | CauseOfDisk
  | CauseOfBuild;

/** What the index has of a project, and what it has not. */
export type CauseOfIndex =
  /** `certain`: the index says so itself; else it may not have been reached. */
  | { readonly kind: 'no-such-name'; readonly name: string; readonly certain: boolean }
  /** There are versions, but not the one that was asked for; `nearest` is one there is. */
  | { readonly kind: 'no-version'; readonly name: string; readonly wanted: string; readonly nearest: string }
  /** There are versions, for other Pythons. `requires`: what the newest of them takes (PEP 440), where that is said. */
  | {
      readonly kind: 'needs-python';
      readonly name: string;
      readonly requires?: string;
      /** What the project allows itself, where a project's manager looks for what fits all of that: `>=3.11`. */
      readonly project?: string;
    }
  /** Only ready-made files, none of which fits: their tags (PEP 425), `cp39-cp39-win_amd64`. */
  | { readonly kind: 'other-files'; readonly name: string; readonly tags: readonly string[] }
  /** The same, where no Python would help; `systems`: those it is made for, `Windows`, where that is known. */
  | { readonly kind: 'other-platform'; readonly name: string; readonly systems: readonly string[] }
  /** What fits has been withdrawn by its authors (PEP 592); `version`: the newest of it. */
  | { readonly kind: 'withdrawn'; readonly name: string; readonly version: string }
  /** Only this version fits, which is not finished yet. */
  | {
      readonly kind: 'pre-release';
      readonly name: string;
      readonly wanted: string;
      readonly version: string;
    }
  /** `between`: the two that want different versions of a third, where pip names them. */
  | { readonly kind: 'conflict'; readonly between: readonly string[] }
  | { readonly kind: 'hash-mismatch'; readonly name?: string }
  /** The index, or who keeps its files, answers with this code of HTTP. */
  | { readonly kind: 'index-refuses'; readonly code: number };

/** What stands between who installs and the index, or a repository. */
export type CauseOfNetwork =
  /** `by`: who says it, where that is not pip. */
  | { readonly kind: 'certificates' | 'proxy' | 'no-network'; readonly by?: Failed['by'] }
  /** A repository (`git+https://…`) that could not be fetched before any build began. */
  | {
      readonly kind: 'repository';
      readonly url: string;
      readonly why: 'unreachable' | 'refused' | 'not-there' | 'no-revision';
      /** What it has no branch, tag or commit called by. */
      readonly revision?: string;
    }
  /** What was being fetched did not arrive whole; `damaged`: nobody noticed until it was opened. */
  | { readonly kind: 'broken-off'; readonly damaged?: true; readonly by?: Failed['by'] };

/** Where nothing can be written. */
export type CauseOfDisk =
  | { readonly kind: 'no-space' }
  | { readonly kind: 'read-only'; readonly path?: string };

/** Why a build ended badly, besides what it lacks. */
export type CauseOfBuild =
  /** A build that imports what it does not ask for: `numpy`. */
  | { readonly kind: 'wants-module'; readonly name: string }
  /** A module of Python's own library (`_ctypes`) that this Python was built without. */
  | { readonly kind: 'lacks-own-module'; readonly name: string }
  /** A build that fetches something by itself, and was answered by nobody. */
  | { readonly kind: 'build-fetches' }
  /** Source that only compiles, or runs, with an older Python; `module`: what it imports that Python has no more. */
  | { readonly kind: 'too-old-source'; readonly module?: string }
  /** A compiled module that another Python was meant to load. */
  | { readonly kind: 'built-for-another'; readonly file: string }
  /** A build that a newer `name` than that below `below` is too new for, which it does not say. */
  | { readonly kind: 'wants-older'; readonly name: string; readonly below: string }
  /** A library that is here in another version (`has`) than the build wants (`needs`), or what its source says of that. */
  | { readonly kind: 'other-age'; readonly name: string; readonly needs: string; readonly has: string }
  | { readonly kind: 'other-age'; readonly words: string }
  /** A compiler took what was there, and not the source. */
  | { readonly kind: 'does-not-compile' }
  /** NVIDIA's compiler, which no package of most distributions brings. */
  | { readonly kind: 'wants-cuda' }
  /** A tool of the system (`CMake`, `Rust`) that is too old for the build; `needs`: from which version on, where that is said. */
  | { readonly kind: 'too-old-tool'; readonly name: string; readonly needs?: string }
  /** A CMake that takes no project any more that was written for one before 3.5. */
  | { readonly kind: 'too-new-cmake' }
  | { readonly kind: 'no-memory' }
  /** A build that starts the environment's own pip, which is given to it only afterwards. */
  | { readonly kind: 'wants-pip' }
  /** A build that runs a pip of its own, which is refused. */
  | { readonly kind: 'refused-inside' };
