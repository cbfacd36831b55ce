import { asMarkdown, places } from '../place/kinds.ts';
import { keyRows } from '../prompt/key-table.ts';
import { jsonSchema, markdownTable } from '../settings/published.ts';
import { agents, ciServices } from '../system/automation.ts';
import { detourPages } from './detours-in-words.ts';
import type { MadeTable } from './made-table.ts';
import { messagesIn } from './messages.ts';
import { shellLists } from './shell-lists.ts';

export { between, placed } from './made-table.ts';

/** What the pages in docs/ say from the code's own tables: written by `npm run docs`, held by test/readme.test.ts. */

/** Every table of the pages that the code makes; `sources` is the text of every file of ours, for what only they say. */
export function pages(sources: readonly string[]): readonly MadeTable[] {
  return [
    {
      file: 'docs/messages.md',
      mark: 'messages',
      text: table(
        ['reference', 'what it says', 'hint'],
        messagesIn(sources).map(
          ({ reference, says, hint }) =>
            `| \`${reference}\` | ${cell(says === '…' ? '*the reason*' : says)} | ${cell(hint === '…' ? '*what helps*' : hint)} |`,
        ),
      ),
    },
    { file: 'docs/settings.md', mark: 'settings', text: markdownTable() },
    {
      file: 'docs/places.md',
      mark: 'places',
      text: table(['place', 'what pip-detour does there', 'what it never does'], places.map(asMarkdown)),
    },
    {
      file: 'docs/places.md',
      mark: 'agents',
      text: table(
        ['coding agent', 'variable'],
        agents.map(({ name, variable }) => row(name, [variable])),
      ),
    },
    {
      file: 'docs/places.md',
      mark: 'services',
      text: table(
        ['CI service', 'variables'],
        ciServices.map(({ name, variables }) => row(name, variables)),
      ),
    },
    {
      file: 'docs/prompt.md',
      mark: 'keys',
      text: table(
        ['key', 'what it does'],
        keyRows.map(({ name, does }) => `| ${written(name)} | ${does} |`),
      ),
    },
    ...detourPages(),
    ...shellLists(),
  ];
}

/** Text that a table takes for nothing else. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function row(name: string, variables: readonly string[]): string {
  return `| ${name} | ${variables.map((variable) => `\`${variable}\``).join(' and ')} |`;
}

/** A key's name on a page: what is typed as code. */
function written(name: string): string {
  return name.replace(/(?<![^ ])[a-z?](?![^ ])/g, '`$&`');
}

/** The JSON schemas of the settings files, by path. */
export function schemas(): Readonly<Record<string, object>> {
  const from = (['project', 'user', 'policy'] as const).map(
    (source) => [source, jsonSchema(source)] as const,
  );
  return Object.fromEntries(from.map(([source, schema]) => [`docs/schema/${source}.json`, schema]));
}

function table(head: readonly string[], rows: readonly string[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows].join('\n');
}
