import { dirname } from 'node:path';
import type { CommandModule } from 'yargs';
import { list } from '../memory/choices.ts';
import { setShellSwitches } from '../settings/change.ts';
import { refuseAnothers } from '../settings/target.ts';
import { keepCompiled } from '../setup/code-cache.ts';
import { missingDirectories } from '../setup/files.ts';
import { keptPips } from '../setup/links.ts';
import { machineFront } from '../setup/machine.ts';
import {
  homesOf,
  lastingNode,
  personsShell,
  programDirectory,
  refuseColon,
  refuseForRoot,
} from '../setup/place.ts';
import { setupReport } from '../setup/report.ts';
import { carryOutSetup, checkSetup, planSetup } from '../setup/setup.ts';
import { shellNamed, shells } from '../setup/shells.ts';
import { targetForAll, targetForPerson } from '../setup/target.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import { stringsIn } from './strings.ts';

/** `pip-detour setup`: shims for the pips there are, and one line in the rc file. Safe to repeat. */
export const setup: CommandModule = {
  command: 'setup',
  describe: "Set up your shell, so that its pip is pip-detour's; safe to repeat",
  builder: (yargs) =>
    yargs
      .option('rc', {
        type: 'boolean',
        default: true,
        describe: 'Whether the start-up file of your shell is changed (--no-rc: it stays as it is)',
      })
      .option('shell', { choices: shells, describe: 'Set up this shell instead of the one in SHELL' })
      .option('last', {
        type: 'boolean',
        default: false,
        describe: 'Move the line to the end of the start-up file, after lines that put another pip first',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Only say what would be done',
      })
      .option('with-node', {
        type: 'boolean',
        default: false,
        // shims/pip-detour has done it by now: we run on that Node.
        describe: 'First get a Node.js for pip-detour alone, with your pip (about 60 MB)',
      })
      .option('all-users', {
        type: 'boolean',
        default: false,
        describe: "Set it up in the files that all users' shells read (as root)",
      })
      .option('for-root', {
        type: 'boolean',
        default: false,
        describe: "With sudo: set up root's own shell",
      })
      // Used by install.sh: where a copy still being built will lie, and the directories made on the way.
      .option('directory', { type: 'string', hidden: true })
      .option('made', { type: 'string', array: true, hidden: true }),
  async handler(args) {
    const environment = readEnvironment();
    const dryRun = args['dry-run'] === true;
    const everybody = args['all-users'] === true;
    const given = typeof args['directory'] === 'string' ? args['directory'] : undefined;
    const made = stringsIn(args['made']);
    const shell = shells.find((name) => name === args['shell']) ?? shellNamed(personsShell(environment));
    const homes = await homesOf(environment);
    const target = everybody
      ? targetForAll(environment)
      : given === undefined
        ? targetForPerson(environment)
        : { directory: given, front: undefined, made: [], files: undefined };
    const { directory } = target;
    if (!everybody && args['for-root'] !== true) refuseForRoot(environment);
    if (directory === machineFront && !everybody) {
      process.stdout.write(
        'An administrator has set up pip-detour for all users here: there is nothing to do.\n',
      );
      return;
    }
    refuseColon(directory);
    if (!dryRun) for (const place of [everybody ? directory : homes.home, directory]) refuseAnothers(place);
    const later = [dirname(environment.stateDirectory), homes.config].flatMap(missingDirectories);
    const plan = planSetup({
      ...target,
      homes,
      shell,
      rc: args['rc'] === true,
      last: args['last'] === true,
      path: environment.path,
      kept: keptPips(environment),
      node: lastingNode(environment.path),
      made: [...made, ...target.made, ...(everybody ? [] : later)],
    });
    checkSetup(plan, homes.home);
    const carriedOut = !dryRun && carryOutSetup(plan, homes.home);
    const kept =
      !dryRun &&
      plan.front !== undefined &&
      (await keepCompiled(directory, programDirectory(environment), environment.variables));
    const done = dryRun ? 'would' : carriedOut || kept ? 'changed' : 'nothing';
    // What an administrator says to shells reaches somebody's here.
    if (!dryRun && !everybody) await setShellSwitches(environment);
    const inUse = environment.path.split(':').includes(`${directory}/shims`);
    const lines = setupReport(plan, homes.home, { done, inUse, everybody });
    process.stdout.write(`${[...lines, ...(await unread(environment))].join('\n')}\n`);
  },
};

/** What an older version, put in the place of a newer one, cannot read. */
async function unread({ stateDirectory }: Environment): Promise<readonly string[]> {
  try {
    const { newer } = await list(stateDirectory);
    if (newer.length === 0) return [];
    return [
      `Not read: ${newer.length} remembered ${newer.length === 1 ? 'choice' : 'choices'} in a newer pip-detour's form. What you chose there is asked again; a newer version reads it as before.`,
    ];
  } catch {
    // `pip-detour doctor` says why.
    return [];
  }
}
