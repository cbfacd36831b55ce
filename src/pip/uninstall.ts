import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canBeReadTwice } from '../system/text-file.ts';
import { parseRequirement } from './requirement.ts';

/** What reading one requirement, or one file of them, comes to. */
type Read = 'name' | 'nothing' | 'wrong' | 'unsure' | 'once';

/**
 * Whether `pip uninstall` gets as far as the check: it first reads every name and file, and needs one of them at
 * least. `wrong`: it certainly does not; `unsure`: names of a kind we leave to pip; `once`: they are in a file that gives
 * its text only once.
 */
export function namesOnly(
  positionals: readonly string[],
  files: readonly string[],
): 'fine' | 'wrong' | 'unsure' | 'once' {
  // pip reads them in this order and ends at the first that is wrong, whatever the others are.
  const read = [...positionals.map(readArgument), ...files.flatMap(readFile)];
  const first = read.find((one) => one !== 'name' && one !== 'nothing');
  return first ?? (read.includes('name') ? 'fine' : 'wrong');
}

/** What pip takes for one name, and a namesake of a file or a URL for none (req/constructors.py, parse_req_from_line). */
function isName(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !/^\.|[@/:\\]/.test(text) && parseRequirement(text)?.kind === 'name';
}

function readArgument(text: string): Read {
  if (isName(text)) return 'name';
  if (/^[A-Za-z0-9]*$/.test(text)) return 'wrong';
  if (/^[A-Za-z0-9._-]*\/[A-Za-z0-9._/-]*$|^\.+$/.test(text) && !/\.[a-z]+[0-9]?$/i.test(text))
    return readPath(text);
  return 'unsure';
}

/** A project's directory has no name of its own to pip, which then takes no notice of it; any other path is wrong. */
function readPath(text: string): Read {
  const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  try {
    if (statSync(text, { throwIfNoEntry: false })?.isDirectory() !== true) return 'wrong';
    return ['setup.py', 'pyproject.toml'].some((name) => isFile(join(text, name))) ? 'nothing' : 'wrong';
  } catch {
    return 'unsure';
  }
}

/** The lines of a requirements file (req/req_file.py); a file of anything but names and comments is left to pip. */
function readFile(file: string): Read[] {
  if (/^[a-z+]+:/i.test(file)) return ['unsure'];
  let text: string;
  try {
    if (!canBeReadTwice(file)) return ['once'];
    text = readFileSync(file, 'latin1');
  } catch {
    return ['wrong'];
  }
  // Other encodings, and what Python takes for the end of a line besides these.
  if (/[^\t\r\n\x20-\x7e]/.test(text) || /^(?:[^\n]*\n)?#[^\n]*coding[:=]/.test(text)) return ['unsure'];
  return text.split(/\r\n|[\r\n]/).map((line) => {
    const requirement = line.replace(/(?:^|\s+)#.*$/, '').trim();
    if (requirement === '') return line.endsWith('\\') ? 'unsure' : 'nothing';
    return isName(requirement) && !/\\$| -/.test(requirement) ? 'name' : 'unsure';
  });
}
