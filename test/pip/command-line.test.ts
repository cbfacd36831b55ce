import { describe, expect, it } from 'vitest';
import { hasOption, optionValues, parseCommandLine, withoutOptions } from '../../src/pip/command-line.ts';

const words = (line: string) => (line === '' ? [] : line.split(' '));
/** The options of a line as `--name=value`, in pip's order. */
function options(line: string, pip?: string): string[] {
  return parseCommandLine(words(line), pip).options.map(({ name, value }) =>
    value === undefined ? name : `${name}=${value}`,
  );
}

describe('options are read as optparse reads them', () => {
  it.each([
    ['install --force-r x', ['--force-reinstall']],
    ['install --index-url=https://h/ x', ['--index-url=https://h/']],
    ['install --pypi-url https://h/', ['--index-url=https://h/']],
    ['install -rfile', ['--requirement=file']],
    ['install -r=file', ['--requirement==file']],
    ['install -qqr file x', ['--quiet', '--quiet', '--requirement=file']],
    ['install -tU x', ['--target=U']],
    ['install --target --user x', ['--target=--user']],
    ['install --target -- x', ['--target=--']],
    ['install x --no-index --break-system-packages', ['--no-index', '--break-system-packages']],
    ['-q install -v x', ['--quiet', '--verbose']],
    ['install --pre --prefix /p --prefix= x', ['--pre', '--prefix=/p', '--prefix=']],
    ['install x -- --user', []],
    ['uninstall -yr file', ['--yes', '--requirement=file']],
    ['install --python-version 3.11 x', ['--python-version=3.11']],
  ])('%s', (line, expected) => {
    expect(parseCommandLine(words(line)).ends).toBeUndefined();
    expect(options(line)).toEqual(expected);
  });
});

describe('what is left over are the positionals', () => {
  it.each([
    ['install a -q b', ['a', 'b']],
    ['install a -- -q --user', ['a', '-q', '--user']],
    ['-- install a', ['a']],
    ['install - a', ['-', 'a']],
    ['install install', ['install']],
    ['uninstall install -y', ['install']],
  ])('%s', (line, expected) => {
    expect(parseCommandLine(words(line)).positionals).toEqual(expected);
  });
});

it('the subcommand is given everything but the first argument of its name, wherever that stands', () => {
  expect(options('--log install -q install x')).toEqual(['--log=-q']);
  expect(parseCommandLine(words('--log install -q install x')).positionals).toEqual(['install', 'x']);
});

describe('a line over which pip ends before it does anything is known', () => {
  it.each([
    ['', 'help'],
    ['help', 'help'],
    ['-h', 'help'],
    ['install -h --nope', 'help'],
    ['install --nope -h', 'usage'],
    ['-V', 'version'],
    ['--version install x', 'version'],
    ['--user install x', 'usage'],
    ['--break-system-packages install x', 'usage'],
    ['install --us x', 'usage'],
    ['install --upg x', 'usage'],
    ['install --pref /p x', 'usage'],
    ['install --user=1 x', 'usage'],
    ['install -Ut', 'usage'],
    ['install --target', 'usage'],
    ['install -1', 'usage'],
    ['install --', undefined],
    ['install --=x', 'usage'],
    ['install --timeout soon x', 'usage'],
    ['install --timeout 1e3 x', undefined],
    ['install --retries 08 x', 'usage'],
    ['install --retries 0x1f x', undefined],
    ['install --exists-action q x', 'usage'],
    ['install --progress-bar sometimes x', 'usage'],
    ['install -C key x', 'usage'],
    ['install --python-version 3.7.3.1 x', 'usage'],
    ['install --only-binary --foo x', 'error'],
    ['inst x', 'error'],
    ['Install x', 'error'],
  ])('%s → %s', (line, kind) => {
    expect(parseCommandLine(words(line)).ends?.kind).toBe(kind);
  });
});

describe('what a line means depends on the version of pip that reads it', () => {
  it.each([
    ['install --break-system-packages x', '23.0', 'usage'],
    ['install --break-system-packages x', '23.0.1', undefined],
    ['install --b x', '25.2', undefined],
    ['install --b x', '25.3', 'usage'],
    ['install --br x', '26.3', undefined],
    ['install -C a=b x', '23.0.1', 'usage'],
    ['install -C a=b x', '23.1', undefined],
    ['install --install-option=--x y', '23.0.1', undefined],
    ['install --install-option=--x y', '23.1', 'usage'],
    ['install --group dev', '25.0.1', 'usage'],
    ['install --group dev', '25.1', undefined],
    ['install --progress-bar raw x', '24.0', 'usage'],
    ['install --progress-bar raw x', '24.1', undefined],
    ['install --version x', '26.2.1', undefined],
    ['install --version x', '26.3', 'usage'],
    ['lock x', '25.0.1', 'error'],
    ['lock x', '25.1', undefined],
  ])('%s with pip %s → %s', (line, pip, kind) => {
    expect(parseCommandLine(words(line), pip).ends?.kind).toBe(kind);
  });
});

describe('a pip younger than what we know is doubted where it may differ', () => {
  it.each([
    ['install --force-r x', true],
    ['install --brand-new x', true],
    ['install --progress-bar blinking x', true],
    ['install --upgrade -q x', false],
  ])('%s: %s', (line, doubted) => {
    expect(parseCommandLine(words(line), '99.0').doubt !== undefined).toBe(doubted);
  });
});

describe('options are taken out of a line, and nothing else is', () => {
  it.each([
    ['install --user x', ['--user'], 'install x'],
    ['install -Uq x', ['--quiet'], 'install -U x'],
    ['install -Uq x', ['--upgrade', '--quiet'], 'install x'],
    ['install -Ur file x', ['--requirement'], 'install -U x'],
    ['install -Urfile x', ['--upgrade'], 'install -rfile x'],
    ['install -Urfile x', ['--requirement'], 'install -U x'],
    ['install --ta /p x -t /q --target=/r', ['--target'], 'install x'],
    ['install --br x --br', ['--break-system-packages'], 'install x'],
    ['-q --log /l install x -q', ['--quiet'], '--log /l install x'],
    ['install --target --user x', ['--user'], 'install --target --user x'],
    ['install x -- --user', ['--user'], 'install x -- --user'],
    ['install -- -', ['--user'], 'install -- -'],
  ])('%s without %s', (line, names, expected) => {
    expect(withoutOptions(parseCommandLine(words(line)), names)).toEqual(words(expected));
  });
});

it('values and presence of an option are found under its canonical name', () => {
  const command = parseCommandLine(words('install -rone --requirement two --no-dependencies'));
  expect(optionValues(command, '--requirement')).toEqual(['one', 'two']);
  expect(hasOption(command, '--no-deps')).toBe(true);
  expect(hasOption(command, '--user')).toBe(false);
});

it('requirements, files and editables come in the order they stand', () => {
  const command = parseCommandLine(words('install b -r r.txt a[x]>=1 -e . https://h/c-1.0.zip'));
  expect(command.requirements.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'name b',
    'file r.txt',
    'name a[x]>=1',
    'path .',
    'url https://h/c-1.0.zip',
  ]);
  expect(command.unparsed).toEqual([]);
});

it('what is no requirement is said, and what pip reads in two ways too', () => {
  expect(parseCommandLine(['install', 'x y', 'z=1']).unparsed).toHaveLength(2);
  // The subcommand takes away the first argument of its own name, here the value of --log.
  const command = parseCommandLine(words('--log install install x'));
  expect(command.unparsed).toHaveLength(1);
  expect(options('--log install install x')).toEqual(['--log=install']);
});
