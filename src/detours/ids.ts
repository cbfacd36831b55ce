import type { DetourId } from '../types.ts';

/** Every detour's id; `detours/index.ts` is held to it by a test. Here, because settings and memory need no detour's code. */
export const detourNames = [
  'active-venv',
  'venv',
  'pipx',
  'project-manager',
  'system-package',
  'other-python',
  'break-system-packages',
] as const satisfies readonly DetourId[];
