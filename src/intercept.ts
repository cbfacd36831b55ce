import { agentHint } from './flow/agent-hint.ts';
import { askEarly } from './flow/ask-early.ts';
import { type Standing, standingChoice } from './flow/choose.ts';
import { forward } from './flow/forward.ts';
import { guarded } from './flow/guarded.ts';
import { hint } from './flow/hint.ts';
import {
  type Invocation,
  type InvocationWithSettings,
  readInvocation,
  withItsSettings,
} from './flow/invocation.ts';
import { byNewerPip } from './flow/newer-pip.ts';
import { namesNothing, nothingNamed } from './flow/nothing-named.ts';
import { look } from './flow/prepare.ts';
import { say } from './flow/report.ts';
import { takeStanding } from './flow/take-standing.ts';
import { tryUncertain } from './flow/try-uncertain.ts';
import { isDoubtful } from './pip/doubtful.ts';
import { configuresOnce, givesOnce, keepWhatGivesOnce } from './pip/read-once.ts';
import { startOf } from './pip/witness.ts';
import { endLike } from './system/ending.ts';
import { type Inherited, nothingInherited } from './system/inherited.ts';
import { declineWaiting, endWaiting } from './system/waiting-pip.ts';
import type { Ending, NotTaken, PassedOver } from './types.ts';

/**
 * Called by start.cjs for a command line that may be refused: `name` is what pip was called by, `realPip` the pip the
 * shim found. Resolves when everything is done and the exit code or signal is set. Rejects only before the real pip was
 * started; start.cjs then runs it as if we were not there.
 */
export async function main(
  name: string,
  realPip: string,
  argv: readonly string[],
  inherited: Inherited = nothingInherited,
): Promise<void> {
  const typed = readInvocation(name, realPip, argv, inherited);
  const readsFirst = isReadByUs(typed);
  const isPlain = typed.cwd !== '' && typed.verdict.kind === 'refuses' && !readsFirst;
  if (!isPlain || inherited.lost.length > 0) declineWaiting();
  if (!readsFirst) return end(await answered(typed));
  const kept = await keepWhatGivesOnce({ command: typed.command, variables: typed.environment.variables });
  const call = readInvocation(name, realPip, kept.argv, inherited, kept.variables);
  endLike(await answered(call).finally(kept.forget));
}

/** A pip that was started with us is the process that was typed, and ends for both. */
function end(ending: Ending): void {
  if (!endWaiting(ending)) endLike(ending);
}

/**
 * Whether a file that gives its text only once (`-r <(…)`) is read before the pip that is to have it: where that pip may
 * be the second one, and the first reads it although it refuses.
 */
function isReadByUs({ command, environment, verdict, nobody, cwd }: Invocation): boolean {
  if (verdict.kind === 'proceeds') return false;
  const { variables } = environment;
  if (verdict.once === true || configuresOnce(variables)) return true;
  if (!givesOnce({ command, variables })) return false;
  // Which pip a wrapper leads to is not known; `uninstall` reads its files before it refuses.
  if (verdict.kind === 'unknown') return command.subcommand === 'uninstall';
  return nobody === undefined && isDoubtful(command, cwd);
}

/** How it all ended. */
async function answered(bare: Invocation): Promise<Ending> {
  // Without a directory to stand in pip ends by itself, with words of its own.
  if (bare.cwd === '') return forward(bare);
  if (bare.verdict.kind === 'proceeds') {
    const taken = await guarded(async () => ({ ending: await byNewerPip(bare) }));
    return taken.ending ?? forward(bare);
  }

  const call = await withItsSettings(bare);
  const standing = await standingChoice(call.environment, call.cwd, call.settings);
  const { choice, warnings } = standing;
  if (warnings.length > 0 || choice?.source !== 'remembered' || choice.detour === 'none') declineWaiting();
  for (const warning of warnings) say(`pip-detour: ${warning}`);
  const straight = await straightThere(call, standing);
  if ('ending' in straight) return straight.ending;
  const { choiceAbove } = standing;
  return tryAndAsk(call, standing, { ...straight, ...(choiceAbove === undefined ? {} : { choiceAbove }) });
}

/** Certain to be refused, and what to do instead stands: the failing pip need not be run first. */
async function straightThere(
  call: InvocationWithSettings,
  standing: Standing,
): Promise<{ readonly ending: Ending } | { readonly passedOver?: PassedOver }> {
  const { choice } = standing;
  if (choice === undefined || choice.detour === 'none' || call.verdict.kind !== 'refuses') return {};
  return guarded(async () => takeStanding(await look(call, standing), choice, call));
}

/** The real pip first; only its refusal leads on, to the choice that stands or to the question. */
async function tryAndAsk(call: InvocationWithSettings, standing: Standing, known: NotTaken): Promise<Ending> {
  const { nobody, verdict, environment, verbosity } = call;
  const { choice } = standing;
  const certain = verdict.kind === 'refuses';
  const nothing = choice === undefined && namesNothing(call);
  if (
    choice?.detour === 'none' ||
    (nothing && certain) ||
    (nobody !== undefined && (choice === undefined || certain))
  ) {
    const ending = await forward(call);
    const refused = certain && 'code' in ending && ending.code === 1;
    // Whoever chose for this very line has been told why not.
    const chosen =
      choice !== undefined && (known.passedOver === undefined || choice.source === 'environment');
    if (!refused || chosen || !environment.hint || verbosity < 0) return ending;
    if (nothing) say(nothingNamed(call.name));
    else if (nobody !== undefined)
      say(environment.agent === undefined ? hint(nobody, call, known) : await agentHint(nobody, call, known));
    return ending;
  }
  const start = certain ? startOf(call.name, call.realPip, environment) : undefined;
  return start === undefined ? tryUncertain(call, standing, known) : askEarly(call, start, known);
}
