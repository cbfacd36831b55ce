import { dirname } from 'node:path';
import type { CommandModule } from 'yargs';
import { flipSwitches } from '../settings/change.ts';
import { refuseAnothers } from '../settings/target.ts';
import { missingDirectories } from '../setup/files.ts';
import {
  homesOf,
  isProgram,
  lastingNode,
  personsShell,
  programDirectory,
  refuseColon,
} from '../setup/place.ts';
import { carryOutSetup, checkSetup, planSetup, setupReport } from '../setup/setup.ts';
import { shellNamed, shells } from '../setup/shells.ts';
import { DetourError } from '../system/errors.ts';
import { readEnvironment } from '../system/variables.ts';

/** `pip-detour setup`: shims for the pips there are, and one line in the rc file. Safe to repeat. */
export const setup: CommandModule = {
  command: 'setup',
  describe: "Put the shims on your shell's PATH; safe to repeat",
  builder: (yargs) =>
    yargs
      .option('rc', {
        type: 'boolean',
        default: true,
        describe: 'Change the rc file (--no-rc: leave it alone)',
      })
      .option('shell', { choices: shells, describe: 'Set up this shell instead of the one in SHELL' })
      .option('last', {
        type: 'boolean',
        default: false,
        describe: 'Move our line to the end of the rc file, after what puts another pip in front',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Say what would be done, and do nothing',
      })
      // Used by install.sh: where a copy still being built will lie, and the directories made on the way.
      .option('directory', { type: 'string', hidden: true })
      .option('made', { type: 'string', array: true, hidden: true }),
  async handler(args) {
    const environment = readEnvironment();
    const dryRun = args['dry-run'] === true;
    const given = typeof args['directory'] === 'string' ? args['directory'] : undefined;
    const made = Array.isArray(args['made']) ? args['made'].map(String) : [];
    const shell = shells.find((name) => name === args['shell']) ?? shellNamed(personsShell(environment));
    const homes = await homesOf(environment);
    const directory = given ?? programDirectory(environment);
    refuseColon(directory);
    if (!dryRun) for (const place of [homes.home, directory]) refuseAnothers(place);
    if (given === undefined && !isProgram(directory))
      throw new DetourError(
        'not-installed',
        `${directory} is no complete pip-detour`,
        'run ./install.sh again',
      );
    const state = missingDirectories(dirname(environment.stateDirectory));
    const plan = planSetup({
      directory,
      homes,
      shell,
      rc: args['rc'] === true,
      last: args['last'] === true,
      path: environment.path,
      node: lastingNode(environment.path),
      made: [...made, ...state, ...missingDirectories(homes.config)],
    });
    checkSetup(plan, homes.home);
    const outcome = dryRun ? 'would' : carryOutSetup(plan, homes.home) ? 'changed' : 'nothing';
    // What an administrator says to shells reaches somebody's here.
    if (!dryRun) await flipSwitches(environment);
    const inUse = environment.path.split(':').includes(`${directory}/shims`);
    const lines = setupReport(plan, homes.home, { done: outcome, inUse });
    process.stdout.write(`${lines.join('\n')}\n`);
  },
};
