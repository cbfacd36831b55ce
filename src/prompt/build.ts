import { decideAll } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import { bestOf } from '../detours/recommendation.ts';
import { rootInAnothersHome } from '../detours/shared/sudo.ts';
import { masked, maskedWords } from '../system/mask.ts';
import { printable, quote, shortPath, shownLine } from '../system/quote.ts';
import type { ActivationScope, Decided, Plan, Situation } from '../types.ts';
import { about } from './about.ts';
import { help, words } from './help.ts';
import type { Question, QuestionOption } from './question.ts';
import { which } from './which.ts';

/**
 * The question for a situation, in which this was decided: a pure function, so `explain` and the prompt say the same.
 * `activate` is there when the shell can be put into an environment and the person is to say whether.
 */
export function buildQuestion(
  situation: Situation,
  decided: readonly Decided[] = decideAll(situation),
  notice?: string,
  activate?: ActivationScope,
): Question {
  const { home, place, command, name, manager } = situation;
  const best = bestOf(decided);
  const offered = decided.map((one) => asOption(one, situation, one === best));
  // What cannot be taken stays visible, below what can.
  const options: readonly QuestionOption[] = [
    ...offered.filter((option) => option.unavailable === undefined),
    ...offered.filter((option) => option.unavailable !== undefined),
    { id: 'none', title: 'Leave it', detail: leaving(situation), commands: [] },
  ];
  const recommended = options.findIndex((option) => option.recommended !== undefined);
  return {
    headline: `This Python belongs to ${printable(manager)}, so pip may not change it (PEP 668).`,
    command: `${name} ${shownLine(command.argv)}`,
    place: shortPath(situation.cwd, home),
    ...(situation.index === undefined ? {} : { about: about(situation) }),
    options,
    // Where nothing is recommended Enter does nothing: the others would be a guess.
    preselected: recommended === -1 ? options.length - 1 : recommended,
    // What root remembered would be a file of root's among the person's own.
    ...(rootInAnothersHome(situation) === undefined && !situation.dryRun
      ? { rememberFor: shortPath(situation.speaksFor ?? place.directory, home) }
      : {}),
    remember: situation.remembers,
    help: help(situation),
    ...(situation.managerWords === undefined ? {} : { words: words(manager, situation.managerWords) }),
    ...(activate === undefined ? {} : { activate }),
    ...(notice === undefined ? {} : { notice: printable(notice) }),
  };
}

/** Where the refusal was not certain, pip has said it on the terminal itself. */
function leaving({ verdict }: Situation): string {
  return verdict.kind === 'refuses' ? "show pip's message" : "pip's message stands above";
}

function asOption(decided: Decided, situation: Situation, isBest: boolean): QuestionOption {
  const common = { ...which(decided), title: printable(decided.title) };
  if (decided.unavailable !== undefined)
    return { ...common, detail: '', commands: [], unavailable: printable(decided.unavailable) };
  const { detail, plan, confirm, recommended } = decided;
  const detour = detourById(decided.id);
  return {
    ...common,
    detail: printable(detail),
    commands: commandsOf(plan, situation.home, situation.variables),
    ...(entersBy(plan, decided.situation) ? { activates: true } : {}),
    ...(isBest && recommended !== undefined ? { recommended: printable(recommended) } : {}),
    ...(confirm === undefined ? {} : { confirm: confirm.word, warning: printable(confirm.warning) }),
    ...(detour?.rememberOnlyIfAsked === true ? { rememberOnlyIfAsked: true } : {}),
    ...(detour?.override === true ? { risky: true } : {}),
  };
}

/** Whether a shell is to be put into what this plan installs into: it is not there yet. */
export function entersBy({ activate }: Plan, { active, command, dryRun }: Situation): boolean {
  return (
    activate !== undefined && !dryRun && activate !== active?.directory && command.subcommand === 'install'
  );
}

/**
 * The plan as lines that can be pasted into a shell, `~` for the home directory. `given`: names of the variables that are
 * set: what is not need not be taken away.
 */
export function commandsOf(plan: Plan, home: string, given: readonly string[] = []): string[] {
  const word = (text: string) => (quote(text) === text ? shortPath(text, home) : quote(text));
  return plan.steps.flatMap((step) => {
    if (step.kind === 'repair') return [printable(`pip-detour repair ${word(step.directory)}`)];
    if (step.kind === 'make' && step.replace === true)
      return [
        printable(
          step.keep === undefined
            ? `rm -r ${word(step.path)}`
            : `mv ${word(step.path)} ${word(step.keep.directory)}`,
        ),
      ];
    if (step.kind !== 'run') return [];
    const changes = Object.entries(step.env ?? {});
    const taken = changes.flatMap(([name, value]) =>
      value === null && given.includes(name) ? ['-u', name] : [],
    );
    const variables = changes.flatMap(([name, value]) =>
      value === null ? [] : [`${name}=${quote(masked(value))}`],
    );
    const env = taken.length === 0 ? [] : ['env', ...taken];
    return [
      printable([...env, ...variables, ...maskedWords([step.command, ...step.args]).map(word)].join(' ')),
    ];
  });
}
