import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../place/programs.ts';
import type { Environment } from '../../system/variables.ts';
import type { EnvironmentMaker, Interpreter, VenvBringer } from '../../types.ts';
import { managerNamed } from '../system-package/managers/index.ts';
import type { PackageManager } from '../system-package/managers/manager.ts';

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
  const venv = interpreter.prefix === '/usr' ? managerNamed(manager) : undefined;
  const bringer = venv === undefined ? undefined : bringerOf(venv, interpreter, environment, place);
  return { kind: 'none', ...(bringer === undefined ? {} : { bringer }) };
}

/**
 * Debian's standard library has the module, and `python3.X-venv` only what ensurepip needs: where dpkg says so the library
 * has been damaged (images are made smaller that way), and is installed again. Elsewhere the module is in that package.
 */
function bringerOf(
  { venv, ownerOf }: PackageManager,
  { stdlib, version }: Interpreter,
  environment: Environment,
  place: string,
): VenvBringer | undefined {
  if (venv === undefined) return undefined;
  const damaged = ownerOf?.(join(stdlib, 'venv/__init__.py'), '/');
  const name = damaged ?? venv.name(version);
  const { program, args } = venv.line(name, damaged !== undefined);
  const root = process.getuid?.() === 0;
  const sudo = !root && findProgram('sudo', environment, place) !== undefined;
  return { package: name, words: [...(sudo ? ['sudo'] : []), program, ...args], asRoot: !root && !sudo };
}
