import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksShell, python as python3, systemIsManaged } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { install, link, shells, write } from './house.ts';

/** Where a command line went: to the real pip by exec, or to Node. */
type Way = 'pip' | 'node';

/** Both ends are the echo program here: pip's interpreter, and the Node recorded at installation. */
function echo(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync('/bin/echo', file);
  return file;
}

function ourShims(box: Sandbox, shell?: (typeof shells)[number]): string {
  const place = `${box.root}/ours`;
  const shims = install(place, shell);
  write(join(place, 'node'), `${echo(`${box.root}/node/node`)}\n`);
  return shims;
}

function way(box: Sandbox, ours: string, args: readonly string[], env: Record<string, string> = {}): Way {
  const ran = box.run(`${ours}/pip`, args, {
    env: { PATH: `${ours}:${box.root}/prefix/bin`, ...env },
    timeout: 10_000,
  });
  expect(ran).toMatchObject({ code: 0, signal: null, stderr: '' });
  const pip = `${box.root}/prefix/bin/pip`;
  const given = args.map((arg) => ` ${arg}`).join('');
  if (ran.stdout === `${pip}${given}\n`) return 'pip';
  expect(ran.stdout).toBe(`${ours}/../lib/start.cjs pip ${pip}${given}\n`);
  return 'node';
}

/** A Python under `prefix` whose pip is first behind ours. */
function python(box: Sandbox, { marker = false, stdlib = 'lib/python3.11' } = {}): string {
  const prefix = `${box.root}/prefix`;
  const interpreter = echo(`${prefix}/bin/python3.11`);
  write(`${prefix}/${stdlib}/os.py`, '');
  if (marker) write(`${prefix}/${stdlib}/EXTERNALLY-MANAGED`, '[externally-managed]\n');
  write(`${prefix}/bin/pip`, `#!${interpreter}\n`);
  return prefix;
}

const commandLines: readonly (readonly [Way, string])[] = [
  ['node', 'install requests'],
  ['node', 'install'],
  ['node', 'uninstall requests'],
  ['node', '-v install requests'],
  ['node', '--require-venv install requests'],
  ['node', '--log file install requests'],
  ['node', '-- install requests'],
  ['node', 'install --user requests'],
  ['node', 'install --dry-run --report - requests'],
  ['node', 'install --targ x requests'],
  ['node', 'install -t x requests'],
  ['node', 'install requests -- --target'],
  ['node', 'install --break-system-packages-not requests'],
  ['node', 'install --targeted requests'],
  ['pip', ''],
  ['pip', '--version'],
  ['pip', '-V install'],
  ['pip', 'list'],
  ['pip', 'download install'],
  ['pip', 'help install'],
  ['pip', 'Install requests'],
  ['pip', 'INSTALL requests'],
  ['pip', 'instal requests'],
  ['pip', '-v list'],
  ['pip', 'install --break-system-packages requests'],
  ['pip', 'uninstall -y requests --break-system-packages'],
  ['pip', 'install --target x requests'],
  ['pip', 'install requests --target=x'],
  ['pip', 'install --prefix x requests'],
  ['pip', 'install --prefix= requests'],
  ['pip', 'install --root x requests'],
  ['pip', 'install --root=/ requests'],
  ['pip', 'install --help'],
  ['pip', 'install -h'],
];

describe.each(shells)('in $title', (shell) => {
  describe.skipIf(lacksShell(shell.program))('the shell is here', () => {
    it.each(commandLines)('on a managed Python, %s gets: pip %s', (expected, line) => {
      const box = sandbox();
      const ours = ourShims(box, shell);
      python(box, { marker: true });
      expect(way(box, ours, line === '' ? [] : line.split(' '))).toBe(expected);
    });

    it('an empty argument is not mistaken for a subcommand', () => {
      const box = sandbox();
      const ours = ourShims(box, shell);
      python(box, { marker: true });
      expect(way(box, ours, ['', 'install'])).toBe('pip');
    });

    it.each(pythons)('$way gets: $when', ({ way: expected, given, env }) => {
      const box = sandbox();
      const ours = ourShims(box, shell);
      given(box);
      expect(way(box, ours, ['install', 'requests'], env)).toBe(expected);
    });
  });
});

/** One Python, and where `pip install requests` goes with it. */
interface PythonRow {
  readonly way: Way;
  readonly when: string;
  readonly given: (box: Sandbox) => void;
  readonly env?: Record<string, string>;
}
const pythons: readonly PythonRow[] = [
  { way: 'pip', when: 'no marker in its standard library', given: (box) => python(box) },
  { way: 'node', when: 'a marker', given: (box) => python(box, { marker: true }) },
  {
    way: 'node',
    when: 'a marker in lib64',
    given: (box) => python(box, { marker: true, stdlib: 'lib64/python3.11' }),
  },
  {
    way: 'node',
    when: 'a marker of PyPy',
    given: (box) => python(box, { marker: true, stdlib: 'lib/pypy3.9' }),
  },
  { way: 'pip', when: 'no marker, in lib64', given: (box) => python(box, { stdlib: 'lib64/python3.11' }) },
  {
    way: 'node',
    when: 'a marker for another version beside it: not certain',
    given: (box) => {
      write(`${python(box)}/lib/python3.12/os.py`, '');
      write(`${box.root}/prefix/lib/python3.12/EXTERNALLY-MANAGED`, '');
    },
  },
  {
    way: 'node',
    when: 'a marker that is a link to nowhere: not certain',
    given: (box) => link(`${python(box)}/lib/python3.11/EXTERNALLY-MANAGED`, '/no/such/file'),
  },
  {
    way: 'node',
    when: 'no standard library where one is looked for: not certain',
    given: (box) => python(box, { stdlib: 'share/python3.11' }),
  },
  {
    way: 'pip',
    when: 'a virtual environment',
    given: (box) => write(`${python(box, { marker: true })}/pyvenv.cfg`, 'home = /usr/bin\n'),
  },
  {
    way: 'pip',
    when: 'a virtual environment whose file lies beside the interpreter',
    given: (box) => write(`${python(box, { marker: true })}/bin/pyvenv.cfg`, 'home = /usr/bin\n'),
  },
  {
    way: 'pip',
    when: 'a link within its directory, as conda and python.org make it',
    given: (box) => {
      const prefix = python(box);
      link(`${prefix}/bin/python`, 'python3');
      link(`${prefix}/bin/python3`, 'python3.11');
      write(`${prefix}/bin/pip`, `#!${prefix}/bin/python\n`);
    },
  },
  {
    way: 'pip',
    when: 'a link that leaves its directory and comes back, as alternatives make it',
    given: (box) => {
      const prefix = python(box);
      link(`${box.root}/alternatives/python`, `${prefix}/bin/python3.11`);
      link(`${prefix}/bin/python3`, `${box.root}/alternatives/python`);
      write(`${prefix}/bin/pip`, `#!${prefix}/bin/python3\n`);
    },
  },
  {
    way: 'node',
    when: 'a link to a Python elsewhere: not certain',
    given: (box) => {
      const prefix = python(box);
      link(`${prefix}/bin/python3`, echo(`${box.root}/elsewhere/bin/python3.11`));
      write(`${prefix}/bin/pip`, `#!${prefix}/bin/python3\n`);
    },
  },
  {
    way: 'node',
    when: 'a space after `#!`, as Debian 13 writes it, and a marker',
    given: (box) => {
      const prefix = python(box, { marker: true });
      write(`${prefix}/bin/pip`, `#! ${prefix}/bin/python3.11\n`);
    },
  },
  {
    way: 'pip',
    when: 'a space after `#!` and no marker',
    given: (box) => {
      const prefix = python(box);
      write(`${prefix}/bin/pip`, `#! ${prefix}/bin/python3.11\n`);
    },
  },
  { way: 'node', when: 'PYTHONHOME: not certain', given: (box) => python(box), env: { PYTHONHOME: '/x' } },
  {
    way: 'node',
    when: 'PYTHONPLATLIBDIR: not certain',
    given: (box) => python(box),
    env: { PYTHONPLATLIBDIR: 'lib64' },
  },
  {
    way: 'pip',
    when: 'PIP_DETOUR=off with a marker',
    given: (box) => python(box, { marker: true }),
    env: { PIP_DETOUR: 'off' },
  },
  {
    way: 'node',
    when: 'PIP_DETOUR=venv with a marker',
    given: (box) => python(box, { marker: true }),
    env: { PIP_DETOUR: 'venv' },
  },
  {
    way: 'node',
    when: 'no pathname expansion in the shell (bash: SHELLOPTS) and a marker',
    given: (box) => python(box, { marker: true }),
    env: { SHELLOPTS: 'noglob' },
  },
];

/** What cannot be echoed: the real pip is not Python's own kind of script. Node is asked, whatever the shell. */
describe('Node is asked, because the interpreter is not certain, where the first line', () => {
  it.each([
    ['goes through env', '#!/usr/bin/env python3\n'],
    ['goes through env with options', '#!/usr/bin/env -S python3 -I\n'],
    ['is too long and sh leads to Python', `#!/bin/sh\n'''exec' "/some where/python3" "$0" "$@"\n' '''\n`],
    ["is a version manager's Python", '#!/home/me/.pyenv/shims/python3\n'],
    ['is a relative path', '#!python3\n'],
    ["is a Nix wrapper's", '#!/nix/store/abc-bash-5.2/bin/bash -e\n'],
  ])('%s', (_title, text) => {
    const box = sandbox();
    const ours = ourShims(box);
    write(`${box.root}/prefix/bin/pip`, text);
    expect(way(box, ours, ['install', 'requests'])).toBe('node');
  });
});

describe('Node is asked, because it becomes a pip by its whole path, where a script', () => {
  it.each<[string, boolean, (python: string) => string]>([
    ['does nothing else', true, (python) => `#!/bin/bash\nexec ${python} -m pip "$@"\n`],
    [
      'sets something before',
      true,
      (python) => `#!/bin/sh\n# for pip\nexport A=b\nif [ -t 1 ]; then\n  exec "${python}" -m pip "$@"\nfi\n`,
    ],
    ['may come back by PATH', false, () => '#!/bin/bash\nexec pip3 "$@"\n'],
    [
      'has another way, which may',
      false,
      (python) => `#!/bin/bash\n[ -z "$A" ] || pip "$@"\nexec ${python} -m pip "$@"\n`,
    ],
    ['leads to what is not there', false, () => '#!/bin/sh\nexec /nowhere/pip "$@"\n'],
    ["leads to a version manager's", false, () => '#!/bin/sh\nexec /home/me/.pyenv/shims/pip "$@"\n'],
    ['does something else', false, () => '#!/bin/sh\nexec /bin/echo "$@"\n'],
  ])('%s: %s', (_, asked, text) => {
    const box = sandbox();
    const ours = ourShims(box);
    write(`${box.root}/prefix/bin/pip`, text(python3));
    const env = { PATH: `${ours}:${box.root}/prefix/bin:/nowhere` };
    const ran = box.run(`${ours}/pip`, ['install', 'requests'], { env });
    expect(ran.stdout.startsWith(`${ours}/../lib/start.cjs pip `)).toBe(asked);
  });
});

it.skipIf(!systemIsManaged())('the system’s own pip is one that may refuse', () => {
  const box = sandbox();
  const ours = ourShims(box);
  const ran = box.run(`${ours}/pip`, ['install', 'x'], { env: { PATH: `${ours}:/usr/bin` } });
  expect(ran.stdout).toBe(`${ours}/../lib/start.cjs pip /usr/bin/pip install x\n`);
});

it('arguments near the system’s limit leave no room for Node', () => {
  const box = sandbox();
  const ours = ourShims(box);
  python(box, { marker: true });
  const many = Array.from({ length: 6 }, () => 'x'.repeat(100_000));
  expect(way(box, ours, ['install', ...many])).toBe('pip');
});

it('the shim holds nothing but ASCII: a shell in the C locale must be able to read it', () => {
  const { root } = sandbox();
  const ours = install(`${root}/ours`);
  for (const name of ['pip', 'pip-detour'])
    expect(readFileSync(`${ours}/${name}`, 'utf8')).toMatch(/^[\t\n -~]*$/);
});
