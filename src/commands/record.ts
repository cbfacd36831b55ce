import type { CommandModule } from 'yargs';
import { lookAround } from '../flow/look-around.ts';
import { written } from '../flow/offer-record.ts';
import { lookForRecord } from '../flow/record-look.ts';
import { DetourError } from '../system/errors.ts';
import { printable } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import { stringsIn } from './strings.ts';

/** `pip-detour record NAME…`: has the project's list of what it needs agree with its environment, in what is named. */
export const record: CommandModule = {
  command: 'record <names..>',
  describe: 'Write what is installed here into requirements.txt or pyproject.toml; take out what is not',
  builder: (yargs) =>
    yargs
      .positional('names', { type: 'string', array: true, describe: 'Packages, as pip install takes them' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Only say what would be done' }),
  async handler(args) {
    const names = stringsIn(args['names']);
    let changed = false;
    for (const subcommand of ['install', 'uninstall']) {
      const { situation } = await lookAround('pip', [subcommand, ...names]);
      const { environment, active, home } = situation;
      const look = environment.state === 'ready' ? environment : active;
      const found = look?.state === 'ready' ? await lookForRecord(situation, look.directory) : undefined;
      if (found === undefined) continue;
      if ('why' in found)
        throw new DetourError('not-recorded', `${found.file} ${found.why}`, 'write it by hand');
      const would = `Would ${found.takesOut ? 'take out of' : 'write into'} ${found.file}: ${found.lines.join(', ')}.`;
      process.stdout.write(`${printable(args['dry-run'] === true ? would : written(found, home))}\n`);
      changed = true;
    }
    if (changed) return;
    throw new DetourError(
      'nothing-to-record',
      `there is nothing to write about ${inWords(names)}: the project's list is right already, or the project has no list that you keep by hand`,
      'to see the project and its environment, type: pip-detour status',
    );
  },
};
