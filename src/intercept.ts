import { type Call, readCall, type SettledCall, settle } from './call.ts';
import { type Standing, standingChoice } from './choose.ts';
import { describe } from './errors.ts';
import { hint } from './hint.ts';
import { namesNothing, nothingNamed } from './nothing-named.ts';
import { attempt } from './pip/real-pip.ts';
import { endLike, type Inherited, nothingInherited, run } from './process.ts';
import { say, showBytes } from './report.ts';
import { askUntilDone, takeStanding } from './rescue.ts';
import { gather } from './situation/index.ts';
import { withPackages } from './situation/packages.ts';
import type { Choice, Ending, Situation } from './types.ts';

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
  endLike((await straightThere(call, standing)) ?? (await tryAndAsk(call, standing)));
}

function forward({ realPip, command, environment, inherited }: Call): Promise<Ending> {
  return run(realPip, command.argv, { env: environment.variables, inherited });
}

/** Certain to be refused, and what to do instead stands: the failing pip need not be run first. */
async function straightThere(call: SettledCall, { choice }: Standing): Promise<Ending | undefined> {
  if (choice === undefined || choice.detour === 'none' || call.verdict.kind !== 'refuses') return undefined;
  return guarded(async () => takeStanding(await look(call, choice), choice, call));
}

/** The real pip first; only its refusal leads on, to the choice that stands or to the question. */
async function tryAndAsk(call: SettledCall, { choice }: Standing): Promise<Ending> {
  const { nobody, verdict, environment, verbosity } = call;
  const known = verdict.kind === 'refuses';
  const nothing = choice === undefined && namesNothing(call);
  if (
    choice?.detour === 'none' ||
    (nothing && known) ||
    (nobody !== undefined && (choice === undefined || known))
  ) {
    const ending = await forward(call);
    const refused = known && 'code' in ending && ending.code === 1;
    if (!refused || choice !== undefined || !environment.hint || verbosity < 0) return ending;
    if (nothing) say(nothingNamed(call.name));
    else if (nobody !== undefined) say(hint(nobody, call));
    return ending;
  }

  const running = attempt(call.realPip, call.command.argv, {
    variables: environment.variables,
    inherited: call.inherited,
    verdict,
    silent: verbosity <= -3,
    show: showBytes,
  });
  const looking = look(call);
  looking.catch(() => {});
  const over = new AbortController();
  // The package manager is asked while pip fails, but never waited for.
  const packages = () => looking.then((found) => withPackages(found, environment, over.signal));
  const asked = nobody === undefined && known ? packages() : undefined;
  asked?.catch(() => {});
  // Loaded and drawn once into nothing while pip is still starting: the prompt then comes with its exit.
  // Where that fails it fails again when the question is put, and is told there.
  if (nobody === undefined && known)
    void import('./prompt/ask.tsx').then((prompt) => prompt.warm()).catch(() => {});
  const { ending, refusal } = await running;
  if (refusal === undefined) {
    over.abort();
    return ending;
  }
  const leave = (): Ending => {
    showBytes(refusal);
    return ending;
  };
  return guarded(async () => {
    if (choice !== undefined && !known) {
      const taken = await takeStanding(await look(call, choice), choice, call);
      if (taken !== undefined) return taken;
    }
    if (nobody !== undefined) return leave();
    return askUntilDone(await looking, call, leave, asked ?? packages());
  }, leave).finally(() => over.abort());
}

/** Looks around once; only as far as the choice needs when there is one. */
async function look(call: SettledCall, choice?: Choice): Promise<Situation> {
  const { name, realPip, command, verdict, environment, settings } = call;
  const found = await gather({
    name,
    realPip,
    command,
    verdict,
    environment,
    settings,
    ...(choice?.directory === undefined ? {} : { rememberedFor: choice.here ?? choice.directory }),
    ...(choice === undefined ? {} : { without: unneeded(choice) }),
  });
  return choice?.detour === 'system-package' ? withPackages(found, environment) : found;
}

/** What costs most to look for, and only one detour needs. */
function unneeded({ detour }: Choice): ('pipx' | 'pythons')[] {
  const all = ['pipx', 'pythons'] as const;
  return all.filter((part) => part !== (detour === 'other-python' ? 'pythons' : detour));
}

/** From here on an error of ours is told and ends us: the real pip has run, or must not run after half a detour. */
async function guarded<T>(action: () => Promise<T>, leave?: () => Ending): Promise<T | Ending> {
  try {
    return await action();
  } catch (thrown) {
    leave?.();
    say(describe(thrown));
    return { code: 1 };
  }
}
