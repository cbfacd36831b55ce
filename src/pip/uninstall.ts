import { readFileSync } from 'node:fs';
import { parseRequirement } from './requirement.ts';

/** A line of a requirements file that is a bare name or a name with versions, or nothing at all. */
function isPlain(line: string): boolean {
  if (/^[ \t]*(#.*)?$/.test(line)) return true;
  return (
    /^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]([<>=!~]=?[0-9][0-9.]*)?[ \t]*$/.test(line) && isName(line.trim())
  );
}

function isName(text: string): boolean {
  return parseRequirement(text)?.kind === 'name';
}

/**
 * Whether `pip uninstall` gets as far as the check: it first reads every name and file, and needs one of them at
 * least. `wrong`: it certainly does not; `unsure`: names of a kind we leave to pip.
 */
export function namesOnly(
  positionals: readonly string[],
  files: readonly string[],
): 'fine' | 'wrong' | 'unsure' {
  let names = 0;
  let unsure = false;
  for (const text of positionals) {
    if (/[^\x21-\x7e]|[;@/:\\]/.test(text) || text.startsWith('.')) unsure = true;
    else if (isName(text)) names += 1;
    else if (/^[A-Za-z0-9]*$/.test(text)) return 'wrong';
    else unsure = true;
  }
  for (const file of files) {
    if (/^[a-z+]+:/i.test(file)) return 'unsure';
    try {
      const lines = readFileSync(file, 'utf8').split(/\r\n|[\r\n]/);
      if (lines.every(isPlain)) names += lines.filter((line) => !/^[ \t]*(#|$)/.test(line)).length;
      else unsure = true;
    } catch {
      return unsure ? 'unsure' : 'wrong';
    }
  }
  if (unsure) return 'unsure';
  return names > 0 ? 'fine' : 'wrong';
}
