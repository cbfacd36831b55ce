import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { howToGetPip } from '../detours/system-package/get-pip.ts';
import { managerHere } from '../detours/system-package/managers/index.ts';
import { interpreterOf, pipPackageOf } from '../pip/interpreter.ts';
import { findRealPip } from '../pip/shim.ts';
import { lookForOverrides, type Override } from '../place/overrides.ts';
import { managerOf } from '../place/platform.ts';
import { keptPips, linkChanges, versionedPips } from '../setup/links.ts';
import { listing } from '../system/listing.ts';
import { ask } from '../system/unseen.ts';
import type { Interpreter } from '../types.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** How long `pip --version` may take, in ms, on a slow disk. */
const patience = 30_000;

/** The real pip, its Python and who manages that, what switches the refusal off, and the shims for `pip3.N`. */
export async function checkPips(patient: Patient): Promise<readonly Finding[]> {
  const { fresh, short, typed } = patient;
  const pip = findRealPip('pip', fresh.path);
  if (pip === undefined)
    return [failed('real-pip', 'there is no pip on PATH to stand in for', howToGetPip()), versioned(patient)];
  const said = await ask(pip, ['--version'], fresh.variables, patience);
  if (said === undefined)
    return [
      failed('real-pip', `${short(pip)} does not start`, `${typed(pip)} --version; then ${howToGetPip()}`),
    ];
  const interpreter = interpreterOf(pip, fresh);
  const version = /^pip (\S+)/.exec(said)?.[1];
  const python = interpreter === undefined ? 'a Python of its own' : short(interpreter.executable);
  return [
    ok('real-pip', `${short(pip)}: pip ${version ?? '(of no known version)'} of ${python}`),
    marker(interpreter, python, patient),
    ...overrides(pip, interpreter, patient),
    versioned(patient),
  ];
}

function marker(interpreter: Interpreter | undefined, python: string, { short }: Patient): Finding {
  if (interpreter === undefined)
    return note(
      'marker',
      'its file does not say which Python runs it, so pip-detour watches it while it runs',
    );
  if (interpreter.environment !== undefined)
    return note('marker', `${python} is in an environment, where pip never refuses`);
  return interpreter.marker === undefined
    ? note(
        'marker',
        `${python} is not externally managed: pip never refuses there, and pip-detour has nothing to do`,
      )
    : ok('marker', `managed by ${managerOf(interpreter)}, as ${short(interpreter.marker)} says`);
}

function overrides(pip: string, interpreter: Interpreter | undefined, patient: Patient): readonly Finding[] {
  const version =
    interpreter === undefined ? undefined : pipPackageOf(pip, interpreter, patient.fresh)?.version;
  const found = lookForOverrides(interpreter, version, patient.fresh);
  return found.length === 0
    ? [ok('overrides', 'nothing switches the refusal off')]
    : found.map((override) => overridden(override, patient));
}

function overridden(override: Override, { short, typed }: Patient): Finding {
  if (override.kind === 'switched-off') {
    const isFile = override.by.startsWith('/');
    return failed(
      'overrides',
      `${short(override.by)} sets break-system-packages: pip changes the system's Python without refusing`,
      isFile
        ? `${sudoFor(override.by)}sed -i '/^ *break-system-packages/d' ${typed(override.by)}`
        : `unset ${override.by}; and remove it from your start-up files`,
    );
  }
  const { marker: path, now } = override;
  return failed(
    'overrides',
    `${path} ${now === undefined ? 'was deleted' : `was renamed to ${now}`}: pip changes this Python without refusing`,
    now === undefined ? installAgain(path) : `${sudoFor(path)}mv ${typed(now)} ${typed(path)}`,
  );
}

function installAgain(path: string): string {
  const manager = managerHere();
  const owner = manager?.ownerOf?.(path, '/');
  const line =
    manager?.installsAgain === undefined || owner === undefined
      ? ''
      : `: sudo ${manager.installsAgain} ${owner}`;
  return `install the package again that ${path} belongs to${line}`;
}

function sudoFor(file: string): string {
  try {
    accessSync(file, constants.W_OK);
    return '';
  } catch {
    return existsSync(file) || process.getuid?.() !== 0 ? 'sudo ' : '';
  }
}

function versioned({ program, fresh }: Patient): Finding {
  const shims = join(program, 'shims');
  const { add, remove } = linkChanges(listing(shims), versionedPips(fresh.path, shims), keptPips(fresh));
  const wrong = [...add.map((name) => `${name} has no shim`), ...remove.map((name) => `${name} is gone`)];
  return wrong.length === 0
    ? ok('versioned-pips', 'every pip3.N on PATH has its shim')
    : failed('versioned-pips', wrong.join(', '), 'pip-detour setup');
}
