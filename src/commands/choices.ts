import { existsSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { readEnvironment } from '../environment.ts';
import { list } from '../memory/choices.ts';
import { printable, shortPath } from '../quote.ts';

/** `pip-detour choices [--json]`: what is remembered. */
export const choices: CommandModule = {
  command: 'choices',
  describe: 'List what is remembered, by directory',
  builder: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  async handler(args) {
    const { stateDirectory, home } = readEnvironment();
    const { choices: found, damaged } = await list(stateDirectory);
    const rows = found.map((choice) => ({ ...choice, present: existsSync(choice.directory) }));
    if (args['json'] === true) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else if (rows.length === 0) process.stdout.write('Nothing is remembered yet.\n');
    else {
      const width = Math.max(...rows.map((row) => shortPath(row.directory, home).length));
      for (const row of rows) {
        const gone = row.present ? '' : '  (the directory is gone)';
        process.stdout.write(
          `${shortPath(row.directory, home).padEnd(width)}  ${row.detour}  ${row.at.slice(0, 10)}${gone}\n`,
        );
      }
    }
    for (const file of damaged) process.stderr.write(`pip-detour: damaged: ${printable(file)}\n`);
  },
};
