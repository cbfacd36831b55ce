import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../src/memory/files.ts';
import { snapshot } from '../install/support.ts';
import { type HookShell, hookShells, readsHook, says } from '../support/hooked.ts';
import { dist, lacks, systemIsManaged, top } from '../support/machine.ts';
import { merged, type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** A HOME, or an XDG directory, that is empty or relative would lie in whatever directory one stands in. */

const managed = systemIsManaged() && !lacks('pip');

/** Somebody whom the user database does not know has no home beside HOME; root can be anybody. */
const nobodys = process.getuid?.() === 0 ? 54_321 : undefined;
const as = nobodys === undefined ? [] : ['setpriv', `--reuid=${nobodys}`, '--clear-groups'];
const noSetpriv = nobodys !== undefined && lacks('setpriv');

/** Below the checkout: what a home, or one of the base directories, would be there. */
const bases = ['.', 'sub'];

/**
 * A checkout that has settings, a remembered choice, a program and things for shells to read, wherever a HOME or an XDG
 * directory of `bases` leads, and an environment that tells when it is entered.
 */
function planted(): {
  box: Sandbox;
  run: (line: string, env: Env) => Ran;
  unharmed: (changed?: boolean) => void;
} {
  const box = sandbox({ PIP_NO_CACHE_DIR: '1', SHELL: '/bin/sh' });
  const project = box.project;
  const put = (path: string, text: string) => box.write(path, text, 0o755);
  const trap = (name: string) => put(name, `#!/bin/sh\necho ${name} >>'${project}/../tripped'\n`);
  cpSync(dist, join(box.root, 'dist'), { recursive: true, verbatimSymlinks: true });
  put('.venv/pyvenv.cfg', 'home = /usr/bin\nversion = 3.11.2\ninclude-system-site-packages = false\n');
  trap('.venv/bin/pip');
  symlinkSync('/usr/bin/python3', join(project, '.venv/bin/python'));
  const python = realpathSync('/usr/bin/python3').replace(/.*\//, '');
  put(
    `.venv/lib/${python}/site-packages/evil.pth`,
    `import os; open("${project}/../tripped", "a").write("pth\\n")\n`,
  );
  const choice = {
    version: 2,
    directory: project,
    detour: 'venv',
    at: '2024-01-01T00:00:00.000Z',
    means: { environment: { directory: join(project, '.venv') } },
  };
  for (const base of bases) {
    for (const at of [`${base}/.config`, base]) put(`${at}/pip-detour/config.toml`, 'detour = "venv"\n');
    for (const at of [`${base}/.local/state`, base]) {
      put(`${at}/pip-detour/choices/${nameOf(project)}.json`, JSON.stringify(choice));
      put(`${at}/pip-detour/shell/auto-activate`, '');
      put(`${at}/pip-detour/shell/auto${project}/.pip-detour-environment`, `${project}/.venv\nbelow\n`);
    }
    for (const at of [`${base}/.local/share`, base]) {
      trap(`${at}/pip-detour/node`);
      put(
        `${at}/pip-detour/lib/start.cjs`,
        `require("fs").appendFileSync("${project}/../tripped", "start\\n")\n`,
      );
      trap(`${at}/pip-detour/shims/pip`);
    }
  }
  cpSync(box.wheels, join(box.root, 'wheels'), { recursive: true });
  box.env['PIP_FIND_LINKS'] = join(box.root, 'wheels');
  if (nobodys !== undefined) spawnSync('chown', ['-R', `${nobodys}`, box.root]);
  const before = snapshot(project);
  return {
    box,
    run(line, env) {
      const [program = '', ...args] = [...as, '/bin/sh', '-c', line];
      return box.run(program, args, {
        env: { PATH: `${box.root}/dist/shims:/usr/bin:/bin`, ...env },
        timeout: 30_000,
      });
    },
    unharmed(changed = false) {
      expect(existsSync(join(box.home, 'tripped'))).toBe(false);
      if (!changed) expect(snapshot(project)).toEqual(before);
    },
  };
}

type Env = Readonly<Record<string, string | undefined>>;
const xdg = (value: string): Env => ({
  XDG_CONFIG_HOME: value,
  XDG_DATA_HOME: value,
  XDG_STATE_HOME: value,
  XDG_CACHE_HOME: value,
});
const bad: readonly (readonly [string, Env])[] = [
  ['an empty HOME', { HOME: '' }],
  ['a relative HOME', { HOME: 'sub' }],
  ['a HOME of a dot', { HOME: '.' }],
  ['no HOME, and relative XDG directories', { HOME: undefined, ...xdg('sub') }],
  ['an empty HOME, and XDG directories with a colon', { HOME: '', ...xdg('sub:/sub') }],
  ['a relative HOME, and empty XDG directories', { HOME: './sub', ...xdg('') }],
];

describe.skipIf(!managed || noSetpriv)('nothing of a checkout is believed by way of', () => {
  it.each(bad)('%s', (_, env) => {
    const { run, unharmed } = planted();
    expect(run('pip install demo-lib', env).code).toBe(1);
    expect(run('pip install --user demo-lib', env).code).toBe(1);
    expect(run('pip-detour status', env).stdout).not.toContain('standing');
    expect(run('pip-detour explain -- pip install demo-lib', env).code).toBe(0);
    expect(run('pip-detour choices', env).stdout).toContain('Nothing is remembered yet');
    run('pip-detour doctor --quick', env);
    run('pip-detour uninstall --yes', env);
    run('. ../../dist/env.sh; pip list', env);
    unharmed();
  });

  it.each(bad)('%s, where the shim is a copy that lies elsewhere', (_, env) => {
    const { box, run, unharmed } = planted();
    const elsewhere = join(box.root, 'elsewhere');
    cpSync(join(dist, 'shims/pip'), join(elsewhere, 'pip'));
    cpSync(join(dist, 'shims/pip-detour'), join(elsewhere, 'pip-detour'));
    const PATH = `${elsewhere}:/usr/bin:/bin`;
    expect(run('pip install demo-lib', { ...env, PATH }).stderr).toContain('externally-managed');
    expect(run('pip-detour status', { ...env, PATH })).toMatchObject({ code: 127 });
    run('. ../../dist/env.sh; pip list', { ...env, PATH: '/usr/bin:/bin' });
    unharmed();
  });

  it('nor by a VIRTUAL_ENV that is relative', () => {
    const { run, unharmed } = planted();
    expect(run('pip install demo-lib', { VIRTUAL_ENV: '.venv' }).code).toBe(1);
    unharmed();
  });

  it('what is chosen goes into the project, and nothing else is left there', () => {
    const { box, run } = planted();
    box.run('rm', ['-r', '.venv', '.local', '.config', 'sub', 'pip-detour']);
    const ran = run('PIP_DETOUR=venv pip install demo-lib; .venv/bin/demo-lib; echo', {
      HOME: '',
      PIP_NO_CACHE_DIR: undefined,
    });
    expect(ran.stderr).toContain('Installed into');
    expect(Object.keys(snapshot(box.project)).filter((name) => !name.startsWith('.venv'))).toEqual([]);
  });

  const cases = hookShells.flatMap((name) => bad.map(([title, env]) => [name, title, env] as const));
  it.each(cases.filter(([name]) => !lacks(name)))('%s: %s', async (name: HookShell, _, env) => {
    const { box, unharmed } = planted();
    const user = await shell(
      name,
      { ...box, env: merged(box.env, { ...env, XDG_RUNTIME_DIR: box.root }) },
      { under: as },
    );
    await user.command(readsHook(name, join(box.root, 'dist')));
    await user.command('cd sub');
    await user.command('cd ..');
    const shown = await user.command(says[name].show('VIRTUAL_ENV'));
    expect(shown).toContain('VIRTUAL_ENV is <unset>');
    // fish itself leaves its history and variables there.
    unharmed(name === 'fish');
  });

  it.each(bad.slice(0, 3))('%s: install.sh installs nothing', (_, env) => {
    const { run, unharmed } = planted();
    const ran = run(join(top, 'install.sh'), { ...env, PATH: process.env['PATH'] });
    expect(ran.stderr).toContain('HOME is not set');
    expect(ran.code).toBe(1);
    unharmed();
  });
});

describe.skipIf(!managed)('a HOME in which nothing can be kept', () => {
  const file = (box: Sandbox) => box.write('a-file', '');
  const unreadable = (box: Sandbox) => {
    const directory = join(box.root, 'unreadable');
    mkdirSync(directory, { mode: 0 });
    return directory;
  };
  it.each<[string, (box: Sandbox) => string]>([
    ['/proc', () => '/proc'],
    ['below /proc', () => '/proc/self/home'],
    ['/sys', () => '/sys'],
    ['a device', () => '/dev/null'],
    ['a file', file],
    ['a directory that is not to be read', unreadable],
    ['a directory that is missing', (box) => join(box.root, 'gone/home')],
  ])('%s ends no command and keeps none from ending', (_, place) => {
    const box = sandbox({ PIP_NO_CACHE_DIR: '1' });
    const env = { HOME: place(box) };
    const run = (command: string, ...args: string[]) => box.run(command, args, { env, timeout: 30_000 });
    expect(run('pip', 'install', 'demo-lib')).toMatchObject({ code: 1, signal: null });
    const ran = box.run('pip', ['install', 'demo-lib'], {
      env: { ...env, PIP_DETOUR: 'venv' },
      timeout: 30_000,
    });
    expect(ran).toMatchObject({ code: 0, signal: null });
    expect(ran.stderr).toContain('Installed into');
    for (const args of [
      ['status'],
      ['choices'],
      ['doctor', '--quick'],
      ['config', 'list'],
      ['setup', '--dry-run'],
    ])
      expect(run('pip-detour', ...args)).toMatchObject({ signal: null });
    for (const args of [['config', 'set', 'detour', 'venv'], ['uninstall', '--dry-run'], ['trust']]) {
      const { signal, stderr } = run('pip-detour', ...args);
      expect([signal, stderr.replace(/^pip-detour: [a-z-]+: .*\n(hint: .*\n)?/gm, '')]).toEqual([null, '']);
    }
  });
});
