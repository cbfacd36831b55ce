import type { CommandModule } from 'yargs';
import { DetourError } from '../system/errors.ts';

/**
 * `pip-detour run COMMAND …`: shims/run.sh becomes the command, for no Node is to stay behind. What comes here has named
 * none.
 */
export const run: CommandModule = {
  command: 'run [command..]',
  describe: "Run a command of this directory's environment, without activating it",
  builder: (yargs) =>
    yargs
      .positional('command', { type: 'string', array: true, describe: 'The command, with its arguments' })
      .example('$0 run python app.py', ''),
  handler() {
    throw new DetourError('no-command', 'no command was given', 'pip-detour run python app.py', 2);
  },
};
