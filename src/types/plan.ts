import type { Failed } from './failure.ts';

/** What would be done, as data. */

/** A way round, what it would do as data, and who chose it. */

/** A process to run. A variable of `env` that is null is taken away: a plan is plain data, as JSON has it. */
export interface RunStep {
  readonly kind: 'run';
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | null>>;
  /** What is happening, for the person waiting: `Creating .venv`. */
  readonly title?: string;
  /** Its output is only shown when it fails, and a spinner with the title meanwhile. */
  readonly quiet?: boolean;
  /** Its failure is no failure of the plan. */
  readonly optional?: boolean;
  readonly ahead?: Ahead;
  /** What that failure means, and what to type or to wait for. */
  readonly otherwise?: string;
  /** Watch stderr for these signs; the one seen is reported with the outcome. */
  readonly watch?: readonly OutputSign[];
  /** What a step that did not end well may leave behind: taken away, as far as it was not there before. */
  readonly leaves?: readonly Traces[];
  /** It installs what was asked for: what it says is kept for the case that it fails. A pip's start comes first in `args`. */
  readonly hears?: Failed['by'];
  /** The Python by which a program that is no pip is listened to at a terminal. */
  readonly listener?: string;
  /** Said where it fails, after what it said itself. */
  readonly onFailure?: string;
}

/**
 * How a step is begun while the one before it still runs: with these arguments it makes ready, where nobody looks, and does
 * the rest once a line comes on its stdin. `leaves`: what it may have made until then.
 */
export interface Ahead {
  readonly args: readonly string[];
  readonly leaves: readonly Traces[];
}

/** Entries of a directory (an absolute path) by the pattern of their names, the source of a regular expression. */
export interface Traces {
  readonly directory: string;
  readonly names: string;
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
  /** Keep it there for good, with a file in it that lists what it held; otherwise it is removed in the end. */
  readonly keep?: KeptAside;
}

/** An environment that is kept when another is made in its place. */
export interface KeptAside {
  /** Where it is put, beside its old place: `/home/ana/shop/.venv.before-3.13`. */
  readonly directory: string;
  /** The requirements file in it that lists what it held, by its path there, and the file's text. */
  readonly list: string;
  readonly text: string;
}

/** An environment that was moved or copied is told where it lies: run/repair.ts. */
export interface RepairStep {
  readonly kind: 'repair';
  readonly directory: string;
  /** The places (absolute paths) it was made for. */
  readonly from: readonly string[];
  readonly title: string;
}

/** What was made so far stays, whatever becomes of the rest; `says` is told then. */
export interface SettleStep {
  readonly kind: 'settle';
  readonly says: readonly string[];
}

/** One step of a plan. */
export type Step = RunStep | WriteStep | MakeStep | RepairStep | SettleStep;

/** A sentence in a child's output that means more than its exit code does. */
export interface OutputSign {
  readonly means: OutputMeaning;
  /** Source of a regular expression: a plan is plain data. */
  readonly pattern: string;
  /** The step has failed then, whatever its exit code says. */
  readonly fails?: true;
}

/** What a sign in a child's output means. */
export type OutputMeaning = 'no-apps' | 'already-installed' | 'name-clash' | 'not-found' | 'no-symlinks';

/** What a detour would do, as data: the prompt shows this object, execute runs this object. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The environment the packages end up in, when there is one to activate. */
  readonly activate?: string;
  /** What only one pip-detour may change at a time; whoever comes meanwhile waits, and looks again. */
  readonly locks?: readonly string[];
  /** What was left out of the command line, each with the reason, e.g. `--user (an environment has no user site)`. */
  readonly dropped?: readonly string[];
  /** Said after success, e.g. which commands are there now. */
  readonly afterwards?: readonly string[];
}

/** What a plan means concretely: remembered with the choice, and checked before it is used again. */
export interface Target {
  /** The directory of the environment that is installed into. */
  readonly environment?: string;
  /** The Python that is changed itself. */
  readonly python?: { readonly executable: string; readonly version: string };
  /** Who carries it out: `pipx`, `without-pipx`, `poetry`, `apt`. */
  readonly tool?: string;
}
