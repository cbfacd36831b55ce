import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markerWords } from '../../src/pip/marker.ts';
import { managerOf } from '../../src/place/platform.ts';
import { buildQuestion } from '../../src/prompt/build.ts';
import { sandbox } from '../support/sandbox.ts';
import { situationFor } from '../support/situations.ts';

const german =
  '[externally-managed]\nError=No.\nError-de=Nein.\nError-pt_BR=Nao.\n  Assim.\nError-sr_RS=Ne.\n';

/** The words of a marker with this text. */
function words(text: string | Buffer, variables: Record<string, string> = {}): string | undefined {
  return markerWords(sandbox().write('EXTERNALLY-MANAGED', text.toString()), variables);
}

describe("the marker's words, chosen as pip chooses them", () => {
  it.each<[Record<string, string>, string]>([
    [{}, 'No.'],
    [{ LANG: 'C' }, 'No.'],
    [{ LANG: 'C.UTF-8' }, 'No.'],
    [{ LANG: 'de_DE.UTF-8' }, 'Nein.'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'de_AT@euro' }, 'Nein.'],
    [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'No.'],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: '' }, 'Nein.'],
    [{ LANG: 'pt_BR.UTF-8' }, 'Nao.\nAssim.'],
    [{ LANG: 'pt_PT.UTF-8' }, 'No.'],
    [{ LANG: 'sr_RS.UTF-8@latin' }, 'Ne.'],
    [{ LANG: 'en_US.UTF-8', LANGUAGE: 'de' }, 'No.'],
  ])('%j: %s', (variables, wanted) => {
    expect(words(german, variables)).toBe(wanted);
  });

  it.each([
    ['an empty file', ''],
    ['another section', '[Externally-Managed]\nError=x\n'],
    ['no section', 'Error=x\n'],
    ['junk', '[externally-managed]\njunk\nError=x\n'],
    ['an empty text', '[externally-managed]\nError=\n'],
    ['one that is no marker', 'x'.repeat(200_000)],
  ])('%s has none', (_, text) => {
    expect(words(text)).toBeUndefined();
  });
});

describe('behind ?', () => {
  it('they stand by paragraph, and cannot draw on the terminal', () => {
    const managerWords = 'First line\nof one.\n\n  Second\x1b[2J\u202e.\n';
    const question = buildQuestion(situationFor('install x', { managerWords }));
    expect(question.words).toEqual(['Debian says:', 'First line of one.', 'Second\\x1b[2J\\u202e.']);
  });

  it.each<[string, string, string[]]>([
    [
      'Homebrew',
      'use a virtual\nenvironment:\n\npython3 -m venv path/to/venv\nsource path/to/venv/bin/activate\n\nYou can\nbrew.',
      [
        'use a virtual environment:',
        'python3 -m venv path/to/venv\nsource path/to/venv/bin/activate',
        'You can brew.',
      ],
    ],
    [
      'Alpine',
      'environment, e.g.:\n\n  python3 -m venv /p\n  . /p/bin/activate\n  pip install x\n\nTo exit, run:\n\n  deactivate\n\nThe end.',
      [
        'environment, e.g.:',
        'python3 -m venv /p\n. /p/bin/activate\npip install x',
        'To exit, run:',
        'deactivate',
        'The end.',
      ],
    ],
    ['a sentence', 'xyz, where\nxyz is the\npackage.', ['xyz, where xyz is the package.']],
  ])('commands stand on lines of their own: %s', (manager, managerWords, said) => {
    const [, ...words] = buildQuestion(situationFor('install x', { manager, managerWords })).words ?? [];
    expect(words).toEqual(said);
  });

  it('the two permanent switches are answered with why not', () => {
    const help = buildQuestion(situationFor('install x')).help.join('\n');
    expect(help).toContain('break-system-packages in pip.conf');
    expect(help).toContain('to delete /usr/lib/python3.11/EXTERNALLY-MANAGED');
  });
});

describe('nobody is called by another’s name', () => {
  it.each([
    [
      '/opt/homebrew/Cellar/python@3.13/3.13.1/Frameworks/Python.framework/Versions/3.13/lib/python3.13',
      'Homebrew',
    ],
    ['/home/linuxbrew/.linuxbrew/Cellar/python@3.13/3.13.1/lib/python3.13', 'Homebrew'],
    ['/home/u/.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu/lib/python3.13', 'uv'],
    ['/nix/store/abc-python3-3.13.1/lib/python3.13', 'Nix'],
    ['/ucrt64/lib/python3.13', 'MSYS2'],
  ])('%s: %s', (stdlib, manager) => {
    const interpreter = {
      executable: '/x/bin/python3',
      prefix: '/x',
      stdlib,
      version: '3.13',
      marker: `${stdlib}/M`,
    };
    expect(managerOf(interpreter)).toBe(manager);
    const question = buildQuestion(situationFor('install requests', { interpreter, manager }));
    const shown = [
      question.headline,
      ...question.help,
      ...question.options.flatMap((o) => [o.title, o.detail, o.warning ?? '', o.unavailable ?? '']),
    ];
    expect(shown.join('\n')).toContain(manager);
    expect(shown.join('\n')).not.toMatch(/Debian|\bapt\b|distribution/);
  });
});

it.skipIf(readdirSync('/usr/lib').every((name) => !/^python3\.\d+$/.test(name)))(
  "this machine's own marker can be read",
  () => {
    const markers = readdirSync('/usr/lib')
      .filter((name) => /^python3\.\d+$/.test(name))
      .map((name) => join('/usr/lib', name, 'EXTERNALLY-MANAGED'));
    for (const marker of markers) {
      expect(markerWords(marker, {})).toContain('To install Python packages system-wide');
      expect(readFileSync(marker, 'utf8')).toContain('[externally-managed]');
    }
  },
);
