import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Interpreter } from '../../types.ts';

/** The newest wheel of pip in a Python's own ensurepip (CPython, `ensurepip/_bundled`). */
export function pipWheelOf(interpreter: Interpreter): string | undefined {
  return newestWheel(join(interpreter.stdlib, 'ensurepip/_bundled'));
}

/** A wheel of pip on this machine: ensurepip's own, or Debian's (package python3-pip-whl). */
export function findPipWheel(interpreter: Interpreter | undefined): string | undefined {
  const own = interpreter === undefined ? undefined : pipWheelOf(interpreter);
  return own ?? newestWheel('/usr/share/python-wheels');
}

function newestWheel(directory: string): string | undefined {
  try {
    const wheels = readdirSync(directory).filter((name) => /^pip-[\d.]+-py.*\.whl$/.test(name));
    const newest = wheels.sort().at(-1);
    return newest === undefined ? undefined : join(directory, newest);
  } catch {
    // Not on this machine.
    return undefined;
  }
}
