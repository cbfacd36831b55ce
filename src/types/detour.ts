import type { DetourId } from '../detours/ids.ts';
import type { Environment } from '../system/variables.ts';
import type { RememberedTarget } from './choice.ts';
import type { EnvironmentLook } from './environment.ts';
import type { OutputMeaning, Plan, Target } from './plan.ts';
import type { Situation } from './situation.ts';

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
  /** What is being done, in the line for a choice that is taken unasked: `using ~/shop/.venv`. */
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
  /** What is being done when it is taken unasked; `using` and the first part of `detail` where it does not say. */
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
  /** Each package is built in a place of its own, which nothing can be added to. */
  readonly buildsAlone?: true;
  after?(ran: PlanEnded, environment: Environment): Promise<FollowUp>;
}
