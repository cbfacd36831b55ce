import { isDoubtful } from '../pip/doubtful.ts';
import { whatCannotBeRead } from '../pip/unreadable.ts';
import { type PipStart, type Refusal, startWitness } from '../pip/witness.ts';
import type { Ending, NotTaken } from '../types.ts';
import { forward } from './forward.ts';
import { ended } from './guarded.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { prepare } from './prepare.ts';
import { showBytes } from './report.ts';

/**
 * Certain to be refused: the question is put while a pip that can change nothing is still on its way to its refusal, and
 * acted on once that has come. Where it does not come the real pip runs as if nothing had been.
 */
export async function askEarly(
  call: InvocationWithSettings,
  start: PipStart,
  known: NotTaken,
): Promise<Ending> {
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
