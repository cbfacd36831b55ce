import { offeredIds } from '../detours/index.ts';
import { bestUnasked, type Recommended } from '../detours/recommendation.ts';
import { withPackages } from '../detours/system-package/packages.ts';
import { managerOf } from '../place/platform.ts';
import { maskedJson, maskedWords } from '../system/mask.ts';
import { quoteAll } from '../system/quote.ts';
import type { Known } from '../types.ts';
import { notTaken } from './hint.ts';
import type { SettledCall } from './invocation.ts';
import { look } from './prepare.ts';

/** Begins the line that coding agents read; what follows is one JSON object. */
const prefix = 'pip-detour-hint: ';

/**
 * The one line for a coding agent: what refused, and what would be recommended to a person here, as a line to run.
 * `recommended`, `reason` and `run` are null where nothing is. Never rejects: the refusal has been shown already.
 */
export async function agentHint(why: string, call: SettledCall, known: Known): Promise<string> {
  const { name, command, verdict } = call;
  const best = await recommended(call, known).catch(() => undefined);
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
      notTaken: notTaken(known, call.environment.home) ?? null,
      detours: [...offeredIds(), 'none'],
      silence: 'PIP_DETOUR_HINT=0',
    })
  );
}

/** What needs nobody to be asked on the way. The package manager's word is waited for where it could be the last. */
async function recommended(call: SettledCall, { beyond, passed }: Known): Promise<Recommended | undefined> {
  const found = await look(call, beyond === undefined ? {} : { beyond });
  const best = (situation = found) => bestUnasked(situation, passed?.choice.detour);
  const first = best();
  if (first !== undefined && !found.where.kinds.includes('raspberry-pi')) return first;
  return best(await withPackages(found, call.environment));
}

/** JSON that survives any terminal and any log. */
function ascii(value: unknown): string {
  return maskedJson(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
