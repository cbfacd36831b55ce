import type { CommandModule } from 'yargs';
import { lookAround } from '../flow/look-around.ts';
import { inOneLine, written } from '../flow/offer-record.ts';
import { lookForRecord } from '../flow/record-look.ts';
import { pipsIn } from '../flow/typed-line.ts';
import { schema } from '../settings/schema.ts';
import { DetourError } from '../system/errors.ts';
import { printable } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import { stringsIn } from './strings.ts';

/** `pip-detour record NAME…`: has the project's list of what it needs agree with its environment, in what is named. */
export const record: CommandModule = {
  command: 'record <names..>',
  describe:
    'Write installed packages into requirements.txt or pyproject.toml, and remove those that are no longer installed',
  builder: (yargs) =>
    yargs
      .positional('names', { type: 'string', array: true, describe: 'Packages, as pip install takes them' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Only say what would be done' })
      // The hooks', after a line with pip in it, for the environment that they had entered: pip was the environment's own.
      .option('typed', { type: 'boolean', default: false, hidden: true }),
  async handler(args) {
    const names = stringsIn(args['names']);
    if (args['typed'] === true) {
      await tellOf(names.join('\n'));
      return;
    }
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

/** A line for each pip of the line that was typed: what to type, or, where the person has said always, what was written. */
async function tellOf(line: string): Promise<void> {
  const changing = pipsIn(line).filter(
    (argv) => !argv.some((word) => /^(-q+|--quiet|--dry-run)$/.test(word)),
  );
  for (const argv of changing) {
    const { situation, settings, environment } = await lookAround('pip', argv);
    const { subcommand } = situation.command;
    if (subcommand !== 'install' && subcommand !== 'uninstall') continue;
    const wish = settings.value(schema.record);
    if (wish === 'never') return;
    const found = await lookForRecord(situation, situation.active?.directory);
    if (found === undefined || 'why' in found) continue;
    const { home } = environment;
    const told =
      wish === 'always' ? written(found, home, ' (the setting record says always)') : inOneLine(found, home);
    process.stdout.write(`${printable(`pip-detour: ${told}`)}\n`);
  }
}
