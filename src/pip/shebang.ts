import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Environment } from '../system/variables.ts';

/** The first bytes of a file as Latin-1 text, or undefined when it cannot be read. */
export function startOf(file: string, bytes = 4096): string | undefined {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(bytes);
      return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, bytes, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** A regular file (links followed) that may be executed. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onPath(program: string, path: string): string | undefined {
  if (program.includes('/')) return program;
  return path
    .split(':')
    .map((directory) => join(directory === '' ? '.' : directory, program))
    .find(isExecutable);
}

/** What a `#!` line starts: the executable and the flags it passes. */
export interface Shebang {
  readonly executable: string;
  readonly flags: string;
}

/**
 * The interpreter a script names: `#!/usr/bin/python3`, the same with a blank, through `env`, or the `/bin/sh` lines
 * that pip's script writer uses for paths too long or with blanks (distlib/scripts.py, `_build_shebang`).
 */
export function shebangOf(file: string, environment: Pick<Environment, 'path'>): Shebang | undefined {
  const script = startOf(file) ?? '';
  const line = /^#![ \t]*(\S+)[ \t]*([^\n]*?)[ \t\r]*\n/.exec(script);
  const program = line?.[1];
  if (program === undefined) return undefined;
  const rest = line?.[2] ?? '';
  if (program === '/bin/sh' && rest === '') {
    const quoted = /^#!\/bin\/sh\n'''exec' (?:"([^"\n]+)"|(\S+))(?: ([^"\n]*?))? "\$0" "\$@"\n/.exec(script);
    const executable = quoted?.[1] ?? quoted?.[2];
    return executable === undefined ? undefined : { executable: utf8(executable), flags: quoted?.[3] ?? '' };
  }
  if (basename(program) !== 'env') return { executable: utf8(program), flags: rest };
  if (rest === '' || /^-|[ \t=]/.test(rest)) return undefined;
  const executable = onPath(utf8(rest), environment.path);
  return executable === undefined ? undefined : { executable, flags: '' };
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** Whether a script does nothing but start pip, as pip's own, Debian's and conda's do. */
export function isPipScript(file: string): boolean {
  const text = startOf(file) ?? '';
  return text.length < 4096 && /^\s*(from pip\b|import pip\b|load_entry_point\()/m.test(text);
}
