import { becauseOf, type ChoiceSource } from '../flow/choose.ts';
import { shortPath } from '../system/quote.ts';

/** How the order of those who may choose is told, by `status` and `explain`. */

/** What `status --json` has of each. */
export interface SourceRow {
  readonly source: ChoiceSource['source'];
  /** A detour, `none`, `ask`; null when nothing is said there. */
  readonly says: string | null;
  /** Whether it is what stands. */
  readonly stands: boolean;
  readonly because: string | null;
}

const names: Readonly<Record<ChoiceSource['source'], string>> = {
  environment: 'PIP_DETOUR',
  active: 'activated environment',
  remembered: 'remembered',
  directory: 'you, for a directory',
  project: 'the project',
  settings: 'you',
  policy: 'your administrator',
};

/** The rows, the first that says something marked; with PIP_DETOUR=ask nobody after the activated environment is heard. */
export function sourceRows(
  choiceSources: readonly ChoiceSource[],
  decided: string | undefined,
  home: string,
): SourceRow[] {
  const heard = decided === 'ask' ? choiceSources.slice(0, 2) : choiceSources;
  const first = heard.find(({ says }) => says !== undefined);
  return choiceSources.map((one): SourceRow => {
    const { source, says, note = null } = one;
    const short = (path: string) => shortPath(path, home);
    return says === undefined || says === 'ask'
      ? { source, says: says ?? null, stands: one === first, because: note }
      : { source, says: says.detour, stands: one === first, because: becauseOf(says, short) };
  });
}

/** A line for each, the strongest first; `>` marks the one that stands. */
export function sourceLines(rows: readonly SourceRow[]): string[] {
  const width = Math.max(...Object.values(names).map((name) => name.length));
  return rows.map(({ source, says, stands, because }) => {
    const said = [says, because].filter((part) => part !== null).join(', ');
    return `${stands ? '>' : ' '} ${names[source].padEnd(width)}  ${said}`;
  });
}
