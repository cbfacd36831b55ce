import type { ActivationScope, DetourId } from '../types.ts';

/** Everything the prompt shows, as data. Both the drawn and the plain prompt are functions of this. */
export interface Question {
  /** First line: `This Python belongs to Debian, so pip may not change it (PEP 668).` */
  readonly headline: string;
  /** The command line, pasteable: `pip install requests flask`. */
  readonly command: string;
  /** Where: `~/work/shop`. */
  readonly place: string;
  /**
   * What is being installed, a line for each name, under the command; empty while it is being looked up, and where nothing
   * is known: the lines are there from the beginning, so that nothing moves when they are filled.
   */
  readonly about?: readonly string[];
  readonly options: readonly QuestionOption[];
  /** Index into `options` of what is highlighted first; never one that is unavailable. */
  readonly preselected: number;
  /** `~/work/shop`: what `r` would remember it for; undefined when it cannot be remembered. */
  readonly rememberFor?: string;
  /** Whether remembering is on to begin with. */
  readonly remember: boolean;
  /** How far shells are put into the environment, to begin with; undefined when they cannot be, or it is not to be asked. */
  readonly activate?: ActivationScope;
  /** Paragraphs behind `?`. */
  readonly help: readonly string[];
  /** Behind `?` too, after the keys: what the marker of this Python says, by paragraph; commands in it, a line each. */
  readonly words?: readonly string[];
  /** It follows an installation: leaving it shows nothing more. */
  readonly follows?: true;
  /** Said above the options when the last try ended badly: `requests has no commands to run, …`. */
  readonly notice?: string;
}

/** One line of the prompt. */
export interface QuestionOption {
  readonly id: DetourId | 'none';
  /** Which of a detour's other ways this is (`Detour.others`), counted from 0; absent for its usual one. */
  readonly other?: number;
  readonly title: string;
  readonly detail: string;
  readonly unavailable?: string;
  readonly recommended?: string;
  /** A word to be typed before it is run; `warning` says why. */
  readonly confirm?: string;
  readonly warning?: string;
  /** Not remembered, whatever `remember` says, unless `r` is pressed while it is marked. */
  readonly rememberOnlyIfAsked?: boolean;
  /** It can break the system: pointed at in the colour of danger. */
  readonly risky?: boolean;
  /** It ends in an environment that the shell can be put into. */
  readonly activates?: boolean;
  /** The exact commands, one line each, shown by `d`; empty for `none`. */
  readonly commands: readonly string[];
}

/** What came of the question. */
export type Answer =
  | {
      readonly kind: 'chosen';
      readonly id: DetourId | 'none';
      /** As of the option. */
      readonly other?: number;
      readonly remember: boolean;
      /** There only where it was asked. */
      readonly activate?: ActivationScope;
      /** The question that stood on the screen, where one with more known had taken the first one's place. */
      readonly to?: Question;
    }
  /** Esc: as "Leave it". */
  | { readonly kind: 'left' }
  /** Ctrl-C: the program ends with 130. */
  | { readonly kind: 'interrupted' }
  /** Ctrl-\: the program ends by SIGQUIT. */
  | { readonly kind: 'quit' }
  /** pip, which was still running, did something else than refuse: nothing of the question is left on the screen. */
  | { readonly kind: 'withdrawn' };

/** How the command ends where the person stopped it at the question; undefined for every other answer. */
export function stoppedBy({ kind }: Answer): { readonly signal: NodeJS.Signals } | undefined {
  if (kind === 'interrupted') return { signal: 'SIGINT' };
  return kind === 'quit' ? { signal: 'SIGQUIT' } : undefined;
}

/** What is known of the pip that the question is about: it may still be on its way to its refusal. */
export type PipState = 'running' | 'refused' | 'went-on';
