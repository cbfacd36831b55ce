import type { Surroundings } from '../detours/venv/environment-outside.ts';
import { besides, environmentAt } from '../detours/venv/environment-place.ts';
import { recall } from '../memory/recall.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import type { Environment } from '../system/variables.ts';
import type { EnvironmentLook, Project } from '../types.ts';

/**
 * The environments that may be used instead of a place's own: others that lie in it and, outside a project, the one of
 * home.
 */
export async function otherEnvironments(
  found: EnvironmentLook,
  around: Surroundings,
  project: Project | undefined,
  environment: Environment,
): Promise<EnvironmentLook[]> {
  const others = besides(found, around).map((look) => ({ ...look, another: true as const }));
  if (project !== undefined || around.place === around.home || around.place === '') return others;
  const ofHome = await environmentOfHome(around, environment);
  return ofHome === undefined || ofHome.directory === found.directory ? others : [...others, ofHome];
}

/**
 * The environment that stands for the home directory, ready to be installed into: the one remembered for it, else a
 * personal one, or one in it. It is for no project, and so may be wanted anywhere.
 */
export async function environmentOfHome(
  around: Surroundings,
  { stateDirectory }: Pick<Environment, 'stateDirectory'>,
): Promise<EnvironmentLook | undefined> {
  const { home, uid } = around;
  const { choice } = await recall(stateDirectory, home, home).catch(() => ({ choice: undefined }));
  const meant = choice?.means.environment?.directory;
  const look =
    meant === undefined ? environmentAt({ ...around, place: home }) : lookAtEnvironment(meant, uid);
  return look.state === 'ready' ? { ...look, of: home } : undefined;
}
