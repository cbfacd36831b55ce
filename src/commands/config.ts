import type { CommandModule } from 'yargs';
import { settingsHelp } from '../settings/template.ts';
import { edit } from './config/edit.ts';
import { get } from './config/get.ts';
import { list } from './config/list.ts';
import { path } from './config/path.ts';
import { withScope } from './config/scope.ts';
import { set } from './config/set.ts';
import { unset } from './config/unset.ts';

/** `pip-detour config`: settings, and who says them. */
export const config: CommandModule = {
  command: 'config',
  describe: 'Show and change settings',
  builder: (yargs) =>
    withScope(yargs)
      .command([list, get, set, unset, edit, path])
      .demandCommand(1, 'config needs a command: list, get, set, unset, edit or path')
      .epilogue(settingsHelp(Math.min(process.stdout.columns ?? 80, 100))),
  handler() {},
};
