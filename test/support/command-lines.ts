import fc from 'fast-check';

/** What a generator of command lines must know of a pip's options; comes from that pip, not from our table. */
export interface Spelling {
  readonly long: readonly string[];
  readonly short: readonly string[];
  readonly takesValue: boolean;
  readonly choices: readonly string[] | null;
}

const wellKnown = fc.constantFrom(
  'requests',
  'Flask_Login',
  'a.b-c',
  'requests[socks,security]>=2,<3',
  'x==1.0',
  'x~=1.4.2',
  'x == 1.*',
  'x>=1; python_version < "3.9" and (sys_platform == "linux" or extra == \'x\')',
  'x @ https://example.org/x.whl',
  'x[e] @ git+https://example.org/x@v1',
  'git+https://example.org/x.git#egg=x[e]&subdirectory=s',
  'https://example.org/a/x-1.0-py3-none-any.whl',
  './dir',
  '.',
  '..[dev]',
  'x-1.0.tar.gz',
  'x=1',
  'x==',
  '1x',
  'ü',
  'x y',
);
/** What requirements are made of, in any order: mostly nonsense, now and then nearly right. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        'x',
        'a.b',
        'A_c',
        '[',
        'e',
        ']',
        ',',
        '==',
        '>=',
        '~=',
        '!=',
        '<',
        '===',
        '1',
        '1.0',
        '.*',
        ' ',
        '(',
        ')',
      ],
      ...[
        ';',
        ' ; ',
        '@',
        ' @ ',
        '"3"',
        "'x'",
        'os_name',
        'python_version',
        ' in ',
        ' and ',
        '+',
        '!',
        'rc1',
        '.post2',
      ],
      ...[
        '.dev0',
        '+l.1',
        'v',
        '-',
        '/',
        '.',
        '..',
        '.whl',
        '.zip',
        '#egg=',
        '&',
        'https://h/',
        'git+https://h/',
        'ü',
      ],
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => !text.startsWith('-'));
/** A name with versions, each piece in one of its spellings. */
const versioned = fc
  .record({
    name: fc.constantFrom('x', 'a.b-c', 'A__b'),
    extras: fc.constantFrom('', '[]', '[e]', '[ e , f-g ]'),
    versions: fc.array(
      fc
        .tuple(
          fc.constantFrom('==', '>=', '<=', '!=', '<', '>', '~=', '==='),
          fc.constantFrom('', ' '),
          fc.constantFrom(
            '1',
            '1.0',
            '1!2.0',
            'v1.2',
            '1.*',
            '1.0a1',
            '1.0-rc.2',
            '1-1',
            '1.0.post2',
            '1.dev3',
            '1.0+l-1',
            '1..0',
            'x',
          ),
        )
        .map((parts) => parts.join('')),
      { maxLength: 3 },
    ),
    comma: fc.constantFrom(',', ', ', ' ,'),
    brackets: fc.boolean(),
    marker: fc.constantFrom(
      '',
      '',
      '; os_name == "x"',
      " ; 'a' in platform_machine or extra=='b'",
      ';os_name',
      '; x == "1"',
    ),
  })
  .map(({ name, extras, versions, comma, brackets, marker }) => {
    const list = versions.join(comma);
    return name + extras + (brackets && list !== '' ? ` (${list})` : list) + marker;
  });
const requirements = fc.oneof(
  { weight: 4, arbitrary: wellKnown },
  { weight: 2, arbitrary: versioned },
  { weight: 2, arbitrary: pieces },
);
const words = fc.constantFrom(
  ...['', '-', '--', '---', '--=x', '-Z', '--nope', '-1', '=', '-=', 'install', 'uninstall', 'help', 'list'],
  ...[
    'lock',
    'Install',
    'inst',
    'wheel',
    '--isolated',
    '-h',
    '-V',
    '--version',
    '--help',
    '--help=1',
    '--user=1',
  ],
);
const values = fc.oneof(
  fc.constantFrom(
    '5',
    '0',
    '-5',
    '05',
    '08',
    '0x1f',
    '0b1',
    '1_0',
    ' 7 ',
    '5.5',
    '1e3',
    'nan',
    '.5',
    '5.',
    'x',
  ),
  fc.constantFrom(
    's',
    'i',
    'warn',
    'ignore',
    'on',
    'raw',
    'auto',
    'eager',
    'fast-deps',
    'legacy-certs',
    'import',
  ),
  fc.constantFrom('3', '37', '3.7', '3.7.3', '3.7.3.1', '3.x', '+3', 'k=v', 'k=', '=v', 'k', 'dev', 'a:dev'),
  fc.constantFrom('sub/pyproject.toml:dev', ':all:', 'a,b', '2024-01-02', 'P3D', '2024-13-01', 'yesterday'),
  fc.constantFrom(
    '/tmp',
    '',
    '-',
    '--',
    '-U',
    '--user',
    'install',
    'uninstall',
    'file',
    '~/x',
    '-r',
    '=x',
    'ü',
  ),
  fc.string({ maxLength: 4 }),
  requirements,
);

/** Values that pass where only some do, so that most lines are read to their end. */
const valid: Readonly<Record<string, readonly string[]>> = {
  '--retries': ['5', '0x1f', ' 7 ', '1_0', '-5'],
  '--resume-retries': ['5'],
  '--timeout': ['5.5', '1e3', '.5', 'nan'],
  '--python-version': ['3', '37', '3.7.3', ''],
  '--config-settings': ['k=v', '=v', 'k='],
  '--uploaded-prior-to': ['2024-01-02', '2024-01-02T03:04:05Z'],
};

/** One option as somebody may type it: whole or shortened, its value attached or not, or a cluster of letters. */
function optionTokens(spellings: readonly Spelling[]): fc.Arbitrary<string[]> {
  const fitting = ({ choices, long }: Spelling) => {
    const likely = choices ?? valid[long[0] ?? ''];
    return likely === undefined
      ? values
      : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...likely) }, { weight: 1, arbitrary: values });
  };
  const withValue = (
    spelling: Spelling,
    name: string,
    attach: (value: string) => string[],
  ): fc.Arbitrary<string[]> =>
    spelling.takesValue ? fitting(spelling).map(attach) : fc.constant<string[]>([name]);
  const long = fc
    .record({ spelling: fc.constantFrom(...spellings), which: fc.nat(3), cut: fc.nat(30), style: fc.nat(29) })
    .chain(({ spelling, which, cut, style }): fc.Arbitrary<string[]> => {
      const full = spelling.long[which % spelling.long.length] ?? '--help';
      // Mostly whole; some are cut somewhere.
      const name = style < 6 ? full.slice(0, Math.max(3, full.length - (cut % full.length))) : full;
      if (style === 29) return values.map((value): string[] => [`${name}=${value}`]);
      return style % 2 === 0
        ? withValue(spelling, name, (value): string[] => [`${name}=${value}`])
        : withValue(spelling, name, (value) => [name, value]);
    });
  const letters = spellings.flatMap(({ short }) => short.map((name) => name.slice(1)));
  const cluster = fc
    .record({
      letters: fc.array(fc.constantFrom(...letters.filter((letter) => letter !== 'h'), 'q', 'v'), {
        minLength: 1,
        maxLength: 3,
      }),
      tail: fc.option(values, { nil: '', freq: 2 }),
      value: fc.option(values, { nil: undefined }),
    })
    .map(({ letters: made, tail, value }) => {
      const takes = spellings.find(
        ({ short, takesValue }) => takesValue && made.some((letter) => short.includes(`-${letter}`)),
      );
      return [`-${made.join('')}${takes === undefined ? '' : tail}`, ...(value === undefined ? [] : [value])];
    });
  return fc.oneof({ weight: 4, arbitrary: long }, { weight: 2, arbitrary: cluster });
}

/** Values that equal a subcommand's name, of which pip takes away the first one it meets. */
const namesakes = fc.constantFrom<string[]>(
  ['--log', 'install'],
  ['--log', 'install', '-q'],
  ['--proxy', 'uninstall'],
  ['--log=install'],
);

/** Whole command lines: general options, a subcommand (or none), then anything. */
export function commandLines(
  general: readonly Spelling[],
  ofCommand: Readonly<Record<'install' | 'uninstall', readonly Spelling[]>>,
): fc.Arbitrary<string[]> {
  const tokens = (spellings: readonly Spelling[]) =>
    fc.oneof(
      { weight: 12, arbitrary: optionTokens(spellings) },
      { weight: 7, arbitrary: requirements.map((text): string[] => [text]) },
      { weight: 1, arbitrary: words.map((text): string[] => [text]) },
    );
  const before = fc.array(
    fc.oneof(
      { weight: 19, arbitrary: optionTokens(general) },
      { weight: 1, arbitrary: words.map((w): string[] => [w]) },
      { weight: 1, arbitrary: namesakes },
    ),
    { maxLength: 2 },
  );
  const line = (name: 'install' | 'uninstall'): fc.Arbitrary<string[]> =>
    fc
      .tuple(before, fc.array(tokens(ofCommand[name]), { maxLength: 6 }))
      .map(([first, last]) => [...first.flat(), name, ...last.flat()]);
  return fc.oneof(
    { weight: 6, arbitrary: line('install') },
    { weight: 3, arbitrary: line('uninstall') },
    { weight: 1, arbitrary: fc.array(tokens(general), { maxLength: 5 }).map((parts) => parts.flat()) },
  );
}
