import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectories } from '../system/make-directories.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { grammar } from './grammar.ts';
import { manual } from './manual.ts';
import { zshCompletion } from './zsh.ts';

/**
 * Called by the build with the program's directory: writes the three completions under the names each shell looks for,
 * and the manual page, of which `page` is the part written by hand, where man(1) looks: beside a directory of PATH.
 */
export async function main(program: string, page: string): Promise<void> {
  const root = await grammar();
  const manuals = join(program, 'man/man1');
  makeDirectories(manuals);
  writeFileSync(join(manuals, 'pip-detour.1'), manual(root, readFileSync(page, 'utf8')));
  const directory = join(program, 'completions');
  makeDirectories(directory);
  writeFileSync(join(directory, 'pip-detour.bash'), bashCompletion(root));
  writeFileSync(join(directory, 'pip-detour.fish'), fishCompletion(root));
  writeFileSync(join(directory, '_pip-detour'), zshCompletion(root));
}
