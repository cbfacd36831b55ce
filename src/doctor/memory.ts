import { accessSync, constants, existsSync } from 'node:fs';
import { choicesDirectory, leftovers, list } from '../memory/choices.ts';
import { DetourError } from '../system/errors.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** What is remembered can be read, and written anew; what is damaged or of no use any more is named. */
export async function checkMemory({ environment, short, typed }: Patient): Promise<readonly Finding[]> {
  const { stateDirectory } = environment;
  const closed = [stateDirectory, choicesDirectory(stateDirectory)].find(isClosed);
  if (closed !== undefined)
    return [failed('memory', `${short(closed)} cannot be read and written by you`, makeMine(typed(closed)))];
  try {
    const { choices, damaged, newer } = await list(stateDirectory);
    const gone = choices.filter(({ directory }) => !existsSync(directory)).length;
    return [
      ok('memory', `${counted(choices.length, 'choice')} remembered, in ${short(stateDirectory)}`),
      ...(gone > 0
        ? [
            note(
              'memory',
              `${counted(gone, 'directory', 'directories')} gone: pip-detour choices prune forgets`,
            ),
          ]
        : []),
      ...newer.map((file) =>
        note('memory', `${short(file)} was written by a newer pip-detour; this one leaves it alone`),
      ),
      ...damaged.map((file) =>
        failed('memory', `${short(file)} is damaged and is not used`, `rm ${typed(file)}`),
      ),
      ...leftovers(stateDirectory).map((file) =>
        failed('memory', `${short(file)} is no longer used by pip-detour`, `rm ${typed(file)}`),
      ),
    ];
  } catch (thrown) {
    if (!(thrown instanceof DetourError)) throw thrown;
    return [failed('memory', thrown.message, makeMine(typed(choicesDirectory(stateDirectory))))];
  }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? `${one} is` : `${many} are`}`;
}

function makeMine(quoted: string): string {
  return `sudo chown -R "$(id -u):$(id -g)" ${quoted} && chmod -R u+rwX,go-w ${quoted}`;
}

/** It is there, and this person cannot use it. */
function isClosed(directory: string): boolean {
  if (!existsSync(directory)) return false;
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return false;
  } catch {
    return true;
  }
}
