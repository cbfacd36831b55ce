import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { forgetChoice, forgetChoices } from '../flow/remember.ts';
import { recall } from '../memory/recall.ts';
import { lookAgain } from '../shell/this-shell.ts';
import { DetourError } from '../system/errors.ts';
import { shortPath } from '../system/quote.ts';
import { realOr } from '../system/real-path.ts';
import { readEnvironment } from '../system/variables.ts';

/** `pip-detour forget [DIR|--all]`: here means the directory whose choice is in force here. */
export const forget: CommandModule = {
  command: 'forget [directory]',
  describe: 'Forget what is remembered for a directory (default: the one that applies here)',
  builder: (yargs) =>
    yargs
      .positional('directory', { type: 'string', describe: 'The directory' })
      .option('all', { type: 'boolean', describe: 'Forget everything' })
      .conflicts('all', 'directory'),
  async handler(args) {
    const environment = readEnvironment();
    const { stateDirectory, home } = environment;
    if (args['all'] === true) {
      const count = await forgetChoices(environment);
      lookAgain(environment);
      process.stdout.write(`Forgot ${count} ${count === 1 ? 'choice' : 'choices'}.\n`);
      return;
    }
    const given = args['directory'];
    const here = realpathSync('.');
    const directory =
      typeof given === 'string'
        ? resolve(given)
        : ((await recall(stateDirectory, here, realOr(home))).choice?.directory ?? here);
    if (!forgetChoice(environment, directory))
      throw new DetourError(
        'nothing-remembered',
        `nothing is remembered for ${shortPath(directory, home)}`,
        'to see what is remembered, type: pip-detour choices',
      );
    lookAgain(environment);
    process.stdout.write(`Forgot the choice for ${shortPath(directory, home)}.\n`);
  },
};
