import { confirm } from '../shell/activation.ts';
import { DetourError } from '../system/errors.ts';
import { printable, shortPath } from '../system/quote.ts';
import { currentDirectory, realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import { meantHere } from './meant-here.ts';

/** Why a shell is not to enter an environment. */
interface Refused {
  /** A sentence that begins with `not entered: `: the hooks know an answer by that. */
  readonly why: string;
  /** It is this person's, but does not work: the hooks have words of their own for that. */
  readonly broken: boolean;
}

/**
 * Why a shell is not to enter `entering` (a real path), which is remembered for this directory and may have been replaced
 * since; undefined where it may. The shells are told then that it is still the one.
 */
export async function whyNotEntered(
  entering: string,
  environment: Environment,
): Promise<Refused | undefined> {
  const { home, stateDirectory } = environment;
  try {
    const { look } = await meantHere(environment);
    if (look === undefined || realOr(look.directory) !== entering) {
      const name = printable(shortPath(entering, home));
      const says = "is not this directory's environment any more; pip-detour status says what is";
      return { why: `not entered: ${name} ${says}`, broken: false };
    }
    confirm(stateDirectory, currentDirectory());
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof DetourError)) throw thrown;
    const { message, hint, reference } = thrown;
    return { why: `not entered: ${message}; ${hint}`, broken: reference === 'not-usable' };
  }
}
