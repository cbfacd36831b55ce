import { unattended } from './attendance.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { readCommand } from './pip/read.ts';
import { netVerbosity } from './pip/verdict.ts';
import type { Inherited } from './process.ts';
import type { PipCommand, Verdict } from './types.ts';

/** One call of pip: what was typed, and what can be told about it without running anything. */
export interface Call {
  /** What pip was called by: `pip`, `pip3`. */
  readonly name: string;
  readonly realPip: string;
  readonly inherited: Inherited;
  readonly environment: Environment;
  readonly command: PipCommand;
  readonly verdict: Verdict;
  /** pip's `-v` counted up and `-q` down. */
  readonly verbosity: number;
  /** Why nobody can answer a question, in words; undefined when somebody can. */
  readonly nobody: string | undefined;
  /** Empty when the directory was deleted under us. */
  readonly cwd: string;
}

export function readCall(name: string, realPip: string, argv: readonly string[], inherited: Inherited): Call {
  const environment = readEnvironment();
  const { command, verdict } = readCommand(argv, realPip, environment);
  return {
    name,
    realPip,
    inherited,
    environment,
    command,
    verdict,
    verbosity: netVerbosity(command, realPip, environment),
    nobody: unattended(environment, command),
    cwd: currentDirectory(),
  };
}

function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}
