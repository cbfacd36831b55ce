import type { Situation } from '../../types.ts';
import { managerById, managerNamed } from '../system-package/managers/index.ts';
import type { PackageManager } from '../system-package/managers/manager.ts';

/** The package manager of the system that manages the refused Python, where we know one. */
export function packageManagerOf({
  systemPackages,
  manager,
}: Pick<Situation, 'systemPackages' | 'manager'>): PackageManager | undefined {
  return systemPackages === undefined ? managerNamed(manager) : managerById(systemPackages.manager);
}
