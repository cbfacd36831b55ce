import {
  commands,
  general,
  install,
  type OptionAction,
  type Row,
  uninstall,
  type ValueCheck,
  version,
} from './option-table.ts';
import { compareVersions, newest } from './versions.ts';

/** The subcommands whose options are known here: those pip refuses. The others only need the main parser's. */
export type Parsed = 'global' | 'install' | 'uninstall';

/** One option of one parser of one pip. */
export interface Option {
  /** Canonical long name: `--requirement`. */
  readonly name: string;
  readonly long: readonly string[];
  readonly short: string | undefined;
  readonly action: OptionAction;
  readonly takesValue: boolean;
  readonly check: ValueCheck | undefined;
  readonly choices: readonly string[] | undefined;
  /** The canonical name of the setting it writes: `--no-user` writes `--user`. */
  readonly sets: string;
}

/** Every spelling of one parser's options. */
export type Options = ReadonlyMap<string, Option>;

function optionFrom(row: Row, pip: string): Option {
  const spellings = row.names.split(' ');
  const long = spellings.filter((name) => name.startsWith('--'));
  const short = spellings.find((name) => !name.startsWith('--'));
  const name = long[0] ?? row.names;
  const list = Object.entries(row.choices ?? {}).findLast(([since]) => compareVersions(since, pip) <= 0)?.[1];
  return {
    name,
    long,
    short: row.shortSince !== undefined && compareVersions(pip, row.shortSince) < 0 ? undefined : short,
    action: row.action,
    takesValue: row.action === 'store' || row.action === 'append' || row.takesValue === true,
    check: row.check,
    choices: list?.split(' '),
    sets: row.sets ?? name,
  };
}

const made = new Map<string, Options>();

/** The options one parser of pip `pip` (a version) has, by every spelling. */
export function optionsOf(parser: Parsed, pip: string = newest): Options {
  const key = `${parser} ${pip}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const rows = [...general];
  if (parser === 'global' || compareVersions(pip, '26.3') < 0) rows.push(version);
  if (parser === 'install') rows.push(...install);
  if (parser === 'uninstall') rows.push(...uninstall);
  const options = new Map<string, Option>();
  for (const row of rows) {
    if (row.since !== undefined && compareVersions(pip, row.since) < 0) continue;
    if (row.until !== undefined && compareVersions(pip, row.until) >= 0) continue;
    const option = optionFrom(row, pip);
    for (const spelling of option.long) options.set(spelling, option);
    if (option.short !== undefined) options.set(option.short, option);
  }
  made.set(key, options);
  return options;
}

/** The subcommands of pip `pip`; anything else ends in `unknown command`. */
export function commandsOf(pip: string = newest): readonly string[] {
  return compareVersions(pip, '25.1') < 0 ? commands.split(' ') : [...commands.split(' '), 'lock'];
}
