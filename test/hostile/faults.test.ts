import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookAtEnvironment } from '../../src/place/environment.ts';
import { cannotInject, cannotMount } from '../support/faults.ts';
import { long, top } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Left, pointsOf, rows, strikeAt } from './fault-rows.ts';
import { elsewhere, faultsPage, gaps } from './fault-table.ts';

const uid = process.getuid?.() ?? -1;

/** Where environments lie that are in no project. */
const outside = (box: Sandbox) => join(box.home, '.local/share/pip-detour-environments');

/** The one environment there is, and nothing of ours beside it; in it what was asked for, and all of a pip or none. */
function expectFinished(box: Sandbox, parent = box.project): string {
  const [name = '', ...more] = readdirSync(parent);
  expect(more).toEqual([]);
  const environment = join(parent, name);
  expect(lookAtEnvironment(environment, uid)).toMatchObject({ state: 'ready' });
  expect(box.run(join(environment, 'bin/python'), ['-c', 'import demo_lib']).code).toBe(0);
  const library = readdirSync(join(environment, 'lib'))[0] ?? '';
  const parts = [
    ...readdirSync(join(environment, 'bin')).filter((name) => name.startsWith('pip')),
    ...readdirSync(join(environment, 'lib', library, 'site-packages')).filter((name) =>
      /^pip(-|$)/.test(name),
    ),
  ];
  if (parts.length > 0) {
    expect(parts).toHaveLength(5);
    expect(box.run(join(environment, 'bin/pip'), ['check']).code).toBe(0);
    // As pip reads it for its list, without starting another pip.
    const version = 'import importlib.metadata, pip; print("pip", importlib.metadata.version("pip"))';
    expect(box.run(join(environment, 'bin/python'), ['-c', version]).stdout).toMatch(/^pip +\d/m);
  }
  return environment;
}

/** Expects what is said to be left, and returns the environment that is finished. */
function expectLeft(box: Sandbox, left: Left): string | undefined {
  if (left === 'finished') return expectFinished(box);
  if (left === 'finished outside the project') {
    expect(readdirSync(box.project)).toEqual([]);
    return expectFinished(box, outside(box));
  }
  if (left === 'as before') expect(readdirSync(box.project)).toEqual([]);
  else {
    const look = lookAtEnvironment(join(box.project, '.venv'), uid);
    expect(look).toMatchObject({ state: 'broken', why: expect.stringMatching(/half-made|empty/) });
  }
  return undefined;
}

/** Which of these is left; fails where it is not one of them. */
function lookForLeft(box: Sandbox): 'as before' | 'finished' | 'finished outside' | 'unfinished' {
  if (readdirSync(box.project).length === 0) {
    if (!existsSync(outside(box)) || readdirSync(outside(box)).length === 0) return 'as before';
    expectFinished(box, outside(box));
    return 'finished outside';
  }
  const look = lookAtEnvironment(join(box.project, '.venv'), uid);
  if (look.state === 'broken') expectLeft(box, 'unfinished');
  else expectFinished(box);
  return look.state === 'broken' ? 'unfinished' : 'finished';
}

const cannot = { strace: cannotInject, mounts: cannotMount, nothing: false };

describe('a fault while an install is rescued', { timeout: 180_000 }, () => {
  for (const { stage, fault, where, left, code, says, needs, alike, strike } of rows)
    it.skipIf(cannot[needs] || (alike === true && !long))(
      `${stage}: ${fault} as ${where}: ${left}, ${code}`,
      () => {
        const box = sandbox();
        const { struck = true, ...ran } = strike(box);
        expect(struck).toBe(true);
        expect(`${ran.stderr}${ran.stdout}`).toMatch(says?.[1] ?? /^/);
        expect(ran.signal ?? ran.code).toBe(code);
        const finished = expectLeft(box, left);
        if (left === 'as before') return;
        // What is finished is not made anew.
        if (finished !== undefined) writeFileSync(join(finished, 'kept'), '');
        const next = box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: 'venv' } });
        expect(next.code, next.stderr).toBe(0);
        const environment = expectFinished(box, finished === undefined ? box.project : dirname(finished));
        expect(existsSync(join(environment, 'kept'))).toBe(finished !== undefined);
      },
    );
});

describe.skipIf(cannotInject || !long)('at every call that changes something in the project', () => {
  it.each(['power off', { error: 'ENOSPC' }, { error: 'EIO' }] as const)(
    '%o: as before, finished, or unfinished and known to the next run',
    (fault) => {
      const points = pointsOf(sandbox()).filter(({ name }) => fault !== 'power off' || !/^mkdir/.test(name));
      const counts = { 'as before': 0, finished: 0, 'finished outside': 0, unfinished: 0 };
      const missed: string[] = [];
      const wrong: string[] = [];
      for (const point of points) {
        const box = sandbox();
        const { struck = true } = strikeAt(point, fault)(box);
        if (!struck) missed.push(`${point.name} ${point.path}`);
        try {
          counts[lookForLeft(box)] += 1;
          const next = box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: 'venv' } });
          expect(next.code, next.stderr).toBe(0);
          expect(lookForLeft(box)).toMatch(/^finished/);
        } catch (thrown) {
          wrong.push(`${point.name} ${point.path}: ${String(thrown).split('\n')[0]}`);
        }
        rmSync(box.root, { recursive: true, force: true });
      }
      console.log(fault, `${points.length} calls`, counts, `${missed.length} not met:`, missed);
      expect(wrong).toEqual([]);
      expect(missed.length).toBeLessThan(points.length / 4);
    },
    3_600_000,
  );
});

describe('the table of stage × fault', () => {
  it('has every cell: tried here, shown by another test, or why nothing can happen', () => {
    expect(gaps()).toEqual([]);
    for (const { by } of elsewhere) expect(existsSync(join(top, by)), by).toBe(true);
  });

  it('is what docs/faults.md says', async () => {
    await expect(faultsPage()).toMatchFileSnapshot(join(top, 'docs/faults.md'));
  });
});
