import { detourById } from '../detours/index.ts';
import { readCommand } from '../pip/read.ts';
import { withSettings } from '../settings/apply.ts';
import type { Settings } from '../settings/layers.ts';
import { readSettings } from '../settings/read.ts';
import type { Inherited } from '../system/inherited.ts';
import { currentDirectory } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import type { PipCommand, Verdict } from '../types.ts';
import { unattended } from './attendance.ts';

/** One call of pip: what was typed, and what can be told about it without running anything. */
export interface Invocation {
  /** What pip was called by: `pip`, `pip3`. */
  readonly name: string;
  readonly realPip: string;
  readonly inherited: Inherited;
  readonly environment: Environment;
  readonly command: PipCommand;
  readonly verdict: Verdict;
  /** pip's `-v` counted up and `-q` down. */
  readonly verbosity: number;
  /** Why nobody can answer a question, in words; undefined when somebody can. */
  readonly nobody: string | undefined;
  /** Empty when the directory was deleted under us. */
  readonly cwd: string;
}

/** Reads what was typed and where; runs nothing and changes nothing. `instead`: in place of variables of these names. */
export function readInvocation(
  name: string,
  realPip: string,
  argv: readonly string[],
  inherited: Inherited,
  instead: Readonly<Record<string, string>> = {},
): Invocation {
  const environment = readEnvironment(undefined, instead);
  const { command, verdict: found, verbosity } = readCommand(argv, realPip, environment);
  const verdict = asDecidedByVariable(found, environment);
  return {
    name,
    realPip,
    inherited,
    environment,
    command,
    verdict,
    verbosity,
    nobody: unattended(environment, command),
    cwd: currentDirectory(),
  };
}

/**
 * The verdict with PIP_DETOUR taken into account. That variable says what is to be done now, so it is followed even where
 * pip would not refuse, because a pip.conf says `break-system-packages = true`. A remembered choice or a setting is not:
 * what would have worked without us stays as it is.
 */
export function asDecidedByVariable(verdict: Verdict, { decided = '' }: Environment): Verdict {
  const detour = detourById(decided);
  if (verdict.setting === undefined || detour === undefined || detour.override === true) return verdict;
  return { ...verdict, kind: 'refuses', because: `PIP_DETOUR=${decided} comes before ${verdict.setting}` };
}

/** A call for which settings matter, with them. */
export interface InvocationWithSettings extends Invocation {
  readonly settings: Settings;
}

/** Reads the settings that hold where the call was made, and what the environment means with them. */
export async function withItsSettings(call: Invocation): Promise<InvocationWithSettings> {
  const settings = await readSettings(call.environment, call.cwd);
  return { ...call, settings, environment: withSettings(call.environment, settings) };
}
