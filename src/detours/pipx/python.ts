import { satisfies } from '../../place/python-version.ts';
import type { Making, Situation } from '../../types.ts';
import { requiredPython } from '../shared/index-answers.ts';
import { keeperOf } from './way.ts';

/** The Python that an application is given where what it requires is not the usual one's; undefined where that will do, or none fits. */
export function pythonFor(situation: Situation): Making | undefined {
  const { making, command } = situation;
  const requires = requiredPython(situation);
  if (requires === undefined || making === undefined || 'missing' in making) return undefined;
  // What is there already keeps the Python it has.
  const installed = keeperOf(situation)?.installed ?? [];
  if (command.requirements.some(({ name }) => name !== undefined && installed.includes(name)))
    return undefined;
  return satisfies(making.interpreter.version, requires) ? making : undefined;
}

/** The situation in which an application's environment is made without pipx: with that Python. */
export function withPython(situation: Situation): Situation {
  const python = pythonFor(situation);
  if (python === undefined) return situation;
  // The refused Python's pip is not the other's.
  const { pipVersion: _version, ...rest } = situation;
  return { ...rest, ...python };
}
