import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome, programOf, snapshot } from '../install/support.ts';
import { dist, python, systemIsManaged, top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/** A home whose temporary directory can be looked into. */
function demoHome(
  extra: Readonly<Record<string, string | undefined>> = {},
): Sandbox & { readonly tmp: string } {
  // The demonstration brings its own wheel and index settings.
  const home = freshHome({ PIP_NO_INDEX: undefined, PIP_FIND_LINKS: undefined, ...extra });
  const tmp = join(home.root, 'tmp');
  mkdirSync(tmp);
  home.env['TMPDIR'] = tmp;
  return { ...home, tmp };
}
/** The last line of the prompt, under the options. */
const asked = /enter run/;
const command = join(dist, 'shims/pip-detour');
const demo = (home: Sandbox) => home.run(command, ['demo'], { timeout: 120_000 });

/** The `bin` directory of a Python with a pip that is not externally managed. */
function unmanagedPython(home: Sandbox): string {
  const directory = join(home.root, 'unmanaged');
  execFileSync(python, [join(top, 'src/python/managed-python.py'), directory]);
  const version = readdirSync(join(directory, 'lib')).find((name) => /^python3\.\d+$/.test(name)) ?? '';
  rmSync(join(directory, 'lib', version, 'EXTERNALLY-MANAGED'));
  return join(directory, 'bin');
}

describe.skipIf(!systemIsManaged())('the demonstration', () => {
  it('installs into .venv without a terminal, and leaves nothing behind', () => {
    const home = demoHome();
    const before = snapshot(home.home);
    const ran = demo(home);
    expect(ran.stdout).toContain('error: externally-managed-environment');
    expect(ran.stdout).toContain('$ PIP_DETOUR=venv pip install demo-package\n');
    expect(ran.stdout).toContain("import demo_package; print(demo_package.__version__)'\n1.0\n");
    expect(ran.code).toBe(0);
    expect(snapshot(home.home)).toEqual(before);
    expect(readdirSync(home.tmp)).toEqual([]);
  });

  it('asks with a terminal, and goes on with the answer', async () => {
    const home = demoHome();
    const pty = terminal(command, ['demo'], { env: home.env, cwd: home.project });
    await pty.waitFor(asked);
    expect(pty.history()).toContain('$ pip install demo-package');
    pty.send(keys.enter);
    expect(await pty.exited).toMatchObject({ code: 0 });
    expect(pty.history()).toContain('this shell is in it now');
    expect(pty.history()).toMatch(/\(\S+\) \$ python -c 'import demo_package[^\n]*\n1\.0\n/);
    expect(pty.history()).not.toContain('bin/activate');
    expect(readdirSync(home.tmp)).toEqual([]);
    expect(snapshot(home.home)).toEqual(snapshot(demoHome().home));
  });

  it('uses the package by its path where the shell was not to enter', async () => {
    const home = demoHome();
    const pty = terminal(command, ['demo'], { env: home.env, cwd: home.project });
    await pty.waitFor(/activate[^\n]*always here/);
    pty.send('a');
    await pty.waitFor(/activate[^\n]*this once/);
    pty.send('a');
    await pty.waitFor(/activate: no/);
    pty.send(keys.enter);
    expect(await pty.exited).toMatchObject({ code: 0 });
    expect(pty.history()).toMatch(/\n\$ \.venv\/bin\/python -c 'import demo_package[^\n]*\n1\.0\n/);
  });

  it('is interrupted as every program is', async () => {
    const home = demoHome();
    const pty = terminal(command, ['demo'], { env: home.env, cwd: home.project });
    await pty.waitFor(asked);
    pty.send(keys.ctrlC);
    const { code, signal } = await pty.exited;
    expect(signal === 2 || code === 130).toBe(true);
    expect(readdirSync(home.tmp)).toEqual([]);
  });

  it('ends as pip does when the refusal is left', async () => {
    const home = demoHome();
    const pty = terminal(command, ['demo'], { env: home.env, cwd: home.project });
    await pty.waitFor(asked);
    pty.send(keys.escape);
    expect(await pty.exited).toMatchObject({ code: 1 });
    expect(pty.history()).toContain('Nothing was installed.');
    expect(readdirSync(home.tmp)).toEqual([]);
  });

  it('cleans up when its terminal is closed', async () => {
    const home = demoHome();
    const pty = terminal(command, ['demo'], { env: home.env, cwd: home.project });
    await pty.waitFor(asked);
    process.kill(pty.pid, 'SIGHUP');
    expect((await pty.exited).signal).toBe(1);
    expect(readdirSync(home.tmp)).toEqual([]);
  });

  it('minds none of the settings of the person', () => {
    const home = demoHome({
      PIP_DETOUR: 'off',
      PIP_BREAK_SYSTEM_PACKAGES: '1',
      PIP_TARGET: '/nonexistent',
      PYTHONHOME: '/nonexistent',
      VIRTUAL_ENV: '/nonexistent',
    });
    expect(demo(home).code).toBe(0);
  });
});

describe('the demonstration where no Python is externally managed', () => {
  it('makes one that is, for itself alone', () => {
    const home = demoHome();
    home.env['PATH'] = unmanagedPython(home);
    const before = snapshot(join(home.root, 'unmanaged'), true);
    const ran = demo(home);
    expect(ran.stdout).toContain('so an externally managed one was made for this demonstration only');
    expect(ran.stdout).toContain('error: externally-managed-environment');
    expect(ran.stdout).toContain("print(demo_package.__version__)'\n1.0\n");
    expect(ran.code).toBe(0);
    expect(snapshot(join(home.root, 'unmanaged'), true)).toEqual(before);
    expect(readdirSync(home.tmp)).toEqual([]);
  });

  it('says what is missing where there is no Python at all', () => {
    const home = demoHome({ PATH: '/nonexistent' });
    const ran = demo(home);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toBe(
      'pip-detour: no-python: there is no python3 on PATH\nhint: install Python 3 with pip\n',
    );
    expect(readdirSync(home.tmp)).toEqual([]);
  });
});

describe('./install.sh --demo', () => {
  it('installs first and then shows it, on a fresh machine with nobody there', () => {
    const home = demoHome({ CI: 'true' });
    const ran = home.run(join(top, 'install.sh'), ['--demo'], { timeout: 120_000 });
    expect(ran.stdout).toContain('is installed in ~/.local/share/pip-detour.');
    expect(ran.stdout).toContain('here CI is set, so PIP_DETOUR answers in advance');
    expect(ran.stdout).toContain('That is all there is to it.');
    expect(ran.code).toBe(0);
    home.run(join(programOf(home), 'shims/pip-detour'), ['uninstall']);
    expect(readdirSync(home.home)).toEqual(['shop']);
  });
});
