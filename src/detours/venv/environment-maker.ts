import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../place/programs.ts';
import type { Environment } from '../../system/variables.ts';
import type { EnvironmentMaker, Interpreter, VenvBringer } from '../../types.ts';

/** Distributions that take parts of Python's library out into `python3.X-venv`. */
const debianLike = ['Debian', 'Ubuntu', 'Raspberry Pi OS', 'Kali', 'Linux Mint', 'Pop!_OS'];

/** What can make an environment for this Python: its own `venv`, else a virtualenv or uv on PATH. Starts nothing. */
export function lookForMaker(
  interpreter: Interpreter | undefined,
  manager: string,
  environment: Environment,
  place: string,
): EnvironmentMaker {
  if (interpreter === undefined || existsSync(join(interpreter.stdlib, 'venv/__init__.py')))
    return { kind: 'venv' };
  for (const kind of ['virtualenv', 'uv'] as const) {
    const executable = findProgram(kind, environment, place);
    if (executable !== undefined) return { kind, executable };
  }
  const aptThere = debianLike.includes(manager) && interpreter.prefix === '/usr';
  return { kind: 'none', ...(aptThere ? { bringer: bringerOf(interpreter, environment, place) } : {}) };
}

/**
 * Debian's standard library has the module, and `python3.X-venv` only what ensurepip needs: where dpkg says so the library
 * has been damaged (images are made smaller that way), and is installed again. Elsewhere the module is in that package.
 */
function bringerOf(interpreter: Interpreter, environment: Environment, place: string): VenvBringer {
  const library = `libpython${interpreter.version}-stdlib`;
  const damaged = isFileOf(join(interpreter.stdlib, 'venv/__init__.py'), library);
  const name = damaged ? library : `python${interpreter.version}-venv`;
  const root = process.getuid?.() === 0;
  const sudo = !root && findProgram('sudo', environment, place) !== undefined;
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends'];
  return {
    package: name,
    words: [...(sudo ? ['sudo'] : []), ...install, ...(damaged ? ['--reinstall'] : []), name],
    asRoot: !root && !sudo,
  };
}

/** Whether a package, of whatever architecture, is installed and has this file (dpkg's lists of files). */
function isFileOf(file: string, name: string): boolean {
  const lists = '/var/lib/dpkg/info';
  try {
    return readdirSync(lists)
      .filter((list) => list === `${name}.list` || (list.startsWith(`${name}:`) && list.endsWith('.list')))
      .some((list) => readFileSync(join(lists, list), 'utf8').split('\n').includes(file));
  } catch {
    return false;
  }
}
