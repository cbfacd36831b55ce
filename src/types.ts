/**
 * The words of the house (see the table in docs/README.md, "Words"). These files import nothing but each
 * other, detours/ids.ts and system/variables.ts.
 */

export type { DetourId } from './detours/ids.ts';
export type * from './types/choice.ts';
export type * from './types/detour.ts';
export type * from './types/environment.ts';
export type * from './types/failure.ts';
export type * from './types/packages.ts';
export type * from './types/pip.ts';
export type * from './types/place.ts';
export type * from './types/plan.ts';
export type * from './types/programs.ts';
export type * from './types/situation.ts';
