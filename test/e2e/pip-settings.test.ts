import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** What somebody's pip.conf and PIP_* variables say, and the environment that was made in spite of them. */

let box: Sandbox;
beforeEach(() => {
  box = sandbox({ PIP_CONFIG_FILE: undefined });
});

const conf = (text: string) => box.write('../.config/pip/pip.conf', text);
const venv = (env: Record<string, string | undefined> = {}, ...words: string[]) =>
  box.run('pip', ['install', 'demo-lib', ...words], { env: { PIP_DETOUR: 'venv', ...env } });
const own = (env: Record<string, string | undefined> = {}) =>
  box.run(join(box.project, '.venv/bin/pip'), ['install', 'demo-other'], { env });
const has = (module: string) =>
  box.run(join(box.project, '.venv/bin/python'), ['-c', `import ${module}`], { cwd: '/' }).code === 0;

describe('the second install, by the environment’s own pip, works where pip.conf says', () => {
  it.each([
    ['[global]\nuser = yes\n', 'user'],
    ['[install]\nuser = true\n', 'user'],
    ['[global]\nuser = 1\n[install]\nuser = on\n', 'user'],
    ['[global]\ntarget = /tmp/nowhere-of-mine\n', 'target'],
    ['[install]\nprefix = /tmp/nowhere-of-mine\n', 'prefix'],
    ['[install]\nroot = /tmp/nowhere-of-mine\nuser = yes\n', 'root'],
    ['[global]\nrequire-virtualenv = true\nuser = yes\n', 'user'],
  ])('%j', (text, name) => {
    conf(text);
    const first = venv();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain(
      `${name} is set in ~/.config/pip/pip.conf. In this environment that does not count`,
    );
    const second = own();
    expect(second.code, second.stderr).toBe(0);
    expect([has('demo_lib'), has('demo_other')]).toEqual([true, true]);
  });
});

it('what nothing in an environment can undo is said, with what to type', () => {
  const first = venv({ PIP_USER: '1' });
  expect(first.code, first.stderr).toBe(0);
  expect(first.stderr).toContain('PIP_USER is set: the environment\u2019s own pip'.replace('\u2019', "'"));
  expect(first.stderr).toContain('type unset PIP_USER before you use it');
  expect(own({ PIP_USER: '1' }).code).toBe(1);
  expect(own().code).toBe(0);
  // Each time, not only the first.
  expect(venv({ PIP_USER: '1' }).stderr).toContain('type unset PIP_USER');
  const file = box.write('mine.conf', '[global]\nuser = yes\n');
  expect(venv({ PIP_CONFIG_FILE: file }).stderr).toMatch(
    /user is set in ~\/shop\/mine\.conf: .*take user out of that file/,
  );
});

it('where nothing is set there is no file and no word', () => {
  conf('[global]\ntimeout = 20\n');
  const ran = venv();
  expect(ran.stderr).not.toContain('own pip');
  expect(box.exists('.venv/pip.conf')).toBe(false);
});

describe('PIP_DETOUR=venv, said for this line, is followed although pip would not refuse because of', () => {
  it.each<[string, Record<string, string>]>([
    ['break-system-packages = true', {}],
    ['require-virtualenv = true', {}],
    ['', { PIP_BREAK_SYSTEM_PACKAGES: '1' }],
    ['', { PIP_REQUIRE_VIRTUALENV: '1' }],
    ['break-system-packages = 1\nrequire-virtualenv = 1', {}],
    ['', { PIP_TARGET: '/tmp/nowhere-of-mine' }],
  ])('%j %j', (text, env) => {
    conf(`[global]\n${text}\n`);
    const ran = venv(env);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain('creating ~/shop/.venv');
    expect(has('demo_lib')).toBe(true);
  });

  it('or the reason is said', () => {
    const file = box.write('mine.conf', '[global]\ntarget = here\n');
    const ran = venv({ PIP_CONFIG_FILE: file });
    expect(ran.stderr).toContain(
      'venv (PIP_DETOUR=venv) is not taken here, because target is set in ~/shop/mine.conf, and pip would install there',
    );
    expect(box.exists('.venv')).toBe(false);
  });
});

it('a choice that was only remembered leaves what pip does as it is', async () => {
  await remember(join(box.home, '.local/state/pip-detour'), box.project, 'venv');
  conf('[global]\nrequire-virtualenv = true\n');
  const stopped = box.run('pip', ['install', 'demo-lib']);
  expect([stopped.code, stopped.stderr]).toEqual([
    3,
    'ERROR: Could not find an activated virtualenv (required).\n',
  ]);
  conf('[global]\nbreak-system-packages = true\n');
  const ran = box.run('pip', ['install', '--dry-run', 'demo-lib']);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  expect(box.exists('.venv')).toBe(false);
});

it('what is typed on the line stands, PIP_DETOUR or not', () => {
  const ran = venv({}, '--require-virtualenv');
  expect([ran.code, box.exists('.venv')]).toEqual([3, false]);
});
