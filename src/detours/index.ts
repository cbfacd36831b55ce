import type { Detour, DetourId } from '../types.ts';
import { activeVenv } from './active-venv/index.ts';
import { breakSystemPackages } from './break-system-packages/index.ts';
import { otherPython } from './other-python/index.ts';
import { pipx } from './pipx/index.ts';
import { projectManager } from './project-manager/index.ts';
import { madeAsSet } from './shared/made-with.ts';
import { systemPackage } from './system-package/index.ts';
import { venv } from './venv/index.ts';

/** Every detour, in the order offered. Adding one is one file and one line here. */
export const detours: readonly Detour[] = [
  activeVenv,
  projectManager,
  madeAsSet(venv),
  pipx,
  systemPackage,
  otherPython,
  breakSystemPackages,
].map(heedingBans);

/** Adds to a detour what the settings forbid, so that prompt, `status`, `explain` and choices that stand all see it. */
function heedingBans(detour: Detour): Detour {
  return {
    ...detour,
    unavailable: (situation) => situation.bans[detour.id] ?? detour.unavailable(situation),
  };
}

/** The detour of this id; undefined for any other word. */
export function detourById(id: string): Detour | undefined {
  return detours.find((detour) => detour.id === id);
}

/** The ids that can be chosen today: what `PIP_DETOUR` takes, besides `none`, `off` and `ask`. */
export function offeredIds(): readonly DetourId[] {
  return detours.map((detour) => detour.id);
}
