import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cannotInject, changingCalls, withFault, withFaultAt } from '../support/faults.ts';
import { nobodyLeft, releaseAt } from '../support/held.ts';
import { dist, pythonName } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import { programOf } from '../support/program.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys, terminal } from '../support/terminal.ts';

/** Stages of a rescue that need somebody at a terminal, or a program held at a certain place (docs/faults.md). */

const slow = 30_000;
const question = /esc leave/;

function asked(box: Sandbox, path = box.env['PATH'] ?? '') {
  const env = { ...box.env, PATH: path };
  return terminal(join(dist, 'shims/pip'), ['install', 'demo-lib'], { env, cwd: box.project });
}

describe('the question is open', () => {
  /** With a pip that has refused, or waits before it does. */
  async function standing(held: boolean) {
    const box = sandbox();
    const managed = managedPython(join(box.root, 'prefix'), '/usr/lib/python3/dist-packages');
    const go = join(box.root, 'go');
    if (held)
      box.write(
        `../.local/lib/${pythonName}/site-packages/usercustomize.py`,
        `import os, time\nwhile not os.path.exists(${JSON.stringify(go)}): time.sleep(0.02)\n`,
      );
    const user = asked(box, `${dist}/shims:${managed.prefix}/bin:/usr/bin:/bin`);
    await user.waitFor(question, slow);
    return { box, managed, user, release: () => writeFileSync(go, '') };
  }

  describe.each([
    ['', false],
    [', and pip has not refused yet', true],
  ])('%s', (_words, held) => {
    it('the interpreter goes before it is answered: said, and the project is as before', async () => {
      const { box, managed, user, release } = await standing(held);
      rmSync(managed.executable);
      user.send(keys.enter);
      release();
      expect(await user.exited).toMatchObject({ code: 1 });
      expect(user.history()).toMatch(/cannot-start: \S*\s*is not there/);
      expect(readdirSync(box.project)).toEqual([]);
      expect(existsSync(join(box.home, '.local/state/pip-detour/choices'))).toBe(false);
    });

    it('pip-detour is killed: nobody is left, and the project is as before', async () => {
      const { box, user, release } = await standing(held);
      process.kill(user.pid, 'SIGKILL');
      expect(await user.exited).toMatchObject({ signal: 9 });
      release();
      await nobodyLeft(box);
      expect(readdirSync(box.project)).toEqual([]);
    });
  });
});

/** A file of ours that waits, before it does anything, for somebody to write to a pipe. */
function holding(box: Sandbox, file: string) {
  const ours = join(box.root, 'ours');
  cpSync(dist, ours, { recursive: true });
  const [gate, reached] = [join(box.root, 'gate'), join(box.root, 'reached')];
  execFileSync('mkfifo', [gate]);
  const held = join(ours, 'lib', file);
  const waits = `open(${JSON.stringify(reached)}, "w").close()\nopen(${JSON.stringify(gate)}).read()\n`;
  writeFileSync(held, waits + readFileSync(held, 'utf8'));
  return {
    path: `${ours}/shims:/usr/bin:/bin`,
    reached: () => expect.poll(() => existsSync(reached), { timeout: slow, interval: 10 }).toBe(true),
  };
}

describe('giving the environment a pip of its own', () => {
  it('the terminal is closed: nobody is left, and the project is as before', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const gate = holding(box, 'seed.py');
    const user = await shell('bash', box, { env: { PATH: gate.path } });
    user.type('pip install demo-lib');
    await gate.reached();
    expect(box.exists('.venv')).toBe(true);
    user.kill('SIGKILL');
    await nobodyLeft(box);
    expect(readdirSync(box.project)).toEqual([]);
  });
});

describe('pip runs, and refuses', () => {
  it('pip-detour is killed: the pip that is left ends by itself, and the project is as before', async () => {
    const box = sandbox({ PIP_DETOUR: 'none' });
    const managed = managedPython(join(box.root, 'prefix'), '/usr/lib/python3/dist-packages');
    const [gate, reached] = [join(box.root, 'gate'), join(box.root, 'reached')];
    execFileSync('mkfifo', [gate]);
    writeFileSync(
      managed.pip,
      `#!${managed.executable}\nimport sys\nopen(${JSON.stringify(reached)}, "w").close()\nopen(${JSON.stringify(gate)}).read()
from pip._internal.cli.main import main\nsys.exit(main())\n`,
    );
    const user = asked(box, `${dist}/shims:${managed.prefix}/bin:/usr/bin:/bin`);
    await expect.poll(() => existsSync(reached), { timeout: slow, interval: 10 }).toBe(true);
    process.kill(user.pid, 'SIGKILL');
    await user.exited;
    // The terminal goes with whoever it was opened for, and may have taken that pip along.
    releaseAt(gate);
    await nobodyLeft(box);
    expect(readdirSync(box.project)).toEqual([]);
  });
});

describe.skipIf(cannotInject)('telling the shell', () => {
  /** Tells the shell of process 4194304, which is none, to enter an environment; prints whether it will. */
  async function telling(box: Sandbox) {
    const program = await programOf(
      box,
      'enter',
      `import { enter } from 'src/shell/this-shell.ts';
const [stateDirectory, file, directory] = process.argv.slice(2);
console.log(enter({ typedIn: { file, pid: 4194304, shell: 'bash' }, stateDirectory }, directory));`,
    );
    const environment = join(box.project, '.venv');
    box.write('.venv/pyvenv.cfg', '');
    box.write('.venv/bin/python', '');
    const state = join(box.home, '.local/state/pip-detour');
    const shells = join(state, 'shell');
    mkdirSync(shells, { recursive: true, mode: 0o700 });
    const file = join(shells, `${hostname()}.4194304`);
    const command = [process.execPath, program, state, file, environment];
    const calls = changingCalls(box, shells, command);
    rmSync(file);
    return { environment, shells, file, command, calls };
  }

  it.each(['ENOSPC', 'EACCES', 'EIO', 'EMFILE'])(
    '%s: it is not told, and nothing is left beside',
    async (error) => {
      const box = sandbox();
      const { shells, file, command, calls } = await telling(box);
      const writing = calls.filter(({ name }) => /^(openat|write|rename)/.test(name));
      expect(writing.length).toBeGreaterThan(2);
      for (const call of writing) {
        const ran = withFaultAt(box, call, { error }, command, () => rmSync(file, { force: true }));
        expect(ran.stdout, call.text).toBe('false\n');
        expect(readdirSync(shells), call.text).toEqual([]);
      }
    },
  );

  it('killed at any call: it is told all of it or nothing, and the next one clears away what is left', async () => {
    const box = sandbox();
    const { environment, shells, file, command, calls } = await telling(box);
    for (const call of calls) {
      withFault(box, call, 'kill', command);
      if (existsSync(file)) expect(readFileSync(file, 'utf8')).toBe(`${environment}\n`);
      expect(box.run(command[0] ?? '', command.slice(1)).stdout).toBe('true\n');
      expect(readdirSync(shells), call.text).toEqual([`${hostname()}.4194304`]);
      rmSync(file);
    }
  });
});
