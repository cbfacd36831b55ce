import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { directoriesDirectory, directoryFileName } from '../../src/settings/directory.ts';
import type { Settings } from '../../src/settings/layers.ts';
import { readSettings, userFile } from '../../src/settings/read.ts';
import { type Source, settingNamed, variableOf } from '../../src/settings/schema.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { dist } from '../support/machine.ts';
import type { Ran, Sandbox } from '../support/sandbox.ts';

/** Root's files are what an administrator's word is told by: without being root there is none to be tested. */
export const isRoot = process.getuid?.() === 0;

/** The administrator's directory of a sandbox, for XDG_CONFIG_DIRS. */
export function policyDirectory(box: Sandbox): string {
  return join(box.root, 'etc-xdg');
}

export function policyFile(box: Sandbox): string {
  return join(policyDirectory(box), 'pip-detour/config.toml');
}

/** The file in which a source speaks; a variable has none. */
export function fileOf(box: Sandbox, source: Exclude<Source, 'environment' | 'directory'>): string {
  if (source === 'policy') return policyFile(box);
  if (source === 'user') return userFile(join(box.home, '.config/pip-detour'));
  return join(box.project, '.pip-detour.toml');
}

export function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Has a source say one thing, in the very form in which it is read; gives the variables it takes. */
export function say(box: Sandbox, source: Source, name: string, value: unknown): Record<string, string> {
  const toml = `${name} = ${JSON.stringify(value)}\n`;
  if (source === 'environment') {
    const setting = settingNamed(name);
    if (setting === undefined) throw new Error(name);
    return { [variableOf(setting)]: Array.isArray(value) ? value.join(',') : String(value) };
  }
  if (source === 'directory') {
    const directories = directoriesDirectory(join(box.home, '.config/pip-detour'));
    const record = { version: 1, directory: box.project, settings: { [name]: value } };
    put(join(directories, `${directoryFileName(box.project)}.json`), JSON.stringify(record));
  } else put(fileOf(box, source), toml);
  return source === 'policy' ? { XDG_CONFIG_DIRS: policyDirectory(box) } : {};
}

/** The settings as they hold in the sandbox's project. */
export function settingsIn(
  box: Sandbox,
  variables: Readonly<Record<string, string>> = {},
  cwd = box.project,
): Promise<Settings> {
  return readSettings(readEnvironment({ ...box.env, ...variables }), cwd);
}

/** `pip-detour config …`. */
export function config(box: Sandbox, ...args: string[]): Ran {
  return box.run(`${dist}/shims/pip-detour`, ['config', ...args]);
}

/** `pip-detour trust …`. */
export function trust(box: Sandbox, ...args: string[]): Ran {
  return box.run(`${dist}/shims/pip-detour`, ['trust', ...args]);
}
