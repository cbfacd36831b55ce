import type { RunStep, Situation } from '../../types.ts';

/** What a step that runs no pip has, so that its words are known where it fails at a terminal. */
export function listenedTo({ interpreter }: Situation): Pick<RunStep, 'listener'> {
  return interpreter === undefined ? {} : { listener: interpreter.executable };
}
