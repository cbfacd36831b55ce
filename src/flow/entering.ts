import { confirm } from '../shell/activation.ts';
import { DetourError } from '../system/errors.ts';
import { printable, shortPath } from '../system/quote.ts';
import { currentDirectory, realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import { meantHere } from './meant-here.ts';

/**
 * Why a shell is not to enter `entering` (a real path), which is remembered for this directory and may have been replaced
 * since, as a sentence that begins with `not entered: ` (the hooks know an answer by that); undefined where it may. The
 * shells are told then that it is still the one.
 */
export async function whyNotEntered(entering: string, environment: Environment): Promise<string | undefined> {
  const { home, stateDirectory } = environment;
  try {
    const { look } = await meantHere(environment);
    if (look === undefined || realOr(look.directory) !== entering)
      return `not entered: ${printable(shortPath(entering, home))} is not this directory's environment any more; pip-detour status says what is`;
    confirm(stateDirectory, currentDirectory());
    return undefined;
  } catch (thrown) {
    if (thrown instanceof DetourError) return `not entered: ${thrown.message}; ${thrown.hint}`;
    throw thrown;
  }
}
