import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist, lacks, systemIsManaged } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';
import { isRoot, policyDirectory, policyFile, put } from './saying.ts';

/** A person whose settings are these. */
function withSettings(text: string, extra: Readonly<Record<string, string>> = {}): Sandbox {
  const box = sandbox(extra);
  put(join(box.home, '.config/pip-detour/config.toml'), text);
  return box;
}
const install = (box: Sandbox) => box.run('pip', ['install', 'demo-lib']);
const pipDetour = (box: Sandbox, ...args: string[]) => box.run(`${dist}/shims/pip-detour`, args).stdout;
function asked(box: Sandbox): Terminal {
  return terminal(`${dist}/shims/pip`, ['install', 'demo-lib'], { env: box.env, cwd: box.project });
}

describe('each setting does what it says', () => {
  it('detour: taken without asking, and who said so is told', () => {
    const box = withSettings('detour = "venv"\n');
    const ran = install(box);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(
      'set in ~/.config/pip-detour/config.toml; to undo that: pip-detour config unset detour\n',
    );
    expect(box.exists('.venv/bin/python')).toBe(true);
  });

  it('detour = none: pip’s own answer, and no hint', () => {
    const ran = install(withSettings('detour = "none"\n'));
    expect(ran.code).toBe(1);
    expect(ran.stderr).not.toContain('pip-detour');
  });

  it('environment: its name; a venv of another name does not count', () => {
    const box = withSettings('detour = "venv"\nenvironment = "env"\n');
    box.run('/usr/bin/python3', ['-m', 'venv', '--without-pip', '.venv']);
    expect(install(box).code).toBe(0);
    expect(box.exists('env/bin/python')).toBe(true);
    expect(pipDetour(box, 'status')).toMatch(/^environment +~\/shop\/env \(ready\)$/m);
  });

  it('system-site-packages: what a new environment sees; a project says so for everybody, and a person against it', () => {
    const box = withSettings('detour = "venv"\n');
    const offered = () => pipDetour(box, 'status').match(/^\+ venv .*$/m)?.[0];
    expect(offered()).not.toContain('sees');
    box.write('.pip-detour.toml', 'system-site-packages = true\n');
    expect(offered()).toContain("sees the system's packages: as is set");
    expect(install(box).code).toBe(0);
    expect(readFileSync(join(box.project, '.venv/pyvenv.cfg'), 'utf8')).toContain('site-packages = true');
    rmSync(join(box.project, '.venv'), { recursive: true });
    pipDetour(box, 'config', 'set', '--directory', box.project, 'system-site-packages', 'false');
    expect(offered()).not.toContain('sees');
  });

  it('environment-place = central: outside the project, in the directory that is set', () => {
    const box = withSettings(
      'detour = "venv"\nenvironment-place = "central"\nenvironments-directory = "~/envs"\n',
    );
    expect(install(box).code).toBe(0);
    expect(readdirSync(box.project)).toEqual([]);
    expect(readdirSync(join(box.home, 'envs'))).toEqual([expect.stringMatching(/^shop-[0-9a-f]{8}$/)]);
    expect(install(box).stderr).toContain('~/envs/shop-');
  });

  const others = pythonsHere();
  it.skipIf(others.length === 0)(
    'interpreter: what a new environment is made with (wants a pyenv under HOME)',
    () => {
      const [python = ''] = others;
      const box = withSettings(`detour = "venv"\ninterpreter = "${python}"\n`);
      expect(install(box).stdout).toContain('Successfully installed demo-lib-2.0');
      const code = 'import sys; print(sys.base_prefix)';
      const prefix = box.run(join(box.project, '.venv/bin/python'), ['-c', code]).stdout.trim();
      expect(prefix).toBe(join(python, '../..'));
      // Its own pip fits it, too.
      expect(box.run(join(box.project, '.venv/bin/python'), ['-m', 'pip', '--version']).code).toBe(0);
    },
  );

  it.each([
    ['3.99', 'which was not found'],
    ['/nowhere/python3', 'which was not found'],
    ['python3.99', 'which was not found'],
  ])('interpreter = %s, %s: said, and nothing is made', (wanted, why) => {
    const box = withSettings(`detour = "venv"\ninterpreter = "${wanted}"\n`);
    const ran = install(box);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`because the setting interpreter asks for ${wanted}, ${why}`);
    expect(readdirSync(box.project)).toEqual([]);
  });

  it('hint = false, in a project’s file: none', () => {
    const box = sandbox();
    expect(install(box).stderr).toContain('pip-detour: you were not asked');
    box.write('.pip-detour.toml', 'hint = false\n');
    expect(install(box).stderr).not.toContain('pip-detour');
  });

  it.skipIf(lacks('apt-cache') || !systemIsManaged())(
    'package-timeout: the package manager is waited for no longer',
    () => {
      const box = withSettings('package-timeout = 1\n');
      box.write('../bin/apt-cache', '#!/bin/sh\nexec sleep 600\n', 0o755);
      box.env['PATH'] = `${box.home}/bin:${box.env['PATH']}`;
      expect(pipDetour(box, 'explain', '--', 'pip', 'install', 'requests')).toContain(
        'it gave no answer in 1 seconds',
      );
    },
  );
});

describe('at the prompt', () => {
  it('remember = false: not remembered unless r is pressed', async () => {
    const user = asked(withSettings('remember = false\n'));
    expect(await user.waitFor('esc leave')).toMatch(/remember for ~\/shop: no/);
    user.send(keys.escape);
    await user.exited;
  });

  it('accessible = true: a numbered list', async () => {
    const user = asked(withSettings('accessible = true\n'));
    await user.waitFor(/Number 1-\d, .*q to leave:/);
    user.send('q\r');
    expect((await user.exited).code).toBe(1);
  });

  const coloured = /\x1b\[3[1-7]m/;
  it.each([
    ['never', {}, false],
    ['always', { NO_COLOR: '1' }, true],
    ['auto', { NO_COLOR: '1' }, false],
    ['auto', {}, true],
  ])('color = %s with %j: %s', async (color, env, expected) => {
    const user = asked(withSettings(`color = "${color}"\n`, env));
    await user.waitFor('esc leave');
    expect(coloured.test(user.raw())).toBe(expected);
    user.send(keys.escape);
    await user.exited;
  });

  it.each([
    ['drawn', ''],
    ['plain', 'accessible = true\n'],
  ])('prompt-timeout: a question nobody touches is left, with pip’s message (%s)', async (_, more) => {
    const user = asked(withSettings(`prompt-timeout = 1\n${more}`));
    expect((await user.exited).code).toBe(1);
    expect(user.history()).toMatch(/This Python belongs to|Left as it is/);
    expect(user.history()).toContain('error: externally-managed-environment');
  });

  it('prompt-timeout: a key, and it waits', async () => {
    const user = asked(withSettings('prompt-timeout = 2\n'));
    await user.waitFor('esc leave');
    user.send(keys.down);
    // Longer than the time there was: what shows that nothing happens can only be time.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(user.screen()).toContain('esc leave');
    user.send(keys.escape);
    await user.exited;
  });

  it.runIf(isRoot)('what the administrator forbids is greyed, with the reason', async () => {
    const box = sandbox();
    put(policyFile(box), 'forbid = ["pipx", "break-system-packages"]\n');
    box.env['XDG_CONFIG_DIRS'] = policyDirectory(box);
    const user = asked(box);
    const screen = await user.waitFor('esc leave');
    expect(screen.match(/not allowed by your administrator/g)).toHaveLength(2);
    expect(screen).toMatch(/^ *– +Install as an app with pipx/m);
    user.send(keys.escape);
    await user.exited;
  });
});

/** Pythons of a pyenv of whoever runs the tests, newest last. */
function pythonsHere(): string[] {
  const versions = join(homedir(), '.pyenv/versions');
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => /^3\.1\d\.\d+$/.test(name))
    .map((name) => join(versions, name, 'bin/python3'))
    .filter((file) => existsSync(file));
}
