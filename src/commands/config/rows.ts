import { detourIds } from '../../detours/ids.ts';
import { show } from '../../settings/kinds.ts';
import type { Settings } from '../../settings/layers.ts';
import { allSettings, type Setting, type Source } from '../../settings/schema.ts';
import { printable, shortPath } from '../../system/quote.ts';

/** What `config list --json` prints for each setting, and for each source of one that adds up. */
export interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly source: Source | 'default';
  /** The file, directory or variable; null for a default. */
  readonly from: string | null;
}

/** The values in force, or with `only` what one source says. */
export function rowsOf(settings: Settings, only?: Source): readonly Row[] {
  return allSettings.flatMap((setting) => rowsOfSetting(settings, setting, only));
}

/** One setting as rows: each source that says something, or only `only`. */
export function rowsOfSetting(settings: Settings, setting: Setting<unknown>, only?: Source): readonly Row[] {
  const { name } = setting;
  const saying = settings.layers
    .filter((layer) => layer.values.has(name) && (only === undefined || layer.source === only))
    .map((layer): Row => {
      const checked = setting.kind.check(layer.values.get(name));
      return { name, value: checked.ok ? checked.value : null, source: layer.source, from: layer.from };
    });
  if (saying.length === 0 && only === undefined)
    return [{ name, value: setting.default, source: 'default', from: null }];
  return setting.addsUp === true ? saying : saying.slice(0, 1);
}

/** A value as it would be typed; what is empty has to be seen, too. */
export function inWords(value: unknown): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    if (value.length === detourIds.length) return 'all';
  }
  return value === '' ? '""' : show(value);
}

/** Three columns; on a narrow terminal the source stands below, indented. */
export function table(rows: readonly Row[], home: string, columns: number): string {
  const cells = rows.map(
    (row) => [row.name, printable(inWords(row.value)), sourceInWords(row, home)] as const,
  );
  const widest = (at: 0 | 1) => Math.max(0, ...cells.map((line) => line[at].length));
  const [names, values] = [widest(0), widest(1)];
  const fits = cells.every(([, , from]) => names + values + from.length + 4 <= columns);
  return cells
    .map(([name, value, from]) =>
      fits
        ? `${name.padEnd(names)}  ${value.padEnd(values)}  ${from}`
        : `${name} = ${value}${from === 'default' ? '' : `\n  ${from}`}`,
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Who says it, as a clause: `default`, `~/.config/pip-detour/config.toml`, `your settings for ~/shop`. */
export function sourceInWords({ source, from }: Pick<Row, 'source' | 'from'>, home: string): string {
  if (from === null) return source;
  const where = shortPath(from, home);
  if (source === 'directory') return `yours for ${where}`;
  return source === 'policy' ? `${where} (administrator)` : where;
}
