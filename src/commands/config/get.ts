import type { CommandModule } from 'yargs';
import { show } from '../../settings/kinds.ts';
import { readSettings } from '../../settings/read.ts';
import { DetourError } from '../../system/errors.ts';
import { masked, maskedJson } from '../../system/mask.ts';
import { rowsOfSetting } from './rows.ts';
import { namedSetting, placeOf, sourceOf } from './scope.ts';

/** `pip-detour config get NAME`: its value here, for a script; lists have commas between their words. */
export const get: CommandModule = {
  command: 'get <setting>',
  describe: 'Print the value of a setting',
  builder: (yargs) =>
    yargs
      .positional('setting', { type: 'string', demandOption: true, describe: 'Its name' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON, with who set it' }),
  async handler(args) {
    const setting = namedSetting(args['setting']);
    const { environment, cwd } = placeOf(args);
    const settings = await readSettings(environment, cwd);
    for (const warning of settings.warnings) process.stderr.write(`pip-detour: ${masked(warning)}\n`);
    const rows = rowsOfSetting(settings, setting, sourceOf(args));
    if (rows.length === 0)
      throw new DetourError(
        'not-set',
        `${setting.name} is not set there`,
        'to see where it is set, type: pip-detour config list',
      );
    if (args['json'] === true) process.stdout.write(`${maskedJson(rows, 2)}\n`);
    else for (const { value } of rows) process.stdout.write(`${masked(whole(value))}\n`);
  },
};

/** Not cut, as what is shown to a person is. */
function whole(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : show(value);
}
