import type { Situation, Step } from '../types.ts';

/** What is known of a failure, and what can be done about it here. */
export interface Explained {
  /** Stable and kebab-case, for programs: `build-lacks`, `no-such-name`. */
  readonly reference: string;
  /** At most three sentences; the last may be what to type. */
  readonly lines: readonly string[];
  /** What is missing, as a build calls it. */
  readonly missing?: readonly string[];
  /** What brings it: a command to type before the same one again. */
  readonly advice?: string;
  readonly remedy?: Remedy;
  /** The same command is run in it again at once, and why, as a clause: what failed it pip-detour itself had left for later. */
  readonly again?: { readonly situation: Situation; readonly why: string };
}

/** What earlier rounds have got: nothing is got twice, and what is still missing then is another's fault. */
export interface Had {
  readonly packages: readonly string[];
  /** What these were to bring, as the build called it. */
  readonly missing: readonly string[];
}

/** Something to be done, after which the same command may work. */
export interface Remedy {
  /** What it is about, as a question's first line. */
  readonly headline: string;
  /** `Install it and try again`. */
  readonly title: string;
  readonly detail: string;
  /** The command as a person would type it: what is run first, or else the same again. */
  readonly command: string;
  /** What is run first; nothing where the same command only has to be run in `situation`. */
  readonly steps: readonly Step[];
  /** What the question's help says of it. */
  readonly help: readonly string[];
  /** What it gets: never got twice. */
  readonly packages: readonly string[];
  /** What the same command is run in then. */
  readonly situation: Situation;
  /** Nothing but the build's own advice speaks for it: leaving it is marked, for a build may name any package. */
  readonly onlyAdvised?: true;
  /** It only lets the failure be understood: that is looked at again, and the same command not run yet. */
  readonly onlyLooks?: true;
}
