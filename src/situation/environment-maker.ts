import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import type { EnvironmentMaker, Interpreter } from '../types.ts';
import { findProgram } from './programs.ts';

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
  return { kind: 'none', ...(aptThere ? { package: `python${interpreter.version}-venv` } : {}) };
}
