import { detourById, detourIds } from './detours/index.ts';
import type { Environment } from './environment.ts';
import { recall, type Remembered } from './memory/choices.ts';
import type { Choice } from './types.ts';

export interface Standing {
  readonly choice?: Choice;
  /** Sentences for the person: a value of PIP_DETOUR that means nothing, a damaged memory. */
  readonly warnings: readonly string[];
  /** `PIP_DETOUR=ask`: what is remembered is not used this once. */
  readonly ask: boolean;
}

/**
 * The choice that stands before anybody is asked; the first of these wins: `PIP_DETOUR`, an activated environment,
 * what is remembered for `cwd` or its nearest ancestor.
 */
export async function standingChoice(
  environment: Environment,
  cwd: string,
  home: string,
  activeIsReady: boolean,
): Promise<Standing> {
  const warnings: string[] = [];
  const { decided } = environment;
  if (decided === 'none') return { choice: { detour: 'none', source: 'environment' }, warnings, ask: false };
  if (decided !== undefined && decided !== 'ask') {
    const detour = detourById(decided)?.id;
    if (detour !== undefined) return { choice: { detour, source: 'environment' }, warnings, ask: false };
    warnings.push(
      `PIP_DETOUR=${decided} means nothing here; it can be ${[...detourIds(), 'none', 'ask', 'off'].join(', ')}`,
    );
  }
  if (activeIsReady) return { choice: { detour: 'active-venv', source: 'active' }, warnings, ask: false };
  if (decided === 'ask') return { warnings, ask: true };
  const recalled = await recall(environment.stateDirectory, cwd, home);
  if (recalled.warning !== undefined) warnings.push(recalled.warning);
  return recalled.choice === undefined
    ? { warnings, ask: false }
    : { choice: fromMemory(recalled.choice), warnings, ask: false };
}

function fromMemory(remembered: Remembered): Choice {
  return { detour: remembered.detour, source: 'remembered', directory: remembered.directory };
}

/** Why a choice stands, as a clause: `remembered for ~/shop`. */
export function becauseOf(choice: Choice, short: (path: string) => string): string {
  switch (choice.source) {
    case 'environment':
      return `PIP_DETOUR=${choice.detour}`;
    case 'active':
      return 'it is activated and has no pip of its own';
    case 'remembered':
      return `remembered for ${short(choice.directory ?? '')}`;
    case 'asked':
      return 'chosen just now';
    default:
      return `set by the ${choice.source}`;
  }
}

