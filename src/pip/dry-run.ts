import type { Environment } from '../system/variables.ts';
import type { Interpreter, PipCommand } from '../types.ts';
import { hasOption } from './command-line.ts';
import { installSettings } from './in-force.ts';
import { newest } from './versions.ts';

/** Whether pip is only to say what it would install: by the line, a variable or a file of its settings. */
export function isDryRun(
  command: PipCommand,
  interpreter: Interpreter | undefined,
  pip: string | undefined,
  environment: Environment,
): boolean {
  if (command.subcommand !== 'install') return false;
  if (hasOption(command, '--dry-run')) return true;
  const set = interpreter && installSettings(command, interpreter, pip ?? newest, environment);
  return set !== undefined && 'values' in set && set.values.get('--dry-run') === true;
}
