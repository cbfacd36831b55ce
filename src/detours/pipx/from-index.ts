import type { IndexAnswer } from '../../types.ts';
import type { Seen } from './seen.ts';
import { signs } from './signs.ts';

/** So much has to speak for a program. What is in doubt is none: pipx would keep it from whoever imports it. */
const enough = 3;

/**
 * Whether a package that no table lists is made to be run, by what it says of itself: true for an application, false for
 * what is known and may be a library, undefined where too little is known. Without a command there is nothing to run.
 */
export function isMadeToBeRun(answer: IndexAnswer): boolean | undefined {
  if (answer.kind !== 'found' && answer.kind !== 'python') return undefined;
  if (answer.package?.commands === undefined) return undefined;
  const { commands } = answer.package;
  return commands.length > 0 && weigh({ ...answer.package, name: answer.name, commands }) >= enough;
}

function weigh(seen: Seen): number {
  return signs.reduce((sum, [weight, isSeen]) => sum + (isSeen(seen) ? weight : 0), 0);
}
