import { agentHint } from './flow/agent-hint.ts';
import { type Standing, standingChoice } from './flow/choose.ts';
import { hint } from './flow/hint.ts';
import { type Call, readCall, type SettledCall, settle } from './flow/invocation.ts';
import { namesNothing, nothingNamed } from './flow/nothing-named.ts';
import { look, prepare } from './flow/prepare.ts';
import { say, showBytes } from './flow/report.ts';
import { takeStanding } from './flow/rescue.ts';
import { interpreterAt } from './pip/interpreter.ts';
import { runUnwatched } from './pip/pip-itself.ts';
import { attempt } from './pip/real-pip.ts';
import { pipArguments } from './pip/start.ts';
import { describe } from './system/errors.ts';
import { endLike, type Inherited, nothingInherited, run } from './system/process.ts';
import type { Ending, Known, Passed } from './types.ts';

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
  const bare = readCall(name, realPip, argv, inherited);
  // Without a directory to stand in pip ends by itself, with words of its own.
  if (bare.verdict.kind === 'proceeds' || bare.cwd === '') return endLike(await forward(bare));

  const call = await settle(bare);
  const standing = await standingChoice(call.environment, call.cwd, call.settings);
  for (const warning of standing.warnings) say(`pip-detour: ${warning}`);
  const straight = await straightThere(call, standing);
  if ('ending' in straight) return endLike(straight.ending);
  const { beyond } = standing;
  endLike(await tryAndAsk(call, standing, { ...straight, ...(beyond === undefined ? {} : { beyond }) }));
}

function forward({ name, realPip, command, environment, inherited }: Call): Promise<Ending> {
  return run(realPip, pipArguments(realPip, command.argv, name), { env: environment.variables, inherited });
}

/** Certain to be refused, and what to do instead stands: the failing pip need not be run first. */
async function straightThere(
  call: SettledCall,
  standing: Standing,
): Promise<{ readonly ending: Ending } | { readonly passed?: Passed }> {
  const { choice } = standing;
  if (choice === undefined || choice.detour === 'none' || call.verdict.kind !== 'refuses') return {};
  return guarded(async () => takeStanding(await look(call, standing), choice, call));
}

/** The real pip first; only its refusal leads on, to the choice that stands or to the question. */
async function tryAndAsk(call: SettledCall, standing: Standing, known: Known): Promise<Ending> {
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
    const chosen = choice !== undefined && (known.passed === undefined || choice.source === 'environment');
    if (!refused || chosen || !environment.hint || verbosity < 0) return ending;
    if (nothing) say(nothingNamed(call.name));
    else if (nobody !== undefined)
      say(environment.agent === undefined ? hint(nobody, call, known) : await agentHint(nobody, call, known));
    return ending;
  }
  return certain ? tryCertain(call, known) : tryUncertain(call, standing, known);
}

/** Certain to be refused: the message is held back while the question is made ready, and shown where it is left. */
async function tryCertain(call: SettledCall, known: Known): Promise<Ending> {
  const { environment, verbosity } = call;
  const running = attempt(call.realPip, pipArguments(call.realPip, call.command.argv, call.name), {
    variables: environment.variables,
    inherited: call.inherited,
    silent: verbosity <= -3,
    show: showBytes,
  });
  const ready = prepare(call, known);
  const { ending, refusal } = await running;
  if (refusal === undefined) {
    ready.stop();
    return ending;
  }
  const leave = (): Ending => {
    showBytes(refusal);
    return ending;
  };
  return ended(() => ready.ask(leave), leave).finally(ready.stop);
}

/** What pip does cannot be told: it has the terminal to itself, and only where it failed it is asked whether it refused. */
async function tryUncertain(call: SettledCall, standing: Standing, known: Known): Promise<Ending> {
  const { choice } = standing;
  const { ending, refused } = await runUnwatched(call);
  const python = await refused();
  if (python === undefined) return ending;
  const interpreter = call.verdict.interpreter ?? interpreterAt(python, call.environment);
  const told: SettledCall =
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
    return ready.ask(() => ending).finally(ready.stop);
  });
}

/**
 * From here on an error of ours is told and ends us: the real pip has run, or must not run after half a detour. It ends
 * with 1, as a pip that fails does: 127 (a program of the detour is gone) would tell a script that there is no pip.
 */
async function guarded<T>(
  action: () => Promise<T>,
  leave?: () => Ending,
): Promise<T | { readonly ending: Ending }> {
  try {
    return await action();
  } catch (thrown) {
    leave?.();
    say(describe(thrown));
    return { ending: { code: 1 } };
  }
}

/** The same for what ends us either way. */
async function ended(action: () => Promise<Ending>, leave?: () => Ending): Promise<Ending> {
  return (await guarded(async () => ({ ending: await action() }), leave)).ending;
}
