import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isExecutable } from '../pip/shebang.ts';
import { isShim } from '../pip/shim.ts';
import { absoluteEntries, real } from '../place/programs.ts';
import { hasManifest } from '../setup/manifest.ts';
import { lastingNode } from '../setup/place.ts';
import { isPackaged, originOf, upgradeLine, wayInWords } from '../setup/way.ts';
import { listing } from '../system/listing.ts';
import { sameFile } from '../system/real-path.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** Our own files, the Node that runs them, and what older versions may have left. */
export function checkProgram(patient: Patient): readonly Finding[] {
  return [files(patient), origin(patient), node(patient), ...leftovers(patient)];
}

/** How this copy came, and how a newer one comes the same way. */
function origin({ program }: Patient): Finding {
  const found = originOf(program);
  if (found === undefined) return note('origin', 'it was not installed: it runs where it was built');
  return ok(
    'origin',
    `it came by ${wayInWords(found)}; to upgrade, type: ${upgradeLine(found, real(join(program, 'lib')))}`,
  );
}

/** What to type for the files to be whole again. */
function again({ program }: Patient): string {
  const found = originOf(program);
  return found === undefined
    ? 'run ./install.sh again, in the checkout of pip-detour'
    : upgradeLine(found, real(join(program, 'lib')));
}

function files(patient: Patient): Finding {
  const { program, short } = patient;
  const version = readFileSync(join(program, 'lib/version'), 'utf8').trim();
  const name = `pip-detour ${version} in ${short(program)}`;
  if (!hasManifest(program))
    return isPackaged(originOf(program))
      ? failed('program', `${name}, which is not set up for you`, 'pip-detour setup')
      : note('program', `${name}, which is built, but not installed`);
  const damaged = damagedFiles(program);
  if (damaged === undefined)
    return failed('program', `${name}: its list of files cannot be read`, again(patient));
  return damaged.length === 0
    ? ok('program', `${name}, complete`)
    : failed('program', `${name}: lost or changed since: ${damaged.join(', ')}`, again(patient));
}

/** Those that are not as scripts/same-program.mjs recorded them; undefined when there is no record. */
function damagedFiles(program: string): readonly string[] | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(join(program, 'built-from.json'), 'utf8'));
    if (typeof record !== 'object' || record === null || !('built' in record)) return undefined;
    if (typeof record.built !== 'object' || record.built === null) return undefined;
    return Object.entries(record.built).flatMap(([path, digest]) =>
      digestOf(join(program, path)) === digest ? [] : [path],
    );
  } catch {
    return undefined;
  }
}

function digestOf(file: string): string | undefined {
  try {
    const executable = (statSync(file).mode & 0o100) !== 0;
    return `${createHash('sha256').update(readFileSync(file)).digest('hex')}${executable ? ' x' : ''}`;
  } catch {
    return undefined;
  }
}

/** The shims start the Node that setting up wrote down, else the first on PATH. */
function node({ program, environment, short }: Patient): Finding {
  const running = `Node ${process.versions.node}`;
  const recorded = textOf(join(program, 'node'))?.trimEnd();
  const brought = environment.nodeDirectory;
  if (recorded !== undefined && isExecutable(recorded))
    return ok(
      'node',
      recorded.startsWith(`${brought}/`)
        ? `${running} of pip-detour's own (${short(brought)}); pip-detour setup --with-node renews it`
        : `${running} (${short(recorded)})`,
    );
  return failed(
    'node',
    `the Node that pip-detour was set up with (${recorded === undefined ? 'none' : short(recorded)}) is gone; it uses ${short(lastingNode(environment.path))} as long as that is on PATH`,
    'pip-detour setup',
  );
}

function leftovers({ program, environment, short, typed }: Patient): Finding[] {
  const beside = dirname(program);
  const workshops = listing(beside).filter((name) => /^\.pip-detour-install\./.test(name));
  const shims = join(program, 'shims');
  const others = absoluteEntries(environment.path).filter(
    (entry) => !sameFile(entry, shims) && isShim(join(entry, 'pip')),
  );
  const found = [
    ...workshops.map((name) =>
      failed(
        'leftovers',
        `an installation that was stopped left ${short(join(beside, name))}`,
        `rm -r ${typed(join(beside, name))}`,
      ),
    ),
    ...[...new Set(others)].map((entry) =>
      failed(
        'leftovers',
        `another pip-detour is on PATH, in ${short(entry)}`,
        isExecutable(join(entry, 'pip-detour')) && basename(entry) === 'shims'
          ? `${typed(join(entry, 'pip-detour'))} uninstall --keep-memory`
          : `rm ${typed(join(entry, 'pip'))}`,
      ),
    ),
  ];
  return found.length > 0 ? found : [ok('leftovers', 'nothing is left of other installations')];
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
