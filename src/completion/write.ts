import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { grammar } from './grammar.ts';
import { zshCompletion } from './zsh.ts';

/** Called by the build: writes the three files under the names each shell looks for. */
export async function main(directory: string): Promise<void> {
  const root = await grammar();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'pip-detour.bash'), bashCompletion(root));
  writeFileSync(join(directory, 'pip-detour.fish'), fishCompletion(root));
  writeFileSync(join(directory, '_pip-detour'), zshCompletion(root));
}
