import { readFileSync } from 'node:fs';
import type { Environment } from './environment.ts';
import { hasOption } from './pip/command-line.ts';
import type { PipCommand } from './types.ts';

/** Why nobody can answer a question here, in words; undefined when somebody can. */
export function unattended(environment: Environment, command: PipCommand): string | undefined {
  if (environment.unattended !== undefined) return environment.unattended;
  if (hasOption(command, '--no-input')) return '--no-input';
  if (!process.stdin.isTTY || !process.stderr.isTTY) return 'this is not a terminal';
  if (inBackground()) return 'this job runs in the background';
  return undefined;
}

/**
 * A background job that reads the terminal is stopped by it. Fields 5 and 8 of /proc/PID/stat (proc(5)) are the
 * process group and the terminal's foreground group; where there is no /proc the question is asked.
 */
function inBackground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] !== fields[5];
  } catch {
    return false;
  }
}
