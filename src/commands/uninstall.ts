import { existsSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { hasManifest, readManifest } from '../setup/manifest.ts';
import { homesOf, isProgram, programDirectory } from '../setup/place.ts';
import { carryOutRemoval, planRemoval, removalReport } from '../setup/removal.ts';
import { allRcFiles } from '../setup/shells.ts';
import { DetourError } from '../system/errors.ts';
import { quote, shortPath } from '../system/quote.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';

/** `pip-detour uninstall`: takes away what was added, and nothing else. Asks nothing. */
export const uninstall: CommandModule = {
  command: 'uninstall',
  describe: 'Take away everything pip-detour added, without a trace',
  builder: (yargs) =>
    yargs
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Say what would be removed, and do nothing',
      })
      .option('keep-memory', {
        type: 'boolean',
        default: false,
        describe: 'Keep remembered choices and settings',
      }),
  async handler(args) {
    const environment = readEnvironment();
    const dryRun = args['dry-run'] === true;
    const homes = await homesOf(environment);
    const program = installedDirectory(environment);
    const own = args['keep-memory'] === true ? [] : [environment.stateDirectory, environment.configDirectory];
    const plan = planRemoval({
      manifest: readManifest(program),
      rcFiles: allRcFiles(homes),
      trees: [...own, ...(isProgram(program) ? [program] : [])],
      program,
    });
    const failures = dryRun ? [] : carryOutRemoval(plan);
    const lines = removalReport(plan, homes.home, dryRun, failures);
    if (lines.length === 0) lines.push('There is nothing to remove.');
    else if (!dryRun && failures.length === 0)
      lines.push('In terminals that are open, type:  hash -r  (fish and zsh notice by themselves)');
    const kept = environment.environmentsDirectory;
    if (existsSync(kept))
      lines.push(
        `Left alone: ${shortPath(kept, homes.home)}, which holds packages you installed. To remove: rm -r ${quote(kept)}`,
      );
    process.stdout.write(`${lines.join('\n')}\n`);
    if (failures.length > 0)
      throw new DetourError(
        'not-all-removed',
        `could not be changed: ${failures.map(({ path, why }) => `${shortPath(path, homes.home)} (${why})`).join(', ')}`,
        'a line left in an rc file does nothing once the program is gone',
      );
  },
};

/** A copy run from where it was built is not an installation: the installed one is meant. */
function installedDirectory(environment: Environment): string {
  const running = programDirectory(environment);
  return hasManifest(running) ? running : environment.dataDirectory;
}
