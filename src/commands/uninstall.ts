import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { isatty } from 'node:tty';
import type { CommandModule } from 'yargs';
import { list } from '../memory/choices.ts';
import { machineFiles, machineFront } from '../setup/machine.ts';
import { hasManifest, readManifest } from '../setup/manifest.ts';
import { homesOf, installedDirectory, isProgram, programDirectory } from '../setup/place.ts';
import { carryOutRemoval, planRemoval, removalReport } from '../setup/removal.ts';
import { allRcFiles } from '../setup/shells.ts';
import { originOf, removalLine } from '../setup/way.ts';
import { DetourError } from '../system/errors.ts';
import { shortPath, typable } from '../system/quote.ts';
import { isInside } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';

/** `pip-detour uninstall`: takes away what was added, and nothing else. At a terminal it asks once. */
export const uninstall: CommandModule = {
  command: 'uninstall',
  describe: 'Remove the program, its settings and its memory; your environments stay',
  builder: (yargs) =>
    yargs
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Only say what would be removed',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Do not ask first' })
      .option('keep-memory', {
        type: 'boolean',
        default: false,
        describe: 'Keep remembered choices and settings',
      })
      .option('all-users', {
        type: 'boolean',
        default: false,
        describe: 'Remove what setup --all-users added (as root)',
      }),
  async handler(args) {
    const environment = readEnvironment();
    const dryRun = args['dry-run'] === true;
    const everybody = args['all-users'] === true;
    const homes = await homesOf(environment);
    const program = everybody ? machineFront : installation(environment);
    if (everybody && !dryRun && process.getuid?.() !== 0)
      throw new DetourError(
        'not-root',
        'only root can remove what was set up for all users',
        'sudo pip-detour uninstall --all-users',
      );
    const keepsMemory = everybody || args['keep-memory'] === true;
    const plan = planRemoval({
      manifest: readManifest(program),
      rcFiles: everybody ? machineFiles().map(({ path }) => path) : allRcFiles(homes),
      trees: [
        ...(keepsMemory ? [] : [environment.stateDirectory, environment.configDirectory]),
        ...(everybody ? [] : [environment.nodeDirectory]),
        ...(isProgram(program) && (everybody || program !== machineFront) ? [program] : []),
      ],
      program,
    });
    // Read before the memory is removed.
    const environments = everybody ? [] : await environmentsOf(environment);
    const asks = !dryRun && args['yes'] !== true && isatty(0) && isatty(1);
    if (asks && !(await agreed(removalReport(plan, homes.home, true, [])))) {
      process.stdout.write('Nothing was removed.\n');
      return;
    }
    const failures = dryRun ? [] : carryOutRemoval(plan);
    const lines = removalReport(plan, homes.home, dryRun, failures);
    if (lines.length === 0) lines.push('There is nothing to remove.');
    else if (!dryRun && failures.length === 0)
      lines.push('In terminals that are open, type:  hash -r  (fish and zsh notice by themselves)');
    lines.push(...staying(environment, homes.home, everybody ? undefined : program));
    lines.push(...environmentsInWords(environments, homes.home));
    process.stdout.write(`${lines.join('\n')}\n`);
    if (failures.length > 0)
      throw new DetourError(
        'not-all-removed',
        `these files could not be changed: ${failures.map(({ path, why }) => `${shortPath(path, homes.home)} (${why})`).join(', ')}`,
        'a line left in a start-up file does nothing once the program is gone',
      );
  },
};

/** What is not ours to take away, and what to type. */
function staying(environment: Environment, home: string, program: string | undefined): readonly string[] {
  const running = programDirectory(environment);
  const origin = originOf(running);
  const removal = origin === undefined ? undefined : removalLine(origin, running);
  const kept = environment.environmentsDirectory;
  return [
    ...(program === machineFront
      ? [`It is set up for all users in ${machineFront}; an administrator can change that.`]
      : []),
    ...(removal === undefined
      ? []
      : [`The program itself stays in ${shortPath(running, home)}. To remove: ${removal}`]),
    ...(existsSync(kept)
      ? [
          `Left alone: ${shortPath(kept, home)}, which holds packages you installed. To remove: rm -r ${typable(kept, home)}`,
        ]
      : []),
  ];
}

/** The environments that something is remembered for, where they are still there; none where the memory cannot be read. */
async function environmentsOf({ stateDirectory, environmentsDirectory }: Environment): Promise<string[]> {
  const { choices } = await list(stateDirectory).catch(() => ({ choices: [] }));
  const all = choices.flatMap(({ means }) => means.environment?.directory ?? []);
  return [...new Set(all)]
    .filter((path) => existsSync(path) && !isInside(path, environmentsDirectory))
    .sort();
}

/** So many are named. */
const mostNamed = 10;

function environmentsInWords(environments: readonly string[], home: string): readonly string[] {
  if (environments.length === 0) return [];
  const named = environments.slice(0, mostNamed).map((path) => shortPath(path, home));
  const rest = environments.length - named.length;
  const more = rest > 0 ? `, and ${rest} more` : '';
  return [`The environments of your projects stay, and work without pip-detour: ${named.join(', ')}${more}.`];
}

/** Shows what would be removed; true when the person says yes to it, or there is nothing to say yes to. */
async function agreed(lines: readonly string[]): Promise<boolean> {
  if (lines.length === 0) return true;
  process.stdout.write(`${lines.join('\n')}\n`);
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  const answer = await Promise.race([reader.question('Remove all of this? [y/N] '), closed]);
  reader.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** A copy run from where it was built is not an installation: the installed one is meant. */
function installation(environment: Environment): string {
  const found = installedDirectory(environment);
  return hasManifest(found) ? found : environment.dataDirectory;
}
