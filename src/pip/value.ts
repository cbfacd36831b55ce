import type { Option } from './options.ts';
import { compareVersions } from './versions.ts';

/** What pip makes of a value while it reads it: fine, the end of pip (exit code 2 or 1), or more than we can tell. */
export type Judgement = 'fine' | 'usage' | 'error' | 'unsure';

/** Python's `int(text, radix)`: blanks around, one sign, single underscores between digits. */
function isInteger(text: string, digits = '[0-9]', prefix = ''): boolean {
  return new RegExp(`^\\s*[+-]?${prefix}${digits}(_?${digits})*\\s*$`, 'i').test(text);
}

/** optparse's `_parse_num`: the radix is told by the first characters (Python's Lib/optparse.py). */
function isOptparseInteger(text: string): boolean {
  const start = text.slice(0, 2).toLowerCase();
  if (start === '0x') return isInteger(text, '[0-9a-f]', '0x_?');
  if (start === '0b') return isInteger(text.slice(2) || '0', '[01]');
  if (text.startsWith('0')) return isInteger(text, '[0-7]', '(0o_?)?');
  return isInteger(text);
}

/** Python's `float(text)`. */
function isFloat(text: string): boolean {
  const digits = '[0-9](_?[0-9])*';
  const number = `(${digits}\\.?(${digits})?|\\.${digits})(e[+-]?${digits})?`;
  return new RegExp(`^\\s*[+-]?(${number}|inf|infinity|nan)\\s*$`, 'i').test(text);
}

/** pip's `_convert_python_version` (cli/cmdoptions.py). */
function isPythonVersion(text: string): boolean {
  if (text === '') return true;
  let parts = text.split('.');
  if (parts.length > 3) return false;
  if (parts.length === 1 && text.length > 1) parts = [text.slice(0, 1), text.slice(1)];
  return parts.every((part) => isInteger(part));
}

/** pip's `_handle_dependency_group`: a path before the last colon must name a pyproject.toml. */
function judgeGroup(text: string, pip: string): Judgement {
  const colon = text.lastIndexOf(':');
  if (colon === -1) return 'fine';
  const path = text.slice(0, colon);
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (last === 'pyproject.toml') return 'fine';
  // From 26.3 on the file may also be a pylock file, and pathlib looks through trailing slashes.
  return compareVersions(pip, '26.3') < 0 ? 'usage' : 'unsure';
}

function judgeDate(text: string, pip: string): Judgement {
  if (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|\+00:00)?)?$/.test(text))
    return /^(000|9999)/.test(text) ? 'unsure' : 'fine';
  if (/^P\d{1,4}D$/.test(text) && compareVersions(pip, '26.1.2') >= 0) return 'fine';
  return /\d/.test(text) ? 'unsure' : 'usage';
}

/** Judges a value from the command line as pip `pip` would while reading it. */
export function judge(option: Option, value: string, pip: string): Judgement {
  if (option.choices !== undefined) return option.choices.includes(value) ? 'fine' : 'usage';
  const numeric = option.check === 'int' || option.check === 'float' || option.check === 'python-version';
  // Python reads every script's digits as numbers, and refuses numbers of thousands of digits.
  if (numeric && (/[^\x20-\x7e\t]/.test(value) || value.length > 300)) return 'unsure';
  switch (option.check) {
    case 'int':
      return isOptparseInteger(value) ? 'fine' : 'usage';
    case 'float':
      return isFloat(value) ? 'fine' : 'usage';
    case 'python-version':
      return isPythonVersion(value) ? 'fine' : 'usage';
    case 'key=value':
      return value.includes('=') ? 'fine' : 'usage';
    case 'group':
      return judgeGroup(value, pip);
    case 'date':
      return judgeDate(value, pip);
    case 'not-an-option':
    case 'package':
      return value.startsWith('-') ? 'error' : 'fine';
    default:
      return 'fine';
  }
}

/** pip's own reading of a boolean (utils/misc.py, `strtobool`): undefined for anything it refuses. */
export function strtobool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (['y', 'yes', 't', 'true', 'on', '1'].includes(lower)) return true;
  if (['n', 'no', 'f', 'false', 'off', '0'].includes(lower)) return false;
  return undefined;
}
