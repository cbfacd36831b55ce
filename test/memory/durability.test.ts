import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { choicesDirectory, list } from '../../src/memory/choices.ts';
import { nameOf } from '../../src/memory/files.ts';
import { recall } from '../../src/memory/recall.ts';
import { quoteAll } from '../../src/system/quote.ts';
import { cannotInject, cannotMount, changingCalls, onFileSystem, withFaultAt } from '../support/faults.ts';
import { dist, long } from '../support/machine.ts';
import { programOf, rememberingProgram } from '../support/program.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

let box: Sandbox;
let program: string;
let state: string;

beforeEach(async () => {
  box = sandbox();
  program = await rememberingProgram(box);
  state = join(box.root, 'state');
});

const remembering = (detour: string) => [process.execPath, program, state, box.project, detour];
const remember = (detour: string) => box.run(process.execPath, remembering(detour).slice(1));
const remembered = async () => (await recall(state, box.project, box.home)).choice?.detour;

describe.skipIf(cannotInject)('at every call that changes something on disk', () => {
  it('killed: the choice is the old one or the new one, and the next one is remembered', async () => {
    remember('venv');
    const calls = changingCalls(box, state, remembering('pipx'));
    expect(calls.map((call) => call.name)).toEqual(
      expect.arrayContaining(['openat', 'pwrite64', 'fsync', 'rename']),
    );
    console.log(`killed at ${calls.length} calls: ${calls.map(({ name }) => name).join(', ')}`);
    for (const call of calls) {
      withFaultAt(box, call, 'kill', remembering('venv'), () => remember('pipx'));
      expect(['venv', 'pipx'], call.text).toContain(await remembered());
      expect(remember('pipx').code, call.text).toBe(0);
      expect(await remembered()).toBe('pipx');
    }
  });

  it('killed the first time: nothing is remembered or the choice is, and nothing is called damaged', async () => {
    const first = join(box.root, 'first');
    const calls = changingCalls(box, first, [process.execPath, program, first, box.project, 'venv']);
    for (const call of calls) {
      withFaultAt(box, call, 'kill', [process.execPath, program, first, box.project, 'venv'], () =>
        rmSync(first, { recursive: true, force: true }),
      );
      const recalled = await recall(first, box.project, box.home);
      expect(recalled.warning, call.text).toBeUndefined();
      expect([undefined, 'venv']).toContain(recalled.choice?.detour);
      expect((await list(first)).damaged).toEqual([]);
    }
  });

  it.each(['ENOSPC', 'EIO'])('failed with %s: said, and the old choice stands', async (error) => {
    remember('pipx');
    const calls = changingCalls(box, state, remembering('pipx'));
    const writing = calls.filter((call) => /openat|write|fsync|rename/.test(call.name));
    for (const call of writing) {
      const ran = withFaultAt(box, call, { error }, remembering('pipx'), () => remember('venv'));
      expect(ran.stderr, call.text).toMatch(new RegExp(`^cannot-remember: .*${error}`));
      expect(await remembered(), call.text).toBe('venv');
    }
  });
});

describe.skipIf(cannotInject)('at a call that is not permitted, or for which there is no descriptor', () => {
  it.each(['EACCES', 'EMFILE'])(
    '(%s) it is tried again; or that is said, and the old choice stands',
    async (error) => {
      remember('pipx');
      const calls = changingCalls(box, state, remembering('pipx'));
      for (const call of calls.filter(({ name }) => /openat|write|rename/.test(name))) {
        const ran = withFaultAt(box, call, { error }, remembering('pipx'), () => remember('venv'));
        const said = new RegExp(`^cannot-remember: .*${error}`).test(ran.stderr);
        expect(await remembered(), call.text).toBe(said ? 'venv' : 'pipx');
      }
    },
  );
});

describe.skipIf(cannotMount)('where nothing can be written', () => {
  it.each([
    ['full', 'ENOSPC'],
    ['read-only', 'EROFS'],
  ] as const)('(%s) that is said, and the old choice stands', (kind, error) => {
    remember('venv');
    const record = join(choicesDirectory(state), String(readdirSync(choicesDirectory(state))[0]));
    const show = quoteAll(['cat', record]);
    const ran = box.run('unshare', onFileSystem(kind, state, `${quoteAll(remembering('pipx'))} || ${show}`));
    expect(ran.stderr).toMatch(new RegExp(`^cannot-remember: .*${error}`));
    expect(JSON.parse(ran.stdout)).toMatchObject({ detour: 'venv' });
    expect(readFileSync(record, 'utf8')).toContain('venv');
    expect(statSync(record).mode & 0o777).toBe(0o600);
  });
});

/** The one record there is. */
const record = () => join(choicesDirectory(state), String(readdirSync(choicesDirectory(state))[0]));

describe('what lies where a record should be', () => {
  it.each<[string, (file: string) => void]>([
    ['a link to somebody’s file', (file) => symlinkSync(box.write('notes.json', '{"mine": true}'), file)],
    ['a link to nowhere', (file) => symlinkSync(join(box.root, 'nowhere'), file)],
    ['a link to itself', (file) => symlinkSync(file, file)],
    ['a FIFO', (file) => box.run('mkfifo', [file])],
    ['a directory', (file) => mkdirSync(file)],
    ['a file of 10 MB', (file) => writeFileSync(file, '['.repeat(1e7))],
    ['deep nesting', (file) => writeFileSync(file, '['.repeat(60_000))],
    [
      '__proto__',
      (file) => writeFileSync(file, '{"__proto__": {"directory": "/", "detour": "venv", "at": ""}}'),
    ],
  ])('(%s) is not followed, read or written to: set aside, said once, and written anew', async (_, plant) => {
    remember('venv');
    const file = record();
    rmSync(file);
    plant(file);
    const { choice, warning } = await recall(state, box.project, box.home);
    expect(choice).toBeUndefined();
    expect(warning).toContain('was damaged; it lies in');
    expect(await recall(state, box.project, box.home)).toEqual({});
    rmSync(`${file}.damaged`, { recursive: true });
    // And where it is written before it was read.
    plant(file);
    expect(remember('pipx').code).toBe(0);
    expect(lstatSync(file).isFile()).toBe(true);
    expect(await remembered()).toBe('pipx');
    if (existsSync(join(box.project, 'notes.json'))) expect(box.read('notes.json')).toBe('{"mine": true}');
    expect(existsSync(join(box.root, 'nowhere'))).toBe(false);
  });

  it('a newer version’s record is left alone by whoever remembers, and that is said', async () => {
    remember('venv');
    const text = JSON.stringify({ version: 3, directory: box.project, way: 'new' });
    const file = record();
    writeFileSync(file, text);
    expect(remember('pipx').stderr).toMatch(/^cannot-remember: .*was written by a newer pip-detour/);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(await list(state)).toEqual({ choices: [], damaged: [], newer: [file] });
  });

  it('an older version’s record goes on being used', async () => {
    remember('venv');
    const at = '2026-01-01T00:00:00.000Z';
    writeFileSync(record(), JSON.stringify({ version: 1, directory: box.project, detour: 'pipx', at }));
    expect((await recall(state, box.project, box.home)).choice).toEqual({
      directory: box.project,
      detour: 'pipx',
      at,
      means: {},
    });
  });
});

describe('the directory of the memory', () => {
  it.each<[string, () => string]>([
    ['the state directory', () => state],
    ['its own place', () => choicesDirectory(state)],
  ])('with a file in the way of %s: nothing is remembered, and that is said', async (_, place) => {
    mkdirSync(join(place(), '..'), { recursive: true });
    writeFileSync(place(), 'mine');
    expect(await recall(state, box.project, box.home)).toEqual({});
    expect(remember('venv').stderr).toMatch(/^cannot-remember: /);
    expect(readFileSync(place(), 'utf8')).toBe('mine');
  });

  it.each([0o777, 0o770, 0o1777])(
    '(mode %o) that others may write to is neither believed nor written to',
    async (mode) => {
      remember('venv');
      chmodSync(choicesDirectory(state), mode);
      expect((await recall(state, box.project, box.home)).warning).toContain(
        'others may write there: chmod 700',
      );
      expect(remember('pipx').stderr).toContain('others may write there');
      await expect(list(state)).rejects.toMatchObject({ reference: 'unsafe-memory' });
      chmodSync(choicesDirectory(state), 0o700);
      expect(await remembered()).toBe('venv');
    },
  );

  it.skipIf(process.getuid?.() !== 0)('of another user is neither believed nor written to', async () => {
    remember('break-system-packages');
    chownSync(choicesDirectory(state), 1000, 1000);
    expect((await recall(state, box.project, box.home)).warning).toContain('belongs to another user');
    expect(remember('pipx').stderr).toContain('belongs to another user');
  });
});

describe('time', () => {
  it.each([
    ['before 1970', '-1 hour'],
    ['in fifty years', '+50 years'],
  ])('a record from a clock that stood elsewhere (%s) counts all the same', async (_, when) => {
    remember('venv');
    const file = record();
    const at = new Date(when === '-1 hour' ? -3_600_000 : Date.now() + 50 * 365 * 86_400_000);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"at":[^,]*/, `"at": "${at.toISOString()}"`));
    utimesSync(file, at, at);
    expect(await remembered()).toBe('venv');
    expect(remember('pipx').code).toBe(0);
    expect(await remembered()).toBe('pipx');
  });

  it.skipIf(cannotInject)('a disk that takes a tenth of a second for every call loses nothing', async () => {
    remember('venv');
    const names = ['openat', 'pwrite64', 'fsync', 'rename', 'close'];
    const slow = ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', `trace=${names}`];
    const files = ['-P', choicesDirectory(state), '-P', record()];
    const delay = ['-e', `inject=${names}:delay_enter=100ms`];
    expect(box.run('strace', [...slow, ...files, ...delay, ...remembering('pipx')]).code).toBe(0);
    expect(await remembered()).toBe('pipx');
  });
});

it.skipIf(cannotInject)('a choice that is being moved is never lost, wherever that is killed', async () => {
  const env = { XDG_STATE_HOME: join(box.root, 'xdg') };
  state = join(env.XDG_STATE_HOME, 'pip-detour');
  const store = join(box.home, 'store');
  mkdirSync(store);
  const moving = [join(dist, 'shims/pip-detour'), 'choices', 'move', box.project, store];
  remember('venv');
  const calls = changingCalls(box, state, moving, { env });
  expect(calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['rename', 'unlink']));
  for (const call of calls) {
    const begin = () => {
      rmSync(state, { recursive: true });
      remember('venv');
    };
    withFaultAt(box, call, 'kill', moving, begin, { env });
    const { choices, damaged } = await list(state);
    expect(damaged, call.text).toEqual([]);
    expect(choices.length, call.text).toBeGreaterThan(0);
    for (const { directory, detour } of choices) {
      expect([box.project, store]).toContain(directory);
      expect(detour).toBe('venv');
    }
  }
});

it.skipIf(cannotInject)('is written whole in a terminal inside a snap, too', () => {
  remember('venv');
  const env = { SNAP: '/snap/code/1' };
  const moved = join(box.home, 'store');
  mkdirSync(moved);
  const command = [join(dist, 'shims/pip-detour'), 'choices', 'move', box.project, moved];
  const home = { XDG_STATE_HOME: join(box.root, 'xdg') };
  mkdirSync(home.XDG_STATE_HOME);
  renameSync(state, join(home.XDG_STATE_HOME, 'pip-detour'));
  const calls = changingCalls(box, home.XDG_STATE_HOME, command, { env: { ...env, ...home } });
  const written = calls.filter(({ name, text }) => /^p?write/.test(name) && text.includes('/choices/'));
  expect(written.length).toBeGreaterThan(0);
  for (const { text } of written) expect(text).toContain('.json.tmp-');
});

describe.skipIf(cannotInject)('looking up', () => {
  const many = long ? 10_000 : 2_000;

  it(`among ${many} remembered directories makes the calls it makes among ten`, async () => {
    const program = await programOf(
      box,
      'recall',
      `import { recall } from 'src/memory/recall.ts';
const [state, cwd, home, rounds] = process.argv.slice(2);
async function main() {
  await recall(state, cwd, home);
  const from = process.hrtime.bigint();
  for (let round = 0; round < Number(rounds); round += 1) await recall(state, cwd, home);
  console.log(Number(process.hrtime.bigint() - from) / 1e6 / Number(rounds));
}
main();`,
    );
    const cwd = join(box.project, 'src/deep');
    const look = (rounds: number) => [process.execPath, program, state, cwd, box.home, String(rounds)];
    const fill = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        const directory = `/projects/${index}`;
        const name = join(choicesDirectory(state), `${nameOf(directory)}.json`);
        writeFileSync(name, JSON.stringify({ version: 2, directory, detour: 'venv', at: '' }), {
          mode: 0o600,
        });
      }
    };
    const callsBelow = () => {
      const log = join(box.root, 'calls');
      box.run('strace', ['-f', '--seccomp-bpf', '-qq', '-y', '-o', log, '-e', 'trace=file,desc', ...look(0)]);
      // Another thread's call may come in between: a call's own beginning is what counts.
      return [...readFileSync(log, 'utf8').matchAll(/^\d+ +(\w+)\((.*)$/gm)]
        .filter(([, , rest = '']) => rest.includes(`${state}/`))
        .map(
          ([, name, rest = '']) => `${name} ${rest.slice(rest.indexOf(`${state}/`)).replace(/[">].*/, '')}`,
        );
    };
    remember('venv');
    await fill(9);
    const few = callsBelow();
    const fewTimes = Number(box.run(process.execPath, look(500).slice(1)).stdout);
    await fill(many - 1);
    expect(await remembered()).toBe('venv');
    expect(callsBelow()).toEqual(few);
    expect(few.length).toBeLessThan(20);
    const manyTimes = Number(box.run(process.execPath, look(500).slice(1)).stdout);
    console.log(
      `a look-up among 10: ${fewTimes.toFixed(3)} ms, among ${many}: ${manyTimes.toFixed(3)} ms (${few.length} system calls each)`,
    );
  });
});
