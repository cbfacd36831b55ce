import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { directoriesDirectory, directoryFileName } from '../../settings/directory.ts';
import { policyFiles } from '../../settings/read.ts';
import { targetOf } from '../../settings/target.ts';
import { placeOf, wantedOf } from './scope.ts';

/** `pip-detour config path`: where it stands, or would stand. */
export const path: CommandModule = {
  command: 'path',
  describe: 'Print the path of the file with these settings, there or not',
  builder: (yargs) => yargs,
  handler(args) {
    const { environment, cwd } = placeOf(args);
    const lines = args['policy'] === true ? policyFiles(environment) : [fileOf()];
    process.stdout.write(`${lines.join('\n')}\n`);

    function fileOf(): string {
      const target = targetOf(wantedOf(args), environment, cwd);
      if (target.source !== 'directory') return target.file;
      const name = `${directoryFileName(target.directory)}.json`;
      return join(directoriesDirectory(environment.configDirectory), name);
    }
  },
};
