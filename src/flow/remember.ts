import {
  forget,
  forgetAll,
  hasChoice,
  list,
  recordedAs,
  remember,
  rewriteChoice,
} from '../memory/choices.ts';
import { identityOf } from '../memory/identity.ts';
import { formerly } from '../memory/moved.ts';
import { recall } from '../memory/recall.ts';
import type { Remembered } from '../memory/record.ts';
import { counterpartsOf } from '../memory/worktree.ts';
import { confirm, isConfirmed, publish, withdraw, withdrawAll } from '../shell/activation.ts';
import { holdsAlone } from '../system/ownership.ts';
import { realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import type { Choice, DetourId, RememberedTarget } from '../types.ts';

/** The memory and what shells are told of it are changed here, and together. */

/** Remembers a choice, and tells the shells its environment. @throws DetourError `cannot-remember`. */
export async function rememberChoice(
  environment: Environment,
  directory: string,
  detour: DetourId,
  means: RememberedTarget,
): Promise<void> {
  // It was moved, and is answered anew: what was remembered under its old name speaks for nothing any more.
  const former = formerly(environment.stateDirectory, directory);
  await remember(environment.stateDirectory, directory, detour, means);
  withdrawBeside(environment, directory);
  tellShells(environment, directory, means);
  if (former !== undefined) forgetChoice(environment, former.directory);
}

/**
 * Notes what a remembered choice means now, where that has changed; when it was made stays. Silent where that cannot be
 * written: what was noted before still serves. One that was made in another worktree is left as it is: shells are told of
 * this one's environment.
 */
export async function renewMeaning(
  environment: Environment,
  choice: Choice,
  means: RememberedTarget,
): Promise<void> {
  const { stateDirectory, home } = environment;
  const { directory = '', here } = choice;
  if (here !== undefined) {
    tellShells(environment, here, means);
    return;
  }
  const identity = identityOf(directory);
  confirm(stateDirectory, directory);
  const same = JSON.stringify(choice.means) === JSON.stringify(means) && choice.identity === identity;
  if (same || Object.keys(means).length === 0) return;
  try {
    const { choice: written } = await recall(stateDirectory, directory, realOr(home));
    if (written?.directory !== directory) return;
    await rewriteChoice(stateDirectory, {
      ...written,
      means,
      ...(identity === undefined ? {} : { identity }),
    });
    tellShells(environment, directory, means);
  } catch {}
}

/** Takes a choice, as it is, to another directory. @throws DetourError `cannot-remember`. */
export async function moveChoice(environment: Environment, from: string, moved: Remembered): Promise<void> {
  await rewriteChoice(environment.stateDirectory, moved);
  tellShells(environment, moved.directory, moved.means);
  forgetChoice(environment, from);
}

/** Forgets what is remembered for exactly this directory; false when nothing was. */
export function forgetChoice(environment: Environment, directory: string): boolean {
  const { stateDirectory } = environment;
  withdraw(stateDirectory, recordedAs(stateDirectory, directory));
  withdrawBeside(environment, recordedAs(stateDirectory, directory));
  return forget(stateDirectory, directory);
}

/** Forgets everything; returns how many choices there were. */
export async function forgetChoices({ stateDirectory }: Environment): Promise<number> {
  const count = await forgetAll(stateDirectory);
  withdrawAll(stateDirectory);
  return count;
}

/** Changes a remembered environment (a real path) itself: where shells took it for the one that was chosen, they go on. */
export async function changeRemembered(
  { stateDirectory }: Environment,
  directory: string,
  change: () => void,
): Promise<void> {
  const told = (await choicesIn(stateDirectory)).filter(
    ({ means, directory: of }) =>
      means.environment?.directory === directory && isConfirmed(stateDirectory, of, directory),
  );
  change();
  for (const { directory: of } of told) confirm(stateDirectory, of);
}

/** Everything remembered; nothing where the memory is not to be believed, whose shells believe nothing either. */
async function choicesIn(stateDirectory: string): Promise<readonly Remembered[]> {
  try {
    return (await list(stateDirectory)).choices;
  } catch {
    return [];
  }
}

/** Takes back what shells were told in further worktrees by a choice that is not what it was. */
function withdrawBeside({ stateDirectory }: Environment, directory: string): void {
  for (const place of counterpartsOf(directory))
    if (!hasChoice(stateDirectory, place)) withdraw(stateDirectory, place);
}

function tellShells(
  { stateDirectory, home }: Environment,
  directory: string,
  { environment, activate }: RememberedTarget,
): void {
  if (environment === undefined) withdraw(stateDirectory, directory);
  else
    publish(stateDirectory, directory, environment.directory, {
      alone: holdsAlone(directory, realOr(home)),
      always: activate === 'always',
    });
}
