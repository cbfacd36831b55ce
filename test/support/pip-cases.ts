import fc from 'fast-check';

/** One question to a real pip and to our verdict. `@` in any text stands for the case's own directory. */
export interface Case {
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Configuration files by the place they lie in; `site` and `marker` only where the Python is ours. */
  readonly files: Readonly<Partial<Record<Place, string>>>;
}
export const places = [
  { place: 'system', path: '@/xdg/pip/pip.conf' },
  { place: 'laterSystem', path: '@/xdg2/pip/pip.conf' },
  { place: 'legacy', path: '@/.pip/pip.conf' },
  { place: 'user', path: '@/.config/pip/pip.conf' },
  { place: 'named', path: '@/named.conf' },
  { place: 'requirements', path: '@/requirements.txt' },
] as const;
export type Place = (typeof places)[number]['place'] | 'site' | 'marker';

const booleans = ['1', '0', 'true', 'no', 'YES', 'off', '0', 'False', 'n', '', '', '2', ' 1 ', 'x'];
const paths = ['@/p', '/', '', '', '', 'x'];
/** Settings that matter to the refusal, with what somebody might set them to. */
const settings: Readonly<Record<string, readonly string[]>> = {
  'break-system-packages': booleans,
  user: booleans,
  'no-user': ['1', '0', ''],
  target: paths,
  prefix: paths,
  root: paths,
  'dry-run': booleans,
  report: ['-', '', '@/report.json'],
  'require-virtualenv': booleans,
  'require-venv': ['1', '0'],
  quiet: ['0', '1', '3', 'yes', '-1', 'x', '1_0'],
  verbose: ['1', '2', 'no'],
  isolated: ['1', '0'],
  python: ['', '/proc/nowhere/python', '@'],
  version: ['1', '0'],
  help: ['1'],
  log: ['@/log.txt', ''],
  retries: ['3', 'x', '0x1', '08'],
  timeout: ['5', 'soon'],
  'exists-action': ['i', 's w', 'nope'],
  'use-feature': ['truststore', 'fast-deps truststore', 'nope'],
  'progress-bar': ['on', 'raw', 'nope'],
  'no-cache-dir': ['0', '1', 'banana'],
  'no-build-isolation': ['0', 'x'],
  'no-binary': [':all:', '-x', 'a,b'],
  'python-version': ['3', 'x.y'],
  'config-settings': ['k=v', 'k'],
  group: ['dev', 'x:dev'],
  'upgrade-strategy': ['eager', 'nope'],
  t: ['@/p'],
  'unknown-key': ['1'],
  debug: ['1', '0'],
  requirement: ['@/requirements.txt', '@/missing.txt'],
  'trusted-host': ['a b', 'a:b', '::1'],
  proxy: ['x'],
  'keyring-provider': ['import', 'x'],
};

const pair = fc
  .constantFrom(...Object.keys(settings))
  .chain((key) => fc.tuple(fc.constant(key), fc.constantFrom(...(settings[key] ?? ['1']))));
/** The settings that decide are drawn far more often than the rest. */
const deciding = [
  'break-system-packages',
  'target',
  'prefix',
  'root',
  'dry-run',
  'report',
  'user',
  'require-virtualenv',
];
const likely = fc.oneof(
  { weight: 6, arbitrary: pair.filter(([key]) => deciding.includes(key)) },
  { weight: 1, arbitrary: pair },
);

const spelling = (key: string) =>
  fc.constantFrom(
    key,
    key,
    key.replaceAll('-', '_'),
    `--${key}`,
    key.toUpperCase(),
    key.replace(/^./, (letter) => letter.toUpperCase()),
  );
const entry = likely.chain(([key, value]) =>
  fc
    .tuple(spelling(key), fc.constantFrom(' = ', '=', ': ', ' =\n  '))
    .map(([name, equals]) => name + equals + value),
);
const section = fc.constantFrom(
  'global',
  'global',
  'install',
  'install',
  'uninstall',
  ':env:',
  'DEFAULT',
  'INSTALL',
  'list',
);
const strange = fc.constantFrom(
  '',
  '# nothing\n',
  '[global]\nuser = true ; comment\n',
  '[global]\ntarget = "x"\n',
  '[global]\nx = 1\nx = 2\n',
  '[global]\ntarget = x\n[global]\nroot = y\n',
  '[global]\nbreak_system_packages = 1\nbreak-system-packages = 0\n',
  'target = x\n',
  '[global]\njunk\n',
  '[global]\n= 1\n',
  '\ufeff[global]\ntarget = x\n',
  '[global]\nbreak-system-packages = true\n# ü\n',
  '[global]\n  target = @/p\n  root =\n    /\n',
  '[global]\ntarget =\n\n  @/p\n',
  '[DEFAULT]\nbreak-system-packages = 1\n',
  '[DEFAULT]\nbreak-system-packages = 1\n[list]\nformat = json\n',
  '[DEFAULT]\nbreak-system-packages = 1\n[global]\n',
  '[global]\r\nbreak-system-packages = 1\r\n',
  '[global] # x\nbreak-system-packages = 1\n',
  '[glo]bal]\nbreak-system-packages = 1\n',
  '[install.x]\ntarget = y\n',
  '[global]\nbreak-system-packages = 1\n[install]\nbreak-system-packages = 0\n[uninstall]\nbreak-system-packages = 0\n',
  '[install]\nbreak-system-packages = 1\n[uninstall]\nbreak-system-packages = 1\n[global]\nbreak-system-packages = 0\n',
);
const configuration = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .uniqueArray(fc.tuple(section, fc.array(entry, { maxLength: 3 })), {
        maxLength: 3,
        selector: ([name]) => name,
      })
      .map((sections) => sections.map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`).join('\n')),
  },
  { weight: 1, arbitrary: strange },
);
const marker = fc.constantFrom(
  ...['[externally-managed]\nError=No\n', '[externally-managed]\n', '', '\n[externally-managed]\nError=No\n'],
  ...['[externally-managed]\nError=a\nError=b\n', '[externally-managed]\n[externally-managed]\n', 'junk\n'],
  ...[
    '\ufeff[externally-managed]\nError=No\n',
    '[externally-managed]\nError=%(x)s\n  [red]\n',
    '(missing)',
    '(directory)',
  ],
  ...['[Externally-Managed]\nError=No\n', '[externally-managed]\nError=No\nERROR=No\n'],
);

const variable = fc.oneof(
  {
    weight: 6,
    arbitrary: likely.chain(([key, value]) =>
      fc
        .constantFrom(key.toUpperCase().replaceAll('-', '_'), key.toUpperCase(), key.replaceAll('-', '_'))
        .map((name): [string, string] => [`PIP_${name}`, value]),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<[string, string]>(
      ['PIP_CONFIG_FILE', '/dev/null'],
      ['PIP_CONFIG_FILE', '/dev/./null'],
      ['PIP_CONFIG_FILE', ''],
      ['PIP_CONFIG_FILE', '@/missing.conf'],
      ['PIP_CONFIG_FILE', '@'],
      ['PIP_CONFIG_FILE', '@/xdg/pip/pip.conf'],
      ['pip_break_system_packages', '1'],
      ['PIP_BREAK', '1'],
      ['PIP___TARGET', '@/p'],
      ['VIRTUAL_ENV', '@/venv'],
      ['XDG_CONFIG_HOME', '@/xdg'],
      ['XDG_CONFIG_HOME', ' '],
      ['XDG_CONFIG_DIRS', ''],
      ['XDG_CONFIG_DIRS', '@/xdg2::@/xdg'],
      ['XDG_CONFIG_DIRS', '~/xdg2'],
      ['PIP_AUTO_COMPLETE', ''],
      ['PIP_DISABLE_PIP_VERSION_CHECK', '0'],
      ['_PIP_RUNNING_IN_SUBPROCESS', '1'],
    ),
  },
);

/** Options that leave pip's answer to everything else. */
const harmless = fc.constantFrom<string[]>(
  ['--user'],
  ['--no-user'],
  ['--dry-run'],
  ['--report', '-'],
  ['--report='],
  ['--isolated'],
  ['--isol'],
  ['-q'],
  ['-qqq'],
  ['-v'],
  ['-qqqv'],
  ['--debug'],
  ['--log', '@/log.txt'],
  ['-U'],
  ['-Uq'],
  ['--no-input'],
  ['-r', '@/requirements.txt'],
  ['-e', '.'],
  ['-y'],
  ['--no-cache-dir'],
  ['--cert', '/proc/nowhere.pem'],
  ['--client-cert', '/proc/nowhere.pem'],
  ['--proxy', 'nonsense'],
  ['--keyring-provider', 'subprocess'],
  ['--trusted-host', 'h:port'],
  ['--trusted-host', 'h:80'],
  ['--retries', '-5'],
  ['--timeout', '-1'],
  ['--timeout', 'nan'],
  ['--cache-dir', '/proc/nowhere/at/all'],
  ['--cache-dir='],
  ['--use-deprecated', 'legacy-resolver'],
  ['--exists-action', 's'],
  ['--index-url', 'nonsense'],
  ['--pre', '-f', 'nowhere'],
);
/** Options that exempt, or end pip for some reason. */
const telling = fc.constantFrom<string[]>(
  ['--target', '@/p'],
  ['--target='],
  ['-t@/p'],
  ['--ta', '@/p'],
  ['--prefix', '@/p'],
  ['--prefix='],
  ['--root', '/'],
  ['--root='],
  ['--dry', '--rep', '-'],
  ['--dry-run', '--report='],
  ['--user', '--target', '@/p'],
  ['--break-system-packages'],
  ['--br'],
  ['--b'],
  ['--break-system-packages=1'],
  ['--require-virtualenv'],
  ['--python', '/proc/nowhere/python'],
  ['--log', '/proc/nowhere/at/all/log.txt'],
  ['-h'],
  ['-V'],
  ['--only-binary', '-x'],
  ['-qr', '@/missing.txt'],
  ['--group', 'dev'],
  ['--use-feature', 'truststore'],
  ['--use-feature', 'nope'],
  ['--'],
);
const option = fc.oneof({ weight: 3, arbitrary: harmless }, { weight: 1, arbitrary: telling });
const what = fc.constantFrom(
  'x',
  'x',
  'x',
  'y',
  'y',
  'x==1',
  'x>=1',
  'x[e]>2',
  '',
  '-',
  './x',
  'x y',
  'install',
  'x.zip',
  'git+https://h/x',
  'x;y',
  'x; python_version<"3"',
  'x ; os_name == "a/b"',
  '.',
  '..',
  '@',
  'x/y',
  'x.y/',
);
const general = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.constantFrom<string[]>([], [], ['-q'], ['--isolated'], ['-qqq'], ['--no-input']),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<string[]>(
      ['--python', '/proc/nowhere'],
      ['--python', '@'],
      ['--py', ''],
      ['--version'],
      ['--user'],
      ['--require-venv'],
      ['--log', 'install'],
    ),
  },
);
const subcommand = fc.oneof(
  { weight: 12, arbitrary: fc.constant('install') },
  { weight: 6, arbitrary: fc.constant('uninstall') },
  { weight: 1, arbitrary: fc.constantFrom('inst', 'Install', 'hash') },
);
const rest = fc.array(
  fc.oneof({ weight: 2, arbitrary: option }, { weight: 3, arbitrary: what.map((text): string[] => [text]) }),
  { maxLength: 4 },
);

/** Cases as people and machines have them: most with a line that would be refused but for something elsewhere. */
export function cases(ourPython: boolean): fc.Arbitrary<Case> {
  const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const file = seldom(configuration);
  const own = ourPython
    ? { site: file, marker: seldom(marker) }
    : { site: fc.constant(undefined), marker: fc.constant(undefined) };
  return fc
    .record({
      argv: fc.tuple(general, subcommand, rest).map(([a, b, c]) => [...a, b, ...c.flat()]),
      variables: fc.array(variable, { maxLength: 2 }),
      useNamed: fc.boolean(),
      files: fc.record({
        system: file,
        laterSystem: file,
        legacy: file,
        user: file,
        named: file,
        requirements: fc.constantFrom(
          'x\n',
          'x\n',
          undefined,
          '# none\n',
          'x==1\ny>=2\n',
          'x --junk\n',
          '-r other.txt\n',
          'x[e]>=1,<2 ; python_version < "3.9"  # why\n\n',
          '# coding: nope\nx\n',
          '# -*- coding: latin-1 -*-\nx\n',
          '# a\x0cx\n',
          'x \\\n  ==1\n# y \\\nz\n',
          'x#y\n',
          './x\n',
          'x==1 --hash=sha256:00\n',
          '-i https://h/\nx\n',
          'x ;\r\ny;bad\n',
          '\ufeffx\n',
          'x$y\n',
        ),
        ...own,
      }),
    })
    .map(({ argv, variables, useNamed, files }) => ({
      argv,
      variables: {
        ...(useNamed && files.named !== undefined ? { PIP_CONFIG_FILE: '@/named.conf' } : {}),
        ...Object.fromEntries(variables),
      },
      files: Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined)),
    }));
}
