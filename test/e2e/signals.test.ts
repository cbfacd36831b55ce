import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../support/compare.ts';
import { childOf, type Held, heldBuild, holdVenv, nobodyLeft, stopAndGoOn } from '../support/held.ts';
import { dist, pip } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import { recorded } from '../support/recording.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Shell, shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

/** What somebody does to a pip that is in the middle of something. */
const deeds: readonly (readonly [string, (user: Shell, held: Held) => Promise<void> | void])[] = [
  ['Ctrl-C', (user) => user.send(keys.ctrlC)],
  ['Ctrl-\\', (user) => user.send(keys.ctrlBackslash)],
  ['kill', (user) => void process.kill(childOf(user.pid), 'SIGTERM')],
  ['kill -HUP', (user) => void process.kill(childOf(user.pid), 'SIGHUP')],
  ['kill -USR1', (user) => void process.kill(childOf(user.pid), 'SIGUSR1')],
  ['kill -ALRM', (user) => void process.kill(childOf(user.pid), 'SIGALRM')],
  [
    'kill -PIPE, which pip takes no notice of',
    (user, held) => {
      process.kill(childOf(user.pid), 'SIGPIPE');
      held.release();
    },
  ],
  ['nothing', (_user, held) => held.release()],
  [
    'Ctrl-Z, then fg',
    async (user, held) => {
      await stopAndGoOn(user);
      held.release();
    },
  ],
];

/** Where the system's own pip lies, for a Python of our own. */
const systemPipSite = '/usr/lib/python3/dist-packages';

interface Told {
  readonly deed: string;
  readonly screen: string;
  /** A real pip that is killed leaves its build behind; through us it must be neither more nor less. */
  readonly orphan: boolean;
  readonly terminal: string;
}

/** Does everything in `deeds` to one command line, each time from the start, and tells what the screen showed. */
async function endure(program: string, rest: string, env: Record<string, string>): Promise<Told[]> {
  const box = sandbox({ PS1: '<ready> ', ...env });
  box.write('odd/sitecustomize.py', '');
  const held = heldBuild(box);
  const user = await shell('bash', box, { columns: 150, rows: 60 });
  const told: Told[] = [];
  for (const [deed, act] of deeds) {
    await user.command('stty -a > before.txt');
    held.reset();
    const before = user.history().length;
    user.type(`${program} ${rest} ${held.name}`);
    await held.reached();
    await act(user, held);
    await user.ready();
    await user.command('echo "code $?"; stty -a > after.txt');
    const screen = comparable(user.history().slice(before), box, program);
    const orphan = held.releaseLeft();
    told.push({
      deed,
      orphan,
      screen,
      terminal: box.read('after.txt') === box.read('before.txt') ? 'as it was' : 'changed',
    });
    await nobodyLeft(box, [user.pid]);
  }
  return told;
}

/** Without what differs each time: where the sandbox lies, which pip was typed, how far a spinner had come, process ids. */
function comparable(text: string, box: Sandbox, program: string): string {
  return text
    .replaceAll(box.root, '…')
    .replaceAll(`${program} `, 'pip ')
    .replace(/ \.\.\. ?[-\\|/]?\s*(\^.)/g, ' ... $1')
    .replace(/Stored in directory: .*/g, 'Stored in directory: …')
    .replace(/[ \t]+$/gm, '');
}

/** Ways on which the real pip runs, and what decides which it is; `$ODD` is a directory for the second-guessing of Python. */
const ways: readonly (readonly [string, string, Record<string, string>])[] = [
  ['that runs straight', 'wheel --no-deps -w out', {}],
  ['that runs through Node', 'install --no-deps -t out', {}],
  // What sitecustomize does cannot be told, so pip may be asked once it has failed.
  ['that may be going to refuse', 'install --no-deps', { PIP_TARGET: 'out', PYTHONPATH: 'odd' }],
];

describe.each(ways)('a pip %s, as it is interrupted', (_title, rest, env) => {
  it('shows, ends and leaves what it would without the shim', async () => {
    const [real, ours] = await Promise.all([endure(pip, rest, env), endure('pip', rest, env)]);
    expect(ours).toEqual(real);
    expect(ours.map(({ terminal }) => terminal)).toEqual(deeds.map(() => 'as it was'));
  });

  it('has gone when the terminal was closed', async () => {
    const box = sandbox(env);
    box.write('odd/sitecustomize.py', '');
    const held = heldBuild(box);
    const user = await shell('bash', box);
    user.type(`pip ${rest} ${held.name}`);
    await held.reached();
    user.kill('SIGKILL');
    held.releaseLeft();
    await nobodyLeft(box);
    expect(box.exists('out/demo_lib')).toBe(false);
  });
});

/** What may happen while something of ours is under way, and the exit code a shell then shows. */
const blows: readonly (readonly [string, number | undefined, (user: Shell) => void])[] = [
  ['Ctrl-C', 130, (user) => user.send(keys.ctrlC)],
  ['Ctrl-\\', 131, (user) => user.send(keys.ctrlBackslash)],
  ['kill', 143, (user) => void process.kill(childOf(user.pid), 'SIGTERM')],
  ['kill -HUP', 129, (user) => void process.kill(childOf(user.pid), 'SIGHUP')],
  ['the terminal closed', undefined, (user) => user.kill('SIGKILL')],
];

/** After a blow: the exit code, no process, nothing made, the terminal as it was. */
async function isOver(box: Sandbox, user: Shell, code: number | undefined): Promise<void> {
  if (code !== undefined) {
    await user.ready();
    await user.command('echo "code $?"; stty -a > after.txt');
    expect(user.history()).toContain(`code ${code}\n`);
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
  }
  await nobodyLeft(box, code === undefined ? [] : [user.pid]);
  expect(made(box)).toEqual([]);
}

/** What stands in the project beyond what the test itself put there, and in the places of our memory. */
function made(box: Sandbox): string[] {
  const own = ['before.txt', 'after.txt', 'slow', 'odd'];
  const memory = existsSync(join(box.home, '.local')) && !holdsLockOnly(box) ? ['~/.local'] : [];
  return [...readdirSync(box.project).filter((name) => !own.includes(name)), ...memory];
}

/** While an environment is changed there is a lock; once that is over not even the lock's directories may be left. */
function holdsLockOnly(box: Sandbox): boolean {
  const below = readdirSync(join(box.home, '.local'), { recursive: true }).map(String);
  const locks = 'state/pip-detour/locks';
  return (
    below.some((path) => path.startsWith(`${locks}/`)) &&
    below.every((path) => `${locks}/`.startsWith(`${path}/`) || path.startsWith(`${locks}/`))
  );
}

// In raw mode Ctrl-\ is a key like any other.
it.each(blows.filter(([deed]) => deed !== 'Ctrl-\\'))(
  '%s at the question: over, and nothing is left',
  async (_deed, code, act) => {
    const box = sandbox();
    const user = await shell('bash', box);
    await user.command('stty -a > before.txt');
    user.type('pip install demo-lib');
    await user.waitFor(/This Python belongs to [\s\S]*esc leave/);
    act(user);
    await isOver(box, user, code);
  },
);

describe.each(blows)('%s', (_deed, code, act) => {
  it('while the environment is made: over, and nothing is left', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
    const gate = holdVenv(managed, box);
    const user = await shell('bash', box, {
      env: { PATH: `${dist}/shims:${managed.prefix}/bin:/usr/bin:/bin` },
    });
    await user.command('stty -a > before.txt');
    user.type('pip install demo-lib');
    await gate.reached();
    expect(made(box)).toEqual(['.venv']);
    act(user);
    await isOver(box, user, code);
  });

  it('while pip runs in the new environment: over, and nothing is left', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    const user = await shell('bash', box);
    await user.command('stty -a > before.txt');
    user.type(`pip install --no-deps ${held.name}`);
    await held.reached();
    expect(made(box)).toEqual(['.venv']);
    act(user);
    // pip itself tidies up at Ctrl-C and ends with 1; its build, killed by nobody, may still wait.
    if (code !== undefined) await user.ready();
    held.releaseLeft();
    if (code === undefined) return isOver(box, user, code);
    await user.command('echo "code $?"; stty -a > after.txt');
    expect(user.history()).toContain(`code ${code === 130 ? 1 : code}\n`);
    await nobodyLeft(box, [user.pid]);
    expect(made(box)).toEqual([]);
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
  });
});

it('Ctrl-Z while pip runs in the new environment, then fg: it goes on to the end', async () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  const held = heldBuild(box);
  const user = await shell('bash', box);
  user.type(`pip install --no-deps ${held.name}`);
  await held.reached();
  user.send(keys.ctrlZ);
  expect(await user.ready()).toContain('Stopped');
  user.type('fg');
  await user.waitFor(/fg\n.*pip /);
  held.release();
  expect(await user.ready()).toContain('Successfully installed demo-lib-2.0');
  expect(await user.command('echo "code $?"')).toContain('code 0');
});

it('a pip that takes no notice of Ctrl-C and ends well has installed what it said', async () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  const gate = join(box.root, 'gate');
  const site = join(box.root, 'site');
  box.write('../../site/pip/__init__.py', '__version__ = "24.0"\n');
  box.write(
    '../../site/pip/__pip-runner__.py',
    `import os, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nos.mkfifo(${JSON.stringify(gate)})\nopen(${JSON.stringify(gate)}).read()\n`,
  );
  const managed = managedPython(join(box.root, 'prefix'), site);
  const user = await shell('bash', box, {
    env: { PATH: `${dist}/shims:${managed.prefix}/bin:/usr/bin:/bin` },
  });
  user.type('pip install demo-lib');
  await expect.poll(() => existsSync(gate), { timeout: 20_000, interval: 10 }).toBe(true);
  user.send(keys.ctrlC);
  await user.waitFor('^C');
  writeFileSync(gate, '');
  await user.ready();
  expect(await user.command('echo "code $?"')).toContain('code 0');
  expect(box.exists('.venv/pyvenv.cfg')).toBe(true);
});

it('nohup: the terminal may be closed, and pip goes on to the end', async () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  const held = heldBuild(box);
  const user = await shell('bash', box);
  user.type(`nohup pip install --no-deps ${held.name}`);
  await held.reached();
  user.kill('SIGKILL');
  held.release();
  await nobodyLeft(box);
  expect(box.read('nohup.out')).toContain('Successfully installed demo-lib-2.0');
});

it('an interrupt to us alone, away from a terminal, ends pip as well', async () => {
  const box = sandbox();
  const held = heldBuild(box);
  const child = spawn('pip', ['install', '--no-deps', '-t', 'out', held.name], {
    cwd: box.project,
    env: box.env,
    detached: true,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await held.reached();
  child.kill('SIGINT');
  expect(await ended).toEqual([1, null]);
  held.releaseLeft();
  await nobodyLeft(box);
});

it.each(['SIGPIPE', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGTERM', 'SIGXFSZ'])(
  'a death by %s is the real pip’s, on every way',
  async (signal) => {
    const box = sandbox();
    const lines = [['list'], ['install', '-t', 't'], ['install', 'x']];
    const cases = lines.map((args) => recorded(box, args, { env: { STANDIN: signal, PIP_DETOUR: 'none' } }));
    const endings = (await compare(cases)).map(({ through }) => [through.code, through.signal]);
    expect(endings).toEqual(lines.map(() => [null, signal]));
  },
);

it.each([
  ['straight', ['list']],
  ['through Node', ['install', '-t', 't']],
  ['through Node to a refusal', ['install', 'x']],
])('a reader that goes away (%s) ends the writer by SIGPIPE', async (_title, args) => {
  const box = sandbox();
  const options = { mode: 'head', env: { STANDIN: 'flood', PIP_DETOUR: 'none' } } as const;
  const [pair] = await compare([recorded(box, args, options)]);
  expect(pair?.direct).toMatchObject({ signal: 'SIGPIPE', stdout: 'one line of many' });
  expect(pair?.through).toMatchObject({ signal: 'SIGPIPE', stdout: 'one line of many' });
});

it.each(blows.filter(([deed]) => deed !== 'the terminal closed'))(
  '%s while another program is asked something: over, and the program is gone',
  async (_deed, code, act) => {
    const box = sandbox({ PIP_DETOUR: 'pipx' });
    const asked = join(box.root, 'asked');
    // A pipx that is asked for its version and does not say it, nor hears that it is to end.
    box.write(
      '../../bin/pipx',
      `#!/bin/sh\ntrap '' INT QUIT TERM HUP\n: >'${asked}'\nexec sleep 60\n`,
      0o755,
    );
    const user = await shell('bash', box, {
      env: { PATH: `${dist}/shims:${box.root}/bin:/usr/bin:/bin` },
    });
    await user.command('stty -a > before.txt');
    user.type('pip install demo-lib');
    await expect.poll(() => existsSync(asked), { timeout: 30_000, interval: 10 }).toBe(true);
    act(user);
    await user.ready();
    await user.command('echo "code $?"; stty -a > after.txt');
    expect(user.history()).toContain(`code ${code}\n`);
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
    await nobodyLeft(box, [user.pid]);
    expect(made(box)).toEqual([]);
  },
);

describe('stopped at the question without a word (kill -STOP), then fg', () => {
  const afterFg = (text: string) => text.slice(text.lastIndexOf('fg\n'));

  it('it is drawn again below what the shell said, and keys count', async () => {
    const box = sandbox();
    const user = await shell('bash', box, { columns: 120, rows: 60 });
    user.type('pip install demo-lib');
    await user.waitFor(/❯ 1 [\s\S]*esc leave/);
    process.kill(childOf(user.pid), 'SIGSTOP');
    await user.ready();
    user.type('fg');
    const seen = await user.waitUntil((text) => /❯ 1 [\s\S]*esc leave/.test(afterFg(text)));
    expect(seen).toMatch(
      /esc leave\n[\s\S]*Stopped +pip install demo-lib\n<ready> fg\npip install demo-lib\n/,
    );
    user.send(keys.down);
    await user.waitUntil((text) => /❯ 2 [\s\S]*esc leave/.test(afterFg(text)));
    expect(afterFg(user.history())).not.toContain('❯ 1');
    user.send(keys.escape);
    await user.ready();
    expect(user.history()).toContain('Stopped');
  });

  it('the plain one says once more what is to be typed', async () => {
    const box = sandbox({ ACCESSIBLE: '1' });
    const user = await shell('bash', box, { columns: 120, rows: 60 });
    user.type('pip install demo-lib');
    await user.waitFor('q to leave:');
    process.kill(childOf(user.pid), 'SIGSTOP');
    await user.ready();
    user.type('fg');
    await user.waitUntil((text) => afterFg(text).includes('q to leave:'));
    user.type('q');
    expect(await user.ready()).toContain('externally-managed-environment');
  });
});
