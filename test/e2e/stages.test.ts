import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemCode } from '../../src/system/errors.ts';
import { childOf, heldBuild, holdVenv, nobodyLeft } from '../support/held.ts';
import { dist } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Shell, shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

/** Where the system's own pip lies, for a Python of our own. */
const systemPipSite = '/usr/lib/python3/dist-packages';

/** A pip that has come to a certain place and waits there. */
interface Waiting {
  readonly box: Sandbox;
  readonly user: Shell;
  /** Lets it go on from there and wherever it comes to wait again, to its end. */
  release(): void;
}

/** A place in the life of one `pip install`, and how somebody ends it who is asked there. */
interface Stage {
  readonly at: string;
  reach(): Promise<Waiting>;
  /** What Ctrl-C ends in here, where it is not a death by the signal: pip tidies up and ends with 1. */
  readonly ctrlC?: number;
  /** What the shell shows once everything has gone on to its end. */
  readonly goesOnTo: RegExp;
}

/** A pipe that whoever reads it waits at. Nothing is written before `release`. */
function gateAt(file: string, text: string) {
  execFileSync('mkdir', ['-p', dirname(file)]);
  execFileSync('mkfifo', [file]);
  let held: number | undefined;
  const tryOpen = () => {
    try {
      held ??= openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      // Nobody reads yet.
    }
    return held !== undefined;
  };
  return {
    reached: () => expect.poll(tryOpen, { timeout: 30_000, interval: 10 }).toBe(true),
    release() {
      if (held === undefined) return;
      try {
        writeSync(held, text);
      } catch (thrown) {
        // Whoever waited has gone already, which is what closing the terminal is for.
        if (systemCode(thrown) !== 'EPIPE') throw thrown;
      }
      closeSync(held);
      held = undefined;
    },
    /** Lets go whoever comes to read, again and again. */
    stayOpen(until: Promise<unknown>) {
      const again = setInterval(() => {
        if (tryOpen()) this.release();
      }, 20);
      until.finally(() => clearInterval(again)).catch(() => {});
    },
  };
}

async function ready(box: Sandbox, env: Record<string, string> = {}): Promise<Shell> {
  const user = await shell('bash', box, { columns: 150, rows: 60, env });
  await user.command('stty -a > before.txt');
  return user;
}

const asked = /This Python belongs to|is managed externally|Use a virtual environment here/;

/** Types `pip install demo-lib` with a pip that waits at its start, before it refuses; released, every Python goes on until then. */
async function beforeRefusal(until: string | RegExp = asked): Promise<Waiting> {
  const box = sandbox();
  const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
  const gate = gateAt(join(box.root, 'gate'), '');
  const custom = join(dirname(managed.marker), 'sitecustomize.py');
  rmSync(custom, { force: true });
  box.write(
    join('../..', custom.slice(box.root.length + 1)),
    `import signal\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\nopen(${JSON.stringify(join(box.root, 'gate'))}).read()\n`,
  );
  const user = await ready(box, { PATH: `${dist}/shims:${managed.prefix}/bin:/usr/bin:/bin` });
  user.type('pip install demo-lib');
  await gate.reached();
  return {
    box,
    user,
    release() {
      gate.release();
      gate.stayOpen(user.waitFor(until));
    },
  };
}

const stages: readonly Stage[] = [
  {
    at: 'the shim looks for Node',
    async reach() {
      const box = sandbox();
      const ours = join(box.root, 'ours');
      cpSync(dist, ours, { recursive: true });
      rmSync(join(ours, 'node'));
      const gate = gateAt(join(ours, 'node'), `${process.execPath}\n`);
      const user = await ready(box, { PATH: `${ours}/shims:/usr/bin:/bin` });
      user.type('pip install demo-lib');
      await gate.reached();
      return { box, user, release: () => gate.release() };
    },
    goesOnTo: asked,
  },
  {
    at: 'Node runs, before pip',
    async reach() {
      const box = sandbox();
      const ours = join(box.root, 'ours');
      cpSync(dist, ours, { recursive: true });
      const file = join(box.root, 'gate');
      const gate = gateAt(file, '');
      const start = join(ours, 'lib/start.cjs');
      const waits = `"use strict";require("node:fs").readFileSync(${JSON.stringify(file)});\n`;
      writeFileSync(start, waits + readFileSync(start, 'utf8'));
      const user = await ready(box, { PATH: `${ours}/shims:/usr/bin:/bin` });
      user.type('pip install demo-lib');
      await gate.reached();
      return { box, user, release: () => gate.release() };
    },
    goesOnTo: asked,
  },
  { at: 'pip starts, and will refuse', reach: () => beforeRefusal(), goesOnTo: asked },
  {
    at: 'the question is open, and pip has not refused yet',
    async reach() {
      const waiting = await beforeRefusal();
      await waiting.user.waitFor(asked);
      return waiting;
    },
    goesOnTo: asked,
  },
  {
    at: 'it is answered, and pip has not refused yet',
    async reach() {
      const waiting = await beforeRefusal('Successfully installed');
      await waiting.user.waitFor(asked);
      // Keys do not count at once; one more does no harm.
      const again = setInterval(() => waiting.user.send(keys.enter), 100);
      await waiting.user.waitFor('waiting for pip…').finally(() => clearInterval(again));
      return waiting;
    },
    goesOnTo: /Successfully installed demo-lib-2\.0/,
  },
  {
    at: 'pip has failed, and is asked whether it refused',
    async reach() {
      const box = sandbox();
      const gate = gateAt(join(box.root, 'gate'), '');
      box.write(
        '../../odd/sitecustomize.py',
        `import signal, sys\nif 'pip-witness' in str(sys.orig_argv):\n    signal.signal(signal.SIGINT, signal.SIG_DFL)\n    open(${JSON.stringify(join(box.root, 'gate'))}).read()\n`,
      );
      // What sitecustomize does cannot be told, so that the verdict is unknown.
      const user = await ready(box, { PYTHONPATH: join(box.root, 'odd') });
      user.type('pip install demo-lib');
      await gate.reached();
      return { box, user, release: () => gate.release() };
    },
    goesOnTo: asked,
  },
  {
    at: 'the question is open',
    async reach() {
      const box = sandbox();
      const user = await ready(box);
      user.type('pip install demo-lib');
      await user.waitFor(/This Python belongs to [\s\S]*esc leave/);
      return { box, user, release: () => {} };
    },
    goesOnTo: /This Python belongs to [\s\S]*esc leave/,
  },
  {
    at: 'the environment is half made',
    async reach() {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
      const gate = holdVenv(managed, box);
      const user = await ready(box, { PATH: `${dist}/shims:${managed.prefix}/bin:/usr/bin:/bin` });
      user.type('pip install demo-lib');
      await gate.reached();
      expect(box.exists('.venv')).toBe(true);
      return { box, user, release: () => gate.release() };
    },
    goesOnTo: /Successfully installed demo-lib-2\.0/,
  },
  {
    at: 'pip runs once more, in the new environment',
    async reach() {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      const held = heldBuild(box);
      const user = await ready(box);
      user.type(`pip install --no-deps ${held.name}`);
      await held.reached();
      expect(box.exists('.venv')).toBe(true);
      return {
        box,
        user,
        release() {
          held.releaseLeft();
        },
      };
    },
    ctrlC: 1,
    goesOnTo: /Successfully installed demo-lib-2\.0/,
  },
];

type Deed = readonly [string, number | 'closed', (user: Shell) => void];
const deeds: readonly Deed[] = [
  ['Ctrl-C', 130, (user) => user.send(keys.ctrlC)],
  ['Ctrl-\\', 131, (user) => user.send(keys.ctrlBackslash)],
  ['kill', 143, (user) => void process.kill(childOf(user.pid), 'SIGTERM')],
  ['kill -HUP', 129, (user) => void process.kill(childOf(user.pid), 'SIGHUP')],
  ['the terminal closed', 'closed', (user) => user.kill('SIGKILL')],
];

/** What stands in the project beyond what the test itself put there, and in the places of our memory. */
function made(box: Sandbox): string[] {
  const own = ['before.txt', 'after.txt', 'slow'];
  const memory = existsSync(join(box.home, '.local')) ? ['~/.local'] : [];
  return [...readdirSync(box.project).filter((name) => !own.includes(name)), ...memory];
}

describe.each(stages)('as $at', ({ reach, ctrlC, goesOnTo }) => {
  it.each(deeds)(
    '%s: over, nobody and nothing is left, the terminal is as it was',
    async (deed, code, act) => {
      const { box, user, release } = await reach();
      act(user);
      if (code === 'closed') {
        release();
        await nobodyLeft(box);
      } else {
        await user.ready();
        // A build that pip itself leaves behind when it is killed; nothing else may wait there.
        if (ctrlC !== undefined) release();
        await user.command('echo "code $?"; stty -a > after.txt');
        expect(user.history()).toContain(`code ${deed === 'Ctrl-C' ? (ctrlC ?? code) : code}\n`);
        expect(box.read('after.txt')).toBe(box.read('before.txt'));
        await nobodyLeft(box, [user.pid]);
      }
      expect(made(box)).toEqual([]);
    },
  );

  it('Ctrl-Z stops it all, and fg goes on to the end', async () => {
    const { box, user, release } = await reach();
    user.send(keys.ctrlZ);
    expect(await user.ready()).toMatch(/Stopped\s+pip install/);
    await user.command('stty -a > after.txt');
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
    user.type('fg');
    await user.waitFor(/fg\n.*pip install/);
    release();
    const seen = await user.waitUntil((text) => goesOnTo.test(text.slice(text.lastIndexOf('fg\n'))));
    expect(seen).toContain('Stopped');
    if (!seen.includes('Successfully')) user.send(keys.ctrlC);
    await user.ready();
    await user.command('stty -a > after.txt');
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
    await nobodyLeft(box, [user.pid]);
  });

  it('kill -PIPE, of which a pip takes no notice, and TERM after it: over', async () => {
    const { box, user, release } = await reach();
    const child = childOf(user.pid);
    process.kill(child, 'SIGPIPE');
    try {
      process.kill(child, 'SIGTERM');
    } catch {
      // It has died of the first.
    }
    await user.ready();
    if (ctrlC !== undefined) release();
    await user.command('echo "code $?"; stty -a > after.txt');
    expect(user.history()).toMatch(/code 14[13]\n/);
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
    await nobodyLeft(box, [user.pid]);
    expect(made(box)).toEqual([]);
  });
});
