import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { lookAround } from '../flow/look-around.ts';
import { changeRemembered } from '../flow/remember.ts';
import { sayWaiting } from '../flow/report.ts';
import { environmentsIn } from '../project/environments.ts';
import { withLocks } from '../run/plan-lock.ts';
import { letSeeSystem } from '../run/system-site.ts';
import { DetourError } from '../system/errors.ts';
import { shortPath, typable } from '../system/quote.ts';
import { realOr } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import { mend, type RepairOptions, say } from './repair/mend.ts';

/** `pip-detour repair [DIR]`: mends an environment that was moved or copied, or whose Python is gone, without an install. */
export const repair: CommandModule = {
  command: 'repair [directory]',
  describe: 'Repair an environment that was moved or copied, or whose Python is gone',
  builder: (yargs) =>
    yargs
      .positional('directory', { type: 'string', describe: 'The environment, or its project' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Only say what would be done' })
      .option('system-site-packages', {
        type: 'boolean',
        describe: "Let it see the system's packages (--no-system-site-packages: no longer)",
      })
      .option('newer', {
        type: 'boolean',
        default: false,
        describe: 'If it must be made anew, install the newest versions of its packages',
      }),
  async handler(args) {
    const environment = readEnvironment();
    const given = args['directory'];
    const directory =
      typeof given === 'string' ? environmentIn(resolve(given), environment) : await here(environment);
    const system = args['system-site-packages'];
    const options: RepairOptions = {
      dry: args['dry-run'] === true,
      newer: args['newer'] === true,
      ...(typeof system === 'boolean' ? { sees: system } : {}),
    };
    const waiting = (place: string, pid: number) => sayWaiting(place, pid, environment.home);
    await withLocks(options.dry ? [] : [directory], environment, waiting, async () => {
      const isRight = await mend(directory, environment, options);
      const { sees } = options;
      if (isRight && sees !== undefined)
        await changeRemembered(environment, realOr(directory), () =>
          switched(directory, environment, sees, options.dry),
        );
    });
  },
};

/** The environment in force where this is typed. Where that is yet to be made outside the project, the one in it cannot be used. */
async function here({ home }: Environment): Promise<string> {
  const { directory, state, outside } = (await lookAround('pip', ['install', 'NAME'])).situation.environment;
  if (state !== 'missing' || outside === undefined) return directory;
  throw new DetourError(
    'no-environment',
    `there is nothing to repair: ${outside}`,
    `pip install NAME makes one in ${shortPath(directory, home)}`,
  );
}

/** The directory itself where it is an environment, else the one in it under a usual name. */
function environmentIn(directory: string, { home }: Environment): string {
  const candidates = [directory, ...environmentsIn(directory).map((name) => join(directory, name))];
  const found = candidates.find((path) => existsSync(join(path, 'pyvenv.cfg')));
  if (found !== undefined) return found;
  const name = shortPath(directory, home);
  throw existsSync(directory)
    ? new DetourError(
        'no-environment',
        `there is no environment in ${name}`,
        `pip-detour repair DIRECTORY, where a pyvenv.cfg lies in DIRECTORY or in its .venv`,
      )
    : new DetourError('not-there', `${name} is not there`, 'name the environment, or its project');
}

/** Says whether the environment sees the system's packages from now on. */
function switched(directory: string, { home }: Environment, sees: boolean, dry: boolean): void {
  const name = shortPath(directory, home);
  const does = sees ? "sees the system's packages" : "no longer sees the system's packages";
  const changes = letSeeSystem(realOr(directory), sees, dry);
  const undo = `pip-detour repair --${sees ? 'no-' : ''}system-site-packages ${typable(directory, home)}`;
  if (!changes) say(sees ? `${name} ${does} already.` : `${name} does not see the system's packages.`);
  else if (dry) say(`Would change ${shortPath(join(directory, 'pyvenv.cfg'), home)}: ${name} ${does}.`);
  else say(`${name} ${does}; to undo that: ${undo}`);
}
