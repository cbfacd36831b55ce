import { becauseOf, type Voice } from '../flow/choose.ts';
import { shortPath } from '../system/quote.ts';

/** How the order of those who may choose is told, by `status` and `explain`. */

/** What `status --json` has of each. */
export interface VoiceRow {
  readonly source: Voice['source'];
  /** A detour, `none`, `ask`; null when nothing is said there. */
  readonly says: string | null;
  /** Whether it is what stands. */
  readonly stands: boolean;
  readonly because: string | null;
}

const names: Readonly<Record<Voice['source'], string>> = {
  environment: 'PIP_DETOUR',
  active: 'activated environment',
  remembered: 'remembered',
  directory: 'you, for a directory',
  project: 'the project',
  settings: 'you',
  policy: 'your administrator',
};

/** The rows, the first that says something marked; with PIP_DETOUR=ask nobody after the activated environment is heard. */
export function voiceRows(voices: readonly Voice[], decided: string | undefined, home: string): VoiceRow[] {
  const heard = decided === 'ask' ? voices.slice(0, 2) : voices;
  const first = heard.find(({ says }) => says !== undefined);
  return voices.map((voice): VoiceRow => {
    const { source, says, note = null } = voice;
    const short = (path: string) => shortPath(path, home);
    return says === undefined || says === 'ask'
      ? { source, says: says ?? null, stands: voice === first, because: note }
      : { source, says: says.detour, stands: voice === first, because: becauseOf(says, short) };
  });
}

/** A line for each, the strongest first; `>` marks the one that stands. */
export function voiceLines(rows: readonly VoiceRow[]): string[] {
  const width = Math.max(...Object.values(names).map((name) => name.length));
  return rows.map(({ source, says, stands, because }) => {
    const said = [says, because].filter((part) => part !== null).join(', ');
    return `${stands ? '>' : ' '} ${names[source].padEnd(width)}  ${said}`;
  });
}
