import { spawn } from 'node:child_process';
import { lstatSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { heldBuild, nobodyLeft } from '../support/held.ts';
import { dist, python } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/** An environment whose making was killed, and which somebody then made whole by hand, is theirs: nothing is lost. */

const patient = { timeout: 180_000 };

it(
  'what was installed by hand where a run was killed is neither taken away nor installed over',
  patient,
  async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    const directory = join(box.project, '.venv');
    const mark = join(directory, '.pip-detour-unfinished');
    const [environmentPython, environmentPip] = [join(directory, 'bin/python'), join(directory, 'bin/pip')];
    const imports = (module: string) => box.run(environmentPython, ['-c', `import ${module}`]).code;

    const child = spawn(join(dist, 'shims/pip'), ['install', held.name], {
      cwd: box.project,
      env: box.env,
      stdio: 'ignore',
      detached: true,
    });
    await held.reached();
    const touched = lstatSync(mark).mtimeMs;
    await expect
      .poll(() => lstatSync(mark).mtimeMs, { timeout: 30_000, interval: 50 })
      .toBeGreaterThan(touched);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await nobodyLeft(box);

    expect(box.run(python, ['-m', 'venv', directory]).code).toBe(0);
    expect(box.run(environmentPip, ['install', 'demo-other']).code).toBe(0);
    // A minute has passed, which nobody has to wait for here.
    const before = new Date(lstatSync(mark).mtimeMs - 60_000);
    utimesSync(mark, before, before);

    const refused = box.run('pip', ['install', 'demo-lib']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('error: externally-managed-environment');
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(
      '~/shop/.venv was left half-made by a run that was killed, and was changed since: remove .pip-detour-unfinished in it to keep it, or all of it',
    );
    expect(imports('demo_other')).toBe(0);
    expect(imports('demo_lib')).toBe(1);
    expect(readdirSync(box.project).sort()).toEqual(['.venv', 'slow']);

    rmSync(mark);
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code, ran.stderr).toBe(0);
    expect([imports('demo_other'), imports('demo_lib')]).toEqual([0, 0]);
  },
);
