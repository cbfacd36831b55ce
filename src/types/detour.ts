import type { DetourId } from '../detours/ids.ts';
import type { Beyond } from './found.ts';
import type { Situation } from './situation.ts';

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
  /** Watch stderr for these signs; the one seen is reported with the outcome. */
  readonly watch?: readonly Sign[];
  /** What a step that did not end well may leave behind: taken away, as far as it was not there before. */
  readonly leaves?: readonly Traces[];
  /** Said where it fails, after what it said itself. */
  readonly onFailure?: string;
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
export interface Sign {
  readonly means: Meaning;
  /** Source of a regular expression: a plan is plain data. */
  readonly pattern: string;
  /** The step has failed then, whatever its exit code says. */
  readonly fails?: true;
}

/** What a sign in a child's output means. */
export type Meaning = 'no-apps' | 'already-installed' | 'name-clash' | 'not-found' | 'no-symlinks';

/** What a detour would do, as data: the prompt shows this object, execute runs this object. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The environment the packages end up in, when there is one to activate. */
  readonly activate?: string;
  /** What only one pip-detour may change at a time; whoever comes meanwhile waits, and looks again. */
  readonly alone?: readonly string[];
  /** What was left out of the command line, each with the reason, e.g. `--user (an environment has no user site)`. */
  readonly dropped?: readonly string[];
  /** Said after success, e.g. which commands are there now. */
  readonly afterwards?: readonly string[];
  /** It only prepares: once it has worked, what can be done is looked at and asked anew. */
  readonly prepares?: boolean;
}

/** One way round. Pure: reads the situation, touches nothing. */
export interface Detour {
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
  /** Why a choice that was not made for this very line is not meant for it, as a clause: it speaks for another kind. */
  notMeantFor?(situation: Situation): string | undefined;
  /** What is to be typed before it is done, and the sentences that say why; undefined when Enter is enough. */
  confirm?(situation: Situation): { readonly word: string; readonly warning: string } | undefined;
  /**
   * What tells what would be, and changes nothing, where pip is to do no more than that (`--dry-run`); an environment that
   * is not there is made in `temporary`, which is taken away afterwards. Absent: nothing is run, and the commands are told.
   */
  rehearse?(situation: Situation, temporary: string): Plan | undefined;
  /** Other ways to take it here, each as the situation that means it: a line of its own in the question. */
  others?(situation: Situation): readonly Situation[];
  /** It is the override that pip has of its own. */
  readonly override?: true;
  /** Not remembered unless that was asked for while it was marked. */
  readonly rememberOnlyIfAsked?: true;
  plan(situation: Situation): Plan;
}

/** Which detour (or `none`: leave pip's refusal be), and who said so. */
export interface Choice {
  readonly detour: DetourId | 'none';
  readonly source:
    | 'asked'
    | 'remembered'
    | 'environment'
    | 'directory'
    | 'project'
    | 'settings'
    | 'policy'
    | 'active';
  /** The directory it was remembered for. */
  readonly directory?: string;
  /** The file, or the directory, whose settings say so. */
  readonly from?: string;
  /** A project's file says so, and this person trusts it as it is now. */
  readonly trusted?: true;
  /** The directory it counts for here, where that is the same place in a further worktree of its repository. */
  readonly here?: string;
  /** What it meant when it was remembered. */
  readonly means?: Means;
  /** Which directory that was when it was remembered (memory/identity.ts). */
  readonly identity?: string;
  /** Asked to be remembered (only after success). */
  readonly remember?: boolean;
}

/** What a choice means concretely, in a place. */
export interface Means {
  /** The environment, by its real path, and which one it was (memory/identity.ts). */
  readonly environment?: { readonly directory: string; readonly identity?: string };
  /** The Python that is changed, or that the environment was made from. */
  readonly python?: { readonly executable: string; readonly version: string };
  /** Who carries it out: `pipx`, `without-pipx`, `poetry`, `apt`. */
  readonly tool?: string;
  /** The person did not want their shell put into the environment. */
  readonly activate?: false;
}

/** What is known before a question, or a refusal that nobody can answer, besides what can be looked at. */
export interface Known {
  /** What is remembered above and does not reach here. */
  readonly beyond?: Beyond;
  /** Why the choice that stands was not taken. */
  readonly passed?: Passed;
}

/** A choice that stands and was not taken here. */
export interface Passed {
  readonly choice: Choice;
  /** Why not, as a clause. */
  readonly why: string;
  /** What trying it has taught: names that are no applications, and the sentence that says so. */
  readonly learnt?: { readonly notApplications: readonly string[]; readonly notice: string };
  /** What would be recommended in its place, with a line that says what that does. */
  readonly instead?: { readonly detour: DetourId; readonly does: string };
}
