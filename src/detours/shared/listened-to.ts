import type { RunStep, Situation } from '../../types.ts';

/** What is added to a step that runs another program than pip, so that we know its output if it fails at a terminal. */
export function listenedTo({ interpreter }: Situation): Pick<RunStep, 'listener'> {
  return interpreter === undefined ? {} : { listener: interpreter.executable };
}
