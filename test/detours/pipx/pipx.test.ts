import { describe, expect, it } from 'vitest';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { fates } from '../../../src/detours/pipx/options.ts';
import { optionsOf } from '../../../src/pip/options.ts';
import type { Pipx, Plan, Situation } from '../../../src/types.ts';
import { situationOf, somePipx } from '../situation.ts';

function commandsOf(plan: Plan): string[][] {
  return plan.steps.map((step) => (step.kind === 'run' ? [...step.args] : []));
}

/** The runs of pipx for a command line, each as its arguments. */
function runs(argv: readonly string[], found: Partial<Pipx> = {}): string[][] {
  return commandsOf(pipx.plan(situationOf(argv, { pipx: somePipx(found) })));
}

const url = 'https://example.org/demo-1.0.tar.gz';

describe('what pip was asked becomes what pipx is asked', () => {
  const rows: readonly (readonly [string[], ...string[][]])[] = [
    [['black'], ['install', 'black']],
    [['black==24.1'], ['install', 'black==24.1']],
    [['black[d]>=24'], ['install', 'black[d]>=24']],
    [
      ['black', 'ruff'],
      ['install', 'black'],
      ['install', 'ruff'],
    ],
    [[url], ['install', url]],
    [[`demo @ ${url}`], ['install', `demo @ ${url}`]],
    [['git+https://example.org/demo.git@v1'], ['install', 'git+https://example.org/demo.git@v1']],
    [['.'], ['install', '/home/ana/work']],
    [['./tool[extra]'], ['install', '/home/ana/work/tool[extra]']],
    [['/opt/tool'], ['install', '/opt/tool']],
    [['dist/demo-1.0-py3-none-any.whl'], ['install', '/home/ana/work/dist/demo-1.0-py3-none-any.whl']],
    [
      ['-e', '.'],
      ['install', '--editable', '/home/ana/work'],
    ],
    [
      ['-e', './tool', 'black'],
      ['install', '--editable', '/home/ana/work/tool'],
      ['install', 'black'],
    ],
    [
      ['-i', 'https://example.org/simple', 'black'],
      ['install', '--index-url=https://example.org/simple', 'black'],
    ],
    [
      ['-i', 'https://one/', '--index-url=https://two/', 'black'],
      ['install', '--index-url=https://two/', 'black'],
    ],
    [
      ['--extra-index-url', 'https://x/', 'black'],
      ['install', '--pip-args=--extra-index-url=https://x/', 'black'],
    ],
    [
      ['--pre', 'black'],
      ['install', '--pip-args=--pre', 'black'],
    ],
    [
      ['--no-index', '-f', 'wheels', '--only-binary', ':all:', 'black'],
      ['install', '--pip-args=--no-index --find-links=/home/ana/work/wheels --only-binary=:all:', 'black'],
    ],
    [
      ['-c', 'pins.txt', 'black'],
      ['install', '--pip-args=--constraint=/home/ana/work/pins.txt', 'black'],
    ],
    [
      ['-c', 'https://x/pins.txt', 'black'],
      ['install', '--pip-args=--constraint=https://x/pins.txt', 'black'],
    ],
    [
      ['-c', 'my pins.txt', 'black'],
      ['install', "--pip-args=--constraint='/home/ana/work/my pins.txt' ", 'black'],
    ],
    [
      ['-C', 'editable_mode=strict', 'black'],
      ['install', '--pip-args=--config-settings=editable_mode=strict', 'black'],
    ],
    [
      ['--proxy', 'http://p:1', '--cert', 'ca.pem', 'black'],
      ['install', '--pip-args=--proxy=http://p:1 --cert=/home/ana/work/ca.pem', 'black'],
    ],
    [
      ['--trusted-host', 'h', '--timeout', '9', 'black'],
      ['install', '--pip-args=--trusted-host=h --timeout=9', 'black'],
    ],
    [
      ['--no-cache-dir', '--no-build-isolation', 'black'],
      ['install', '--pip-args=--no-cache-dir --no-build-isolation', 'black'],
    ],
    [
      ['--prefer-binary', '--no-binary=black', 'black'],
      ['install', '--pip-args=--prefer-binary --no-binary=black', 'black'],
    ],
    [
      ['--find-links', '-odd', 'black'],
      ['install', '--pip-args=--find-links=/home/ana/work/-odd', 'black'],
    ],
    [
      ['--user', '--break-system-packages', '-qq', '-v', 'black'],
      ['install', 'black'],
    ],
    [
      ['--root-user-action=ignore', '--no-warn-script-location', '--progress-bar', 'off', 'black'],
      ['install', 'black'],
    ],
    [
      ['-U', 'black'],
      ['install', 'black'],
    ],
    [
      ['--force-reinstall', 'black'],
      ['install', 'black'],
    ],
    [['ansible'], ['install', '--include-deps', 'ansible']],
  ];
  it.each(rows)('pip install %j', (argv, ...wanted) => {
    expect(runs(['install', ...argv])).toEqual(wanted);
  });

  it('carries options that stand before the subcommand', () => {
    expect(runs(['--proxy', 'http://p:1', 'install', 'black'])).toEqual([
      ['install', '--pip-args=--proxy=http://p:1', 'black'],
    ]);
  });
});

describe('several packages', () => {
  const rows: readonly (readonly [string, Partial<Pipx>, string[], string[][]])[] = [
    ['go together from pipx 1.4 on', { version: '1.4.0' }, ['a', 'b'], [['install', 'a', 'b']]],
    ['go together with pipx 1.16', { version: '1.16.7' }, ['a', 'b'], [['install', 'a', 'b']]],
    [
      'go one by one with pipx 1.3',
      { version: '1.3.3' },
      ['a', 'b'],
      [
        ['install', 'a'],
        ['install', 'b'],
      ],
    ],
    [
      'go one by one when pipx would not say its version',
      { version: '' },
      ['a', 'b'],
      [
        ['install', 'a'],
        ['install', 'b'],
      ],
    ],
    [
      'go one by one when one is there already, which would end pipx 1.4 early',
      { version: '1.4.3', installed: ['a'] },
      ['a', 'b'],
      [
        ['install', 'a'],
        ['install', 'b'],
      ],
    ],
    [
      'go one by one when one does not say its name',
      { version: '1.7.1' },
      ['a', url],
      [
        ['install', 'a'],
        ['install', url],
      ],
    ],
    [
      'share the options',
      { version: '1.7.1' },
      ['--pre', 'a', 'b'],
      [['install', '--pip-args=--pre', 'a', 'b']],
    ],
    [
      'go one by one when only some are editable',
      { version: '1.7.1' },
      ['-e', './a', 'b'],
      [
        ['install', '--editable', '/home/ana/work/a'],
        ['install', 'b'],
      ],
    ],
    [
      'go one by one when one needs the commands of its dependencies',
      { version: '1.7.1' },
      ['ansible', 'b'],
      [
        ['install', '--include-deps', 'ansible'],
        ['install', 'b'],
      ],
    ],
  ];
  it.each(rows)('%s', (_, found, argv, wanted) => {
    expect(runs(['install', ...argv], found)).toEqual(wanted);
  });
});

describe('what pipx has installed already', () => {
  const rows: readonly (readonly [string[], string[]])[] = [
    [['Demo_App'], ['install', 'Demo_App']],
    [
      ['-U', 'demo.app'],
      ['upgrade', 'demo-app'],
    ],
    [
      ['-U', '--upgrade-strategy', 'eager', '--pre', 'demo-app'],
      ['upgrade', '--pip-args=--pre --upgrade-strategy=eager', 'demo-app'],
    ],
    [
      ['-i', 'https://x/', '-U', 'demo-app'],
      ['upgrade', '--index-url=https://x/', 'demo-app'],
    ],
    [['demo-app==2.0'], ['install', '--force', 'demo-app==2.0']],
    [
      ['-U', 'demo-app<3'],
      ['install', '--force', '--pip-args=--upgrade', 'demo-app<3'],
    ],
    [
      ['-U', 'demo-app[x]'],
      ['install', '--force', '--pip-args=--upgrade', 'demo-app[x]'],
    ],
    [
      ['--force-reinstall', 'demo-app'],
      ['install', '--force', '--pip-args=--force-reinstall', 'demo-app'],
    ],
    [
      ['-I', 'demo-app'],
      ['install', '--force', '--pip-args=--force-reinstall', 'demo-app'],
    ],
    [[`demo-app @ ${url}`], ['install', '--force', `demo-app @ ${url}`]],
    [
      ['--force-reinstall', '.'],
      ['install', '--force', '--pip-args=--force-reinstall', '/home/ana/work'],
    ],
  ];
  it.each(rows)('pip install %j', (argv, wanted) => {
    expect(runs(['install', ...argv], { installed: ['demo-app'] })).toEqual([wanted]);
  });

  it('is uninstalled by its name, one after the other', () => {
    const argv = ['uninstall', '-y', 'Demo_App', 'black'];
    expect(runs(argv, { installed: ['demo-app', 'black'] })).toEqual([
      ['uninstall', 'demo-app'],
      ['uninstall', 'black'],
    ]);
  });

  it('is said before anything is done', () => {
    const situation = situationOf(['install', 'demo-app'], { pipx: somePipx({ installed: ['demo-app'] }) });
    expect(pipx.detail(situation)).toBe('demo-app is there already · pipx 1.1.0');
  });
});

describe('what pipx cannot do is declined in words', () => {
  const rows: readonly (readonly [string[], string])[] = [
    [['install', '-r', 'requirements.txt'], '-r: pipx installs applications one by one, not from a list'],
    [['install', '-Urreqs.txt'], '-r: pipx installs applications one by one, not from a list'],
    [['install', '--group', 'dev'], '--group: pipx installs applications one by one, not from a list'],
    [
      ['install', '--requirements-from-script', 'x.py'],
      '--requirements-from-script: pipx installs applications one by one, not from a list',
    ],
    [['install', '-t', 'lib', 'black'], '-t: pipx itself decides where an application goes'],
    [['install', '--prefix=/x', 'black'], '--prefix: pipx itself decides where an application goes'],
    [['install', '--no-deps', 'black'], '--no-deps: an application does not run without its dependencies'],
    [
      ['install', '--only-deps', 'black'],
      '--only-deps: pipx installs applications, not only their dependencies',
    ],
    [['install', '--report', '-', 'black'], '--report: pipx cannot write a report'],
    [
      ['install', '--platform', 'any', 'black'],
      '--platform: pipx installs for this machine and its Python only',
    ],
    [
      ['--python', '.venv', 'install', 'black'],
      '--python: another Python was named, and pipx chooses its own',
    ],
    [
      ['install', '-e', 'git+https://x/y.git#egg=y'],
      '-e git+https://x/y.git#egg=y: pipx can only edit what lies in a directory here',
    ],
    [
      ['install', 'black; python_version > "3"'],
      'black; python_version > "3": pipx ignores conditions after a semicolon',
    ],
    [['install', '--pre'], 'no package was named'],
    [['install', 'pip'], 'pip is part of a Python, and no application'],
    [['install', '-U', 'PIP'], 'pip is part of a Python, and no application'],
    [['uninstall', 'black'], 'pipx has not installed black'],
    [['uninstall', '-r', 'requirements.txt'], '-r: pipx installs applications one by one, not from a list'],
    [['download', 'black'], 'pipx installs and uninstalls applications only'],
  ];
  it.each(rows)('pip %j', (argv, reason) => {
    expect(pipx.unavailable(situationOf(argv))).toBe(reason);
  });

  it.each([['--pip-args=--target=/'], ['-o'], ['--force'], ['--'], ['black --force'], ['$(id)']])(
    'a requirement meant to be an option or a shell word, %j, reaches no command line of its own',
    (text) => {
      const situation = situationOf(['install', '--', text]);
      expect(pipx.unavailable(situation)).toMatch(/not understood|is not a package|no package was named/);
    },
  );

  it('says of what was found to be a library that it has no commands', () => {
    const change = { notApplications: ['requests'] };
    expect(pipx.unavailable(situationOf(['install', 'Requests'], change))).toBe(
      'requests has no commands to run',
    );
    expect(pipx.unavailable(situationOf(['install', 'black'], change))).toBeUndefined();
  });

  it('says of a local project found to be a library, as it was typed, that it has no commands', () => {
    const change = { notApplications: ['.'] };
    expect(pipx.unavailable(situationOf(['install', '-e', '.'], change))).toBe('. has no commands to run');
  });

  it.each([
    ['Debian', 1000, 'pipx is not installed: sudo apt install pipx'],
    ['Ubuntu', 0, 'pipx is not installed: apt install pipx'],
    ['Arch Linux', 1000, 'pipx is not installed: sudo pacman -S python-pipx'],
    ['Homebrew', 501, 'pipx is not installed: brew install pipx'],
    ['uv', 1000, 'pipx is not installed: uv tool install pipx'],
    ['your system', 1000, 'pipx is not installed (see pipx.pypa.io)'],
  ])('on %s, to user %i, a missing pipx is named with what to type', (manager, uid, reason) => {
    const { pipx: _, ...without } = situationOf(['install', 'black'], { manager, uid });
    expect(pipx.unavailable(without)).toBe(reason);
  });

  it('says what the line asks for in vain before it says that pipx is missing', () => {
    const { pipx: _, ...without } = situationOf(['install', '-r', 'requirements.txt']);
    expect(pipx.unavailable(without)).toContain('-r:');
  });
});

describe('every option of every pip', () => {
  const known = new Set(
    ['22.3', '23.1', '25.3', '26.3'].flatMap((version) =>
      (['global', 'install', 'uninstall'] as const).flatMap((parser) =>
        [...optionsOf(parser, version).values()].map((option) => option.name),
      ),
    ),
  );
  it.each([...known])('%s is carried over, decided about, left out or declined', (name) => {
    expect(Object.keys(fates)).toContain(name);
  });

  it('and one that no pip had yet is declined', () => {
    const situation = situationOf(['install', 'black']);
    const option = { name: '--future', at: 1, tokens: 1, scope: 'command' } as const;
    const command = { ...situation.command, argv: ['install', '--future', 'black'], options: [option] };
    expect(pipx.unavailable({ ...situation, command })).toBe('--future: pipx does not have this option');
  });
});

describe('the plan', () => {
  it('names what it leaves out, with the reason', () => {
    const situation = situationOf(['install', '--user', '--pre', 'black']);
    expect(pipx.plan(situation).dropped).toEqual([
      '--user (pipx gives every application an environment of its own)',
    ]);
  });

  it('starts pipx where nothing can lie in wait for it, in an environment that keeps its pip in place', () => {
    const found = somePipx({ variables: { PIP_TARGET: null } });
    const [step] = pipx.plan(situationOf(['install', 'black'], { pipx: found })).steps;
    expect(step).toMatchObject({ command: '/usr/bin/pipx', cwd: '/', env: { PIP_TARGET: null } });
  });

  it('ends with what to do when the commands could not be typed', () => {
    const found = somePipx({ binOnPath: false });
    expect(pipx.plan(situationOf(['install', 'black'], { pipx: found })).afterwards).toEqual([
      '~/.local/bin is not on your PATH, so its commands are not found yet. Type this, and then open a new terminal: pipx ensurepath',
    ]);
    expect(pipx.plan(situationOf(['uninstall', 'black'], { pipx: found })).afterwards).toBeUndefined();
  });
});

describe('pipx is recommended', () => {
  const project = { root: '/home/ana/work', because: 'pyproject.toml', python: true };
  const repository = { root: '/home/ana/work', because: 'git repository', python: false };
  it.each([
    ['black', 'black is a code formatter'],
    ['HTTPie', 'HTTPie is an HTTP client for the terminal'],
  ])('for %s alone, with the reason', (name, reason) => {
    expect(pipx.recommended(situationOf(['install', name]))).toBe(reason);
    expect(pipx.recommended(situationOf(['install', '-U', name]))).toBe(reason);
  });

  const not: readonly (readonly [string, string[], Partial<Situation>])[] = [
    ['a library', ['requests'], {}],
    ['a name of JavaScript objects', ['constructor'], {}],
    ['a library beside it', ['black', 'requests'], {}],
    ['several at once in a repository', ['black', 'ruff'], { project: repository }],
    ['a pinned version in a repository', ['black==24.1'], { project: repository }],
    ['constraints', ['-c', 'pins.txt', 'black'], {}],
    ['a place in a Python project', ['black'], { project }],
    ['a command line pipx cannot take', ['--no-deps', 'black'], {}],
    ['what pipx found to be a library', ['black'], { notApplications: ['black'] }],
  ];
  it.each(not)('but not for %s', (_, argv, change) => {
    expect(pipx.recommended(situationOf(['install', ...argv], change))).toBeUndefined();
  });
});
