import { availableParallelism } from 'node:os';
import { detourById } from '../detours/index.ts';
import { withPackages } from '../detours/system-package/packages.ts';
import type { PipStart, Refusal } from '../pip/witness.ts';
import type { Choice, CostlyPart, Ending, IndexLook, NotTaken, Situation } from '../types.ts';
import type { Standing } from './choose.ts';
import { lookInIndex, whoLooksItUp } from './index-look.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { askUntilDone, type Leave } from './rescue.ts';
import { costlyParts, readSituation } from './situation.ts';

/** Looks around once; only as far as the choice needs when there is one. */
export async function look(
  call: InvocationWithSettings,
  { choice, choiceAbove }: Pick<Standing, 'choice' | 'choiceAbove'>,
): Promise<Situation> {
  const { name, realPip, command, verdict, environment, settings } = call;
  const found = await readSituation({
    name,
    realPip,
    command,
    verdict,
    environment,
    settings,
    ...(choiceAbove === undefined ? {} : { choiceAbove }),
    ...(choice?.directory === undefined ? {} : { rememberedFor: choice.here ?? choice.directory }),
    ...(choice === undefined
      ? {}
      : { without: costlyParts.filter((part) => !needsOf(choice).includes(part)) }),
  });
  return needsOf(choice).includes('packages') ? withPackages(found, environment) : found;
}

function needsOf(choice: Choice | undefined): readonly CostlyPart[] {
  return (choice && detourById(choice.detour)?.needs) ?? [];
}

/** A question that is being made ready. */
export interface Ready {
  /** Undefined where pip, which was still running, did something else than refuse. */
  ask(leave: Leave): Promise<Ending | undefined>;
  /** Nothing more is waited for. */
  stop(): void;
}

/**
 * pip takes one core, and what is done beside it on the other costs it time all the same (docs/performance.md): with two
 * of them the package manager is asked once pip has refused.
 */
function hasSpareCores(): boolean {
  return availableParallelism() > 2;
}

/**
 * Looks around; the package manager and the index are asked, but never waited for. `refusal` is pip's, where it is still
 * to come.
 */
export function prepare(
  call: InvocationWithSettings,
  known: NotTaken,
  refusal?: Promise<Refusal | undefined>,
): Ready {
  const looking = look(call, {
    ...(known.choiceAbove === undefined ? {} : { choiceAbove: known.choiceAbove }),
  });
  const over = new AbortController();
  let asked: Promise<Situation> | undefined;
  const packages = async () => {
    if (!hasSpareCores()) await refusal;
    asked ??= looking.then((found) => withPackages(beingLookedUp(found), call.environment, over.signal));
    return asked;
  };
  // Who looks it up in the index wants to compare the two.
  const beingLookedUp = (found: Situation): Situation =>
    whoLooksItUp(call, found) === undefined ? found : { ...found, index: { state: 'looking', answers: [] } };
  looking.catch(() => {});
  const refuses = refusal?.then((said) => said !== undefined);
  let lookedUp: Promise<IndexLook> | undefined;
  const index = async (pip: PipStart) => {
    if (!hasSpareCores()) await refusal;
    lookedUp ??= lookInIndex(pip, call.command, {
      cwd: call.cwd,
      patience: call.environment.packageTimeout,
      signal: over.signal,
    }).then((answers) => ({
      state: 'answered',
      answers,
    }));
    return lookedUp;
  };
  return {
    async ask(leave) {
      const found = await looking;
      const pip = whoLooksItUp(call, found);
      const looks = { packages, ...(pip === undefined ? {} : { index: () => index(pip) }) };
      return askUntilDone(found, call, leave, looks, known, refuses);
    },
    stop: () => over.abort(),
  };
}
