import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { realPath } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import type { Interpreter } from '../types.ts';
import { shebangOf, startOf } from './shebang.ts';
import { isPython } from './start.ts';

/** Debian's Pythons look in these and nowhere else (its site.py); every other Python in the ones below. */
export function systemSites(interpreter: Interpreter): string[] {
  const { prefix, stdlib } = interpreter;
  const library = basename(stdlib);
  // Its PyPy shares them with CPython.
  const shared = join(prefix, 'lib/python3/dist-packages');
  if (existsSync(shared))
    return [join(prefix, 'local/lib', library, 'dist-packages'), shared, join(stdlib, 'dist-packages')];
  return [join(stdlib, 'site-packages'), join(prefix, 'lib', library, 'site-packages')];
}

/** Some distributions add these before their own, by patches that cannot be seen from outside. */
function patchedSites({ prefix, stdlib }: Interpreter): string[] {
  if (prefix !== '/usr' || existsSync('/usr/lib/python3/dist-packages')) return [];
  return ['lib64', 'lib'].map((lib) => join('/usr/local', lib, basename(stdlib), 'site-packages'));
}

/** Where `pip install --user` puts things (Lib/site.py, getuserbase and _get_path). */
function userSite(realPip: string, interpreter: Interpreter, environment: Environment): string[] {
  const flags = shebangOf(realPip, environment)?.flags ?? '';
  const off = /^-\w*[sI]/.test(flags) || (environment.variables['PYTHONNOUSERSITE'] ?? '') !== '';
  if (off) return [];
  const given = environment.variables['PYTHONUSERBASE'] ?? '';
  const base = given !== '' ? given : `${environment.tilde}/.local`;
  const sites = [join(base, 'lib', basename(interpreter.stdlib), 'site-packages')];
  if (process.platform !== 'darwin') return sites;
  const framework = `${environment.tilde}/Library/Python/${interpreter.version}/lib/python/site-packages`;
  return [...sites, framework];
}

/** Where a Python script's imports are looked for, in the order of Python's `sys.path`; its standard library aside. */
export function sitesOf(
  script: string,
  interpreter: Interpreter,
  environment?: Environment,
): readonly string[] {
  const inside = interpreter.environment;
  const sites =
    inside === undefined
      ? [
          ...(environment === undefined ? [] : userSite(script, interpreter, environment)),
          ...patchedSites(interpreter),
          ...systemSites(interpreter),
        ]
      : ['lib', 'lib64'].map((lib) => join(inside, lib, basename(interpreter.stdlib), 'site-packages'));
  return [besideScript(script), ...sites];
}

/**
 * The pip package a pip script imports, and its version as its own `__init__.py` has it. Undefined when there is none
 * to be found; without a version when that cannot be told.
 */
export function pipPackageOf(
  realPip: string,
  interpreter: Interpreter,
  environment?: Environment,
): { directory: string; version?: string } | undefined {
  const patched = patchedSites(interpreter);
  for (const site of sitesOf(realPip, interpreter, environment)) {
    const directory = join(site, 'pip');
    const text = startOf(join(directory, '__init__.py'));
    if (text === undefined) continue;
    const version = /^__version__ = ["']([^"'\n]+)["']/m.exec(text)?.[1];
    return version === undefined || patched.includes(site) ? { directory } : { directory, version };
  }
  return undefined;
}

/** Python puts the resolved script's own directory first; with `-m`, the directory one stands in. */
function besideScript(realPip: string): string {
  try {
    if (isPython(realPip)) return process.cwd();
    return dirname(realPath(realPip));
  } catch {
    return dirname(realPip);
  }
}
