import { detourById, offeredIds } from '../detours/index.ts';
import type { Remembered } from '../memory/choices.ts';
import { choiceAboveOf, recall, whyNotFromAbove } from '../memory/recall.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { environmentNamesBy } from '../settings/environment-names.ts';
import { type Settings, waiting } from '../settings/layers.ts';
import { type Source, schema } from '../settings/schema.ts';
import { nearest } from '../system/nearest.ts';
import { printable, shortPath } from '../system/quote.ts';
import { realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import type { Choice, ChoiceAbove } from '../types.ts';

/** What stands before anybody is asked. */
export interface Standing {
  readonly choice?: Choice;
  /** The choice of a directory above that is not used here; it is told whichever source chooses. */
  readonly choiceAbove?: ChoiceAbove;
  /** Sentences for the person: a value of PIP_DETOUR that means nothing, a damaged memory, settings that are wrong. */
  readonly warnings: readonly string[];
}

/** One source of a choice and what it says, if anything: a choice, or that the person is to be asked. */
export interface ChoiceSource {
  readonly source: Exclude<Choice['source'], 'asked'>;
  readonly says?: Choice | 'ask';
  /** Why what is said there does not count, or what is missing, as a clause. */
  readonly note?: string;
  readonly warning?: string;
}

interface ChoiceContext {
  readonly environment: Environment;
  /** Real path. */
  readonly cwd: string;
  /** Real path, to be compared with `cwd`. */
  readonly home: string;
  readonly settings: Settings;
}

/** Those who may choose, the first to say something wins. Memory is not looked into where somebody before it speaks. */
const order: readonly ((context: ChoiceContext) => ChoiceSource | Promise<ChoiceSource>)[] = [
  fromVariable,
  fromActive,
  fromMemory,
  fromSettings('directory'),
  fromSettings('project'),
  fromSettings('user'),
  fromSettings('policy'),
];

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
  const home = realOr(environment.home);
  const warnings = [...settings.warnings, ...settings.withheld.map((held) => waiting(held, home))];
  const far = choiceAboveHere({ environment, cwd, home, settings });
  const above = far === undefined ? {} : { choiceAbove: far };
  for (const ask of order) {
    const { source, says, warning } = await ask({ environment, cwd, home, settings });
    if (warning !== undefined) warnings.push(warning);
    if (says !== undefined && says !== 'ask') return { choice: says, warnings, ...above };
    if (says === 'ask' || (source === 'active' && environment.decided === 'ask')) break;
  }
  return { warnings, ...above };
}

/** What every source says, in that order, whether or not an earlier one says something. */
export function allChoiceSources(
  environment: Environment,
  cwd: string,
  settings: Settings,
): Promise<ChoiceSource[]> {
  const context = { environment, cwd, home: realOr(environment.home), settings };
  return Promise.all(order.map((ask) => ask(context)));
}

function fromVariable({ environment: { decided } }: ChoiceContext): ChoiceSource {
  const source = 'environment';
  if (decided === undefined) return { source, note: 'not set' };
  if (decided === 'none') return { source, says: { detour: 'none', source } };
  // An activated environment is still entered: it was activated to be installed into.
  if (decided === 'ask') return { source, note: 'ask: what is remembered and set is passed over' };
  const detour = detourById(decided)?.id;
  if (detour !== undefined) return { source, says: { detour, source } };
  const known = [...offeredIds(), 'none', 'ask', 'off'];
  const meant = nearest(decided.slice(0, 40), known);
  const guess = meant === undefined ? '' : `did you mean ${meant}? Otherwise `;
  const warning = `PIP_DETOUR=${printable(decided)} is not a known value; ${guess}use one of: ${known.join(', ')}`;
  return { source, note: `${decided}, which is not a known value`, warning };
}

function fromActive({ environment }: ChoiceContext): ChoiceSource {
  const source = 'active';
  return isActive(environment)
    ? { source, says: { detour: 'active-venv', source } }
    : { source, note: environment.virtualEnv === undefined ? 'none' : 'not one that can be used' };
}

async function fromMemory({ environment, cwd, home, settings }: ChoiceContext): Promise<ChoiceSource> {
  const source = 'remembered';
  const { choice, here, warning } = await recall(
    environment.stateDirectory,
    cwd,
    home,
    environmentNamesBy(settings),
  );
  const far = choiceAboveHere({ environment, cwd, home, settings });
  const note = far === undefined ? 'nothing' : whyNotFromAbove(far, (path) => shortPath(path, home));
  return {
    source,
    ...(choice === undefined ? { note } : { says: asChoice(choice, here) }),
    ...(warning === undefined ? {} : { warning }),
  };
}

function choiceAboveHere({ environment, cwd, home, settings }: ChoiceContext): ChoiceAbove | undefined {
  return choiceAboveOf(environment.stateDirectory, cwd, home, environmentNamesBy(settings));
}

function fromSettings(who: Exclude<Source, 'environment'>): (context: ChoiceContext) => ChoiceSource {
  const source = who === 'user' ? 'settings' : who;
  return ({ settings }) => {
    const layer = settings.layers.find(({ source: of, values }) => of === who && values.has('detour'));
    const checked = schema.detour.kind.check(layer?.values.get('detour'));
    if (layer !== undefined && checked.ok) {
      const { value } = checked;
      if (value === 'ask') return { source, says: value };
      const { from, trusted } = layer;
      // Said for a directory, it is one for the whole tree, unless it is said where environments are to be made.
      const directory = who === 'directory' && settings.origin(schema.environmentPlace).source === 'default';
      return {
        source,
        says: {
          detour: value,
          source,
          from,
          ...(directory ? { directory: from } : {}),
          ...(trusted === undefined ? {} : { trusted }),
        },
      };
    }
    const held = settings.withheld.find(({ name }) => who === 'project' && name === 'detour');
    return {
      source,
      note: held === undefined ? 'nothing' : `${held.value}, ignored until you trust the file`,
    };
  };
}

function isActive({ virtualEnv }: Environment): boolean {
  if (virtualEnv === undefined) return false;
  return lookAtEnvironment(virtualEnv, process.getuid?.() ?? -1).state === 'ready';
}

function asChoice({ detour, directory, identity, means }: Remembered, here: string | undefined): Choice {
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
      return 'it is activated';
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
