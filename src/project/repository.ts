import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { personsHome } from '../system/variables.ts';

/** What makes a directory the root of a repository, and how that is called. */
export const repositories: Readonly<Record<string, string>> = {
  '.git': 'git repository',
  '.hg': 'Mercurial repository',
  '.svn': 'Subversion checkout',
  '.jj': 'Jujutsu repository',
};

/**
 * The root of the outermost repository around a directory (a real path), else the directory itself. One in the home
 * directory is the person's own: whoever keeps their settings in it has their Pythons below it too.
 */
export function repositoryAround(directory: string): string {
  let root = directory;
  const home = personsHome();
  for (let at = directory; at !== home && at !== dirname(at); at = dirname(at))
    if (Object.keys(repositories).some((name) => existsSync(join(at, name)))) root = at;
  return root;
}
