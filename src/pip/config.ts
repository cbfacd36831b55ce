import { readFileSync } from 'node:fs';
import { systemCode } from '../system/errors.ts';
import { canBeReadTwice } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';
import { type ConfigurationRequest, configurationFiles } from './config-files.ts';
import { type Ini, parseIni } from './ini.ts';
import { compareVersions } from './versions.ts';

/** pip's settings from its files and PIP_* variables (pip/_internal/configuration.py), in the order pip applies them. */
export type Configuration =
  /** `files` names each layer's file; `:env:` stands for the variables. */
  | { readonly layers: readonly Layer[]; readonly files: readonly string[] }
  /** pip ends with exit code 2 before it does anything. */
  | { readonly broken: string }
  | { readonly unsure: string };

/** What one file, or the environment, sets: `section.key` to value, in the order written. */
export type Layer = ReadonlyMap<string, string>;

/** `--Break_System-Packages` and `break-system-packages` are one key (configuration.py, `_normalize_name`). */
export function normalizeKey(name: string): string {
  return name.toLowerCase().replaceAll('_', '-').replace(/^--/, '');
}

/** Whether Python will read text files as UTF-8; undefined when that depends on locales we know nothing about. */
function readsUtf8(variables: Environment['variables']): boolean | undefined {
  const locale = [variables['LC_ALL'], variables['LC_CTYPE'], variables['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  const plain = variables['PYTHONUTF8'] !== '0' && variables['PYTHONCOERCECLOCALE'] !== '0';
  if (locale === undefined || locale === 'C' || locale === 'POSIX') return plain ? true : undefined;
  return /^C\.utf-?8$/i.test(locale) || /\.utf-?8$/i.test(locale) ? true : undefined;
}

/** One file's text; undefined when pip reads nothing from it (missing, a directory, not readable). */
function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

function parse(bytes: Buffer, request: ConfigurationRequest): Ini | { unsure: string } {
  const key = compareVersions(request.pip, '26.3') < 0 ? (name: string) => name.toLowerCase() : normalizeKey;
  if (bytes.every((byte) => byte < 128)) return parseIni(bytes.toString('latin1'), key);
  if (readsUtf8(request.environment.variables) !== true)
    return { unsure: 'is not ASCII, and the locale decides how it is read' };
  try {
    return parseIni(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), key);
  } catch {
    return { wrong: 'unparsable' };
  }
}

/** The variables pip takes for settings: `PIP_` in capitals, then a key (configuration.py, `get_environ_vars`). */
function variablesLayer(variables: Environment['variables']): Layer {
  const layer = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) {
    if (!name.startsWith('PIP_')) continue;
    const key = name.slice(4).toLowerCase();
    if (key !== 'version' && key !== 'help') layer.set(`:env:.${normalizeKey(key)}`, value);
  }
  return layer;
}

/** Reads what pip would read. Files that are not there, or cannot be opened, count for nothing, as they do for pip. */
export function readConfiguration(request: ConfigurationRequest): Configuration {
  const layers = new Map<string, Layer>();
  for (const file of configurationFiles(request)) {
    if (!canBeReadTwice(file)) return { unsure: `${file} can be read only once` };
    const bytes = bytesOf(file);
    if (bytes === undefined) continue;
    const parsed = parse(bytes, request);
    if ('unsure' in parsed) return { unsure: `${file} ${parsed.unsure}` };
    if ('wrong' in parsed) return { broken: `${file} cannot be read as a configuration file` };
    const layer = new Map<string, string>();
    for (const [section, options] of parsed.sections)
      for (const [name, value] of options) layer.set(`${section}.${normalizeKey(name)}`, value);
    // The same file named twice keeps its first place from 25.2 on, its last before; its content is the same.
    if (compareVersions(request.pip, '25.2') < 0) layers.delete(file);
    layers.set(file, layer);
  }
  if (!request.isolated) layers.set(':env:', variablesLayer(request.environment.variables));
  return { layers: [...layers.values()], files: [...layers.keys()] };
}

/**
 * The settings that apply to one parser, in the order they are applied (cli/parser.py,
 * `_get_ordered_configuration_items`): section beats file, a later file beats an earlier one, empty values drop out.
 */
export function orderedItems(
  layers: readonly Layer[],
  parser: string,
  pip: string,
): readonly (readonly [key: string, value: string])[] {
  const split = (name: string) => {
    const dot = name.indexOf('.');
    return [name.slice(0, dot), name.slice(dot + 1)] as const;
  };
  const order = [...new Set(['global', parser, ':env:'])];
  // In 25.2 and 25.3 an empty value did not take away what a lower file said.
  const emptyErases = compareVersions(pip, '25.2') < 0 || compareVersions(pip, '26.0') >= 0;
  if (!emptyErases)
    return order.flatMap((wanted) =>
      layers.flatMap((layer) =>
        [...layer].flatMap(([name, value]) => {
          const [section, key] = split(name);
          return section === wanted && value !== '' ? [[key, value] as const] : [];
        }),
      ),
    );
  const merged = new Map<string, string>();
  for (const layer of layers) for (const [name, value] of layer) merged.set(name, value);
  return order.flatMap((wanted) =>
    [...merged].flatMap(([name, value]) => {
      const [section, key] = split(name);
      return section === wanted && value !== '' ? [[key, value] as const] : [];
    }),
  );
}
