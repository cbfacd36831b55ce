import { statSync } from 'node:fs';
import { staysWithPerson } from '../detours/ids.ts';
import { detourById } from '../detours/index.ts';
import { interpreterAt } from '../pip/interpreter.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { whyOf } from '../place/environment-words.ts';
import { isOf } from '../place/python-version.ts';
import { systemCode } from '../system/errors.ts';
import { isMine, statOf } from '../system/ownership.ts';
import { shortPath } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import type { Environment } from '../system/variables.ts';
import type { Choice, EnvironmentLook, RememberedTarget } from '../types.ts';
import { isSame } from './identity.ts';

/** Of a choice, what can be checked without anything but its record. */
type Checked = Pick<Choice, 'detour' | 'directory' | 'here' | 'identity' | 'means'>;

/**
 * Whether what was remembered is still there. `holds`: as it was, or with a note that is to be said. `repairs`: the
 * environment is repaired, or made anew with what it held, on the way, and nothing is lost by it. `lapsed`: the person is to be asked again. `why` is
 * a clause.
 */
export type Validity =
  | { readonly state: 'holds'; readonly why?: string; readonly gone?: never }
  /** `gone`: the directory itself is. */
  | { readonly state: 'repairs' | 'lapsed'; readonly why: string; readonly gone?: true };

/** Checks a record against what is on disk. Executes nothing. `seen`: an environment that has just been looked at. */
export function validityOf(choice: Checked, environment: Environment, seen?: EnvironmentLook): Validity {
  const { directory = '', means = {} } = choice;
  const home = environment.home;
  if (isGone(directory)) return { state: 'lapsed', why: `${shortPath(directory, home)} is gone`, gone: true };
  const anew = isSame(directory, choice.identity)
    ? undefined
    : `${shortPath(directory, home)} is not the directory that you chose it for`;
  // What a repository may not choose without trust is not carried over to another directory of the same name.
  if (anew !== undefined && (!staysWithPerson(choice.detour) || isAnothers(directory))) return lapsed(anew);
  const of = pythonOf(means, environment) ?? environmentOf(choice, means, environment, seen);
  return of ?? { state: 'holds', ...(anew === undefined ? {} : { why: anew }) };
}

/** Not there; what only cannot be looked at may be. */
function isGone(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch (thrown) {
    return systemCode(thrown) === 'ENOTDIR';
  }
}

/** Neither ours nor the system's. */
function isAnothers(directory: string): boolean {
  const uid = statOf(directory)?.uid ?? 0;
  return uid !== 0 && !isMine(uid);
}

function lapsed(why: string): Validity {
  return { state: 'lapsed', why };
}

/** The Python that is changed itself. One of an environment is told by the environment. */
function pythonOf(
  { python, environment: madeFrom }: RememberedTarget,
  environment: Environment,
): Validity | undefined {
  if (python === undefined || madeFrom !== undefined) return undefined;
  const name = shortPath(python.executable, environment.home);
  if (isGone(python.executable)) return lapsed(`${name} is gone`);
  const now = interpreterAt(python.executable, environment)?.version;
  if (now === undefined || isOf(python.version, now)) return undefined;
  return lapsed(`${name} is Python ${now} now, and was ${python.version}`);
}

function environmentOf(
  { detour, here }: Checked,
  means: RememberedTarget,
  { home }: Environment,
  seen?: EnvironmentLook,
): Validity | undefined {
  const { directory, identity } = means.environment ?? {};
  // A further worktree has an environment of its own.
  if (directory === undefined || here !== undefined) return undefined;
  const name = shortPath(directory, home);
  const look = seen?.directory === directory ? seen : lookAtEnvironment(directory, process.getuid?.() ?? -1);
  switch (look.state) {
    case 'ready':
      return isSame(directory, identity)
        ? undefined
        : { state: 'holds', why: `${name} was made anew since then` };
    case 'missing':
      return detourById(detour)?.makesEnvironment === true
        ? { state: 'repairs', why: `${name} is gone` }
        : lapsed(`${name} is gone`);
    case 'misplaced':
      // Another that was put in its place is another's choice.
      return isSame(directory, identity)
        ? { state: 'repairs', why: `${name} ${whyOf(look, home)}` }
        : lapsed(`${name} ${whyOf(look, home)}`);
    case 'broken': {
      const loss = lossOf(look);
      return loss === undefined
        ? { state: 'repairs', why: `${name} ${look.why}` }
        : lapsed(`${name} ${look.why}, and ${loss}`);
    }
    case 'making':
      return undefined;
    case 'unusable':
      return lapsed(`${name} ${look.why}`);
  }
}

/** What would be lost although a broken environment is made anew with what it held, as a clause; undefined for nothing. */
export function lossOf({ held = [] }: EnvironmentLook): string | undefined {
  const lost = held.filter((one) => one.lost !== undefined);
  if (lost.length === 0) return undefined;
  return `${inWords(lost.map(({ name, lost }) => `${name} (${lost})`))} cannot be installed again`;
}
