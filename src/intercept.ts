import { agentHint } from './flow/agent-hint.ts';
import { type Standing, standingChoice } from './flow/choose.ts';
import { hint } from './flow/hint.ts';
import {
  type Invocation,
  type InvocationWithSettings,
  readInvocation,
  withItsSettings,
} from './flow/invocation.ts';
import { byNewerPip } from './flow/newer-pip.ts';
import { namesNothing, nothingNamed } from './flow/nothing-named.ts';
import { look, prepare } from './flow/prepare.ts';
import { say, showBytes } from './flow/report.ts';
import { takeStanding } from './flow/take-standing.ts';
import { isDoubtful } from './pip/doubtful.ts';
import { interpreterAt } from './pip/interpreter.ts';
import { runUnwatched } from './pip/pip-itself.ts';
import { configuresOnce, givesOnce, keepWhatGivesOnce } from './pip/read-once.ts';
import { pipArguments } from './pip/start.ts';
import { whatCannotBeRead } from './pip/unreadable.ts';
import { type PipStart, type Refusal, startOf, startWitness } from './pip/witness.ts';
import { endLike } from './system/ending.ts';
import { describe } from './system/errors.ts';
import { type Inherited, nothingInherited } from './system/inherited.ts';
import { run } from './system/process.ts';
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

function forward({ name, realPip, command, environment, inherited }: Invocation): Promise<Ending> {
  return run(realPip, pipArguments(realPip, command.argv, name), { env: environment.variables, inherited });
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

/**
 * Certain to be refused: the question is put while a pip that can change nothing is still on its way to its refusal, and
 * acted on once that has come. Where it does not come the real pip runs as if nothing had been.
 */
async function askEarly(call: InvocationWithSettings, start: PipStart, known: NotTaken): Promise<Ending> {
  const { inherited, command } = call;
  // No way round helps then, and pip's own word says more than a question.
  const unreadable = isDoubtful(command, call.cwd)
    ? await whatCannotBeRead(start, command.argv, inherited)
    : undefined;
  if (unreadable !== undefined) {
    showBytes(unreadable.stdout, 1);
    showBytes(unreadable.stderr);
    return unreadable.ending;
  }
  const witness = startWitness(start, command.argv, { inherited, shown: true });
  const ready = prepare(call, known, witness.refusal);
  const leave = async () => leaveAs(call, await witness.refusal);
  return ended(async () => (await ready.ask(leave)) ?? forward(call), leave).finally(() => {
    ready.stop();
    witness.stop();
  });
}

/** Shows what pip said, and ends as it did; pip itself says it where it had more to do than to say it, or said nothing. */
function leaveAs(call: InvocationWithSettings, refusal: Refusal | undefined): Promise<Ending> | Ending {
  if (refusal === undefined || !refusal.whole) return forward(call);
  showBytes(refusal.stdout, 1);
  showBytes(refusal.stderr);
  return { code: 1 };
}

/** What pip does cannot be told: it has the terminal to itself, and only where it failed it is asked whether it refused. */
async function tryUncertain(
  call: InvocationWithSettings,
  standing: Standing,
  known: NotTaken,
): Promise<Ending> {
  const { choice } = standing;
  const { ending, refused } = await runUnwatched(call);
  const python = await refused();
  if (python === undefined) return ending;
  const interpreter = call.verdict.interpreter ?? interpreterAt(python, call.environment);
  const told: InvocationWithSettings =
    interpreter === undefined ? call : { ...call, verdict: { ...call.verdict, interpreter } };
  return ended(async () => {
    const taken = choice && (await takeStanding(await look(told, standing), choice, told));
    if (taken !== undefined && 'ending' in taken) return taken.ending;
    if (told.nobody !== undefined) return ending;
    if (choice === undefined && namesNothing(told)) {
      say(nothingNamed(told.name));
      return ending;
    }
    const ready = prepare(told, { ...known, ...taken });
    return (await ready.ask(() => ending).finally(ready.stop)) ?? ending;
  });
}

/**
 * From here on an error of ours is told and ends us: the real pip has run, or must not run after half a detour. It ends
 * with 1, as a pip that fails does: 127 (a program of the detour is gone) would tell a script that there is no pip.
 */
async function guarded<T>(
  action: () => Promise<T>,
  leave?: () => Promise<Ending>,
): Promise<T | { readonly ending: Ending }> {
  try {
    return await action();
  } catch (thrown) {
    const ending = await leave?.();
    say(describe(thrown));
    return { ending: ending ?? { code: 1 } };
  }
}

/** The same for what ends us either way. */
async function ended(action: () => Promise<Ending>, leave?: () => Promise<Ending>): Promise<Ending> {
  return (await guarded(async () => ({ ending: await action() }), leave)).ending;
}
