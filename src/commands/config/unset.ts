import type { CommandModule } from 'yargs';
import { change } from '../../settings/change.ts';
import { readSources } from '../../settings/read.ts';
import { fromOf, targetOf } from '../../settings/target.ts';
import { DetourError } from '../../system/errors.ts';
import { printable, shortPath } from '../../system/quote.ts';
import { namedSetting, placeOf, wantedOf } from './scope.ts';

/** `pip-detour config unset NAME`: so that the next source, or the default, counts again. */
export const unset: CommandModule = {
  command: 'unset <setting>',
  describe: 'Remove a value, so that the default applies again',
  builder: (yargs) =>
    yargs.hide('policy').positional('setting', { type: 'string', demandOption: true, describe: 'Its name' }),
  async handler(args) {
    const { environment, cwd } = placeOf(args);
    const target = targetOf(wantedOf(args), environment, cwd);
    const name = String(args['setting']);
    const where = shortPath(fromOf(target), environment.home);
    const there = (await readSources(environment, cwd)).some(
      (reading) =>
        reading.ok && reading.raw.from === fromOf(target) && Object.hasOwn(reading.raw.values, name),
    );
    // What stands there can be taken out even where it is no setting of ours.
    if (!there)
      throw new DetourError(
        'not-set',
        `${namedSetting(name).name} is not set in ${where}`,
        'to see where it is set, type: pip-detour config list',
      );
    await change(target, { name }, undefined, environment);
    process.stdout.write(printable(`${name} is no longer set in ${where}`).concat('\n'));
  },
};
