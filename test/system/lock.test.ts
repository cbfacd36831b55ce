import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realAsFar, tryLock } from '../../src/system/lock.ts';
import { long } from '../support/machine.ts';
import { programOf } from '../support/program.ts';
import { sandbox } from '../support/sandbox.ts';

function locks() {
  const box = sandbox();
  return { box, directory: join(box.root, 'locks') };
}

/** The name of the one lock there is. */
const only = (directory: string) => join(directory, String(readdirSync(directory)[0]));

describe('a lock', () => {
  it('is held by one at a time, for each thing', () => {
    const { directory } = locks();
    const first = tryLock(directory, '/a');
    expect(first.kind).toBe('mine');
    expect(tryLock(directory, '/a')).toMatchObject({ kind: 'held', by: { pid: process.pid } });
    expect(tryLock(directory, '/b').kind).toBe('mine');
    if (first.kind === 'mine') first.release();
    expect(tryLock(directory, '/a').kind).toBe('mine');
  });

  it('of a process that is gone is nobody’s', () => {
    const { box, directory } = locks();
    expect(tryLock(directory, '/a').kind).toBe('mine');
    const lock = only(directory);
    const gone = box.run('sh', ['-c', 'echo $$']).stdout.trim();
    const text = box.run('readlink', [lock]).stdout.trim();
    box.run('ln', ['-sfn', text.replace(/^\d+/, gone), lock]);
    expect(tryLock(directory, '/a').kind).toBe('mine');
  });

  it('of a process whose number another has got is nobody’s', () => {
    const { box, directory } = locks();
    tryLock(directory, '/a');
    const lock = only(directory);
    const [pid, start, namespace] = box.run('readlink', [lock]).stdout.trim().split('.');
    box.run('ln', ['-sfn', `${pid}.${Number(start) - 1}.${namespace}`, lock]);
    expect(tryLock(directory, '/a').kind).toBe('mine');
  });

  it('of a process that cannot be seen from here counts as long as it is touched, whatever the clock says', () => {
    const { directory } = locks();
    tryLock(directory, '/a');
    const lock = only(directory);
    const text = '7.7.7';
    for (const [age, kind] of [
      [0, 'held'],
      [120, 'mine'],
      [-86_400, 'mine'],
    ] as const) {
      const [name] = readdirSync(directory);
      const fresh = join(directory, String(name));
      const at = Date.now() / 1000 - age;
      const again = join(directory, '..', `locks${age}`);
      mkdirSync(again, { mode: 0o700 });
      const planted = join(again, String(fresh.split('/').at(-1)));
      symlinkSync(text, planted);
      lutimesSync(planted, at, at);
      expect(tryLock(again, '/a').kind, String(age)).toBe(kind);
    }
    expect(existsSync(lock)).toBe(false);
  });

  it('left on the door by one who was killed while clearing is cleared, too', () => {
    const { box, directory } = locks();
    tryLock(directory, '/a');
    const lock = only(directory);
    const gone = box.run('sh', ['-c', 'echo $$']).stdout.trim();
    const dead = box.run('readlink', [lock]).stdout.trim().replace(/^\d+/, gone);
    box.run('ln', ['-sfn', dead, lock]);
    symlinkSync(dead, `${lock}.clearing`);
    expect(tryLock(directory, '/a').kind).toBe('mine');
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it.each<[string, (directory: string) => void]>([
    ['is a file', (directory) => writeFileSync(directory, '')],
    [
      'may be written to by others',
      (directory) => {
        mkdirSync(directory);
        chmodSync(directory, 0o777);
      },
    ],
    ['cannot be made', (directory) => symlinkSync('/proc/nowhere', directory)],
  ])('cannot be had where its directory %s', (_, make) => {
    const { directory } = locks();
    make(directory);
    expect(tryLock(directory, '/a')).toEqual({ kind: 'none' });
  });
});

it.skipIf(process.getuid?.() !== 0)(
  'root makes none in the home of somebody else, where sudo kept HOME',
  () => {
    const { box } = locks();
    chownSync(box.home, 1000, 1000);
    expect(tryLock(join(box.home, '.local/state/pip-detour/locks'), '/a')).toEqual({ kind: 'none' });
    expect(existsSync(join(box.home, '.local'))).toBe(false);
  },
);

it('a path means the same to everybody, by whatever way and before it is there', () => {
  const { box } = locks();
  symlinkSync(box.project, join(box.root, 'link'));
  expect(realAsFar(join(box.root, 'link/.venv'))).toBe(join(box.project, '.venv'));
  expect(realAsFar(join(box.root, 'link/a/b/c'))).toBe(join(box.project, 'a/b/c'));
});

it('of many at once, some of them killed at any moment, each has it alone, and nobody is stuck', async () => {
  const { box, directory } = locks();
  const program = await programOf(
    box,
    'worker',
    `import { appendFileSync } from 'node:fs';
import { tryLock } from 'src/system/lock.ts';
const [directory, log, rounds] = process.argv.slice(2);
async function main() {
  for (let done = 0; done < Number(rounds); ) {
    const found = tryLock(directory, '/thing');
    if (found.kind === 'none') throw new Error('no lock');
    if (found.kind === 'held') { await new Promise((r) => setTimeout(r, Math.random() * 5)); continue; }
    appendFileSync(log, 'in ' + process.pid + '\\n');
    await new Promise((r) => setImmediate(r));
    appendFileSync(log, 'out ' + process.pid + '\\n');
    found.release();
    done += 1;
  }
}
main();`,
  );
  const log = join(box.root, 'log');
  writeFileSync(log, '');
  const many = long ? 50 : 8;
  const rounds = long ? 40 : 20;
  const running = Array.from({ length: many }, (_, index) => {
    const child = spawn(process.execPath, [program, directory, log, String(rounds)], {
      env: { PATH: '/usr/bin:/bin' },
      stdio: 'inherit',
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    // Every other one is killed once so many steps were taken by all of them: in the middle of its work.
    return { child, ended, dies: index % 2 === 1 ? index * 3 : undefined };
  });
  const steps = () => readFileSync(log, 'utf8').trim().split('\n');
  const killer = setInterval(() => {
    const now = steps().length;
    for (const { child, dies } of running) if (dies !== undefined && now > dies) child.kill('SIGKILL');
  }, 5);
  await Promise.all(running.map(({ ended }) => ended));
  clearInterval(killer);
  const killed = running.flatMap(({ child }) => (child.signalCode === 'SIGKILL' ? [String(child.pid)] : []));
  expect(killed.length).toBeGreaterThan(0);
  let inside: string | undefined;
  for (const step of steps()) {
    const [what, pid = ''] = step.split(' ');
    // Only who was killed may not have said that it is out.
    if (what === 'in' && inside !== undefined) expect(killed).toContain(inside);
    if (what === 'out') expect(inside).toBe(pid);
    inside = what === 'in' ? pid : undefined;
  }
  expect(steps().filter((step) => step.startsWith('out')).length).toBeGreaterThanOrEqual((many / 2) * rounds);
});
