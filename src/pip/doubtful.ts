import { dirname, resolve } from 'node:path';
import { statOf } from '../system/ownership.ts';
import { bytesOf } from '../system/text-file.ts';
import type { PipCommand, Requirement } from '../types.ts';
import { optionValues } from './command-line.ts';

/** Longer than this, in bytes, a requirements file is left to pip. */
const longest = 1_000_000;

/**
 * Whether what is asked for may be such that pip ends over it before it fetches anything: a file or directory that is not
 * there, a directory that is no project, a URL or a requirement that cannot be read. Only pip can say; what is in doubt here
 * is worth asking it (pip-itself.ts). `cwd`: where relative paths begin.
 */
export function isDoubtful(command: PipCommand, cwd: string): boolean {
  if (command.unparsed.length > 0) return true;
  const files = ['--requirement', '--constraint'].flatMap((name) => optionValues(command, name));
  return (
    files.some((file) => isFileInDoubt(file, cwd, [])) ||
    command.requirements.some((requirement) => isInDoubt(requirement, cwd))
  );
}

function isFileInDoubt(file: string, base: string, above: readonly string[]): boolean {
  if (/^[a-z+]+:/i.test(file)) return false;
  const path = resolve(base, file);
  const stat = statOf(path);
  if (stat === undefined || stat.isDirectory()) return true;
  if (!stat.isFile() || above.includes(path)) return false;
  const text = bytesOf(path, longest)?.toString('utf8');
  if (text === undefined) return true;
  const here = [...above, path];
  return [...text.matchAll(/^[ \t]*(-r|-c|--requirement|--constraint|-e|--editable)[ \t=]*(\S+)/gm)].some(
    ([, option = '', value = '']) =>
      option.endsWith('e') || option === '--editable'
        ? !/^[a-z+]+:/i.test(value) && isNoProject(resolve(base, value))
        : isFileInDoubt(value, dirname(path), here),
  );
}

function isInDoubt({ kind, text, editable }: Requirement, cwd: string): boolean {
  if (kind === 'file') return false;
  const body = text.replace(/\s*;.*$/, '').trim();
  if (kind === 'url')
    return isBadUrl(
      /@\s*(\S+)$/.exec(body)?.[1]?.includes(':') === true && !/^[a-z+]+:/i.test(body)
        ? body.replace(/^[^@]*@\s*/, '')
        : body,
    );
  if (kind === 'name') return editable === true;
  return isNoProject(resolve(cwd, body.replace(/\[[^\]]*\]$/, '')));
}

function isBadUrl(url: string): boolean {
  if (!/^[a-z+]+:\/\//i.test(url)) return true;
  const file = /^file:\/\/(?:localhost)?(\/[^#]*)/i.exec(url)?.[1];
  if (file !== undefined) return isNoProject(file);
  try {
    return new URL(url.replace(/^[a-z]+\+/i, '')).hostname === '' && !/^(?:[a-z]+\+)?file:/i.test(url);
  } catch {
    return true;
  }
}

/** Neither a file (an archive) nor a directory that pip could build (req/constructors.py, is_installable_dir). */
function isNoProject(path: string): boolean {
  const stat = statOf(path);
  if (stat === undefined) return true;
  if (!stat.isDirectory()) return false;
  return !['setup.py', 'pyproject.toml'].some((name) => statOf(resolve(path, name))?.isFile() === true);
}
