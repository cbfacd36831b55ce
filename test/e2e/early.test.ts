import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nobodyLeft } from '../support/held.ts';
import { dist, pythonName } from '../support/machine.ts';
import { type ManagedPython, managedPython } from '../support/managed.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

/** The question stands before pip has refused; what pip then does decides. */

const systemPipSite = '/usr/lib/python3/dist-packages';
const patient = { timeout: 30_000, interval: 20 };
const question = 'enter run';
const refusal = 'hint: See PEP 668 for the detailed specification.';

interface Asked {
  readonly box: Sandbox;
  readonly managed: ManagedPython;
  readonly user: Terminal;
  /** Lets pip go on to its refusal, or to whatever it does. */
  release(): void;
  /** The process that is pip. */
  pip(): number;
}

/** What is typed, and what is there before; `ours`: the program, where it is not the built one. */
interface Typed {
  readonly line?: string;
  readonly before?: (box: Sandbox) => void;
  readonly ours?: (box: Sandbox) => string;
}

/** Types `pip install demo-lib` with a pip that waits before its first line, until the question stands. */
async function askedEarly(env: Record<string, string> = {}, typed: Typed = {}): Promise<Asked> {
  const asked = begun(env, typed);
  await asked.user.waitFor(question);
  return asked;
}

/** The same, as soon as it is typed. */
function begun(env: Record<string, string>, { line = 'pip install demo-lib', before, ours }: Typed): Asked {
  const box = sandbox();
  const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
  box.write(
    `../.local/lib/${pythonName}/site-packages/usercustomize.py`,
    `import os, sys, time
if any(word.endswith("/pip-witness.py") for word in sys.orig_argv):
    open(os.path.expanduser("~/pid"), "w").write(str(os.getpid()))
    while not os.path.exists(os.path.expanduser("~/go")): time.sleep(0.02)
`,
  );
  before?.(box);
  const user = terminal('/bin/bash', ['--norc', '-c', `${line}; echo "code $?."; stty -a`], {
    env: { ...box.env, PATH: `${ours?.(box) ?? dist}/shims:${managed.prefix}/bin:/usr/bin:/bin`, ...env },
    cwd: box.project,
    columns: 110,
  });
  return {
    box,
    managed,
    user,
    release: () => writeFileSync(join(box.home, 'go'), ''),
    pip: () => Number(box.read('../pid')),
  };
}

/** Where a Python of our own has what was installed into it. */
function installed({ managed }: Asked): boolean {
  const local = join(managed.prefix, 'local/lib', pythonName, 'dist-packages');
  const places = [local, join(managed.prefix, 'lib', pythonName, 'site-packages')];
  return places.some((place) => existsSync(place) && readdirSync(place).includes('demo_lib'));
}

describe('the question stands while pip is still running', () => {
  it('an answer waits for pip’s refusal, and is then carried out', async () => {
    const asked = await askedEarly();
    const { user, box } = asked;
    user.send(keys.enter);
    await user.waitFor(/✓ Use a virtual environment here\n {2}waiting for pip…/);
    expect(box.exists('.venv')).toBe(false);
    asked.release();
    await user.waitFor('code 0.');
    expect(box.exists('.venv/lib')).toBe(true);
    expect(user.history()).not.toContain('waiting for pip');
    expect(user.history()).not.toContain(refusal);
  });

  it('left before pip has refused, pip’s message follows when it comes', async () => {
    const asked = await askedEarly();
    asked.user.send(keys.escape);
    await asked.user.waitFor('waiting for pip…');
    expect(asked.user.history()).not.toContain(refusal);
    asked.release();
    await asked.user.waitFor('code 1.');
    expect(asked.user.history()).toMatch(/^– Left as it is\nerror: externally-managed-environment\n/);
    expect(asked.user.history()).toContain(refusal);
  });

  it('Ctrl-C stops it, and no pip is left', async () => {
    const asked = await askedEarly();
    asked.user.send(keys.ctrlC);
    await asked.user.waitFor('code 130.');
    await nobodyLeft(asked.box, [asked.user.pid]);
  });

  it('Ctrl-C stops the waiting, too', async () => {
    const asked = await askedEarly();
    asked.user.send(keys.enter);
    await asked.user.waitFor('waiting for pip…');
    asked.user.send(keys.ctrlC);
    await asked.user.waitFor('code 130.');
    await nobodyLeft(asked.box, [asked.user.pid]);
    expect(asked.box.exists('.venv')).toBe(false);
  });

  it.each([
    ['pip install demo-lib >/dev/null', {}],
    ['pip install -v demo-lib >&-', {}],
    ['pip install demo-lib', { NO_COLOR: '1', COLUMNS: '50' }],
  ])('left, %s %o shows the bytes that pip alone shows', async (line, env) => {
    const asked = await askedEarly(env, { line });
    asked.user.send(keys.escape);
    await asked.user.waitFor('waiting for pip…');
    asked.release();
    await asked.user.waitFor('code 1.');
    const alone = terminal('/bin/bash', ['--norc', '-c', `${line}; echo "code $?."`], {
      env: { ...asked.box.env, ...env, PATH: `${asked.managed.prefix}/bin:/usr/bin:/bin` },
      cwd: asked.box.project,
      columns: 110,
    });
    await alone.exited;
    expect(alone.raw()).toContain('externally-managed-environment');
    expect(asked.user.raw()).toContain(alone.raw());
    expect(asked.user.history()).toMatch(/^– Left as it is\nerror: /);
  });

  it('Ctrl-C ends it although something else is still looked up, and the real pip is not run', async () => {
    const slow = '#!/bin/sh\necho >~/looking\nexec sleep 600\n';
    const before = (box: Sandbox) => void box.write('../../prefix/bin/pipx', slow, 0o755);
    const asked = begun({ ACCESSIBLE: '1' }, { before });
    await expect.poll(() => asked.box.exists('../looking') && asked.box.exists('../pid'), patient).toBe(true);
    asked.user.send(keys.ctrlC);
    // The shell goes with it, as with any program that ends by SIGINT.
    await asked.user.exited;
    expect(asked.user.history()).toBe('^C');
    await nobodyLeft(asked.box);
  });

  it('a terminal that is closed leaves neither of us', async () => {
    const asked = await askedEarly();
    asked.user.kill('SIGHUP');
    await asked.user.exited;
    await nobodyLeft(asked.box);
    expect(asked.box.exists('.venv')).toBe(false);
  });
});

describe('a pip that does something else than refuse', () => {
  for (const [when, before] of [
    ['before anything was pressed', undefined],
    ['after the answer', keys.enter],
    ['after it was left', keys.escape],
  ] as const)
    it(`takes the question off the screen without a trace and runs as if nothing had been: ${when}`, async () => {
      const asked = await askedEarly();
      if (before !== undefined) {
        asked.user.send(before);
        await asked.user.waitFor('waiting for pip…');
      }
      rmSync(asked.managed.marker);
      asked.release();
      await asked.user.waitFor(/code 0\.[\s\S]*echoke/);
      // The real pip's own output, from the first line on.
      expect(asked.user.history()).toMatch(/^(WARNING|Looking in links|Collecting|Processing)/);
      expect(asked.user.history()).not.toMatch(/This Python|waiting|Left as it is|✓/);
      expect(installed(asked)).toBe(true);
      expect(asked.box.exists('.venv')).toBe(false);
      expect(asked.user.history()).toMatch(/[ ;\n]echo /);
    });

  it('one that is killed has said nothing: the real pip says it', async () => {
    const asked = await askedEarly();
    process.kill(asked.pip(), 'SIGKILL');
    await theRealPipSaysIt(asked);
  });

  it('one that cannot be started has said nothing: the real pip says it', async () => {
    const ours = (box: Sandbox) => {
      cpSync(dist, join(box.root, 'ours'), { recursive: true });
      rmSync(join(box.root, 'ours/lib/pip-witness.py'));
      return join(box.root, 'ours');
    };
    const asked = begun({}, { ours });
    asked.release();
    await theRealPipSaysIt(asked);
  });
});

async function theRealPipSaysIt({ user }: Asked): Promise<void> {
  await user.waitFor('code 1.');
  expect(user.history()).toMatch(/^error: externally-managed-environment\n/);
  expect(user.history()).toContain(refusal);
  expect(user.history()).not.toContain('This Python');
}

describe('the pip that is asked can change nothing', () => {
  it('not even the log it was told to write, which the pip that is run then writes', async () => {
    const asked = await askedEarly({ PIP_LOG: '../pip.log' });
    await expect.poll(() => asked.box.exists('../pid'), patient).toBe(true);
    asked.release();
    await expect.poll(() => existsSync(`/proc/${asked.pip()}`), patient).toBe(false);
    expect(asked.box.exists('../pip.log')).toBe(false);
    asked.user.send(keys.escape);
    await asked.user.waitFor('code 1.');
    expect(asked.user.history()).toContain(refusal);
    expect(asked.box.read('../pip.log')).toContain('externally-managed-environment');
  });
});
