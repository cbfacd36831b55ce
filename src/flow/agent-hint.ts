import { offeredIds } from '../detours/index.ts';
import { ableUnasked, bestUnasked, type Recommended } from '../detours/recommendation.ts';
import { withPackages } from '../detours/system-package/packages.ts';
import { managerOf } from '../place/platform.ts';
import { maskedJson, maskedWords } from '../system/mask.ts';
import { quoteAll } from '../system/quote.ts';
import type { DetourId, NotTaken } from '../types.ts';
import { whyNotTaken } from './hint.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { look } from './prepare.ts';

/** Begins the line that coding agents read; what follows is one JSON object. */
const prefix = 'pip-detour-hint: ';

/**
 * The one line for a coding agent: what refused, and what would be recommended to a person here, as a line to run.
 * `recommended`, `reason` and `run` are null where nothing is. Never rejects: the refusal has been shown already.
 */
export async function agentHint(why: string, call: InvocationWithSettings, known: NotTaken): Promise<string> {
  const { name, command, verdict } = call;
  const found = await takeable(call, known).catch(() => undefined);
  const best = found?.best;
  const line = `${name} ${quoteAll(maskedWords(command.argv))}`;
  return (
    prefix +
    ascii({
      reference: 'externally-managed-environment',
      because: why,
      python: verdict.interpreter?.executable ?? null,
      manager: managerOf(verdict.interpreter),
      recommended: best?.id ?? null,
      reason: best?.recommended ?? null,
      run: best === undefined ? null : `PIP_DETOUR=${best.id} ${line}`,
      notTaken: whyNotTaken(known, call.environment.home) ?? null,
      detours: [...(found?.ids ?? offeredIds()), 'none'],
      silence: 'PIP_DETOUR_HINT=0',
    })
  );
}

/** What can be taken here without asking anybody on the way. */
interface Takeable {
  readonly best: Recommended | undefined;
  readonly ids: readonly DetourId[];
}

/** The package manager's word is waited for: what it does not have cannot be taken. */
async function takeable(
  call: InvocationWithSettings,
  { choiceAbove, passedOver }: NotTaken,
): Promise<Takeable> {
  const found = await look(call, choiceAbove === undefined ? {} : { choiceAbove });
  const situation = await withPackages(found, call.environment);
  const ids = ableUnasked(situation, passedOver?.choice.detour).map(({ id }) => id);
  return { best: bestUnasked(situation, passedOver?.choice.detour), ids: [...new Set(ids)] };
}

/** JSON that survives any terminal and any log. */
function ascii(value: unknown): string {
  return maskedJson(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
