import { keyRows } from '../prompt/key-table.ts';
import { allSettings } from '../settings/schema.ts';
import { detoursInWords } from './detours-in-words.ts';
import {
  type CommandGrammar,
  everyCommand,
  type OptionGrammar,
  type PositionalGrammar,
  type Values,
} from './grammar.ts';

/** The lines of docs/pip-detour.1 in whose place the detours, the keys, the commands and the settings are put. */
const places = {
  detours: '.\\" DETOURS\n',
  keys: '.\\" KEYS\n',
  commands: '.\\" COMMANDS\n',
  settings: '.\\" SETTINGS\n',
};

/** The manual page, in the mdoc(7) language: what was written by hand, and the commands as their help has them. */
export function manual(root: CommandGrammar, page: string): string {
  for (const [what, place] of Object.entries(places))
    if (!page.includes(place)) throw new Error(`manual: the page has no place for the ${what}`);
  const detours = Object.entries(detoursInWords).map(
    ([id, does]) => `.It Cm ${id}\n${sentence(capital(does.replaceAll('`', '')))}`,
  );
  const keys = keyRows.map(({ name, does }) => `.It ${keyName(name)}\n${sentence(does)}`);
  const all = everyCommand(root);
  const commands = all.flatMap((command) => {
    const above = all.find(({ path }) => path.join(' ') === command.path.slice(0, -1).join(' '));
    return ownOptions(command).length > 0 || command.commands.length === 0 ? [item(command, above)] : [];
  });
  const settings = allSettings.map(
    ({ name, kind, describe }) =>
      `.It Cm ${name} = ${kind.shape.replaceAll('|', ' | ')}\n${sentence(describe)}`,
  );
  return page
    .replace(places.detours, () => list(detours))
    .replace(places.keys, () => list(keys))
    .replace(places.commands, () => list(commands))
    .replace(places.settings, () => list(settings));
}

/** A clause as the beginning of a sentence. */
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A key as the page has it: the sign of a word that mdoc(7) would take for punctuation is told apart. */
function keyName(name: string): string {
  return name.replace('↑ ↓', 'arrows').replace('?', '\\&?').replaceAll(' ', ', ');
}

function list(items: readonly string[]): string {
  return `.Bl -tag -width Ds\n${items.join('')}.El\n`;
}

/** `above`: the command that this one is a part of, whose options are not said again. */
function item(command: CommandGrammar, above: CommandGrammar | undefined): string {
  const { path, describe, positionals } = command;
  const said = above === undefined || above === command ? [] : ownOptions(above);
  const own = ownOptions(command).filter(
    (option) => !said.some(({ describe }) => describe === option.describe),
  );
  const typed = [...path.map((word) => `Ic ${word}`), ...positionals.map(positional)].join(' ');
  const below = own.length === 0 ? '' : `.Bl -tag -width Ds -compact\n${own.map(option).join('')}.El\n`;
  return `.It ${typed}\n${sentence(describe)}${below}`;
}

/** A command that has options besides those of every command does something by itself, whatever commands lie below it. */
function ownOptions({ options }: CommandGrammar): readonly OptionGrammar[] {
  return options.filter(({ names }) => !names.includes('--help') && !names.includes('--version'));
}

function positional({ name, values, many, required }: PositionalGrammar): string {
  const typed = `${argument(values, name)}${many ? ' ...' : ''}`;
  return required ? typed : `Op ${typed}`;
}

function option({ names, describe, values }: OptionGrammar): string {
  const typed = names.map((name) => `Fl ${name.slice(1)}`).join(' , ');
  const value =
    values === undefined ? '' : ` ${argument(values, values.kind === 'directory' ? 'directory' : 'value')}`;
  return `.It ${typed}${value}\n${sentence(describe)}`;
}

function argument(values: Values, name: string): string {
  // As many words as there are settings are listed by themselves.
  if (values.kind === 'words' && values.words.length <= 9)
    return values.words.map((word) => `Cm ${word}`).join(' | ');
  return `Ar ${name}`;
}

/** A line of text that roff takes for nothing else, with its full stop. */
function sentence(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replace(/^[.']/, '\\&$&');
  return escaped === '' ? '' : `${escaped.replace(/\.?$/, '.')}\n`;
}
