import { detours } from '../detours/index.ts';
import { printable, quote, quoteAll, shortPath } from '../quote.ts';
import type { Detour, Plan, Situation } from '../types.ts';
import type { Question, QuestionOption } from './question.ts';

/** The question for a situation: a pure function, so `explain` and the prompt say the same. */
export function buildQuestion(situation: Situation, notice?: string): Question {
  const { home, place, command, name, manager } = situation;
  const options: QuestionOption[] = [];
  let preselected = -1;
  for (const detour of detours) {
    if (detour.id === 'active-venv' && situation.active === undefined) continue;
    const option = asOption(detour, situation, preselected === -1);
    if (option.recommended !== undefined && preselected === -1) preselected = options.length;
    options.push(option);
  }
  // Available ones first, in the order offered; what cannot be taken stays visible below them.
  const chosen = options[preselected];
  const sorted = [
    ...options.filter((option) => option.unavailable === undefined),
    ...options.filter((option) => option.unavailable !== undefined),
  ];
  sorted.push({ id: 'none', title: 'Leave it', detail: "show pip's message", commands: [] });
  const firstAvailable = sorted.findIndex((option) => option.unavailable === undefined);
  const remembered = shortPath(place.directory, home);
  return {
    headline: headline(manager),
    command: printable(`${name} ${quoteAll(command.argv)}`),
    place: shortPath(situation.cwd, home),
    options: sorted,
    preselected: chosen === undefined ? firstAvailable : sorted.indexOf(chosen),
    rememberFor: remembered,
    remember: true,
    help: help(situation),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** The first detour that is recommended and can be taken, with its reason. */
export function recommendation(situation: Situation): { detour: Detour; because: string } | undefined {
  for (const detour of byRecommendation) {
    if (detour.unavailable(situation) !== undefined) continue;
    const because = detour.recommended(situation);
    if (because !== undefined) return { detour, because };
  }
  return undefined;
}

/** A detour that is particular about when it recommends itself is asked before one that always does. */
const byRecommendation = [...detours].sort((a, b) => rank(a) - rank(b));
function rank(detour: Detour): number {
  return detour.id === 'active-venv' ? 0 : detour.id === 'venv' ? 2 : 1;
}

function asOption(detour: Detour, situation: Situation, mayBeRecommended: boolean): QuestionOption {
  const unavailable = detour.unavailable(situation);
  const common = { id: detour.id, title: printable(detour.title(situation)) };
  if (unavailable !== undefined)
    return { ...common, detail: '', commands: [], unavailable: printable(unavailable) };
  const best = recommendation(situation);
  const recommended = mayBeRecommended && best?.detour.id === detour.id ? best.because : undefined;
  return {
    ...common,
    detail: printable(detour.detail(situation)),
    commands: commandsOf(detour.plan(situation), situation.home),
    ...(recommended === undefined ? {} : { recommended: printable(recommended) }),
  };
}

/** The plan as lines that can be pasted into a shell, `~` for the home directory. */
export function commandsOf(plan: Plan, home: string): string[] {
  const word = (text: string) => {
    const short = shortPath(text, home);
    return short !== text && short === `~${text.slice(home.length)}` && quote(text) === text
      ? short
      : quote(text);
  };
  return plan.steps.flatMap((step) => {
    if (step.kind === 'make') return [];
    if (step.kind === 'write') return [];
    const changes = Object.entries(step.env ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${quote(value)}`],
    );
    return [printable([...changes, ...[step.command, ...step.args].map(word)].join(' '))];
  });
}

function headline(manager: string): string {
  return `This Python belongs to ${manager}, so pip may not change it (PEP 668).`;
}

function help(situation: Situation): string[] {
  const { manager } = situation;
  return [
    `Programs of ${manager} run on this Python. A package that pip put there could replace one they need, so pip refuses; nothing has been changed.`,
    'A virtual environment is a directory with packages of its own, beside your project: deleting it undoes everything.',
    'pipx gives an application (a command you run, such as black or httpie) an environment to itself and puts its command on PATH.',
    'Remembered choices are used without asking next time; "pip-detour choices" shows them, "pip-detour forget" undoes them. PIP_DETOUR=off pip … is the real pip.',
  ];
}
