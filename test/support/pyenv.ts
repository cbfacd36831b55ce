import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where this machine's pyenv lies, also when HOME is another's: a fresh HOME has none. Undefined where there is none. */
export const pyenvRoot: string | undefined = [homedir(), userInfo().homedir]
  .map((home) => join(home, '.pyenv'))
  .find((root) => existsSync(join(root, 'libexec/pyenv')));

/** A directory for each of its Pythons; one that is not there where there is no pyenv. */
export const pyenvVersions = join(pyenvRoot ?? '/proc/nowhere', 'versions');
