import { asMarkdown, places } from '../place/kinds.ts';
import { jsonSchema, markdownTable } from '../settings/published.ts';

/** What the pages in docs/ say from the code's own tables: written by `npm run docs`, held by test/readme.test.ts. */

/** A table that the code makes: `text` stands in `file` between `<!-- mark: … -->` and `<!-- end of mark -->`. */
export interface MadeTable {
  readonly file: string;
  readonly mark: string;
  readonly text: string;
}

/** Every table of the pages that the code makes. */
export function pages(): readonly MadeTable[] {
  return [
    { file: 'docs/settings.md', mark: 'settings', text: markdownTable() },
    {
      file: 'docs/places.md',
      mark: 'places',
      text: table(['place', 'what pip-detour does there', 'what it never does'], places.map(asMarkdown)),
    },
  ];
}

/** The JSON schemas of the settings files, by path. */
export function schemas(): Readonly<Record<string, object>> {
  const from = (['project', 'user', 'policy'] as const).map(
    (source) => [source, jsonSchema(source)] as const,
  );
  return Object.fromEntries(from.map(([source, schema]) => [`docs/schema/${source}.json`, schema]));
}

/** What stands in a page between the marks, the line breaks at both ends included. */
export function between(page: string, mark: string): string | undefined {
  return new RegExp(`<!-- ${mark}: npm run docs -->\n([\\s\\S]*?)<!-- end of ${mark} -->`).exec(page)?.[1];
}

function table(head: readonly string[], rows: readonly string[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows].join('\n');
}
