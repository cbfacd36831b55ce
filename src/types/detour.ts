import type { DetourId } from '../detours/ids.ts';
import type { Environment } from '../system/variables.ts';
import type { Failed } from './failure.ts';
import type { ChoiceAbove, EnvironmentLook } from './found.ts';
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

/** What a detour cannot do here, and why, in the person's words; shown greyed. */
export interface Unavailable {
  readonly id: DetourId;
  /** Which of its other ways this is (`Detour.others`), counted from 0; absent for its usual one. */
  readonly other?: number;
  readonly title: string;
  readonly unavailable: string;
}

/** What a detour would do here. Made once: the prompt shows this object, and its plan is what is run. */
export interface Decision {
  readonly id: DetourId;
  /** As of what is unavailable. */
  readonly other?: number;
  /** What it was decided in. */
  readonly situation: Situation;
  /** The prompt's left column: `Use a virtual environment here`. */
  readonly title: string;
  /** The prompt's right column: `create ~/shop/.venv · Python 3.11`. */
  readonly detail: string;
  readonly unavailable?: never;
  /** Why this one would be the best here. */
  readonly recommended?: string;
  /** Why it may be taken only when somebody was asked. */
  readonly onlyAsked?: string;
  /** What is to be typed before it is done, and the sentences that say why. */
  readonly confirm?: { readonly word: string; readonly warning: string };
  readonly plan: Plan;
  readonly target: Target;
  /** What it is called in the line for a choice that is taken unasked. */
  readonly announced: string;
  /** What is added to that line, as a clause. */
  readonly remark?: string;
}

/** What a detour says in a situation. */
export type Decided = Decision | Unavailable;

/** Parts of a situation that cost most to look for, and that only some detours, or only a question, need. */
export type CostlyPart = 'pipx' | 'pythons' | 'remarks' | 'packages';

/** What the memory asks a detour about a choice of it that was remembered. `here`: it counts for another worktree, too. */
export interface Recollection {
  /** The situation as the choice means it: its environment and its Python, and no other in their place. */
  asMeant(situation: Situation, means: RememberedTarget, here?: string): Situation;
  /** Why something else would be taken now than what was remembered, as a clause; undefined when nothing else would. */
  lapsed(situation: Situation, means: RememberedTarget, here?: string): string | undefined;
}

/** How a plan of a detour ended. */
export interface PlanEnded {
  readonly situation: Situation;
  readonly succeeded: boolean;
  readonly meanings: readonly OutputMeaning[];
}

/** What follows when a plan has been run. */
export interface FollowUp {
  /** Sentences to be said after success. */
  readonly told?: readonly string[];
  /**
   * It is not done yet, or was no way: the person is asked in this situation, and told why. `stuck`: trying the same
   * once more would lead here again, and why, as a clause.
   */
  readonly again?: { readonly situation: Situation; readonly notice: string; readonly stuck?: string };
  /** Something more that would be useful now, if the person wants it. */
  readonly offer?: Offer;
}

/** One more thing to do, for which the person is asked. */
export interface Offer {
  readonly id: DetourId;
  /** The question. */
  readonly headline: string;
  /** The command, as a person would type it. */
  readonly command: string;
  readonly yes: Pick<Decision, 'title' | 'detail'>;
  readonly no: Pick<Decision, 'title' | 'detail'>;
  /** Paragraphs behind `?`. */
  readonly help: readonly string[];
  readonly plan: Plan;
  /** Said where the plan fails. */
  readonly failed: string;
  /** What the plan says afterwards that this takes the place of: said only where the offer is not taken. */
  readonly otherwise?: string;
}

/** One way round. Pure but for `after`: reads the situation, touches nothing. `decide` puts its answers together. */
export interface Detour {
  readonly id: DetourId;
  /** The prompt's left column: `Use a virtual environment here`. */
  title(situation: Situation): string;
  /** The prompt's right column: `create ~/shop/.venv · Python 3.11`. */
  detail(situation: Situation): string;
  /** Not even shown as something that cannot be taken: there is no project, nothing is activated. */
  hidden?(situation: Situation): boolean;
  /** Why not, in the user's words; shown greyed, not hidden. Undefined when it can be taken. */
  unavailable(situation: Situation): string | undefined;
  /** Why this one is the best here, or undefined when it is not. */
  recommended(situation: Situation): string | undefined;
  /** Who is particular about when it recommends itself (1, the usual) comes before who always does (2); 0 before all. */
  readonly rank?: 0 | 2;
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
  /** It is the override that pip has of its own: marked in the colour of danger. */
  readonly override?: true;
  /** Not remembered unless that was asked for while it was marked. */
  readonly rememberOnlyIfAsked?: true;
  plan(situation: Situation): Plan;
  target(situation: Situation): Target;
  /** What it is called when it is taken unasked; the first part of `detail` where it does not say. */
  announced?(situation: Situation): string;
  /** What is said with it then, as a clause. */
  remark?(situation: Situation): string | undefined;
  /** What has to be looked for where only this detour is to be taken. */
  readonly needs?: readonly CostlyPart[];
  readonly recollection?: Recollection;
  /** An environment of it that is gone is made anew unasked. */
  readonly makesEnvironment?: true;
  /** What it would do with another Python than the refused one, as the beginning of a line (`Install it`); undefined where it keeps one. */
  withAnotherPython?(situation: Situation): string | undefined;
  /** The environment that would be entered, or made anew with what it held lost: looked at once more before it is done unasked. */
  entered?(situation: Situation): EnvironmentLook;
  /** Who may run code of the project on the way, as a name to be shown: a repository may not choose that unasked. */
  runsProjectCode?(situation: Situation): string | undefined;
  /** What it installs, somebody else has built: offered where a build of the same project has failed. */
  readonly brings?: 'built';
  after?(ran: PlanEnded, environment: Environment): Promise<FollowUp>;
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
  readonly means?: RememberedTarget;
  /** Which directory that was when it was remembered (memory/identity.ts). */
  readonly identity?: string;
  /** Asked to be remembered (only after success). */
  readonly remember?: boolean;
}

/** How far a person wants shells in the environment that is installed into: every one that comes here, this one, none. */
export type ActivationScope = 'always' | 'once' | 'no';

/** What a choice means concretely, in a place. */
export interface RememberedTarget {
  /** The environment, by its real path, and which one it was (memory/identity.ts). */
  readonly environment?: { readonly directory: string; readonly identity?: string };
  /** The Python that is changed, or that the environment was made from. */
  readonly python?: { readonly executable: string; readonly version: string };
  /** Who carries it out: `pipx`, `without-pipx`, `poetry`, `apt`. */
  readonly tool?: string;
  /** Every shell that comes there is put into the environment; or none of this person's; absent: the one it was typed in. */
  readonly activate?: 'always' | false;
}

/** What is known before a question, or a refusal that nobody can answer, besides what can be looked at. */
export interface NotTaken {
  /** What is remembered above and does not reach here. */
  readonly choiceAbove?: ChoiceAbove;
  /** Why the choice that stands was not taken. */
  readonly passedOver?: PassedOver;
}

/** A choice that stands and was not taken here. */
export interface PassedOver {
  readonly choice: Choice;
  /** Why not, as a clause. */
  readonly why: string;
  /** What trying it has taught: names that are no applications, and the sentence that says so. */
  readonly learnt?: { readonly notApplications: readonly string[]; readonly notice: string };
  /** What would be recommended in its place, with a line that says what that does. */
  readonly instead?: { readonly detour: DetourId; readonly does: string };
}
