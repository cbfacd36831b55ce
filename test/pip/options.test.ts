import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { commandsOf, type Option, optionsOf } from '../../src/pip/options.ts';
import { compareVersions } from '../../src/pip/versions.ts';
import { askAll, type KnownPip, pipsDownloaded, pipsHere } from '../support/pips.ts';

interface PipsOption {
  readonly long: string[];
  readonly short: string[];
  readonly sets: string;
  readonly action: string;
  readonly type: string | null;
  readonly choices: string[] | null;
}
interface Hello {
  readonly parsers: Record<'global' | 'install' | 'uninstall', PipsOption[]>;
  readonly commands: string[];
}
function isHello(value: unknown): value is Hello {
  return typeof value === 'object' && value !== null && 'parsers' in value && 'commands' in value;
}
function hello(pip: KnownPip): Hello {
  const said = askAll('pip-grammar.py', pip, tmpdir(), [])[0];
  if (!isHello(said)) throw new Error(`pip ${pip.version} did not say what it has`);
  return said;
}

const actions: Record<string, string> = { store_true: 'true', store_false: 'false', callback: 'call' };

/** pip's own option in the words of our table. `sets` is compared by which options share it. */
function inOurWords(option: PipsOption, all: readonly PipsOption[]) {
  const takesValue = ['store', 'append'].includes(option.action) || option.type !== null;
  return {
    name: option.long[0],
    long: [...option.long].sort(),
    short: option.short[0],
    action: actions[option.action] ?? option.action,
    takesValue,
    choices: option.choices === null ? undefined : [...option.choices].sort(),
    number: option.type === 'int' || option.type === 'float' ? option.type : undefined,
    sharesWith: all
      .filter(({ sets }) => sets === option.sets)
      .map(({ long }) => long[0])
      .sort(),
  };
}

function inTheSameWords(option: Option, all: readonly Option[]) {
  return {
    name: option.name,
    long: [...option.long].sort(),
    short: option.short,
    action: option.action,
    takesValue: option.takesValue,
    choices: option.choices === undefined ? undefined : [...option.choices].sort(),
    number: option.check === 'int' || option.check === 'float' ? option.check : undefined,
    sharesWith: all
      .filter(({ sets }) => sets === option.sets)
      .map(({ name }) => name)
      .sort(),
  };
}

const byName = (a: { name: string | undefined }, b: { name: string | undefined }) =>
  String(a.name).localeCompare(String(b.name));

/** Options that write into one object of pip's, which our table need not know. */
const shared = new Set(['--no-binary', '--only-binary', '--all-releases', '--only-final']);

describe.each([...pipsHere(), ...pipsDownloaded()])('the options of pip $version', (pip) => {
  const said = hello(pip);

  it.each(['global', 'install', 'uninstall'] as const)('are those of its own %s parser', (parser) => {
    const ours = [...new Set(optionsOf(parser, pip.version).values())];
    const separate = <T extends { name: string | undefined; sharesWith: unknown[] }>(option: T) =>
      shared.has(String(option.name)) ? { ...option, sharesWith: [] } : option;
    expect(ours.map((option) => separate(inTheSameWords(option, ours))).sort(byName)).toEqual(
      said.parsers[parser].map((option) => separate(inOurWords(option, said.parsers[parser]))).sort(byName),
    );
  });

  it('come with the same subcommands', () => {
    expect([...commandsOf(pip.version)].sort()).toEqual(said.commands);
  });
});

describe('versions of pip', () => {
  it.each([
    ['22.3', '22.3.1', -1],
    ['23.0', '23.0.0', 0],
    ['26.3.dev0', '26.3', 0],
    ['9.0', '10.0', -1],
    ['25.1', '24.3.1', 1],
  ])('%s compares with %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});
