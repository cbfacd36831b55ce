import { quote } from '../system/quote.ts';
import type { EnvironmentLook } from '../types.ts';

/** Environments that are wholly or in part another person's. */

/** What root left is not in a person's way. What another person put there is no place to pass over in silence. */
export function ofAnother(look: EnvironmentLook, owner: number): EnvironmentLook {
  return owner === 0 ? { ...look, offersOutside: true, saysWhatHelps: true } : look;
}

/** What root made by an earlier `sudo` is made the person's own again by one line. */
export function ownedBy(owner: number, directory: string): string {
  if (owner !== 0) return 'belongs to another user';
  return `belongs to root (sudo chown -R "$(id -u):$(id -g)" ${quote(directory)} makes it yours)`;
}
