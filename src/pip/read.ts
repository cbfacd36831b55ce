import type { Environment } from '../system/variables.ts';
import type { PipCommand, Verdict } from '../types.ts';
import { pipBehind } from './behind.ts';
import { parseCommandLine } from './command-line.ts';
import { netVerbosity } from './in-force.ts';
import { verdict } from './verdict.ts';

/** A command line as the very pip that would get it reads it, whether that pip will refuse it, and how much it will say. */
export function readCommand(
  argv: readonly string[],
  realPip: string,
  environment: Environment,
): { readonly command: PipCommand; readonly verdict: Verdict; readonly verbosity: number } {
  const behind = pipBehind(realPip, environment);
  const command = parseCommandLine(argv, behind.version);
  return {
    command,
    verdict: verdict(command, realPip, environment, behind),
    verbosity: netVerbosity(command, realPip, environment, behind),
  };
}
