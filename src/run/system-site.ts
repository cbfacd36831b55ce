import { join } from 'node:path';
import { seesSystem } from '../place/environment-broken.ts';
import { DetourError } from '../system/errors.ts';
import { quote } from '../system/quote.ts';
import { replaceFile } from '../system/replace-file.ts';
import { textOf } from '../system/text-file.ts';

/**
 * Lets an environment see the system's packages, or no longer, by its pyvenv.cfg (PEP 405). Returns false where that file
 * says so already. With `dry` nothing is written.
 * @throws DetourError `cannot-repair` where that file cannot be read or written.
 */
export function letSeeSystem(directory: string, sees: boolean, dry: boolean): boolean {
  const file = join(directory, 'pyvenv.cfg');
  const text = textOf(file);
  if (text === undefined)
    throw new DetourError(
      'cannot-repair',
      `${file} cannot be read`,
      `see who may read it: ls -l ${quote(file)}`,
    );
  if (seesSystem(text) === sees) return false;
  if (dry) return true;
  const line = `include-system-site-packages = ${sees}`;
  const form = /^include-system-site-packages[ \t]*=.*$/gim;
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  try {
    replaceFile(file, form.test(text) ? text.replace(form, line) : `${text}${end}${line}\n`);
  } catch {
    throw new DetourError(
      'cannot-repair',
      `${file} cannot be written`,
      `see who may write it: ls -l ${quote(file)}`,
    );
  }
  return true;
}
