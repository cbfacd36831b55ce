import { isatty } from 'node:tty';
import { hasOption } from '../pip/command-line.ts';
import { isForeground } from '../system/foreground.ts';
import type { Environment } from '../system/variables.ts';
import type { PipCommand } from '../types.ts';

/** Why nobody can answer a question here, in words; undefined when somebody can. */
export function unattended(environment: Environment, command: PipCommand): string | undefined {
  if (environment.unattended !== undefined) return environment.unattended;
  if (hasOption(command, '--no-input')) return '--no-input';
  // Not process.stdin.isTTY: opening the stream of a pipe sets it non-blocking for everybody who shares it.
  if (!isatty(0) || !isatty(2)) return 'this is not a terminal';
  // A background job that reads the terminal is stopped by it.
  if (isForeground() === false) return 'this job runs in the background';
  return undefined;
}
