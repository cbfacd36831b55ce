import type { Environment } from '../environment.ts';
import type { PipCommand, Verdict } from '../types.ts';
import { parseCommandLine } from './command-line.ts';
import { interpreterOf, pipPackageOf } from './interpreter.ts';
import { verdict } from './verdict.ts';

/** A command line as the very pip that would get it reads it, and whether that pip will refuse it. */
export function readCommand(
  argv: readonly string[],
  realPip: string,
  environment: Environment,
): { readonly command: PipCommand; readonly verdict: Verdict } {
  const interpreter = interpreterOf(realPip, environment);
  const version =
    interpreter === undefined ? undefined : pipPackageOf(realPip, interpreter, environment)?.version;
  const command = parseCommandLine(argv, version);
  return { command, verdict: verdict(command, realPip, environment) };
}
