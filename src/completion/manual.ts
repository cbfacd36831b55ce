import { keyRows } from '../prompt/key-table.ts';
import { allSettings } from '../settings/schema.ts';
import { type CommandGrammar, everyCommand, type OptionGrammar, type Values } from './grammar.ts';

/** The lines of docs/pip-detour.1 in whose place the keys, the commands and the settings are put. */
const places = { keys: '.\\" KEYS\n', commands: '.\\" COMMANDS\n', settings: '.\\" SETTINGS\n' };

/** The manual page, in the mdoc(7) language: what was written by hand, and the commands as their help has them. */
export function manual(root: CommandGrammar, page: string): string {
  for (const [what, place] of Object.entries(places))
    if (!page.includes(place)) throw new Error(`manual: the page has no place for the ${what}`);
  const keys = keyRows.map(({ name, does }) => `.It ${keyName(name)}\n${sentence(does)}`);
  const commands = everyCommand(root).filter(({ commands: inner }) => inner.length === 0);
  const settings = allSettings.map(
    ({ name, kind, describe }) =>
      `.It Cm ${name} = ${kind.shape.replaceAll('|', ' | ')}\n${sentence(describe)}`,
  );
  return page
    .replace(places.keys, () => list(keys))
    .replace(places.commands, () => list(commands.map(item)))
    .replace(places.settings, () => list(settings));
}

/** A key as the page has it: the sign of a word that mdoc(7) would take for punctuation is told apart. */
function keyName(name: string): string {
  return name.replace('↑ ↓', 'arrows').replace('?', '\\&?').replaceAll(' ', ', ');
}

function list(items: readonly string[]): string {
  return `.Bl -tag -width Ds\n${items.join('')}.El\n`;
}

function item({ path, describe, options, positionals }: CommandGrammar): string {
  const own = options.filter(({ names }) => !names.includes('--help') && !names.includes('--version'));
  const typed = [
    ...path.map((word) => `Ic ${word}`),
    ...positionals.map(({ values, many }) => `${argument(values)}${many ? ' ...' : ''}`),
  ].join(' ');
  const below = own.length === 0 ? '' : `.Bl -tag -width Ds -compact\n${own.map(option).join('')}.El\n`;
  return `.It ${typed}\n${sentence(describe)}${below}`;
}

function option({ names, describe, values }: OptionGrammar): string {
  const typed = names.map((name) => `Fl ${name.slice(1)}`).join(' , ');
  return `.It ${typed}${values === undefined ? '' : ` ${argument(values)}`}\n${sentence(describe)}`;
}

function argument(values: Values): string {
  switch (values.kind) {
    case 'words':
      // As many as there are settings are listed by themselves.
      return values.words.length > 9 ? 'Ar setting' : values.words.map((word) => `Cm ${word}`).join(' | ');
    case 'directory':
      return 'Op Ar directory';
    case 'command-line':
      return 'Fl - Ar pip Ar argument';
    case 'after':
    case 'anything':
      return 'Ar value';
  }
}

/** A line of text that roff takes for nothing else, with its full stop. */
function sentence(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replace(/^[.']/, '\\&$&');
  return escaped === '' ? '' : `${escaped.replace(/\.?$/, '.')}\n`;
}
