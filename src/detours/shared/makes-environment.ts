import type { Plan } from '../../types.ts';

/** Whether a plan makes an environment, which is then taken away again where it fails. */
export function makesEnvironment({ steps }: Plan): boolean {
  return steps.some(({ kind }) => kind === 'make');
}
