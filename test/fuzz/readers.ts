import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type fc from 'fast-check';
import { knownNames } from '../../src/detours/system-package/known-names.ts';
import { managerById, type PackageManagerId } from '../../src/detours/system-package/managers/index.ts';
import { upstream } from '../../src/detours/system-package/managers/upstream.ts';
import { judge as judgeVersion } from '../../src/detours/system-package/pep440.ts';
import { parseCommandLine } from '../../src/pip/command-line.ts';
import { normalizeKey } from '../../src/pip/config.ts';
import { parseIni } from '../../src/pip/ini.ts';
import { markerWords } from '../../src/pip/marker.ts';
import { commandsOf, optionsOf } from '../../src/pip/options.ts';
import { parseRequirement } from '../../src/pip/requirement.ts';
import { judge, strtobool } from '../../src/pip/value.ts';
import { newest, oldest } from '../../src/pip/versions.ts';
import { lookAtEnvironment } from '../../src/place/environment.ts';
import { withoutSymlinks } from '../../src/place/file-system.ts';
import { readDocument, readProjectText } from '../../src/project/toml.ts';
import { cut, pad, shown, wrap } from '../../src/prompt/text.ts';
import { keepValid } from '../../src/settings/layers.ts';
import { allSettings } from '../../src/settings/schema.ts';
import { CannotEdit, edited } from '../../src/settings/toml-edit.ts';
import { hasLine, removeLines } from '../../src/setup/rc-line.ts';
import { printable, shortPath } from '../../src/system/quote.ts';
import { anything, like } from './inputs.ts';

/** One reader of text that is not ours, and what the text it expects is made of. */
export interface Reader {
  readonly name: string;
  readonly input: fc.Arbitrary<string>;
  /** Must come back, whatever it is given; what it finds is the other tests' business. */
  read(text: string, scratch: string): void;
}

const words = (text: string) => text.split(' ');
const optionNames = [
  ...Object.keys(optionsOf('install', newest)),
  ...Object.keys(optionsOf('global', newest)),
];

const version = like(
  words('1 2.0 .5 a1 b2 rc3 .post1 .dev2 +local ! - _ v 1! == >= ~= != <= > < === .* , 3.11'),
);

const managerWords: Readonly<Record<PackageManagerId, readonly string[]>> = {
  apt: [
    'python3-requests:\n',
    '  Installed: ',
    '  Candidate: ',
    '(none)',
    '2.28.1+dfsg-1',
    '\n',
    '  Version table:\n',
    ' *** ',
  ],
  dnf: ['python3-requests', '\t', '|', '2.31.0', '-1.fc40', '\n', 'installed', 'available', '0:'],
  pacman: [
    'extra',
    '/',
    'python-requests',
    ' ',
    '2.32.3-1',
    '\n',
    ' [installed]',
    ' [installed: 2.31]',
    '    words\n',
  ],
  zypper: [
    '<stream>',
    '<solvable ',
    'name="python311-requests" ',
    'edition="2.31.0-1.1" ',
    'status="installed" ',
    '/>',
    '>',
    '</stream>',
    'kind="package" ',
  ],
  apk: [
    'py3-requests',
    '-',
    '2.31.0-r1',
    '\n',
    ' x86_64 {py3-requests} (Apache-2.0)',
    ' [installed]',
    'WARNING: ',
  ],
  xbps: ['[*] ', '[-] ', 'python3-requests', '-2.31.0_1', '  words', '\n'],
  emerge: [
    '*  dev-python/requests\n',
    '      Latest version available: ',
    '2.31.0',
    '      Latest version installed: ',
    '[ Not Installed ]',
    '\n',
  ],
  brew: [
    '{"formulae":[',
    '{"name":"python-requests",',
    '"versions":{"stable":"2.31"}',
    '}',
    ']',
    ',',
    '"installed":[{"version":"2"}]',
    'null',
  ],
  nix: ['{', '"nixpkgs.python311Packages.requests"', ':', '"version":"2.31.0"', '}', ',', '\n'],
  msys2: ['mingw64', '/', 'mingw-w64-x86_64-python-requests', ' ', '2.32.3-1', '\n', ' [installed]'],
};

const settingsWords = words(
  '[global] [install] \n = : user true break-system-packages target yes [ ] # ; [DEFAULT]',
).concat(
  '\n  ',
  ' ',
  '[externally-managed]\n',
  'Error=',
  'Error-de_DE=',
  'home = /usr/bin\n',
  'version = 3.11.2\n',
);

export const readers: readonly Reader[] = [
  {
    name: "pip's command line",
    input: like([
      ...optionNames,
      ...commandsOf(newest),
      ' ',
      '=',
      '-r',
      '-qqr',
      '--',
      '-',
      'x==1',
      './x',
      'git+https://x/y#egg=z',
    ]),
    read: (text) => {
      for (const pip of [oldest, newest]) parseCommandLine(text.split(' '), pip);
    },
  },
  {
    name: 'a requirement',
    input: like(
      words(
        'x a.b [ e ] , == >= ~= 1 1.* ( ) ; python_version < "3.9" and or not in @ https://h/x.whl git+ #egg= & file: ./ .whl - _',
      ),
    ),
    read: (text) => {
      parseRequirement(text);
      parseRequirement(text, true);
    },
  },
  {
    name: "a value of pip's option",
    input: version,
    read: (text) => {
      for (const option of Object.values(optionsOf('install', newest))) judge(option, text, newest);
      strtobool(text);
    },
  },
  {
    name: "pip's configuration",
    input: like(settingsWords),
    read: (text) => void parseIni(text, normalizeKey),
  },
  {
    name: 'a marker',
    input: like(settingsWords),
    read: (text, scratch) => {
      const file = join(scratch, 'EXTERNALLY-MANAGED');
      writeFileSync(file, text);
      markerWords(file, { LANG: text.slice(0, 12) });
    },
  },
  {
    name: 'a pyvenv.cfg',
    input: like(settingsWords),
    read: (text, scratch) => {
      const environment = join(scratch, 'venv');
      mkdirSync(join(environment, 'bin'), { recursive: true });
      writeFileSync(join(environment, 'pyvenv.cfg'), text);
      lookAtEnvironment(environment, process.getuid?.() ?? 0);
    },
  },
  {
    name: 'a redirect file',
    input: anything,
    read: (text, scratch) => {
      writeFileSync(join(scratch, 'redirect'), text);
      lookAtEnvironment(join(scratch, 'redirect'), process.getuid?.() ?? 0);
    },
  },
  {
    name: 'a pyproject.toml',
    input: like([
      '[project]\n',
      'requires-python',
      ' = ',
      '"',
      '>=3.9',
      '\n',
      '[tool.uv]\n',
      '[[',
      ']]',
      '{',
      '}',
      '.',
      '"""',
      "'''",
      '1979-05-27',
      '[tool.poetry.dependencies]\npython="^3"\n',
    ]),
    read: (text) => void readProjectText(text),
  },
  {
    name: 'settings',
    input: like([
      ...allSettings.flatMap(({ name }) => [name, `${name} = `]),
      ...[
        '[tool.pip-detour]\n',
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ' = ',
        '\n',
        'true',
        '1e9',
        'venv',
        'pipx',
        'always',
        '# x\n',
      ],
    ]),
    read: (text) => {
      for (const table of [[], ['tool', 'pip-detour']]) {
        const document = readDocument(text, table);
        if (!document.ok) continue;
        for (const source of ['project', 'user', 'policy'] as const)
          keepValid({ source, from: 'a file', values: document.table });
        try {
          edited(text, table, 'detour', 'venv');
        } catch (thrown) {
          if (!(thrown instanceof CannotEdit)) throw thrown;
        }
      }
    },
  },
  {
    name: 'a version and a specifier',
    input: version,
    read: (text) => {
      const half = text.length / 2;
      judgeVersion(text.slice(0, half), text.slice(half));
      upstream(text);
    },
  },
  {
    name: "a shell's start-up file",
    input: like([
      '# >>> pip-detour >>>',
      '# pip-detour',
      '\n',
      '\r\n',
      '. ',
      'export PATH=',
      'hook.bash',
      'env.sh',
    ]),
    read: (text) => {
      hasLine(text);
      removeLines(text);
    },
  },
  {
    name: 'the mounts of this machine',
    input: like([
      '36 35 98:0 / /mnt/c rw - 9p drvfs rw,aname=drvfs',
      ' - ',
      '\n',
      ' ',
      '\\040',
      '/',
      'cifs',
      'vfat',
    ]),
    read: (text) => void withoutSymlinks('/mnt/c/x', text),
  },
  {
    name: 'what is drawn',
    input: anything,
    read: (text) => {
      // Each line of the prompt is at most a path or an argument of 20,000 characters; its cost grows with them evenly.
      for (const width of [1, 80]) {
        wrap(text.slice(0, 20_000), width);
        cut(text.slice(0, 20_000), width, '…');
        pad(text.slice(0, 20_000), width);
      }
      shown(text, false);
      if (/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(printable(text) + shortPath(text, '/home/u')))
        throw new Error('a character that acts on a terminal was let through');
    },
  },
  ...Object.entries(managerWords).map(
    ([id, said]): Reader => ({
      name: `what ${id} says`,
      input: like(said),
      read: (text) =>
        void managerById(id)?.read(text, ['requests', 'pyyaml', 'ruamel-yaml'], {
          python: '3.11',
          stdlib: '/mingw64/lib/python3.11',
          arch: 'x64',
          known: knownNames,
        }),
    }),
  ),
];
