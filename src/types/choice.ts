import type { DetourId } from '../detours/ids.ts';
import type { ChoiceAbove } from './place.ts';

/** Which way round was chosen, and by whom. */

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
  /** The environment, by its real path, which one it was (memory/identity.ts), and whether git kept anything of it then. */
  readonly environment?: { readonly directory: string; readonly identity?: string; readonly kept?: true };
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
