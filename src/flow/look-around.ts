import { realpathSync } from 'node:fs';
import { howToGetPip } from '../detours/system-package/get-pip.ts';
import { type Checks, checked } from '../memory/checked.ts';
import { asMeant } from '../memory/meaning.ts';
import { readCommand } from '../pip/read.ts';
import { findRealPip } from '../pip/shim.ts';
import { withSettings } from '../settings/apply.ts';
import type { Settings } from '../settings/layers.ts';
import { readSettings } from '../settings/read.ts';
import { DetourError } from '../system/errors.ts';
import type { Variables } from '../system/variable-values.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import type { Choice, ChoiceAbove, Situation } from '../types.ts';
import { allChoiceSources, type ChoiceSource, standingChoice } from './choose.ts';
import { asDecidedByVariable } from './invocation.ts';
import { type Asked, readSituation } from './situation.ts';

/** What was found here, and the choice that stands. */
export interface Surroundings {
  readonly environment: Environment;
  readonly situation: Situation;
  readonly settings: Settings;
  readonly choice?: Choice;
  /** The choice of a directory above that is not used here. */
  readonly choiceAbove?: ChoiceAbove;
  /** Every source of a choice, in their order. */
  readonly choiceSources: readonly ChoiceSource[];
  /** Whether a remembered choice is still what it was. */
  readonly checks: Checks;
  readonly warnings: readonly string[];
}

/** How a command of ours, which is not the shim, looks around. */
export interface Looking {
  /** The variables to look with, where they are not the process's own. */
  readonly variables?: Variables;
  /** What is taken for the real pip where there is none on PATH. */
  readonly otherwise?: string;
  /** What need not be looked for. */
  readonly without?: Asked['without'];
}

/**
 * What the shim would find for `name` with these arguments, here and now; changes nothing.
 * @throws DetourError `no-pip` when there is no real pip on PATH.
 */
export async function lookAround(
  name: string,
  argv: readonly string[],
  { variables, otherwise, without = [] }: Looking = {},
): Promise<Surroundings> {
  const bare = readEnvironment(variables);
  const cwd = realpathSync('.');
  const settings = await readSettings(bare, cwd);
  const environment = withSettings(bare, settings);
  const pip = findRealPip(name, environment.path) ?? otherwise;
  if (pip === undefined)
    throw new DetourError('no-pip', `there is no ${name} on PATH`, `get it: ${howToGetPip()}`);
  const { command, verdict } = readCommand(argv, pip, environment);
  const asked = {
    name,
    realPip: pip,
    environment,
    settings,
    command,
    verdict: asDecidedByVariable(verdict, environment),
    without,
  };
  const standing = await standingChoice(environment, cwd, settings);
  const { choice, choiceAbove, warnings } = standing;
  const choiceSources = await allChoiceSources(environment, cwd, settings);
  const above = choiceAbove === undefined ? {} : { choiceAbove };
  const situation =
    choice?.directory === undefined
      ? await readSituation({ ...asked, ...above })
      : asMeant(await readSituation({ ...asked, rememberedFor: choice.here ?? choice.directory }), choice);
  return {
    environment,
    situation,
    settings,
    warnings,
    choiceSources,
    checks: choice === undefined ? { notes: [] } : checked(choice, situation, environment),
    ...(choice === undefined ? {} : { choice }),
    ...above,
  };
}
