import type { PipCommand, PipOption, Requirement } from '../types.ts';
import { commandsOf, optionsOf } from './options.ts';
import { type Reading, readArguments, type Token } from './optparse.ts';
import { parseRequirement } from './requirement.ts';
import { compareVersions, newest } from './versions.ts';

function requirementsOf(
  positionals: readonly Token[],
  options: readonly PipOption[],
): { requirements: Requirement[]; unparsed: string[] } {
  const found: { at: number; text: string; requirement: Requirement | undefined }[] = [];
  for (const { at, text } of positionals) found.push({ at, text, requirement: parseRequirement(text) });
  for (const { name, value, at } of options) {
    if (value === undefined) continue;
    if (name === '--requirement') found.push({ at, text: value, requirement: { kind: 'file', text: value } });
    if (name === '--editable') found.push({ at, text: value, requirement: parseRequirement(value, true) });
  }
  found.sort((a, b) => a.at - b.at);
  return {
    requirements: found.flatMap(({ requirement }) => requirement ?? []),
    unparsed: found.flatMap(({ text, requirement }) =>
      requirement === undefined ? `${JSON.stringify(text)} is not a requirement as PEP 508 defines it` : [],
    ),
  };
}

/** What pip does with a whole line once the main parser has read its part (pip/_internal/cli/main_parser.py). */
function finish(argv: readonly string[], main: Reading, pip: string): PipCommand {
  const python = main.options.findLast((option) => option.name === '--python')?.value;
  const base = {
    argv,
    requirements: [],
    options: main.options,
    positionals: [],
    unparsed: [],
    ...(main.doubt === undefined ? {} : { doubt: main.doubt }),
    ...(python === undefined ? {} : { python }),
  };
  if (main.ends !== undefined) return { ...base, ends: main.ends };
  if (main.options.some((option) => option.name === '--version'))
    return { ...base, ends: { kind: 'version', because: '--version stands before the subcommand' } };
  const first = main.positionals[0];
  if (first === undefined || (first.text === 'help' && main.positionals.length === 1))
    return { ...base, ends: { kind: 'help', because: 'no subcommand' } };
  const named = { ...base, subcommand: first.text, subcommandAt: first.at };
  if (!commandsOf(pip).includes(first.text)) {
    const ends = { kind: 'error', because: `unknown command ${first.text}` } as const;
    return compareVersions(pip, newest) > 0 ? { ...named, ends, doubt: ends.because } : { ...named, ends };
  }
  if (first.text !== 'install' && first.text !== 'uninstall') {
    const rest = main.positionals.slice(1).map(({ text }) => text);
    return rest.length === 0
      ? named
      : { ...named, unparsed: [`the options of pip ${first.text} are not read here`] };
  }
  return subcommand(named, first, pip);
}

/**
 * pip hands the subcommand everything, also what stood before it, minus the first argument that equals its name; when
 * that is the value of an earlier option, the two parsers read the line differently (`pip --log install install x`).
 */
function subcommand(named: PipCommand, first: Token, pip: string): PipCommand {
  const dropped = named.argv.indexOf(first.text);
  const tokens = named.argv.flatMap((text, at) => (at === dropped ? [] : [{ text, at }]));
  const parser = first.text === 'install' ? 'install' : 'uninstall';
  const read = readArguments(tokens, optionsOf(parser, pip), pip, true);
  const options = read.options.map((option) =>
    option.at < first.at ? option : ({ ...option, scope: 'command' } satisfies PipOption),
  );
  const { requirements, unparsed } = requirementsOf(read.positionals, options);
  if (dropped !== first.at)
    unparsed.push(
      `a value before the subcommand equals its name, ${first.text}, which pip reads in two ways`,
    );
  const doubt = named.doubt ?? read.doubt;
  return {
    ...named,
    requirements,
    options,
    positionals: read.positionals.map(({ text }) => text),
    unparsed: read.ends === undefined ? unparsed : [...unparsed, read.ends.because],
    ...(read.ends === undefined ? {} : { ends: read.ends }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/**
 * Reads an argv (without the program's own name) exactly as pip would. `pip` is the version of the pip that will read
 * it; options, abbreviations and allowed words differ between versions, so give it when it is known.
 */
export function parseCommandLine(argv: readonly string[], pip: string = newest): PipCommand {
  const tokens = argv.map((text, at) => ({ text, at }));
  return finish(argv, readArguments(tokens, optionsOf('global', pip), pip, false), pip);
}

/** The values given to an option (canonical long name), in order. Flags have none. */
export function optionValues(command: PipCommand, name: string): string[] {
  return command.options.flatMap((option) => (option.name === name ? (option.value ?? []) : []));
}

/** Whether an option (canonical long name) stands on the line in any spelling. */
export function hasOption(command: PipCommand, name: string): boolean {
  return command.options.some((option) => option.name === name);
}

/**
 * argv without any occurrence of these options (canonical long names), in whatever spelling, cluster or abbreviation
 * and with their values; nothing else is changed.
 */
export function withoutOptions(command: PipCommand, names: readonly string[]): string[] {
  const gone = new Set<number>();
  const cut = new Map<number, (readonly [number, number])[]>();
  for (const option of command.options) {
    if (!names.includes(option.name)) continue;
    if (option.letters === undefined) gone.add(option.at);
    else cut.set(option.at, [...(cut.get(option.at) ?? []), option.letters]);
    if (option.valueAt !== undefined) gone.add(option.valueAt);
  }
  return command.argv.flatMap((text, at) => {
    if (gone.has(at)) return [];
    const cuts = cut.get(at);
    if (cuts === undefined) return [text];
    const left = [...text].filter((_, index) => !cuts.some(([from, to]) => index >= from && index < to));
    return left.length === 1 ? [] : [left.join('')];
  });
}

/** The option as it was typed, without its value: the person knows `-r` better than `--requirement`. */
export function spelled(command: PipCommand, option: PipOption): string {
  const typed = command.argv[option.at] ?? option.name;
  if (typed.startsWith('--')) return typed.split('=')[0] ?? option.name;
  const [from, to] = option.letters ?? [1, 2];
  return `-${typed.slice(from, to).slice(0, 1)}`;
}
