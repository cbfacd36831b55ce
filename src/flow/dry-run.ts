import { commandsOf } from '../prompt/build.ts';
import { rehearse } from '../run/rehearse.ts';
import { succeeded } from '../system/ending.ts';
import { printable, shortPath } from '../system/quote.ts';
import type { Decision, Detour, Ending } from '../types.ts';
import { optionsOf } from './carry-out.ts';
import type { Invocation } from './invocation.ts';
import { say } from './report.ts';

/** `--dry-run`: nothing is made, kept, entered or remembered. `tells`: a line says so at the end. */
export async function onlyTell(
  detour: Detour,
  { situation, plan, detail }: Decision,
  call: Invocation,
  tells: boolean,
): Promise<Ending> {
  const { home } = situation;
  let ending: Ending = { code: 0 };
  if (detour.rehearse?.(situation, '/') === undefined) {
    for (const line of [
      'Would run:',
      ...commandsOf(plan, home, situation.variables).map((command) => `  ${command}`),
    ])
      say(line);
    if (tells) say('Nothing was run, changed or remembered (--dry-run).');
    return ending;
  } else {
    const rehearsal = (temporary: string) => detour.rehearse?.(situation, temporary) ?? { steps: [] };
    ({ ending } = await rehearse(rehearsal, optionsOf(call)));
  }
  if (!tells || !succeeded(ending)) return ending;
  const where = plan.activate === undefined ? detail : shortPath(plan.activate, home);
  say(printable(`Would install into ${where}; nothing was changed or remembered (--dry-run).`));
  return ending;
}
