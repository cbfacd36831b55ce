import { dirname, join } from 'node:path';
import { textOf } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';

/** A Python that is asked for here. */
export interface WantedPython {
  /** Names or versions, any of which will do: `3.12`, `shop`. */
  readonly names: readonly string[];
  /** Where it is asked for: `.python-version`, `PYENV_VERSION`. */
  readonly by: string;
}

/** The Python that the shell or the directory asks for: PYENV_VERSION, else the nearest `.python-version` or `.tool-versions` upward. */
export function wantedHere(environment: Environment, cwd: string): WantedPython | undefined {
  const named = split(environment.variables['PYENV_VERSION'] ?? '', ':');
  if (named.length > 0) return { names: named, by: 'PYENV_VERSION' };
  if (cwd === '') return undefined;
  for (let directory = cwd; ; directory = dirname(directory)) {
    const names = read(join(directory, '.python-version')).flatMap((line) => split(line, /\s+/));
    if (names.length > 0) return { names: names.map(plain), by: '.python-version' };
    const line = read(join(directory, '.tool-versions')).find((text) => /^python\s/.test(text));
    if (line !== undefined) return { names: split(line, /\s+/).slice(1), by: '.tool-versions' };
    if (directory === dirname(directory)) return undefined;
  }
}

/** uv also writes `cpython-3.12` and `cpython@3.12`. */
function plain(name: string): string {
  return name.replace(/^cpython[-@]/, '');
}

function split(text: string, by: string | RegExp): string[] {
  return text.split(by).filter((part) => part !== '');
}

/** The lines of a small file without comments; none when it cannot be read. */
function read(file: string): string[] {
  const lines = textOf(file)?.slice(0, 4_096).split('\n') ?? [];
  return lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
}
