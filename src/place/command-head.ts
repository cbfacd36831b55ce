import { basename, dirname } from 'node:path';
import { firstWord } from '../system/quote.ts';

/** The beginning of a command in `bin/` that names the Python it is run by. */
export interface CommandHead {
  /** Absolute path. */
  readonly python: string;
  /** Options the Python is started with, as they stand there; empty when there are none. */
  readonly options: string;
  /** How long the head is, in bytes, its last newline included. */
  readonly length: number;
}

/** The kernel reads a `#!` line of 127 bytes at most, and ends its path at a blank (execve(2); distlib does the same). */
export const longestPlain = 127;

/**
 * Why the commands that a pip puts into this environment could not be started, in words; undefined where they can. It writes
 * the path into their heads as it is (distlib/scripts.py, `_build_shebang` and `enquote_executable`): into the three lines
 * in double quotes where it has a blank, in none where it is only too long, for sh and Python to make of it what they do.
 */
export function whyNoCommands(environment: string): string | undefined {
  const cannot = "an environment's commands cannot start where its path has";
  if (/[\n\r]/.test(environment)) return `${cannot} a line break`;
  if (environment.includes('\t')) return `${cannot} a tab`;
  const blank = environment.includes(' ');
  if (!blank && Buffer.byteLength(`#!${environment}/bin/python3.99\n`) <= longestPlain) return undefined;
  const [sign] = (blank ? /["$`\\]|'''/ : /[^\p{L}\p{N}\p{M}@%+=:,./_-]/u).exec(environment) ?? [];
  if (sign === undefined) return undefined;
  return `${cannot} ${sign}, and ${blank ? 'a blank' : 'more than 100 bytes'}`;
}

/** What begins a script in one of three lines that pip, uv and setuptools write where a path is too long for `#!`. */
const exec = "#!/bin/sh\n'''exec' ";

/**
 * Reads a command's head from its first bytes (as Latin-1): `#!/…/bin/python`, or the three lines of distlib's and uv's
 * `#!/bin/sh '''exec'` (distlib/scripts.py, `_build_shebang`). Undefined for whatever is started otherwise, and for what
 * finds its Python by where it lies itself (`uv venv --relocatable`).
 */
export function headIn(start: string): CommandHead | undefined {
  const plain = /^#![ \t]*(\/[^\s]*)[ \t]*([^\n]*?)[ \t]*\r?\n/.exec(start);
  if (start.startsWith(exec)) return longHead(start);
  if (plain === null) return undefined;
  const [line, path = '', options = ''] = plain;
  return asHead(path, options, line.length);
}

function longHead(start: string): CommandHead | undefined {
  const path = firstWord(start.slice(exec.length));
  if (path === undefined) return undefined;
  const from = exec.length + path.length;
  const [rest, options = ''] = /^(?: ([^\n"']+))? "\$0" "\$@"\n' '''\n/.exec(start.slice(from)) ?? [];
  return rest === undefined ? undefined : asHead(path.word, options, from + rest.length);
}

function asHead(latin1: string, options: string, length: number): CommandHead | undefined {
  const python = Buffer.from(latin1, 'latin1').toString('utf8');
  if (!python.startsWith('/') || !/^(?:python|pypy)[\d.]*[a-z]?$/.test(basename(python))) return undefined;
  return { python, options, length };
}

/** The environment, or the prefix, whose Python a command is run by; undefined where that lies in no `bin`. */
export function prefixOf({ python }: CommandHead): string | undefined {
  const bin = dirname(python);
  return basename(bin) === 'bin' ? dirname(bin) : undefined;
}
