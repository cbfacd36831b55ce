import { realpathSync } from 'node:fs';
import { detourById, detourIds } from './detours/index.ts';
import type { Environment } from './environment.ts';
import { type Remembered, recall } from './memory/choices.ts';
import { printable } from './quote.ts';
import { lookAtEnvironment } from './situation/venv.ts';
import type { Choice } from './types.ts';

export interface Standing {
  readonly choice?: Choice;
  /** Sentences for the person: a value of PIP_DETOUR that means nothing, a damaged memory. */
  readonly warnings: readonly string[];
}

/**
 * The choice that stands before anybody is asked; the first of these wins: `PIP_DETOUR`, an activated environment,
 * what is remembered for `cwd` (a real path) or its nearest ancestor. `PIP_DETOUR=ask` passes over what is remembered.
 */
export async function standingChoice(environment: Environment, cwd: string): Promise<Standing> {
  const warnings: string[] = [];
  const { decided } = environment;
  if (decided === 'none') return { choice: { detour: 'none', source: 'environment' }, warnings };
  if (decided !== undefined && decided !== 'ask') {
    const detour = detourById(decided)?.id;
    if (detour !== undefined) return { choice: { detour, source: 'environment' }, warnings };
    warnings.push(
      `PIP_DETOUR=${printable(decided)} means nothing here; it can be ${[...detourIds(), 'none', 'ask', 'off'].join(', ')}`,
    );
  }
  if (isActive(environment)) return { choice: { detour: 'active-venv', source: 'active' }, warnings };
  if (decided === 'ask') return { warnings };
  const recalled = await recall(environment.stateDirectory, cwd, realHome(environment.home));
  if (recalled.warning !== undefined) warnings.push(recalled.warning);
  return recalled.choice === undefined ? { warnings } : { choice: fromMemory(recalled.choice), warnings };
}

function isActive({ virtualEnv }: Environment): boolean {
  if (virtualEnv === undefined) return false;
  return lookAtEnvironment(virtualEnv, process.getuid?.() ?? -1).state === 'ready';
}

/** The working directory is a real path, so home must be one to be compared with it. */
function realHome(home: string): string {
  try {
    return realpathSync(home);
  } catch {
    return home;
  }
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
