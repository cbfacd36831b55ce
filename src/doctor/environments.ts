import { list } from '../memory/choices.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { whyOf, whyUnusable } from '../place/environment-words.ts';
import { environmentNames, environmentsIn } from '../project/environments.ts';
import { currentDirectory, realOr } from '../system/real-path.ts';
import type { EnvironmentLook } from '../types.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** The environments here and of what is remembered: whether they can be used, and what to type where they cannot. */
export async function checkEnvironments(patient: Patient): Promise<readonly Finding[]> {
  const looks = (await directoriesOf(patient)).map((one) => lookAtEnvironment(one, process.getuid?.() ?? -1));
  const found = looks.flatMap((look) => judged(look, patient));
  const ready = looks.filter(({ state }) => state === 'ready').length;
  if (looks.length === 0) return [note('environments', 'none is here, and none is remembered')];
  return ready === 0 ? found : [ok('environments', `${ready} of ${looks.length} ready`), ...found];
}

async function directoriesOf({ environment }: Patient): Promise<string[]> {
  const here = currentDirectory();
  const remembered = await list(environment.stateDirectory).catch(() => ({ choices: [] }));
  const meant = remembered.choices.flatMap(({ means }) => means.environment?.directory ?? []);
  const active = environment.virtualEnv === undefined ? [] : [environment.virtualEnv];
  const all = [
    ...[...environmentNames, ...environmentsIn(here)].map((name) => `${here}/${name}`),
    ...active,
    ...meant,
  ].map(realOr);
  return [...new Set(all)].filter(
    (directory) =>
      meant.includes(directory) ||
      active.includes(directory) ||
      lookAtEnvironment(directory, process.getuid?.() ?? -1).state !== 'missing',
  );
}

function judged(look: EnvironmentLook, { environment, short, typed }: Patient): Finding[] {
  const { directory, state } = look;
  const name = short(directory);
  const says = `${name} ${whyOf(look, environment.home)}`;
  switch (state) {
    case 'ready':
      return [];
    case 'making':
      return [note('environments', says)];
    // What is remembered there is made again the next time.
    case 'missing':
      return [note('environments', `${name} is gone`)];
    case 'misplaced':
    case 'broken':
      return [failed('environments', says, `pip-detour repair ${typed(directory)}`)];
    case 'unusable':
      return look.offersOutside === true
        ? [failed('environments', says, 'do what it says; until then pip install NAME offers another place')]
        : [note('environments', `${name} ${whyUnusable(look, environment.home)}`)];
  }
}
