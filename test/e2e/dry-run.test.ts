import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { choose } from '../support/choose.ts';
import { lacks, python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** `--dry-run` makes, keeps, enters and remembers nothing, and tells what would be. */

let box: Sandbox;
let temporary: string;
beforeEach(() => {
  box = sandbox();
  temporary = join(box.root, 'tmp');
  box.run('mkdir', [temporary]);
});

const dry = (detour: string, env: Record<string, string> = {}, words = ['--dry-run']) =>
  box.run('pip', ['install', ...words, 'demo-app'], {
    env: { PIP_DETOUR: detour, TMPDIR: temporary, ...env },
  });

function nothingIsLeft() {
  expect(readdirSync(box.project).filter((name) => name !== '.venv')).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
  for (const place of [
    '.local/state/pip-detour',
    '.local/share/pip-detour-environments',
    '.local/bin',
    '.local/pipx',
  ])
    expect(existsSync(join(box.home, place)), place).toBe(false);
}

describe('venv', () => {
  it.each<[string, string[], Record<string, string>]>([
    ['typed', ['--dry-run'], {}],
    ['by a variable', [], { PIP_DRY_RUN: '1' }],
    ['with uv as the installer', ['--dry-run'], { PIP_DETOUR_INSTALLER: 'uv' }],
  ])('that is not there, %s', (_, words, env) => {
    const ran = dry('venv', env, words);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout + ran.stderr).toMatch(/Would install demo-app-2\.0|demo-app==2\.0/);
    expect(ran.stderr).toContain(
      'Would install into ~/shop/.venv; nothing was changed or remembered (--dry-run).',
    );
    expect(ran.stderr).not.toContain('Installed into');
    expect(box.exists('.venv')).toBe(false);
    nothingIsLeft();
  });

  it('that is there stays as it is', () => {
    box.run(python, ['-m', 'venv', '--without-pip', '.venv']);
    const ran = dry('venv');
    expect(ran.stdout).toContain('Would install demo-app-2.0');
    expect(box.exists('.venv/bin/demo-app')).toBe(false);
    nothingIsLeft();
  });

  it('where pip fails its code is kept', () => {
    const ran = box.run('pip', ['install', '--dry-run', 'demo-nowhere'], {
      env: { PIP_DETOUR: 'venv', TMPDIR: temporary },
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).not.toContain('Would install into');
    nothingIsLeft();
  });
});

it.skipIf(lacks('pipx')).each<[string, string[], Record<string, string>]>([
  ['typed', ['--dry-run'], { PIP_TARGET: '' }],
  ['by a variable', [], { PIP_DRY_RUN: '1' }],
])('pipx, %s: the commands are told and none is run', (_, words, env) => {
  const ran = dry('pipx', env, words);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toMatch(/^Would run:\n {2}.*pipx install .*demo-app$/m);
  expect(ran.stderr).not.toContain('--dry-run demo-app');
  expect(ran.stderr).toContain('Nothing was run, changed or remembered (--dry-run).');
  if ('PIP_TARGET' in env) expect(ran.stderr).toContain('  env -u PIP_TARGET ');
  nothingIsLeft();
});

// A stand-in for uv, which no Debian package brings: it must not be run at all.
it('a project’s manager: the commands are told and none is run', () => {
  const bin = join(box.root, 'bin-of-uv');
  mkdirSync(bin);
  writeFileSync(join(bin, 'uv'), `#!/bin/sh\necho "$@" >>'${join(box.root, 'ran')}'\n`, { mode: 0o755 });
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  box.write('uv.lock', 'version = 1\n');
  const ran = dry('project-manager', { PATH: `${box.env['PATH']}:${bin}` });
  expect(ran.code, ran.stderr).toBe(0);
  expect(existsSync(join(box.root, 'ran'))).toBe(false);
  expect(ran.stderr).toMatch(/^Would run:\n {2}.*uv add .*demo-app$/m);
  expect(box.read('uv.lock')).toBe('version = 1\n');
});

it.skipIf(process.getuid?.() !== 0 || lacks('apt-cache'))(
  'the distribution’s package: apt is told of, and not run',
  () => {
    const ran = box.run('pip', ['install', '--dry-run', 'requests'], {
      env: { PIP_DETOUR: 'system-package' },
    });
    expect(ran.stderr).toMatch(
      /^Would run:\n {2}.*apt-get install .*python3-requests$|is in no package|installed already/m,
    );
    nothingIsLeft();
  },
);

it('break-system-packages: pip tells', () => {
  const ran = dry('break-system-packages');
  expect(ran.stdout).toContain('Would install demo-app-2.0');
  nothingIsLeft();
});

it('a remembered choice tells, and its record stays as it was', async () => {
  const state = join(box.home, '.local/state/pip-detour');
  await remember(state, box.project, 'venv');
  const before = box.run('sh', ['-c', `cat ${state}/choices/*`]).stdout;
  const ran = box.run('pip', ['install', '--dry-run', 'demo-lib'], { env: { TMPDIR: temporary } });
  expect(ran.stdout).toContain('Would install demo-lib-2.0');
  expect(box.exists('.venv')).toBe(false);
  expect(box.run('sh', ['-c', `cat ${state}/choices/*`]).stdout).toBe(before);
});

it('an answer is neither remembered nor entered', async () => {
  const user = await shell('bash', box, { columns: 140 });
  user.type('pip install --dry-run demo-lib');
  expect(await user.waitFor('esc leave')).not.toContain('remember for');
  await choose(user, /virtual environment/);
  const end = await user.ready();
  expect(end).toContain('Would install into ~/shop/.venv; nothing was changed or remembered (--dry-run).');
  expect(end).not.toContain('Remembered for');
  expect(box.exists('.venv')).toBe(false);
});
