import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isatty } from 'node:tty';
import { makeOrMend } from '../../detours/shared/make-environment.ts';
import { lookAround } from '../../flow/look-around.ts';
import { renewMeaning } from '../../flow/remember.ts';
import { show } from '../../flow/report.ts';
import { list } from '../../memory/choices.ts';
import { identified } from '../../memory/identity.ts';
import { movedFrom } from '../../memory/moved.ts';
import { lookAtEnvironment } from '../../place/environment.ts';
import { awayLine, whyOf } from '../../place/environment-words.ts';
import { placesNamed } from '../../place/made-for.ts';
import { isTracked } from '../../place/tracked.ts';
import { commandsOf } from '../../prompt/build.ts';
import { execute } from '../../run/execute.ts';
import { repairsOf } from '../../run/repair.ts';
import { lookAgain } from '../../shell/this-shell.ts';
import { endLike, succeeded } from '../../system/ending.ts';
import { DetourError } from '../../system/errors.ts';
import { nothingInherited } from '../../system/inherited.ts';
import { isMine, statOf } from '../../system/ownership.ts';
import { printable, shortPath } from '../../system/quote.ts';
import { realOr } from '../../system/real-path.ts';
import { type Environment, whileHolding } from '../../system/variables.ts';
import type { EnvironmentLook, HeldPackage, Plan } from '../../types.ts';

/** How an environment is to be repaired. */
export interface RepairOptions {
  readonly dry: boolean;
  readonly newer: boolean;
  /** Whether it is to see the system's packages; as it is, where that is not said. */
  readonly sees?: boolean;
}

/** True where the environment is now, or with a dry run would be, as it should be. */
export async function mend(
  directory: string,
  environment: Environment,
  options: RepairOptions,
): Promise<boolean> {
  const look = askedFor(directory);
  const name = shortPath(directory, environment.home);
  if (look.state === 'ready') {
    if (options.sees === undefined) say(`${name} is as it should be.`);
    return true;
  }
  if (look.state === 'missing')
    throw new DetourError('no-environment', `${name} is not there`, 'pip install NAME makes one');
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

function hintFor(look: EnvironmentLook, home: string): string {
  return look.offersOutside === true
    ? 'do what it says, or type pip install NAME, which offers another place'
    : `move it away (${awayLine(look, home)}), and pip install NAME makes another`;
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

/**
 * Whatever is remembered for it means the environment that stands there now, unless that has come with a repository since:
 * somebody who has it repaired has not been told so.
 */
async function remembered(directory: string, environment: Environment): Promise<void> {
  const real = realOr(directory);
  const { choices } = await list(environment.stateDirectory);
  const came = isTracked({ directory });
  for (const choice of choices.filter(({ means }) => means.environment?.directory === real)) {
    if (came && choice.means.environment?.kept !== true) continue;
    const means = {
      ...choice.means,
      environment: identified({ ...choice.means.environment, directory: real }),
    };
    await renewMeaning(environment, { ...choice, source: 'remembered' }, means);
  }
}

/** Prints what was done, or would be. */
export function say(text: string): void {
  process.stdout.write(`${printable(text).replaceAll('\\x0a', '\n')}\n`);
}
