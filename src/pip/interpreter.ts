import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { statOf } from '../system/ownership.ts';
import { realPath } from '../system/real-path.ts';
import { textOf } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';
import type { Interpreter } from '../types.ts';
import { isExecutable, shebangOf, startOf } from './shebang.ts';
import { isPython } from './start.ts';

export { pipPackageOf } from './pip-package.ts';

/** `os.path.isfile`: links are followed, and what cannot be looked at is no file. */
function isFile(path: string): boolean {
  return statOf(path)?.isFile() === true;
}

/** The directory of a virtual environment: pyvenv.cfg beside the executable as named, or one up (PEP 405). */
function environmentOf(executable: string): string | undefined {
  const beside = dirname(executable);
  for (const directory of [beside, dirname(beside)]) {
    if (/^\s*home\s*=/im.test(textOf(join(directory, 'pyvenv.cfg')) ?? '')) return directory;
  }
  return undefined;
}

interface Library {
  readonly prefix: string;
  readonly stdlib: string;
  readonly version: string;
}

/** The standard library directories (those with an `os.py`) below one prefix; `named` narrows to one version. */
function librariesBelow(prefix: string, named: string | undefined): Library[] {
  const found = new Map<string, Library>();
  for (const lib of ['lib', 'lib64']) {
    const directory = join(prefix, lib);
    let names: string[] = [];
    if (named !== undefined) names = [named];
    else
      try {
        names = readdirSync(directory);
      } catch {
        continue;
      }
    for (const entry of names) {
      const version = /^(?:python|pypy)(\d+\.\d+)t?$/.exec(entry)?.[1];
      const stdlib = join(directory, entry);
      if (version === undefined || !isFile(join(stdlib, 'os.py'))) continue;
      const real = realPath(stdlib);
      if (!found.has(real)) found.set(real, { prefix, stdlib, version });
    }
  }
  return [...found.values()];
}

/** Python looks upward from its own resolved place for its library (CPython's Modules/getpath.py, PyPy's initpath). */
function libraryOf(resolved: string): Library | undefined {
  const name = /^(?:python|pypy)\d+\.\d+t?$/.test(basename(resolved)) ? basename(resolved) : undefined;
  // A name without its version says too little to look further than beside it.
  if (name === undefined) return onlyOne(librariesBelow(dirname(dirname(resolved)), undefined));
  for (let directory = dirname(resolved); ; directory = dirname(directory)) {
    const found = librariesBelow(directory, name);
    if (found.length > 0) return onlyOne(found);
    if (directory === dirname(directory)) return undefined;
  }
}

/**
 * Python itself follows the links of its executable, but none of the directories above it. Where that leads elsewhere
 * it falls back on the place it was built for, which nothing here tells.
 */
function isFoundFrom(executable: string, library: Library): boolean {
  let place = executable;
  for (let links = 0; links < 40 && lstatSync(place).isSymbolicLink(); links += 1)
    place = resolve(dirname(place), readlinkSync(place));
  const found = libraryOf(place);
  return found !== undefined && realPath(found.stdlib) === realPath(library.stdlib);
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The Python an executable is, found without starting it. Undefined for anything that only looks like one: a version
 * manager's script, python-exec, Apple's stub, or variables set that move Python's library.
 */
export function interpreterAt(
  executable: string,
  environment: Environment,
  flags = '',
): Interpreter | undefined {
  const ignoresVariables = /^-\w*[EI]/.test(flags);
  const moved = ['PYTHONHOME', 'PYTHONPLATLIBDIR', 'PYTHONEXECUTABLE', '__PYVENV_LAUNCHER__'];
  if (!ignoresVariables && moved.some((name) => (environment.variables[name] ?? '') !== '')) return undefined;
  if (!isAbsolute(executable)) return undefined;
  try {
    const resolved = realPath(executable);
    if (!/^(python|pypy)(\d+(\.\d+)?t?)?$/.test(basename(resolved))) return undefined;
    if (startOf(resolved, 2) === '#!' || !isExecutable(resolved)) return undefined;
    const venv = environmentOf(executable);
    const library = libraryOf(resolved);
    if (library === undefined || !isFoundFrom(executable, library)) return undefined;
    const file = join(library.stdlib, 'EXTERNALLY-MANAGED');
    const marker = isFile(file) ? file : undefined;
    return {
      executable,
      ...library,
      ...(marker === undefined ? {} : { marker }),
      ...(venv === undefined ? {} : { environment: venv }),
    };
  } catch {
    return undefined;
  }
}

/** The Python that would run this pip script; undefined when that cannot be told from outside. */
export function interpreterOf(realPip: string, environment: Environment): Interpreter | undefined {
  if (isPython(realPip)) return interpreterAt(realPip, environment);
  const shebang = shebangOf(realPip, environment);
  return shebang === undefined ? undefined : interpreterAt(shebang.executable, environment, shebang.flags);
}
