import type { Situation } from '../../types.ts';
import { packageManagerOf } from '../shared/package-manager.ts';
import { howToGet } from '../system-package/managers/index.ts';

/** Those who keep Pythons of their own and are no package managers. */
const keepers: Readonly<Record<string, string>> = {
  uv: 'uv tool install pipx',
  conda: 'conda install -c conda-forge pipx',
};

/** Why there is no pipx to be used, with what to type to get it. */
export function pipxMissing(situation: Situation): string {
  const manager = packageManagerOf(situation);
  const line = manager === undefined ? keepers[situation.manager] : howToGet('pipx', manager, situation.uid);
  return line === undefined ? 'pipx is not installed (see pipx.pypa.io)' : `pipx is not installed: ${line}`;
}
