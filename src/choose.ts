import { realpathSync } from 'node:fs';
import { detourById, detourIds } from './detours/index.ts';
import type { Environment } from './environment.ts';
import { type Remembered, recall } from './memory/choices.ts';
import { printable } from './quote.ts';
import { type Settings, waiting } from './settings/layers.ts';
import { schema } from './settings/schema.ts';
import { lookAtEnvironment } from './situation/venv.ts';
import type { Choice } from './types.ts';

export interface Standing {
  readonly choice?: Choice;
  /** Sentences for the person: a value of PIP_DETOUR that means nothing, a damaged memory, settings that are wrong. */
  readonly warnings: readonly string[];
}

/**
 * The choice that stands before anybody is asked; the first of these wins: `PIP_DETOUR`, an activated environment,
 * what is remembered for `cwd` (a real path) or its nearest ancestor, the setting `detour` (of this directory, of the
 * project, the person's own, the administrator's). `PIP_DETOUR=ask` passes over what is remembered and set.
 */
export async function standingChoice(
  environment: Environment,
  cwd: string,
  settings: Settings,
): Promise<Standing> {
  const home = realHome(environment.home);
  const warnings = [...settings.warnings, ...settings.withheld.map((held) => waiting(held, home))];
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
  const recalled = await recall(environment.stateDirectory, cwd, home);
  if (recalled.warning !== undefined) warnings.push(recalled.warning);
  const choice =
    recalled.choice === undefined ? fromSettings(settings) : fromMemory(recalled.choice, recalled.here);
  return choice === undefined ? { warnings } : { choice, warnings };
}

function fromSettings(settings: Settings): Choice | undefined {
  const detour = settings.value(schema.detour);
  const { source, from } = settings.origin(schema.detour);
  // The environment's word is PIP_DETOUR, which was heard before.
  if (detour === 'ask' || source === 'default' || source === 'environment') return undefined;
  return { detour, source: source === 'user' ? 'settings' : source, ...(from === undefined ? {} : { from }) };
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

function fromMemory({ detour, directory, identity, means }: Remembered, here: string | undefined): Choice {
  return {
    detour,
    source: 'remembered',
    directory,
    means,
    ...(identity === undefined ? {} : { identity }),
    ...(here === undefined ? {} : { here }),
  };
}

/** Why a choice stands, as a clause: `remembered for ~/shop`. */
export function becauseOf(choice: Choice, short: (path: string) => string): string {
  switch (choice.source) {
    case 'environment':
      return `PIP_DETOUR=${choice.detour}`;
    case 'active':
      return 'it is activated and has no pip of its own';
    case 'remembered':
      return `remembered for ${short(choice.directory ?? '')}${choice.here === undefined ? '' : ', of which this is a worktree'}`;
    case 'asked':
      return 'chosen just now';
    case 'policy':
      return `set by your administrator in ${short(choice.from ?? '')}`;
    case 'directory':
      return `set by you for ${short(choice.from ?? '')}`;
    default:
      return `set in ${short(choice.from ?? '')}`;
  }
}
