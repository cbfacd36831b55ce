import { rmSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { forgetChoice } from '../flow/remember.ts';
import { leftovers, list } from '../memory/choices.ts';
import { validityOf } from '../memory/validity.ts';
import { shortPath } from '../system/quote.ts';
import { readEnvironment } from '../system/variables.ts';

/** `pip-detour choices prune [--dry-run]`: forgets what was remembered for directories that are gone. */
export const prune: CommandModule = {
  command: 'prune',
  describe: 'Forget what is remembered for directories that are gone, and remove damaged files set aside',
  builder: (yargs) =>
    yargs.option('dry-run', {
      type: 'boolean',
      default: false,
      describe: 'Only say what would be forgotten',
    }),
  async handler(args) {
    const environment = readEnvironment();
    const { stateDirectory, home } = environment;
    const { choices } = await list(stateDirectory);
    const gone = choices.filter((choice) => validityOf(choice, environment).gone === true);
    const files = leftovers(stateDirectory);
    const only = args['dry-run'] === true;
    for (const { directory } of gone) if (!only) forgetChoice(environment, directory);
    for (const file of files) if (!only) rmSync(file, { recursive: true, force: true });
    const lines = [
      ...gone.map(({ directory, detour }) => `${shortPath(directory, home)}  ${detour}`),
      ...files.map((file) => shortPath(file, home)),
    ];
    const verb = only ? 'Would forget' : 'Forgot';
    process.stdout.write(
      lines.length === 0 ? 'Nothing to prune.\n' : lines.map((line) => `${verb} ${line}\n`).join(''),
    );
  },
};
