import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rememberChoice } from '../../src/flow/remember.ts';
import { meaningOf } from '../../src/memory/meaning.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { readyEnvironment } from '../support/environments.ts';
import { childOf, type Held, heldBuild, nobodyLeft, processesWith, stopAndGoOn } from '../support/held.ts';
import { dist, lacks, python } from '../support/machine.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Shell, shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

const pip = `${dist}/shims/pip`;

/** A project that remembers its environment, which is there. */
async function remembering(extra: Record<string, string | undefined> = {}): Promise<Sandbox> {
  const box = sandbox(extra);
  const environment = readyEnvironment(join(box.project, '.venv'));
  const means = meaningOf({ environment }, process.getuid?.() ?? -1);
  await rememberChoice(readEnvironment(box.env), box.project, 'venv', means);
  return box;
}

/** Something may have been put in its place since it was last used: it is not started before Node has looked at it. */
function distrust(box: Sandbox): void {
  const later = new Date(Date.now() + 3_600_000);
  utimesSync(join(box.project, '.venv/pyvenv.cfg'), later, later);
}

/** Runs the shim traced: how it ended, and which programs the process became that was typed. */
function traced(box: Sandbox, args: readonly string[], env: Record<string, string | undefined> = {}) {
  const log = join(box.root, 'trace');
  // Node raises its limit of open files, as most systems let it; the pip that waits has kept its own.
  const command = ['-c', 'ulimit -S -n 500; exec strace "$@"', 'sh'];
  const options = ['-f', '--seccomp-bpf', '-o', log, '-e', 'trace=execve', pip];
  const ran = box.run('sh', [...command, ...options, ...args], { env });
  const lines = readFileSync(log, 'utf8').split('\n');
  const typed = lines[0]?.split(' ')[0] ?? '';
  const became = lines.flatMap((line) => {
    const [, program = ''] = new RegExp(`^${typed} +execve\\("([^"]+)".*(?:= 0|unfinished)`).exec(line) ?? [];
    return program.split('/').slice(-1);
  });
  return { ...ran, became: became.filter((name) => name !== '') };
}

describe.skipIf(lacks('strace'))('the pip of a remembered environment, loaded while Node decides', () => {
  const lines: readonly (readonly [string, readonly string[], number])[] = [
    ['installs what a file lists', ['install', '-r', 'wanted.txt'], 0],
    ['uninstalls', ['uninstall', '-y', 'demo-lib'], 0],
    ['finds no such package', ['install', 'no-such-thing'], 1],
    ['does not know an option', ['install', '--no-such-option', 'demo-lib'], 2],
    ['cannot build', ['install', './broken'], 1],
  ];

  it('says and ends what it does where Node starts it, and is the process that was typed', async () => {
    const results = await Promise.all(
      [false, true].map(async (early) => {
        const box = await remembering();
        box.write('wanted.txt', 'demo-lib\ndemo-other\n');
        box.write('broken/setup.py', 'import no_such_module\n');
        if (!early) distrust(box);
        return lines.map(([title, args, code]) => {
          const { became, ...ran } = traced(box, args);
          expect(`${title}: ${ran.code}`).toBe(`${title}: ${code}`);
          // What pip is certain to say by itself Node hands over as it is.
          const own = title === 'does not know an option' ? [] : [early];
          for (const way of own) expect(became).toEqual(['pip', way ? 'python' : 'node']);
          return { title, ...plain(ran, box) };
        });
      }),
    );
    expect(results[1]).toEqual(results[0]);
  }, 120_000);

  it('has done at its end what was to be done then, and says that a stream took no more', async () => {
    const box = await remembering();
    const [library = ''] = readdirSync(join(box.project, '.venv/lib'));
    const last = "import atexit; atexit.register(lambda: open('last', 'a').write('x'))\n";
    box.write(`.venv/lib/${library}/site-packages/last.pth`, last);
    const python = join(box.project, '.venv/bin/python');
    const full = (...words: string[]) =>
      box.run('sh', ['-c', '"$@" install --no-deps demo-other >/dev/full', 'sh', ...words]).code;
    // Debian's Python reads it twice.
    box.run(python, ['-m', 'pip', 'install', 'demo-lib']);
    const once = box.read('last');
    expect(once).toMatch(/^x+$/);
    expect(box.run(pip, ['install', 'demo-lib']).code).toBe(0);
    expect(box.read('last')).toBe(once.repeat(2));
    distrust(box);
    expect(box.run(pip, ['install', 'demo-lib']).code).toBe(0);
    expect(box.read('last')).toBe(once.repeat(3));
    expect(full(pip)).toBe(full(python, '-m', 'pip'));
    rmSync(join(box.project, 'last'));
    box.run(pip, ['uninstall', '-y', 'demo-other']);
    expect(full(pip)).not.toBe(0);
  });

  const others: readonly (readonly [
    string,
    Record<string, string | undefined>,
    (box: Sandbox) => readonly string[] | undefined,
  ])[] = [
    ['PIP_DETOUR says otherwise', { PIP_DETOUR: 'none' }, () => undefined],
    ['HOME is relative', { HOME: 'home' }, () => undefined],
    ['PYTHONHOME would mislead it', { PYTHONHOME: '/nowhere' }, () => undefined],
    ['something may have been put in its place', {}, (box) => void distrust(box)],
    ['its Python is gone', {}, (box) => void rmSync(join(box.project, '.venv/bin/python'))],
  ];
  it.each(others)('is not started where %s', async (_title, env, spoil) => {
    const box = await remembering();
    spoil(box);
    const { became } = traced(box, ['install', 'demo-lib'], env);
    expect(became[1]).not.toBe('python');
  });

  const declined: readonly (readonly [string, (box: Sandbox) => readonly string[]])[] = [
    ['the line would be changed', () => ['install', '--user', 'demo-lib']],
    ['nothing is to stay', () => ['install', '--dry-run', 'demo-lib']],
    [
      'its pip is gone',
      (box) => {
        const [library = ''] = readdirSync(join(box.project, '.venv/lib'));
        const packages = join(box.project, '.venv/lib', library, 'site-packages');
        renameSync(join(packages, 'pip'), join(packages, 'pip-was'));
        return ['install', 'demo-lib'];
      },
    ],
    [
      'its own start changes variables, which are for it alone',
      (box) => {
        const [library = ''] = readdirSync(join(box.project, '.venv/lib'));
        box.write(
          `.venv/lib/${library}/site-packages/its.pth`,
          'import os; os.environ["PIP_DETOUR"] = "none"\n',
        );
        return ['install', '--user', 'demo-lib'];
      },
    ],
    [
      'the project forbids it',
      (box) => {
        box.write('.pip-detour.toml', 'forbid = ["venv"]\n');
        return ['install', 'demo-lib'];
      },
    ],
  ];
  it.each(declined)('becomes the Node that decides by itself where %s', async (_title, spoil) => {
    const [box, other] = await Promise.all([remembering(), remembering()]);
    distrust(other);
    const ran = traced(box, spoil(box));
    expect(ran.became).toEqual(['pip', 'python', 'node']);
    const long = traced(other, spoil(other));
    expect(long.became).toEqual(['pip', 'node']);
    expect(plain(ran, box)).toEqual(plain(long, other));
  });
});

it.each([
  [
    'what PYTHONSAFEPATH leaves of PYTHONPATH',
    'PYTHONSAFEPATH=1 PYTHONPATH=$PWD/other exec "$0" install demo-lib',
    'already satisfied',
  ],
  [
    'more descriptors than select takes',
    'ulimit -n 2048; for ((i = 3; i < 1050; i += 1)); do eval "exec $i<&0"; done; exec "$0" install demo-lib',
    'installed demo-lib',
  ],
])('bears %s', async (_title, code, said) => {
  const box = await remembering();
  box.write('other/demo_lib-2.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: demo-lib\nVersion: 2.0\n');
  box.write('other/demo_lib-2.0.dist-info/RECORD', '');
  const ran = box.run('bash', ['-c', code, pip]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain(said);
});

function plain({ code, stdout, stderr }: Ran, box: Sandbox) {
  const words = (text: string) =>
    text.replaceAll(box.root, '…').replace(/pip-(ephem|build|install|req|modern|wheel)[\w-]*/g, 'pip-…');
  return { code, stdout: words(stdout), stderr: words(stderr) };
}

/** What somebody does to it in the middle of an installation. */
const deeds: readonly (readonly [string, (user: Shell, held: Held) => Promise<void> | void])[] = [
  ['Ctrl-C', (user) => user.send(keys.ctrlC)],
  ['Ctrl-\\', (user) => user.send(keys.ctrlBackslash)],
  ['kill', (user) => void process.kill(childOf(user.pid), 'SIGTERM')],
  ['kill -HUP', (user) => void process.kill(childOf(user.pid), 'SIGHUP')],
  ['kill -9', (user) => void process.kill(childOf(user.pid), 'SIGKILL')],
  ['nothing', (_user, held) => held.release()],
  [
    'Ctrl-Z, then fg',
    async (user, held) => {
      await stopAndGoOn(user);
      held.release();
    },
  ],
];

describe('it is interrupted', () => {
  async function endure(early: boolean) {
    const box = await remembering({ PS1: '<ready> ' });
    if (!early) distrust(box);
    const held = heldBuild(box);
    const user = await shell('bash', box, { columns: 150, rows: 60 });
    const told: { deed: string; code: string; terminal: string; locks: boolean }[] = [];
    for (const [deed, act] of deeds) {
      await user.command('stty -a > before.txt');
      held.reset();
      user.type(`pip install ${held.name}`);
      await held.reached();
      await act(user, held);
      await user.ready();
      await user.command('echo "code $?" > code.txt; stty -a > after.txt');
      held.releaseLeft();
      await nobodyLeft(box, [user.pid]);
      told.push({
        deed,
        code: box.read('code.txt').trim(),
        terminal: box.read('after.txt') === box.read('before.txt') ? 'as it was' : 'changed',
        locks: existsSync(join(box.home, '.local/state/pip-detour/locks')),
      });
    }
    return told;
  }

  it('and ends as where Node started it: nobody is left, no lock, and the terminal is as it was', async () => {
    const [long, early] = await Promise.all([endure(false), endure(true)]);
    // A Node that is killed leaves its lock to whoever comes next; one beside a pip that is killed takes it away.
    const killed = (deed: string) => deed === 'kill -9';
    expect(early).toEqual(long.map((one) => ({ ...one, locks: killed(one.deed) ? false : one.locks })));
    expect(early.map(({ terminal }) => terminal)).toEqual(deeds.map(() => 'as it was'));
    expect(early.find(({ deed }) => deed === 'kill')?.code).toBe('code 143');
  });
});

it('ends as pip ends where the Node beside it is killed, and whoever comes meanwhile waits for pip itself', async () => {
  const box = await remembering();
  const held = heldBuild(box);
  const first = spawn(pip, ['install', held.name], { cwd: box.project, env: box.env, stdio: 'ignore' });
  await held.reached();
  const node = processesWith(box.root).find((line) => /^\d+ \S*node /.test(line)) ?? '';
  process.kill(Number(node.split(' ')[0]), 'SIGKILL');
  const second = spawn(pip, ['install', 'demo-other'], { cwd: box.project, env: box.env });
  const said: string[] = [];
  second.stderr.on('data', (chunk) => said.push(String(chunk)));
  await expect.poll(() => said.join(''), { timeout: 30_000 }).toContain(`(process ${first.pid})`);
  held.release();
  expect(await once(first, 'exit')).toEqual([0, null]);
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(box.run(join(box.project, '.venv/bin/python'), ['-c', 'import demo_lib, demo_other']).code).toBe(0);
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'leaves no Node where it is sent %s while that waits for its turn',
  async (signal) => {
    const box = await remembering();
    const held = heldBuild(box);
    const first = spawn(pip, ['install', held.name], { cwd: box.project, env: box.env, stdio: 'ignore' });
    await held.reached();
    const second = spawn(pip, ['install', 'demo-other'], { cwd: box.project, env: box.env });
    await once(second.stderr, 'data');
    await expect.poll(() => existsSync(`/proc/${second.pid}/task/${second.pid}/children`)).toBe(true);
    const node = childOf(second.pid ?? 0);
    second.kill(signal);
    expect(await once(second, 'exit')).toEqual([null, signal]);
    expect(existsSync(`/proc/${node}`)).toBe(false);
    held.release();
    expect(await once(first, 'exit')).toEqual([0, null]);
  },
);

it('ends as a shell ends where there is no Node to become', () => {
  const box = sandbox();
  const garbage = box.write('garbage', 'no program\0', 0o755);
  const start = (node: string) =>
    box.run(python, [
      `${dist}/lib/pip-witness.py`,
      '--waiting',
      node,
      'start.cjs',
      'pip',
      pip,
      'install',
      'x',
    ]);
  expect(start(garbage)).toMatchObject({ code: 126, stderr: `${garbage}: Exec format error\n` });
  expect(start(`${garbage}s`)).toMatchObject({ code: 127 });
});
