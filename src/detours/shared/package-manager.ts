import type { Situation } from '../../types.ts';
import { managerById, managerNamed } from '../system-package/managers/index.ts';
import type { PackageManager } from '../system-package/managers/manager.ts';

/** The package manager of who manages the refused Python, where it is one that is known. */
export function packageManagerOf({
  systemPackages,
  manager,
}: Pick<Situation, 'systemPackages' | 'manager'>): PackageManager | undefined {
  return systemPackages === undefined ? managerNamed(manager) : managerById(systemPackages.manager);
}
