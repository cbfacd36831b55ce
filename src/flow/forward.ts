import { pipArguments } from '../pip/start.ts';
import { run } from '../system/process.ts';
import type { Ending } from '../types.ts';
import type { Invocation } from './invocation.ts';

/** Runs the real pip as it was typed. */
export function forward({ name, realPip, command, environment, inherited }: Invocation): Promise<Ending> {
  return run(realPip, pipArguments(realPip, command.argv, name), { env: environment.variables, inherited });
}
