import type { Detour } from '../types.ts';

/** The tool that keeps this project's dependencies in a lock file adds the package itself. */
export const projectManager: Detour = {
  id: 'project-manager',
  title: () => 'Add to the project',
  detail: () => '',
  unavailable: () => 'no tool keeps the dependencies here',
  recommended: () => undefined,
  plan: () => ({ steps: [] }),
};
