/** One command line of pip and where it leads; `refused` ones get our hint where nobody can answer. */
export interface PipLine {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly refused?: true;
}

const subcommands = [
  ...['install', 'download', 'uninstall', 'freeze', 'inspect', 'list', 'show', 'check', 'config', 'search'],
  ...['cache', 'index', 'wheel', 'hash', 'completion', 'debug', 'help'],
];

/** Words of a line are separated by single spaces; none of those here needs quoting. */
function words(line: string): string[] {
  return line === '' ? [] : line.split(' ');
}

/** Never pip's refusal: help, errors, and all that changes nothing or changes another place. */
const plain = [
  ...['', 'help', '--help', '-h', '--version', '-V', 'help nosuch', 'nosuch', 'insatll', '--nosuch', '-x'],
  ...['--version install x', '--help install x', 'install --help x', 'uninstall -h', '--nosuch install x'],
  ...['--isolated list', '-v list', '-q list', '-vvv check', '--no-color list', '--log log.txt list'],
  ...['--timeout x list', '--retries -1 list', '--exists-action z list', '--cache-dir c cache dir'],
  ...['--no-cache-dir cache dir', '--python /nosuch list', '--require-virtualenv install x'],
  ...['--require-virtualenv list', '--debug nosuch', '--use-feature nosuch list', '--trusted-host h list'],
  ...['completion --bash', 'completion --zsh', 'completion --fish', 'completion', 'search'],
  ...['config list', 'config list -v', 'config get global.index-url', 'config set global.timeout 33'],
  ...['config unset nosuch', 'config edit', 'config edit --editor /bin/true', 'config debug', 'config set'],
  ...['config --site get global.x', 'config --user set install.user true', 'config nosuch'],
  ...['cache dir', 'cache info', 'cache list', 'cache list --format abspath', 'cache remove', 'cache purge'],
  ...['cache remove nosuch', 'cache nosuch', 'debug', 'debug --verbose', 'inspect', 'inspect --local'],
  ...['hash file.txt', 'hash -a sha512 file.txt', 'hash nosuch', 'hash', 'hash /dev/stdin'],
  ...['wheel demo-lib -w out', 'wheel nosuch', 'wheel', 'wheel --no-deps demo-needs'],
  ...[
    'download demo-lib -d out',
    'download nosuch',
    'download -r requirements.txt',
    'download -r /dev/stdin',
  ],
  ...['download demo-lib==9', 'download --no-deps demo-needs', 'download'],
  ...['freeze', 'freeze --all', 'freeze -r requirements.txt', 'freeze --path nosuch', 'freeze --nosuch'],
  ...['list', 'list --format json', 'list --format freeze', 'list --format bad', 'list --not-required'],
  ...['list --outdated', 'list --path out', 'show pip', 'show -f pip', 'show nosuch', 'show', 'check'],
  ...['index versions demo-lib', 'index versions nosuch', 'index'],
  ...[
    'install --target t demo-lib',
    'install -t t demo-lib',
    'install -tt demo-needs',
    'install --targ t demo-lib',
  ],
  ...['install --prefix p --no-deps demo-lib', 'install --root r demo-lib', 'install --target t nosuch'],
  ...['install --target t', 'install --target t ./missing', 'install --target t -c nosuch demo-lib'],
  ...['install --user --target t demo-lib', 'install --nosuch', 'install --report', 'install -r'],
  ...['install --dry-run --report - demo-lib', 'install --dry-run --report - -q demo-lib'],
  ...['install --dry-run --report r.json demo-lib', 'install --dry-run --report - -r /dev/stdin'],
  ...['install --break-system-packages --dry-run demo-lib', 'install --dry-run --break-sys demo-needs'],
  ...['install -qqq -t t nosuch', 'install -v -t t demo-lib', 'install --no-input -t t demo-lib'],
  ...['--log log.txt install -t t demo-lib', 'install --no-color -t t nosuch', '--debug install -t t nosuch'],
  ...['uninstall', 'uninstall -r missing.txt', 'uninstall ./x', 'uninstall --nosuch x'],
  ...['uninstall --break-system-packages -y nosuch', 'uninstall -y --break-system-packages demo-lib nosuch'],
];

/** What the system's Python refuses. */
const refused = [
  ...['install demo-lib', 'install', 'install -r requirements.txt', 'install -r missing.txt', 'install -e .'],
  ...['install --user demo-lib', 'install --dry-run demo-lib', 'install -q demo-lib', 'install -qq demo-lib'],
  ...['install -qqq demo-lib', 'install -v demo-lib', 'install -vv demo-lib', 'install --no-color demo-lib'],
  ...['--no-color install demo-lib', '--log log.txt install demo-lib', '--isolated install demo-lib'],
  ...['install -U pip', 'install https://example.invalid/x.whl', 'install -- -x', 'uninstall -y pip'],
  ...[
    'uninstall demo-lib',
    'uninstall -r requirements.txt',
    '--debug install demo-lib',
    'install --report - x',
  ],
];

/** What pip takes from variables. */
const fromEnvironment: readonly PipLine[] = [
  { args: ['install', 'demo-lib'], env: { PIP_BREAK_SYSTEM_PACKAGES: '1', PIP_DRY_RUN: '1' } },
  { args: ['install', 'demo-lib'], env: { PIP_TARGET: 't' } },
  { args: ['install', 'demo-lib'], env: { PIP_DRY_RUN: '1', PIP_REPORT: '-' } },
  { args: ['install', 'demo-lib'], env: { PIP_REQUIRE_VIRTUALENV: '1' } },
  { args: ['install', 'demo-lib'], env: { PIP_TIMEOUT: 'x' } },
  { args: ['install', 'demo-lib'], env: { PIP_QUIET: '3' }, refused: true },
  { args: ['install', 'demo-lib'], env: { PIP_USER: '1' }, refused: true },
  { args: ['install', 'demo-lib'], env: { LC_ALL: 'C' }, refused: true },
  { args: ['install', 'demo-lib'], env: { PYTHONIOENCODING: 'ascii' }, refused: true },
  { args: ['install', '-t', 't', 'nosuch'], env: { LC_ALL: 'C', PYTHONIOENCODING: 'latin-1' } },
  { args: [], env: { PIP_AUTO_COMPLETE: '1', COMP_WORDS: 'pip inst', COMP_CWORD: '1' } },
  { args: [], env: { PIP_AUTO_COMPLETE: '1', COMP_WORDS: 'pip install --no', COMP_CWORD: '2' } },
  { args: [], env: { PIP_AUTO_COMPLETE: '1', COMP_WORDS: 'pip show pi', COMP_CWORD: '2' } },
  { args: ['list'], env: { COLUMNS: '30' } },
  { args: ['help', 'install'], env: { COLUMNS: '50', TERM: 'dumb' } },
  { args: ['install', '-t', 't', 'nosuch'], env: { FORCE_COLOR: '1' } },
];

const standardInput: Readonly<Record<string, string>> = { '/dev/stdin': 'demo-lib\n' };

/** Every subcommand, general options, errors, help, completion, and all ways into an installation: 150 and more. */
export const pipLines: readonly PipLine[] = [
  ...subcommands.flatMap((name) => [{ args: [name, '--help'] }, { args: ['help', name] }]),
  ...plain.map((line) => {
    const args = words(line);
    const stdin = standardInput[args.at(-1) ?? ''];
    return { args, ...(stdin === undefined ? {} : { stdin }) };
  }),
  ...refused.map((line): PipLine => ({ args: words(line), refused: true })),
  ...fromEnvironment,
];

/** The files those lines speak of, below the directory they run in. */
export const filesOfLines: Readonly<Record<string, string>> = {
  'file.txt': 'a file to be hashed\n',
  'requirements.txt': 'demo-lib==1.0\n',
  'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\n',
};
