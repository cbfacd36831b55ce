import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { orderedItems, readConfiguration } from '../../src/pip/config.ts';
import { parseIni } from '../../src/pip/ini.ts';
import { readEnvironment } from '../../src/system/variables.ts';

const lower = (name: string) => name.toLowerCase();

describe("a file is read as Python's configparser reads it", () => {
  it.each([
    ['[a]\nx = 1\ny: 2', { a: { x: '1', y: '2' } }],
    ['[a]\nX=1=2', { a: { x: '1=2' } }],
    ['[a]\nx = 1 ; no comment', { a: { x: '1 ; no comment' } }],
    ['# one\n[a]\n  ; two\nx = 1', { a: { x: '1' } }],
    ['[a]\nx = 1\n  2\n\n  3', { a: { x: '1\n2\n\n3' } }],
    ['[a]\nx =\n  1\n', { a: { x: '\n1' } }],
    ['[a]\n  x = 1\n  y = 2', { a: { x: '1', y: '2' } }],
    ['[a]\r\nx = 1\r\n', { a: { x: '1' } }],
    ['[DEFAULT]\nx = 1\n[a]\n[b]\nx = 2', { a: { x: '1' }, b: { x: '2' } }],
    ['[DEFAULT]\nx = 1', {}],
    ['[a] rest is ignored\nx = 1', { a: { x: '1' } }],
    ['[a]\nx = %(y)s', { a: { x: '%(y)s' } }],
    ['', {}],
    ['x = 1', 'unparsable'],
    ['\ufeff[a]\nx = 1', 'unparsable'],
    ['[a]\njunk', 'unparsable'],
    ['[a]\n= 1', 'unparsable'],
    ['[a]\nx = 1\nX = 2', 'duplicate'],
    ['[a]\n[b]\n[a]', 'duplicate'],
  ])('%j', (text, expected) => {
    const read = parseIni(text, lower);
    const found =
      'wrong' in read
        ? read.wrong
        : Object.fromEntries(
            [...read.sections].map(([name, options]) => [name, Object.fromEntries(options)]),
          );
    expect(found).toEqual(expected);
  });
});

/** What `pip install` of a version is told, for files in a HOME of its own and variables. */
function told(
  files: Record<string, string>,
  variables: Record<string, string> = {},
  { pip = '24.0', isolated = false, parser = 'install' } = {},
) {
  const home = mkdtempSync(join(tmpdir(), 'pip-detour-config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const here = Object.entries(variables).map(([name, value]) => [name, value.replaceAll('@', home)]);
  const environment = readEnvironment({
    HOME: home,
    LANG: 'C.UTF-8',
    XDG_CONFIG_DIRS: join(home, 'xdg'),
    ...Object.fromEntries(here),
  });
  const prefix = join(home, 'prefix');
  const read = readConfiguration({ environment, prefix, basePrefix: join(home, 'base'), pip, isolated });
  // A machine may have an /etc/pip.conf of its own.
  const asked = ['x', 'y', 'z', 'a-b', 'break-system', 'dry-run', 'version', 'help'];
  return 'layers' in read
    ? Object.fromEntries(orderedItems(read.layers, parser, pip).filter(([key]) => asked.includes(key)))
    : 'broken' in read
      ? 'broken'
      : 'unsure';
}
const user = '.config/pip/pip.conf';
const legacy = '.pip/pip.conf';
const system = 'xdg/pip/pip.conf';
const site = 'prefix/pip.conf';

describe('files and variables outrank each other as in pip', () => {
  it.each([
    ['user over system', { [system]: '[global]\nx=1', [user]: '[global]\nx=2' }, {}, { x: '2' }],
    ['new user file over legacy', { [legacy]: '[global]\nx=1', [user]: '[global]\nx=2' }, {}, { x: '2' }],
    ['site over user', { [user]: '[global]\nx=1', [site]: '[global]\nx=2' }, {}, { x: '2' }],
    ['section over file', { [user]: '[install]\nx=1', [site]: '[global]\nx=2' }, {}, { x: '1' }],
    ['variables over all', { [site]: '[install]\nx=1' }, { PIP_X: '2' }, { x: '2' }],
    ['an :env: section as a variable', { [user]: '[:env:]\nx=1', [site]: '[install]\nx=2' }, {}, { x: '1' }],
    [
      'PIP_CONFIG_FILE over site',
      { [site]: '[global]\nx=1', c: '[global]\nx=2' },
      { PIP_CONFIG_FILE: '@/c' },
      { x: '2' },
    ],
    [
      'PIP_CONFIG_FILE instead of user',
      { [user]: '[global]\ny=1', c: '[global]\nx=2' },
      { PIP_CONFIG_FILE: '@/c' },
      { x: '2' },
    ],
    [
      'a missing PIP_CONFIG_FILE is none',
      { [user]: '[global]\nx=1' },
      { PIP_CONFIG_FILE: '@/none' },
      { x: '1' },
    ],
    [
      'a directory as PIP_CONFIG_FILE hides the user',
      { [user]: '[global]\nx=1' },
      { PIP_CONFIG_FILE: '@' },
      {},
    ],
    [
      '/dev/null switches all files off',
      { [site]: '[global]\nx=1' },
      { PIP_CONFIG_FILE: '/dev/null', PIP_Y: '1' },
      { y: '1' },
    ],
    ['an empty variable says nothing', { [user]: '[global]\nx=1' }, { PIP_X: '' }, { x: '1' }],
    [
      'spellings of one key',
      { [user]: '[global]\n--Break_System=1' },
      { PIP_Dry_RUN: '1' },
      { 'break-system': '1', 'dry-run': '1' },
    ],
    ['only PIP_ in capitals', {}, { pip_x: '1', PIP_VERSION: '1', PIP_HELP: '1' }, {}],
    ['blank XDG_CONFIG_HOME is none', { [user]: '[global]\nx=1' }, { XDG_CONFIG_HOME: ' ' }, { x: '1' }],
    [
      'other sections are for others',
      { [user]: '[uninstall]\nx=1\n[Install]\nx=2\n[install.y]\nx=3' },
      {},
      {},
    ],
    ['a file that is no file', { [`${user}/x`]: '' }, {}, {}],
  ])('%s', (_, files, variables, expected) => {
    expect(told(files, variables)).toEqual(expected);
  });

  it('isolated pips read neither variables nor the user', () => {
    const files = { [system]: '[global]\nx=1', [user]: '[global]\nx=2', c: '[global]\ny=1' };
    expect(told(files, { PIP_Z: '1', PIP_CONFIG_FILE: '@/c' }, { isolated: true })).toEqual({
      x: '1',
      y: '1',
    });
  });
});

describe('pips differ', () => {
  const emptied = { [user]: '[global]\nx=1', [site]: '[global]\nx=' };
  const twice = { [user]: '[global]\na_b=1\na-b=2' };
  const relative = { 'home/pip/pip.conf': '[global]\nx=1', [user]: '[global]\nx=2' };
  it.each([
    ['25.1.1', 'an empty value takes away what a lower file said', emptied, {}],
    ['25.2', 'an empty value says nothing', emptied, { x: '1' }],
    ['25.3', 'an empty value says nothing', emptied, { x: '1' }],
    ['26.0', 'an empty value takes away what a lower file said', emptied, {}],
    ['26.2.1', 'two spellings of one key: the last', twice, { 'a-b': '2' }],
    ['26.3', 'two spellings of one key: a duplicate', twice, 'broken'],
    ['23.1', "the base installation's file is read", { 'base/pip.conf': '[global]\nx=1' }, { x: '1' }],
    ['23.1.1', "the base installation's file is not read", { 'base/pip.conf': '[global]\nx=1' }, {}],
  ])('%s: %s', (pip, _, files, expected) => {
    expect(told(files, {}, { pip })).toEqual(expected);
  });
  it.each([
    ['24.0', { x: '1' }],
    ['24.1', {}],
  ])('%s: ~ in XDG_CONFIG_DIRS', (pip, expected) => {
    const files = { 'xdg2/pip/pip.conf': '[global]\nx=1' };
    expect(told(files, { XDG_CONFIG_DIRS: '~/xdg2' }, { pip })).toEqual(expected);
  });
  it('26.3 takes no relative XDG_CONFIG_HOME', () => {
    expect(told(relative, { XDG_CONFIG_HOME: 'home' }, { pip: '26.3' })).toEqual({ x: '2' });
  });
});

describe('a file that Python cannot read ends pip', () => {
  it.each([
    ['[global]\nx=ü', { LANG: 'C.UTF-8' }, { x: 'ü' }],
    ['[global]\nx=ü', { LANG: 'de_DE.ISO-8859-1' }, 'unsure'],
    ['[global]\nx=1', { LANG: 'de_DE.ISO-8859-1' }, { x: '1' }],
    ['junk', {}, 'broken'],
  ])('%j with %j', (text, variables, expected) => {
    expect(told({ [user]: text }, variables)).toEqual(expected);
  });
});
