import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What this machine has. A test of something it lacks is skipped by name here, and fails in CI. */

export const top = join(import.meta.dirname, '../..');
export const dist = join(top, 'dist');
/** The system's own Python and pip, by path: whatever else is on PATH here stays out of the tests. */
export const python = '/usr/bin/python3';
export const pip = '/usr/bin/pip';
/** The package that the system's pip is. */
export const pipPackage = '/usr/lib/python3/dist-packages/pip';
/** Its name with its version, `python3.11`, as its directories are called. */
export const pythonName = existsSync(python) ? basename(realpathSync(python)) : 'python3';

const inCi = process.env['CI'] !== undefined && process.env['CI'] !== '';

/** What this release of the system does not have at all, as .ci/packages found. */
const notToBeHad = (process.env['PIP_DETOUR_TESTS_WITHOUT'] ?? '').split(/\s+/);

/** For `describe.skipIf` / `it.skipIf`: true when the program is missing, in CI only where it is not to be had. */
export function lacks(...programs: string[]): boolean {
  const missing = programs.filter((name) => which(name) === undefined);
  if (inCi && missing.some((name) => !notToBeHad.includes(name)))
    throw new Error(`CI must have ${missing.join(', ')}: see .ci/packages`);
  return missing.length > 0;
}

export function which(program: string, path = '/usr/local/bin:/usr/bin:/bin'): string | undefined {
  if (program.includes('/')) return existsSync(program) ? program : undefined;
  return path
    .split(':')
    .map((directory) => join(directory, program))
    .find((file) => existsSync(file));
}

/**
 * As `lacks`, of a shell. yash 2.55 and later take even `[` for their own only where PATH has a program of that name
 * (yash(1), "substitutive built-ins"), and on the PATH of these tests there is none.
 */
export function lacksShell(program: string): boolean {
  if (lacks(program)) return true;
  const own = () => spawnSync(`/usr/bin/${program}`, ['-c', '[ a = a ]'], { env: { PATH: '/none' } }).status;
  return program === 'yash' && own() !== 0;
}

/** A shell by its path; another bash than the system's where PIP_DETOUR_TEST_BASH names one, such as macOS's 3.2. */
export function shellProgram(name: string): string {
  return (name === 'bash' ? process.env['PIP_DETOUR_TEST_BASH'] : undefined) ?? `/usr/bin/${name}`;
}

/** True when `/usr/bin/pip` belongs to a Python with a PEP 668 marker (Debian 12 and later, Ubuntu 23.04 and later). */
export function systemIsManaged(): boolean {
  try {
    const version = /python(3\.\d+)/.exec(readFileSync(`${python}-config`, 'utf8'))?.[1];
    return version !== undefined && existsSync(`/usr/lib/python${version}/EXTERNALLY-MANAGED`);
  } catch {
    return ['3.11', '3.12', '3.13', '3.14'].some((v) => existsSync(`/usr/lib/python${v}/EXTERNALLY-MANAGED`));
  }
}

/** `npm run test:long`: the suites whose whole size takes many minutes. */
export const long = process.env['PIP_DETOUR_LONG_TESTS'] !== undefined;
