import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { statOf, whyUnsafeMode } from '../system/ownership.ts';
import { printable, shortPath } from '../system/quote.ts';
import { realOr } from '../system/real-path.ts';
import { readTextFile, type TextFile } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';
import { directorySettings } from './directory.ts';
import { keepValid, type Layer, mergeLayers, type Reading, type Settings, type Withheld } from './layers.ts';
import { lookForProjectFile, type ProjectFile } from './project-file.ts';
import { allSettings, type Source, variableOf } from './schema.ts';
import { isTrusted, type Trustable } from './trust.ts';

/** The person's settings file, under the XDG configuration directory. */
export function userFile(configDirectory: string): string {
  return join(configDirectory, 'config.toml');
}

/**
 * Every file in which an administrator may speak, the first strongest (XDG base directory specification); /etc/xdg is
 * among them whatever XDG_CONFIG_DIRS says, for that is the person's to change.
 */
export function policyFiles(environment: Pick<Environment, 'systemConfigDirectories'>): readonly string[] {
  return [...new Set([...environment.systemConfigDirectories, '/etc/xdg'])].map((directory) =>
    join(directory, 'pip-detour/config.toml'),
  );
}

/**
 * All settings as they hold in `cwd` (a real path; empty where the directory is gone). Changes nothing. Of what is wrong
 * one line is said for each source, or `all`.
 */
export async function readSettings(
  environment: Environment,
  cwd: string,
  { all = false } = {},
): Promise<Settings> {
  const layers: Layer[] = [];
  const withheld: Withheld[] = [];
  const warnings: string[] = [];
  for (const reading of await readSources(environment, cwd)) {
    const where = shown(reading.ok ? reading.raw.from : reading.from, environment);
    if (!reading.ok) {
      warnings.push(`${where} ${printable(reading.problem)}; the whole file is ignored`);
      continue;
    }
    const sifted = keepValid(reading.raw);
    layers.push(sifted.layer);
    withheld.push(...sifted.withheld);
    const told = all ? sifted.problems : sifted.problems.slice(0, 1);
    const more = sifted.problems.length - told.length;
    const rest = more === 0 ? '' : ` (and ${more} more: pip-detour config list)`;
    warnings.push(
      ...told.map((problem) => `${where}: ${printable(problem)}; this setting is ignored${rest}`),
    );
  }
  return mergeLayers(layers, withheld, warnings);
}

/** Variables have no path; everything else is shown short. */
function shown(from: string, { home }: Environment): string {
  return shortPath(from, realOr(home));
}

/** Every source there is, in no order that matters. */
export async function readSources(environment: Environment, cwd: string): Promise<readonly Reading[]> {
  const { configDirectory } = environment;
  const uid = process.getuid?.() ?? -1;
  const home = realOr(environment.home);
  const readings: Reading[] = [
    ...fromVariables(environment),
    ...directorySettings(configDirectory, cwd, home),
  ];
  const project = lookForProjectFile(cwd, home, uid);
  if (project.kind === 'found') readings.push(await fromProject(project.file, environment));
  if (project.kind === 'unreadable')
    readings.push({ ok: false, source: 'project', from: project.path, problem: project.problem });
  readings.push(...(await fromUser(userFile(configDirectory))));
  for (const file of policyFiles(environment)) readings.push(...(await fromPolicy(file)));
  return readings;
}

/** A variable that is empty says nothing, as pip has it. Each stands for itself, so that it can be named. */
function fromVariables(environment: Environment): Reading[] {
  return allSettings.flatMap((setting): Reading[] => {
    // What PIP_DETOUR itself says is more than a setting (`off`), and read by flow/choose.ts.
    const variable = variableOf(setting);
    const text = environment.variables[variable];
    if (setting.variable !== undefined || text === undefined || text === '') return [];
    const values = { [setting.name]: setting.kind.fromText(text) };
    return [{ ok: true, raw: { source: 'environment', from: variable, values } }];
  });
}

async function fromProject(file: ProjectFile, environment: Environment): Promise<Reading> {
  const read = await readProjectFile(file);
  if (read.kind === 'wrong') return { ok: false, source: 'project', from: file.path, problem: read.problem };
  const { values } = read.file;
  const trusted = isTrusted(environment.stateDirectory, read.file);
  return { ok: true, raw: { source: 'project', from: file.path, values, trusted } };
}

/** A file of settings that was read: what it says, and what trust would be in. */
export interface Document extends Trustable {
  readonly values: Readonly<Record<string, unknown>>;
}

/** A file with settings, read; or a clause that says what is wrong with it. */
export type DocumentLook =
  | { readonly kind: 'there'; readonly file: Document }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Our part of a project's file. pyproject.toml is trusted by that part alone: the rest of it changes every day. */
async function readProjectFile({ text, whole, real }: ProjectFile): Promise<DocumentLook> {
  const { readDocument } = await import('../project/toml.ts');
  const document = readDocument(text, whole ? [] : ['tool', 'pip-detour']);
  if (!document.ok) return { kind: 'wrong', problem: document.problem };
  const values = document.table;
  try {
    return { kind: 'there', file: { real, values, content: whole ? text : JSON.stringify(values) } };
  } catch {
    return { kind: 'wrong', problem: 'is nested too deeply' };
  }
}

/** The same by its path. */
export async function documentOf(
  file: string,
  whole: boolean,
): Promise<DocumentLook | { readonly kind: 'absent' }> {
  const read = readTextFile(file);
  if (read.kind === 'absent') return read;
  if (read.kind === 'unreadable') return { kind: 'wrong', problem: read.problem };
  return readProjectFile({ path: file, real: realpathSync(file), text: read.text, whole });
}

async function fromFile(source: Source, from: string, read: TextFile): Promise<Reading[]> {
  if (read.kind === 'absent') return [];
  if (read.kind === 'unreadable') return [{ ok: false, source, from, problem: read.problem }];
  const { readDocument } = await import('../project/toml.ts');
  const document = readDocument(read.text);
  return document.ok
    ? [{ ok: true, raw: { source, from, values: document.table } }]
    : [{ ok: false, source, from, problem: document.problem }];
}

/** The person's word is what they, or root for them, wrote and nobody else can change. HOME may be another's (`su` keeps it). */
async function fromUser(file: string): Promise<Reading[]> {
  const read = readTextFile(file);
  if (read.kind === 'unreadable' && statOf(file, false) === undefined) return [];
  const problem = read.kind === 'text' ? whyUnsafeMode(read.stats) : undefined;
  return fromFile('user', file, problem === undefined ? read : { kind: 'unreadable', problem });
}

/** The administrator's word is what root wrote and nobody else can change. */
async function fromPolicy(file: string): Promise<Reading[]> {
  const read = readTextFile(file);
  if (read.kind === 'text') {
    const { uid, gid, mode } = read.stats;
    const others = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0);
    if (uid !== 0 || others) {
      const problem = uid === 0 ? 'can be changed by others than root' : 'does not belong to root';
      return [{ ok: false, source: 'policy', from: file, problem }];
    }
  }
  return fromFile('policy', file, read);
}
