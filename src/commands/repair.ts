import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import type { CommandModule } from 'yargs';
import { makeOrMend } from '../detours/shared/make-environment.ts';
import { lookAround } from '../flow/look-around.ts';
import { renewMeaning } from '../flow/remember.ts';
import { sayWaiting, show } from '../flow/report.ts';
import { list } from '../memory/choices.ts';
import { identityOf } from '../memory/identity.ts';
import { movedFrom } from '../memory/moved.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { whyOf } from '../place/environment-words.ts';
import { placesNamed } from '../place/made-for.ts';
import { environmentsIn } from '../project/environments.ts';
import { commandsOf } from '../prompt/build.ts';
import { execute } from '../run/execute.ts';
import { withLocks } from '../run/plan-lock.ts';
import { repairsOf } from '../run/repair.ts';
import { letSeeSystem } from '../run/system-site.ts';
import { lookAgain } from '../shell/activation.ts';
import { DetourError } from '../system/errors.ts';
import { isMine, statOf } from '../system/ownership.ts';
import { endLike, nothingInherited, succeeded } from '../system/process.ts';
import { printable, shortPath, typable } from '../system/quote.ts';
import { realOr } from '../system/real-path.ts';
import { type Environment, readEnvironment, whileHolding } from '../system/variables.ts';
import type { EnvironmentLook, HeldPackage, Plan } from '../types.ts';

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
    const sees = args['system-site-packages'];
    const options: Options = {
      dry: args['dry-run'] === true,
      newer: args['newer'] === true,
      ...(typeof sees === 'boolean' ? { sees } : {}),
    };
    const waiting = (place: string, pid: number) => sayWaiting(place, pid, environment.home);
    await withLocks(options.dry ? [] : [directory], environment, waiting, async () => {
      const isRight = await mend(directory, environment, options);
      if (isRight && options.sees !== undefined) switched(directory, environment, options.sees, options.dry);
    });
  },
};

interface Options {
  readonly dry: boolean;
  readonly newer: boolean;
  /** Whether it is to see the system's packages; as it is, where that is not said. */
  readonly sees?: boolean;
}

/** The environment in force where this is typed. Where that is yet to be made outside the project, the one in it cannot be used. */
async function here({ home }: Environment): Promise<string> {
  const { directory, state, outside } = (await lookAround('pip', ['install', 'NAME'])).situation.environment;
  if (state !== 'missing' || outside === undefined) return directory;
  throw new DetourError(
    'no-environment',
    `there is nothing to repair: ${outside}`,
    `pip install … makes one in ${shortPath(directory, home)}`,
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
  const does = sees ? "sees the system's packages" : "sees the system's packages no longer";
  const changes = letSeeSystem(realOr(directory), sees, dry);
  const undo = `pip-detour repair --${sees ? 'no-' : ''}system-site-packages ${typable(directory, home)}`;
  if (!changes) say(sees ? `${name} ${does} already.` : `${name} does not see the system's packages.`);
  else if (dry) say(`Would change ${shortPath(join(directory, 'pyvenv.cfg'), home)}: ${name} ${does}.`);
  else say(`${name} ${does} (undo: ${undo}).`);
}

/** True where the environment is now, or with a dry run would be, as it should be. */
async function mend(directory: string, environment: Environment, options: Options): Promise<boolean> {
  const look = askedFor(directory);
  const name = shortPath(directory, environment.home);
  if (look.state === 'ready') {
    if (options.sees === undefined) say(`${name} is as it should be.`);
    return true;
  }
  if (look.state === 'missing')
    throw new DetourError('no-environment', `${name} is not there`, 'pip install … makes one');
  if (look.state === 'unusable' || look.state === 'making')
    throw new DetourError(
      'cannot-repair',
      `${name} ${whyOf(look, environment.home)}`,
      hintFor(look, environment.home),
    );
  const plan = await planFor(options.newer ? withNewer(look) : look, environment);
  if (options.dry) {
    say(dryRun(look, plan, environment).join('\n'));
    return true;
  }
  const outcome = await execute(plan, {
    variables: whileHolding(environment, process.pid),
    inherited: nothingInherited,
    show,
    drawn: isatty(2) && !environment.plain,
    silent: false,
  });
  for (const { title } of outcome.missed) process.stderr.write(`Not done: ${printable(title)}.\n`);
  if (!succeeded(outcome.ending)) {
    endLike(outcome.ending);
    return false;
  }
  await remembered(directory, environment);
  lookAgain(environment);
  say(`${name} works again.`);
  const along = look.state === 'misplaced' ? movedFrom(environment, realOr(dirname(directory))) : undefined;
  if (along !== undefined) say(along);
  return true;
}

/** A Python that is a file of its own (`venv --copies`) is not run unasked; where it lies can be put right all the same. */
function askedFor(directory: string): EnvironmentLook {
  const look = lookAtEnvironment(directory, process.getuid?.() ?? -1);
  if (look.state !== 'unusable' || !isMine(statOf(directory)?.uid ?? -1)) return look;
  if (!existsSync(join(directory, 'pyvenv.cfg'))) return look;
  const { elsewhere } = placesNamed(realOr(directory));
  return elsewhere[0] === undefined
    ? look
    : { directory, state: 'misplaced', why: `was made for ${elsewhere[0]}`, madeFor: elsewhere };
}

function hintFor({ directory, offersOutside }: EnvironmentLook, home: string): string {
  return offersOutside === true
    ? 'do what it says, or type pip install …, which offers another place'
    : `move it away (mv ${typable(directory, home)} ${typable(`${directory}.old`, home)}), and pip install … makes another`;
}

/** Made from its own project, with that one's settings and the Python it requires. */
async function planFor(look: EnvironmentLook, { home }: Environment): Promise<Plan> {
  if (look.state === 'misplaced') {
    const title = `Repairing ${shortPath(look.directory, home)}`;
    return { steps: [{ kind: 'repair', directory: look.directory, from: look.madeFor ?? [], title }] };
  }
  process.chdir(dirname(look.directory));
  const { situation } = await lookAround('pip', ['install', 'NAME']);
  return { steps: makeOrMend({ ...situation, environment: look }, look) };
}

/** Without the versions it had: some of them may know nothing of a newer Python. */
function withNewer(look: EnvironmentLook): EnvironmentLook {
  const newer = (held: HeldPackage): HeldPackage =>
    held.line === undefined ? held : { ...held, line: held.line.replace(/==.*$/, '') };
  return look.held === undefined ? look : { ...look, held: look.held.map(newer) };
}

function dryRun(look: EnvironmentLook, plan: Plan, { home, variables }: Environment): string[] {
  const short = (path: string) => shortPath(path, home);
  const files =
    look.madeFor === undefined ? [] : repairsOf({ directory: look.directory, from: look.madeFor }).changes;
  return [
    `${short(look.directory)} ${printable(whyOf(look, home))}. Would ${look.state === 'misplaced' ? 'change' : 'do'}:`,
    ...files.map(({ file }) => `  ${short(file)}`),
    ...(look.state === 'misplaced'
      ? []
      : commandsOf(plan, home, Object.keys(variables)).map((line) => `  ${line}`)),
    ...(look.held ?? []).map(({ name, version, line, lost }) =>
      printable(line === undefined ? `  not again: ${name} ${version} (${lost})` : `  again: ${line}`),
    ),
  ];
}

/** Whatever is remembered for it means the environment that stands there now. */
async function remembered(directory: string, environment: Environment): Promise<void> {
  const real = realOr(directory);
  const identity = identityOf(real);
  const { choices } = await list(environment.stateDirectory);
  for (const choice of choices.filter(({ means }) => means.environment?.directory === real)) {
    const means = {
      ...choice.means,
      environment: { directory: real, ...(identity === undefined ? {} : { identity }) },
    };
    await renewMeaning(environment, { ...choice, source: 'remembered' }, means);
  }
}

function say(text: string): void {
  process.stdout.write(`${printable(text).replaceAll('\\x0a', '\n')}\n`);
}
