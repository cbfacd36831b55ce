import { readdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { quoteAll } from '../../src/system/quote.ts';
import { changingCalls, type Fault, onFileSystem, withFault } from '../support/faults.ts';
import { dist, python } from '../support/machine.ts';
import type { Ran, RunOptions, Sandbox } from '../support/sandbox.ts';

/** The stages of one rescue, in their order. */
export const stages = [
  'the shim, before Node',
  'Node, before pip',
  'pip runs, and refuses',
  'the question is open, and pip has not refused yet',
  'the question is open',
  'making `.venv`',
  'pip runs once more, in it',
  'giving the environment a pip of its own',
  'taking off the mark of the unfinished',
  'remembering the choice',
  'telling the shell',
] as const;
export type Stage = (typeof stages)[number];

/** What can go wrong. */
export const faults = [
  'ENOSPC',
  'EACCES',
  'EIO',
  'EMFILE',
  'interpreter gone',
  'network gone',
  'index slow',
  'SIGKILL',
  'Node killed',
  'power off',
  'terminal closed',
] as const;
export type FaultName = (typeof faults)[number];

/** What is left. Of what is `unfinished` the next run knows, and makes it anew. */
export type Left = 'as before' | 'finished' | 'finished outside the project' | 'unfinished';

/** What is said, as the table has it, and as a pattern for stderr and stdout together. */
export type Says = readonly [string, RegExp];

/** One cell of the table that is tried here. */
export interface Row {
  readonly stage: Stage;
  readonly fault: FaultName;
  /** Where it strikes, in words. */
  readonly where: string;
  readonly left: Left;
  /** Exit code, or the signal it ends by. */
  readonly code: number | 'SIGKILL';
  /** Nothing where it was killed. */
  readonly says?: Says;
  readonly needs: 'strace' | 'mounts' | 'nothing';
  /** The same way through our program as another row: tried with PIP_DETOUR_LONG_TESTS only. */
  readonly alike?: true;
  strike(box: Sandbox): Ran & { readonly struck?: boolean };
}

const install = ['pip', 'install', 'demo-lib'];
const site = join('.venv/lib', basename(realpathSync(python)), 'site-packages');
const room = '.venv/.pip-detour-seed';
const mark = '.venv/.pip-detour-unfinished';
const standing: RunOptions = { env: { PIP_DETOUR: 'venv' } };

type Cell = Pick<Row, 'stage' | 'fault' | 'where' | 'left' | 'code'> & { readonly says?: Says };

/** A fault at calls of these names on exactly one of these paths of the project, while a choice stands. */
function at(names: string, paths: string | readonly string[], fault: Fault, cell: Cell): Row {
  return {
    ...cell,
    needs: 'strace',
    strike(box) {
      const where = [paths].flat().map((path) => resolve(box.project, path));
      return withFault(box, { names: names.split(' '), paths: where }, fault, install, standing);
    },
  };
}

/**
 * Killed at a call, and pip-detour with it as soon as it looks what to take away: as if the power had gone off there. Not
 * for mkdir(2), by which the directory itself is made.
 */
function powerOff(names: string, path: string, cell: Omit<Cell, 'fault' | 'code' | 'says'>): Row {
  return at(`${names} openat`, [path, '.venv'], 'kill', { ...cell, fault: 'power off', code: 'SIGKILL' });
}

const full: Says = [
  'disk-full: there is no space left',
  /^pip-detour: disk-full: .*\nhint: free some space/m,
];
const failing: Says = ['disk-fails: … (look at dmesg)', /^pip-detour: disk-fails: .*EIO.*\nhint: .*dmesg/m];
const tooMany: Says = [
  'too-many-files: … (ulimit -n 1024)',
  /^pip-detour: too-many-files: .*EMFILE.*\nhint: ulimit -n 1024/m,
];
const noLinks: Says = [
  'no symbolic links can be made in the project: …',
  /no symbolic links can be made in the project/,
];
const notDone: Says = [
  'Not done: Giving the environment a pip of its own. Everything else was done.',
  /Not done: Giving the environment a pip of its own\. Everything else was done\./,
];
const refused = /error: externally-managed-environment/;
const realPip: Says = ['…; running the real pip', new RegExp(`; running the real pip\n${refused.source}`)];
const succeeds: Says = ['Successfully installed …', /Successfully installed demo-lib-2\.0/];
const pipSays = (words: string | RegExp): Says => ["pip's own words", new RegExp(words)];

const bundle = join(dist, 'lib/intercept.cjs');
const errors = ['ENOSPC', 'EACCES', 'EIO', 'EMFILE'] as const;

const shim: readonly Row[] = [
  {
    stage: 'the shim, before Node',
    fault: 'EMFILE',
    where: 'a choice stands and `ulimit -n` is 16, of which Node would die',
    left: 'as before',
    code: 1,
    says: realPip,
    needs: 'nothing',
    strike: (box) => box.run('bash', ['-c', `ulimit -n 16; ${install.join(' ')}`], standing),
  },
  at('execve', process.execPath, 'kill', {
    stage: 'the shim, before Node',
    fault: 'SIGKILL',
    where: 'Node is to take its place',
    left: 'as before',
    code: 'SIGKILL',
  }),
];

const node: readonly Row[] = [
  ...(['EACCES', 'EIO', 'EMFILE'] as const).map((error) =>
    at(
      'openat',
      bundle,
      { error },
      {
        stage: 'Node, before pip',
        fault: error,
        where: 'our program is read',
        left: 'as before',
        code: 1,
        says: realPip,
      },
    ),
  ),
  at('openat', bundle, 'kill', {
    stage: 'Node, before pip',
    fault: 'SIGKILL',
    where: 'our program is read',
    left: 'as before',
    code: 'SIGKILL',
  }),
];

/** Node runs the real pip and nothing else, as it does before it asks. */
const none: RunOptions = { env: { PIP_DETOUR: 'none' } };
const refusing: readonly Row[] = [
  {
    stage: 'pip runs, and refuses',
    fault: 'EMFILE',
    where: 'it is to be started',
    left: 'as before',
    code: 126,
    says: ['/usr/bin/pip cannot be started: … EMFILE', /\/usr\/bin\/pip cannot be started: .*EMFILE/],
    needs: 'strace',
    strike: (box) =>
      withFault(box, { names: ['execve'], paths: ['/usr/bin/pip'] }, { error: 'EMFILE' }, install, none),
  },
  {
    stage: 'pip runs, and refuses',
    fault: 'SIGKILL',
    where: 'it imports its own modules',
    left: 'as before',
    code: 'SIGKILL',
    needs: 'strace',
    strike: (box) => {
      const paths = ['/usr/lib/python3/dist-packages/pip/_internal/cli'];
      return withFault(box, { names: ['openat'], paths }, 'kill', install, none);
    },
  },
];

const making: readonly Row[] = [
  {
    stage: 'making `.venv`',
    fault: 'ENOSPC',
    where: 'there is not a block nor an inode left',
    left: 'as before',
    code: 1,
    says: full,
    needs: 'mounts',
    strike: (box) =>
      box.run(
        'unshare',
        onFileSystem('full', box.project, `${quoteAll(install)}; code=$?; ls -A; exit $code`),
        standing,
      ),
  },
  at(
    'mkdir mkdirat',
    '.venv',
    { error: 'EACCES' },
    {
      stage: 'making `.venv`',
      fault: 'EACCES',
      where: 'its directory is made',
      left: 'as before',
      code: 1,
      says: [
        'not-writable: … (choose another directory, or another way)',
        /^pip-detour: not-writable: .*EACCES/m,
      ],
    },
  ),
  at(
    'openat',
    mark,
    { error: 'EIO' },
    {
      stage: 'making `.venv`',
      fault: 'EIO',
      where: 'it is marked as unfinished',
      left: 'as before',
      code: 1,
      says: failing,
    },
  ),
  at(
    'openat',
    mark,
    { error: 'EMFILE' },
    {
      stage: 'making `.venv`',
      fault: 'EMFILE',
      where: 'it is marked as unfinished',
      left: 'as before',
      code: 1,
      says: tooMany,
    },
  ),
  at(
    'execve',
    '/usr/bin/python3',
    { error: 'EMFILE' },
    {
      stage: 'making `.venv`',
      fault: 'EMFILE',
      where: 'Python is started',
      left: 'as before',
      code: 1,
      says: tooMany,
    },
  ),
  ...(['ENOSPC', 'EACCES', 'EIO'] as const).map((error) =>
    at(
      'symlink symlinkat',
      '.venv/bin/python3',
      { error },
      {
        stage: 'making `.venv`',
        fault: error,
        where: '`bin/python3` is linked, of which venv then makes a copy and goes on',
        left: 'finished outside the project',
        code: 0,
        says: noLinks,
      },
    ),
  ),
  at('openat', '.venv/pyvenv.cfg', 'kill', {
    stage: 'making `.venv`',
    fault: 'SIGKILL',
    where: '`python -m venv` writes `pyvenv.cfg`',
    left: 'as before',
    code: 'SIGKILL',
  }),
  at('openat', '.venv/CACHEDIR.TAG', 'kill', {
    stage: 'making `.venv`',
    fault: 'Node killed',
    where: '`CACHEDIR.TAG` is written',
    left: 'unfinished',
    code: 'SIGKILL',
  }),
  powerOff('openat', '.venv/pyvenv.cfg', {
    stage: 'making `.venv`',
    where: '`pyvenv.cfg` is written',
    left: 'unfinished',
  }),
  {
    stage: 'making `.venv`',
    fault: 'interpreter gone',
    where: 'it goes after everything was looked at',
    left: 'as before',
    code: 1,
    says: [
      'cannot-start: /usr/bin/python3 is not there',
      /^pip-detour: cannot-start: \/usr\/bin\/python3 is not there/m,
    ],
    needs: 'strace',
    strike: (box) =>
      withFault(
        box,
        { names: ['execve'], paths: ['/usr/bin/python3'] },
        { error: 'ENOENT' },
        install,
        standing,
      ),
  },
];

/** A pip that is to get what it installs from a server which is gone, says nothing, or breaks off. */
function fromServer(kind: 'gone' | 'silent' | 'breaking off'): Row['strike'] {
  return (box) => {
    const wheel = readdirSync(box.wheels).find((name) => name.startsWith('demo_lib-2.0')) ?? '';
    const server = box.write('../server.py', serving);
    const line = `exec 3< <(exec python3 ${quoteAll([server, kind, join(box.wheels, wheel)])}); read -r port <&3
PIP_INDEX_URL=http://127.0.0.1:$port/simple ${install.join(' ')}; code=$?; kill $!; exit $code`;
    return box.run('bash', ['-c', line], {
      env: {
        PIP_DETOUR: 'venv',
        PIP_NO_INDEX: undefined,
        PIP_FIND_LINKS: undefined,
        PIP_RETRIES: '0',
        PIP_DEFAULT_TIMEOUT: '1',
      },
    });
  };
}

const serving = `import http.server, socket, sys, time
kind, wheel = sys.argv[1:]
class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words): pass
    def do_GET(self):
        data = open(wheel, "rb").read() if self.path.endswith(".whl") else (
            '<a href="/%s">%s</a>' % ((wheel.split("/")[-1],) * 2)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/zip" if self.path.endswith(".whl") else "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:100] if self.path.endswith(".whl") else data)
if kind == "breaking off":
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
held = socket.socket()
held.bind(("127.0.0.1", 0))
# Nobody listens at a port that is only bound: whoever calls is refused.
if kind == "silent":
    held.listen()
print(held.getsockname()[1], flush=True)
time.sleep(600)
`;

const again: readonly Row[] = [
  ...errors.map((error) =>
    at(
      'openat',
      `${site}/demo_lib/__init__.py`,
      { error },
      {
        stage: 'pip runs once more, in it',
        fault: error,
        where: 'it writes the package',
        left: 'as before',
        code: 1,
        says: pipSays(/^ERROR: Could not install packages due to an OSError: \[Errno \d+\]/m),
      },
    ),
  ),
  at(
    'execve',
    '.venv/bin/python',
    { error: 'ENOENT' },
    {
      stage: 'pip runs once more, in it',
      fault: 'interpreter gone',
      where: 'the Python of the environment is started',
      left: 'as before',
      code: 1,
      says: [
        'cannot-start: …/.venv/bin/python is not there',
        /^pip-detour: cannot-start: .*\.venv\/bin\/python is not there/m,
      ],
    },
  ),
  ...(
    [
      ['network gone', 'the index refuses every call', 'gone', /No matching distribution found for demo-lib/],
      [
        'network gone',
        'the index breaks off within the file',
        'breaking off',
        /IncompleteRead|hash|BadZipFile|invalid|Connection broken/i,
      ],
      [
        'index slow',
        'the index takes the call and says nothing',
        'silent',
        /No matching distribution found for demo-lib|timed out/i,
      ],
    ] as const
  ).map(
    ([fault, where, kind, words]): Row => ({
      stage: 'pip runs once more, in it',
      fault,
      where,
      left: 'as before',
      code: 1,
      says: pipSays(words),
      needs: 'nothing',
      strike: fromServer(kind),
    }),
  ),
  at('openat', `${site}/demo_lib/__init__.py`, 'kill', {
    stage: 'pip runs once more, in it',
    fault: 'SIGKILL',
    where: 'it writes the package',
    left: 'as before',
    code: 'SIGKILL',
  }),
  powerOff('openat', `${site}/demo_lib/__init__.py`, {
    stage: 'pip runs once more, in it',
    where: 'it writes the package',
    left: 'unfinished',
  }),
];

const own: readonly Row[] = [
  ...errors.map((error) =>
    at(
      'rename',
      `${room}/${error === 'EIO' ? 'pip' : 'bin/pip3'}`,
      { error },
      {
        stage: 'giving the environment a pip of its own',
        fault: error,
        where:
          error === 'EIO'
            ? 'the package is put in its place, last of all'
            : 'its scripts are put in their places',
        left: 'finished',
        code: 0,
        says: notDone,
      },
    ),
  ),
  at('rename', `${room}/pip`, 'kill', {
    stage: 'giving the environment a pip of its own',
    fault: 'SIGKILL',
    where: 'the package is put in its place, last of all',
    left: 'finished',
    code: 0,
    says: notDone,
  }),
  powerOff('openat', `${room}/bin/pip`, {
    stage: 'giving the environment a pip of its own',
    where: 'it is unpacked, and its scripts are written',
    left: 'unfinished',
  }),
];

const unmarking: readonly Row[] = [
  ...(['EACCES', 'EIO'] as const).map((error) =>
    at(
      'unlink unlinkat',
      mark,
      { error },
      {
        stage: 'taking off the mark of the unfinished',
        fault: error,
        where: 'it cannot be removed, and is made to say so',
        left: 'finished',
        code: 0,
        says: succeeds,
      },
    ),
  ),
  {
    stage: 'taking off the mark of the unfinished',
    fault: 'EIO',
    where: 'it can neither be removed nor written to',
    left: 'unfinished',
    code: 1,
    says: failing,
    needs: 'strace',
    strike: (box) => {
      const where = { names: ['unlink', 'unlinkat'], paths: [resolve(box.project, mark)], again: ['openat'] };
      return withFault(box, where, { error: 'EIO' }, install, standing);
    },
  },
  at('unlink unlinkat', mark, 'kill', {
    stage: 'taking off the mark of the unfinished',
    fault: 'Node killed',
    where: 'it is removed',
    left: 'unfinished',
    code: 'SIGKILL',
  }),
];

/** A call of a whole rescue that changes something in the project, and the path it is known by. */
export interface Point {
  readonly name: string;
  readonly path: string;
}

/**
 * Every such call, each path once by each name. Of the thousand files of pip, which are unpacked in a room of their own,
 * one in fifty.
 */
export function pointsOf(box: Sandbox): readonly Point[] {
  const points = new Map<string, Point>();
  for (const { name, text } of changingCalls(box, box.project, install, standing)) {
    // A path as it was given; of a call by descriptor what strace knows of it.
    const quoted = [...text.matchAll(/"(\/[^"]+)"/g)].map(([, given = '']) => given);
    const opened = [...text.matchAll(/\d<(\/[^>]+)>/g)].map(([, known = '']) => known);
    const path = (name.startsWith('symlink') ? quoted.at(-1) : [...quoted, ...opened][0]) ?? '';
    if (path.startsWith(`${box.project}/`))
      points.set(`${name} ${path}`, { name, path: path.slice(box.project.length + 1) });
  }
  const all = [...points.values()];
  const unpacked = all.filter(({ path }) => path.startsWith(`${room}/pip/`));
  return all.filter((point) => !unpacked.includes(point) || unpacked.indexOf(point) % 50 === 0);
}

/** Strikes one such call: as if the power went off there (not for mkdir), or with an error. */
export function strikeAt({ name, path }: Point, fault: 'power off' | Fault): Row['strike'] {
  const cell = {
    stage: 'making `.venv`',
    fault: 'power off',
    where: '',
    left: 'unfinished',
    code: 1,
  } as const;
  return fault === 'power off' ? powerOff(name, path, cell).strike : at(name, path, fault, cell).strike;
}

/** Every cell that is tried by hostile/faults.test.ts as one run of `pip install demo-lib` and the next. */
export const rows: readonly Row[] = [
  ...shim,
  ...node,
  ...refusing,
  ...making,
  ...again,
  ...own,
  ...unmarking,
].map((row, at, all) =>
  all.slice(0, at).some((other) => isAlike(row, other)) ? { ...row, alike: true } : row,
);

/** Rows of which only the number of the error differs, where nothing of ours asks for it. */
function isAlike(row: Row, other: Row): boolean {
  return (
    row.left.startsWith('finished') &&
    row.stage === other.stage &&
    row.where === other.where &&
    row.left === other.left &&
    row.fault !== 'SIGKILL'
  );
}
