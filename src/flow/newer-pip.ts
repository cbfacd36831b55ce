import { join } from 'node:path';
import { decide } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import { asMeant } from '../memory/meaning.ts';
import { parseCommandLine } from '../pip/command-line.ts';
import { interpreterAt, pipPackageOf } from '../pip/interpreter.ts';
import { verdict } from '../pip/verdict.ts';
import { newest } from '../pip/versions.ts';
import type { Ending } from '../types.ts';
import { standingChoice } from './choose.ts';
import { type Invocation, withItsSettings } from './invocation.ts';
import { look } from './prepare.ts';
import { say } from './report.ts';
import { takeStanding } from './take-standing.ts';

/**
 * If the refused pip is too old for what was typed (`--group`, before pip 25.1) and the environment that is chosen has a
 * newer pip, the command is run there, as if the refused pip had understood it. Undefined where pip's own error is to be
 * shown.
 */
export async function byNewerPip(call: Invocation): Promise<Ending | undefined> {
  const youngest = readAs(call, newest);
  if (call.command.ends?.kind !== 'usage' || youngest?.verdict.kind !== 'refuses') return undefined;
  const settled = await withItsSettings(youngest);
  const standing = await standingChoice(settled.environment, settled.cwd, settled.settings);
  const { choice } = standing;
  const detour = choice && detourById(choice.detour);
  if (choice === undefined || detour === undefined) return undefined;
  const found = await look(settled, standing);
  const decided = decide(detour, asMeant(found, choice));
  const version = decided.unavailable === undefined ? versionIn(decided.target.environment, call) : undefined;
  const read = version === undefined ? undefined : readAs(call, version);
  if (read?.verdict.kind !== 'refuses') return undefined;
  for (const warning of standing.warnings) say(`pip-detour: ${warning}`);
  const its = { ...settled, command: read.command, verdict: read.verdict };
  const taken = await takeStanding({ ...found, command: read.command }, choice, its);
  return 'ending' in taken ? taken.ending : undefined;
}

/** The call as a pip of that version reads it, were it the refused one; undefined where which Python that is cannot be told. */
function readAs(call: Invocation, version: string): Invocation | undefined {
  const { interpreter } = call.verdict;
  if (interpreter === undefined) return undefined;
  const command = parseCommandLine(call.command.argv, version);
  const found = verdict(command, call.realPip, call.environment, { interpreter, version });
  return { ...call, command, verdict: found };
}

/** The version of an environment's own pip. */
function versionIn(directory: string | undefined, { environment }: Invocation): string | undefined {
  if (directory === undefined) return undefined;
  const own = interpreterAt(join(directory, 'bin/python'), environment);
  return own?.environment === undefined ? undefined : pipPackageOf(join(directory, 'bin/pip'), own)?.version;
}
