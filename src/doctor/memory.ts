import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { choicesDirectory, list } from '../memory/choices.ts';
import { quote } from '../quote.ts';
import { type Finding, failed, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** What is remembered can be read, and written anew; files set aside as damaged are named. */
export async function checkMemory({ environment, short }: Patient): Promise<readonly Finding[]> {
  const { stateDirectory } = environment;
  const closed = closedDirectory(stateDirectory) ?? closedDirectory(choicesDirectory(stateDirectory));
  if (closed !== undefined)
    return [
      failed(
        'memory',
        `${short(closed)} cannot be read and written by you`,
        `sudo chown -R "$(id -u):$(id -g)" ${quote(closed)} && chmod -R u+rwX ${quote(closed)}`,
      ),
    ];
  const { choices, damaged } = await list(stateDirectory);
  const aside = existsSync(choicesDirectory(stateDirectory))
    ? readdirSync(choicesDirectory(stateDirectory)).filter((name) => name.endsWith('.damaged'))
    : [];
  const broken = [...damaged, ...aside.map((name) => join(choicesDirectory(stateDirectory), name))];
  const count = `${choices.length} ${choices.length === 1 ? 'choice is' : 'choices are'} remembered`;
  return broken.length === 0
    ? [ok('memory', `${count}, in ${short(stateDirectory)}`)]
    : broken.map((file) =>
        failed('memory', `${short(file)} is damaged and is not used`, `rm ${quote(file)}`),
      );
}

/** The directory, when it is there and this person cannot use it. */
function closedDirectory(path: string): string | undefined {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return path;
  }
}
