import { program } from '../cli.ts';
import { allSettings } from '../settings/schema.ts';

/** What may follow an option or stand as a positional argument. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'directory' }
  /** What can be said depends on the first argument. */
  | { readonly kind: 'after'; readonly words: Readonly<Record<string, readonly string[]>> }
  /** A command line of its own, up to the end. */
  | { readonly kind: 'command-line' }
  | { readonly kind: 'anything' };

/** One option of a command. */
export interface OptionGrammar {
  /** As typed: `--json`, and the short form where there is one. */
  readonly names: readonly string[];
  readonly describe: string;
  /** Absent for a switch. */
  readonly values?: Values;
}

/** One positional argument, as `<old>`, `[directory]` or `[command..]` name it. */
export interface PositionalGrammar {
  readonly name: string;
  readonly values: Values;
  readonly many: boolean;
  readonly required: boolean;
}

/** One command of `pip-detour`, the root included, with everything that may be typed after it. */
export interface CommandGrammar {
  /** The words that lead here: `[]`, `['status']`. */
  readonly path: readonly string[];
  readonly describe: string;
  readonly commands: readonly CommandGrammar[];
  readonly options: readonly OptionGrammar[];
  readonly positionals: readonly PositionalGrammar[];
}

/** The version is not asked of the program, which is still being built when its completions are made. */
const anyVersion = '0';

/** Read from the help of the command modules themselves, so that no second list has to be kept. */
export async function grammar(path: readonly string[] = [], describe = ''): Promise<CommandGrammar> {
  const help = await program(path, null, anyVersion).getHelp();
  const commands = section(help, 'Commands').map(commandLine);
  return {
    path,
    describe,
    commands: await Promise.all(commands.map((found) => grammar([...path, found.name], found.describe))),
    options: section(help, 'Options').map(optionLine),
    positionals: positionals(help),
  };
}

/** Every command, outermost first. */
export function everyCommand(root: CommandGrammar): readonly CommandGrammar[] {
  return [root, ...root.commands.flatMap(everyCommand)];
}

/** The lines of a part of the help, in the form yargs gives them where they may have any length. */
function section(help: string, title: string): readonly string[] {
  const from = `\n${help}`.split(`\n${title}:\n`)[1] ?? '';
  return (
    from
      .split('\n\n')[0]
      ?.split('\n')
      .filter((line) => line !== '') ?? []
  );
}

/** `  pip-detour choices move <from>  Move it` */
function commandLine(line: string): { readonly name: string; readonly describe: string } {
  const [words = '', describe = ''] = parts(line);
  const name = words.split(' ').findLast((word) => /^[a-z]/.test(word));
  if (name === undefined) throw unreadable(line);
  return { name, describe };
}

/** `  -h, --help  Show help  [boolean]` */
function optionLine(line: string): OptionGrammar {
  const [written = '', describe = '', tags = ''] = parts(line);
  const names = written.split(', ').filter((name) => /^--?[A-Za-z]/.test(name));
  if (names.length === 0) throw unreadable(line);
  const isSwitch = tags.includes('[boolean]');
  // What is on already can only be switched off.
  const typed = tags.includes('[default: true]') ? names.map((name) => name.replace(/^--/, '--no-')) : names;
  return {
    names: [...typed].reverse(),
    describe,
    ...(isSwitch ? {} : { values: valuesOf(names.at(-1)?.replace(/^--/, '') ?? '', tags) }),
  };
}

/** In the order of the first line, `pip-detour choices move <from> [to..]`. */
function positionals(help: string): CommandGrammar['positionals'] {
  const described = section(help, 'Positionals').map(parts);
  const usage = help.trimStart().split('\n')[0] ?? '';
  return [...usage.matchAll(/([<[])([a-z-]+)(\.\.)?[>\]]/g)].flatMap(([, bracket, name = '', many]) => {
    const found = described.find(([written]) => written === name);
    if (found === undefined) return [];
    const values = valuesOf(name, found[2] ?? '');
    return [{ name, values, many: many !== undefined, required: bracket === '<' }];
  });
}

function valuesOf(name: string, tags: string): Values {
  const choices = /\[choices: ("[^\]]*")\]/.exec(tags)?.[1];
  if (choices !== undefined)
    return { kind: 'words', words: choices.split(', ').map((word) => word.replaceAll('"', '')) };
  if (name === 'setting') return { kind: 'words', words: allSettings.map((setting) => setting.name) };
  if (name === 'value') return { kind: 'after', words: valuesBySetting() };
  if (['directory', 'old', 'new', 'in'].includes(name)) return { kind: 'directory' };
  return { kind: name === 'command' || name === 'script' ? 'command-line' : 'anything' };
}

/** Settings whose values can be listed. */
function valuesBySetting(): Readonly<Record<string, readonly string[]>> {
  const listed = allSettings.filter(({ kind }) => kind.values.length > 0);
  return Object.fromEntries(listed.map(({ name, kind }) => [name, kind.values]));
}

/** What is typed, its description, its tags: two spaces or more stand between them. */
function parts(line: string): readonly [string, string, string] {
  const found = /^ +(.*?\S)(?: {2,}(.*?))?(?: {2}(\[.*\]))?$/.exec(line);
  return [found?.[1] ?? '', found?.[2] ?? '', found?.[3] ?? ''];
}

function unreadable(line: string): Error {
  return new Error(`completion: yargs writes its help differently by now: ${line}`);
}
