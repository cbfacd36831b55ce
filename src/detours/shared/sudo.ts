import { shortPath } from '../../system/quote.ts';
import type { Situation } from '../../types.ts';

/**
 * Why root is not to write into this home: with sudo HOME may still be the person's (sudoers(5), `env_keep`), who could
 * then not change what root left there. Undefined where nothing stands against it.
 */
export function rootInAnothersHome({ uid, home, homeOwner }: Situation): string | undefined {
  if (uid !== 0 || homeOwner <= 0) return undefined;
  return `${shortPath(home, '')} belongs to another user, who could not change it: do this without sudo`;
}
