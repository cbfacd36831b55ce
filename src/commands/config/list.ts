import type { CommandModule } from 'yargs';
import { waiting } from '../../settings/layers.ts';
import { readSettings } from '../../settings/read.ts';
import { maskedJson } from '../../system/mask.ts';
import { printable } from '../../system/quote.ts';
import { rowsOf, table } from './rows.ts';
import { placeOf, sourceOf } from './scope.ts';

/** `pip-detour config list`: every setting, its value here, and who set it. */
export const list: CommandModule = {
  command: 'list',
  describe: 'Show every setting, its value here, and who set it',
  builder: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  async handler(args) {
    const { environment, cwd } = placeOf(args);
    const settings = await readSettings(environment, cwd, { all: true });
    const only = sourceOf(args);
    const rows = rowsOf(settings, only);
    const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
    if (args['json'] === true) process.stdout.write(`${maskedJson(rows, 2)}\n`);
    else if (rows.length === 0) process.stdout.write('Nothing is set there.\n');
    else process.stdout.write(table(rows, environment.home, columns));
    const held = settings.withheld.map((value) => waiting(value, environment.home));
    const asked = only === undefined || only === 'project' ? held : [];
    for (const warning of [...settings.warnings, ...asked])
      process.stderr.write(`pip-detour: ${printable(warning)}\n`);
  },
};
