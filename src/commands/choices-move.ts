import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { changeRemembered, forgetChoice, moveChoice } from '../flow/remember.ts';
import { list, type Remembered, recordedAs } from '../memory/choices.ts';
import { identified, identityOf } from '../memory/identity.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { withLocks } from '../run/plan-lock.ts';
import { repair } from '../run/repair.ts';
import { lookAgain } from '../shell/this-shell.ts';
import { DetourError } from '../system/errors.ts';
import { shortPath, typable } from '../system/quote.ts';
import { isInside } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import type { RememberedTarget } from '../types.ts';

/** `pip-detour choices move OLD NEW`: a project was moved, and what is remembered for it and below goes with it. */
export const move: CommandModule = {
  command: 'move <old> <new>',
  describe: 'After you moved a directory, take along what is remembered for it',
  builder: (yargs) =>
    yargs
      .positional('old', { type: 'string', describe: 'Where it was' })
      .positional('new', { type: 'string', describe: 'Where it is now' }),
  async handler(args) {
    const environment = readEnvironment();
    const { home, stateDirectory } = environment;
    const from = recordedAs(stateDirectory, resolve(String(args['old'])));
    const to = resolve(String(args['new']));
    const short = (path: string) => shortPath(path, home);
    if (!existsSync(to))
      throw new DetourError(
        'not-there',
        `${short(to)} is not there`,
        'move the project first, then its choices',
      );
    const target = realpathSync(to);
    const { choices } = await list(stateDirectory);
    const moved = choices.filter(({ directory }) => isInside(directory, from));
    if (moved.length === 0)
      throw new DetourError(
        'nothing-remembered',
        `nothing is remembered for ${short(from)}`,
        'to see what is remembered, type: pip-detour choices',
      );
    const all = moved.map((choice) => ({ choice, now: movedTo(choice, from, target) }));
    const anew = all.filter(({ choice, now }) => choices.some((one) => isAnsweredAnew(choice, now, one)));
    for (const { choice, now } of anew) {
      forgetChoice(environment, choice.directory);
      process.stdout.write(
        `${short(choice.directory)} is ${short(now.directory)} now, and was answered anew there\n`,
      );
    }
    const pairs = all.filter((pair) => !anew.includes(pair));
    const taken = pairs.find(({ now }) =>
      choices.some(
        ({ directory }) => directory === now.directory && !moved.some((one) => one.directory === directory),
      ),
    );
    if (taken !== undefined)
      throw new DetourError(
        'remembered-already',
        `something is remembered for ${short(taken.now.directory)} already`,
        `pip-detour forget ${typable(taken.now.directory, home)}`,
      );
    // What is moved into itself goes deepest first, so that no record is written over before its turn.
    for (const { choice, now } of isInside(target, from) ? pairs.reverse() : pairs) {
      await moveChoice(environment, choice.directory, now);
      process.stdout.write(`${short(choice.directory)} is ${short(now.directory)} now: ${choice.detour}\n`);
    }
    for (const directory of new Set(moved.flatMap((choice) => environmentOf(movedTo(choice, from, target)))))
      await repairMoved(directory, environment);
    lookAgain(environment);
  },
};

/** The person was asked in the moved directory and has answered: the older answer is not to take that one's place. */
function isAnsweredAnew(choice: Remembered, now: Remembered, other: Remembered): boolean {
  const same = choice.identity !== undefined && choice.identity === now.identity;
  return (
    same && other.directory === now.directory && other.directory !== choice.directory && other.at > choice.at
  );
}

function environmentOf({ means }: Remembered): string[] {
  return means.environment === undefined ? [] : [means.environment.directory];
}

/** The environment that has come along is told where it lies, before a shell enters it. */
async function repairMoved(directory: string, environment: Environment): Promise<void> {
  const look = () => lookAtEnvironment(directory, process.getuid?.() ?? -1);
  if (look().state !== 'misplaced') return;
  await withLocks(
    [directory],
    environment,
    () => {},
    async () => {
      const { state, madeFor: from = [] } = look();
      if (state === 'misplaced')
        await changeRemembered(environment, directory, () => repair({ directory, from }));
    },
  );
  process.stdout.write(`${shortPath(directory, environment.home)} is repaired: it leads there now\n`);
}

function movedTo(choice: Remembered, from: string, to: string): Remembered {
  const moved = (path: string) => (isInside(path, from) ? join(to, relative(from, path)) : path);
  const directory = moved(choice.directory);
  const identity = identityOf(directory);
  const { environment, python } = choice.means;
  const means: RememberedTarget = {
    ...choice.means,
    ...(environment === undefined
      ? {}
      : { environment: identified({ ...environment, directory: moved(environment.directory) }) }),
    ...(python === undefined ? {} : { python: { ...python, executable: moved(python.executable) } }),
  };
  return { ...choice, directory, means, ...(identity === undefined ? {} : { identity }) };
}
