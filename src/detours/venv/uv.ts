import { installSettings } from '../../pip/in-force.ts';
import { findProgram } from '../../place/programs.ts';
import type { Environment } from '../../system/variables.ts';
import type { Interpreter, PipCommand, Uv } from '../../types.ts';

/** uv, where the setting `installer` chooses it, with everything that pip's own files and variables say. */
export function lookForUv(
  command: PipCommand,
  interpreter: Interpreter | undefined,
  pipVersion: string | undefined,
  environment: Environment,
  place: string,
): Uv {
  const executable = findProgram('uv', environment, place);
  if (executable === undefined) return { missing: 'uv is not on PATH' };
  if (interpreter === undefined || pipVersion === undefined)
    return { missing: "pip's configuration cannot be read" };
  const set = installSettings(command, interpreter, pipVersion, environment);
  if (!('values' in set)) return { missing: `pip's configuration: ${'ends' in set ? set.ends : set.unsure}` };
  return { executable, settings: Object.fromEntries(set.values) };
}
