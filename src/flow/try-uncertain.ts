import { interpreterAt } from '../pip/interpreter.ts';
import { runUnwatched } from '../pip/pip-itself.ts';
import type { Ending, NotTaken } from '../types.ts';
import type { Standing } from './choose.ts';
import { ended } from './guarded.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { namesNothing, nothingNamed } from './nothing-named.ts';
import { look, prepare } from './prepare.ts';
import { say } from './report.ts';
import { takeStanding } from './take-standing.ts';

/** What pip does cannot be told: it has the terminal to itself, and only where it failed it is asked whether it refused. */
export async function tryUncertain(
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
