import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whyNoCommands } from '../../src/place/command-head.ts';
import { cannotInject, withFault } from '../support/faults.ts';
import { dist, pip, python } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';

const isRoot = process.getuid?.() === 0;

describe('what may lie in the way', () => {
  it.each<[string, string, (file: string) => void]>([
    ['a file', 'is not a directory', (file) => writeFileSync(file, 'my-env\n')],
    ['a link to nowhere', 'is a link to nowhere', (file) => symlinkSync('/proc/nowhere/at/all', file)],
    [
      'a directory of something else',
      'is not a virtual environment',
      (file) => {
        mkdirSync(file);
        writeFileSync(join(file, 'notes.txt'), 'mine');
      },
    ],
  ])(
    '.venv is %s: said, left alone, and pip’s refusal stands until it is moved as is said',
    (_, why, make) => {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      const cwd = join(box.home, "it's a shop");
      mkdirSync(cwd);
      make(join(cwd, '.venv'));
      writeFileSync(join(cwd, '.venv.old'), 'mine');
      const before = readdirSync(cwd);
      const ran = box.run('pip', ['install', 'demo-lib'], { cwd });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(`~/it's a shop/.venv ${why}`);
      expect(ran.stderr).toContain('hint: See PEP 668');
      expect(readdirSync(cwd)).toEqual(before);
      const type = /, type: (mv .*)$/m.exec(ran.stderr)?.[1] ?? '';
      expect(box.run('sh', ['-c', type], { cwd })).toMatchObject({ code: 0 });
      expect(readdirSync(cwd)).toEqual(['.venv.old', '.venv.old2']);
      expect(box.run('pip-detour', ['status'], { cwd }).stdout).toContain('(not made yet)');
    },
  );

  it('.venv whose Python was upgraded away is made anew with what it held, the old one is kept, and a failing install undoes neither', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
    const link = join(box.project, '.venv/bin/python');
    spawnSync('ln', ['-sfn', '/usr/bin/python3.7', link]);
    const failed = box.run('pip', ['install', 'no-such-thing']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('it leads to a Python that is gone (/usr/bin/python3.7)');
    const [, kept = ''] = readdirSync(box.project);
    expect(kept).toMatch(/^\.venv\.before-3\.\d+$/);
    expect(readdirSync(box.project)).toEqual(['.venv', kept]);
    expect(existsSync(join(box.project, '.venv/CACHEDIR.TAG'))).toBe(true);
    expect(box.run('pip', ['install', 'demo-other']).code).toBe(0);
    expect(box.run(link, ['-c', 'import demo_lib, demo_other']).code).toBe(0);
    expect(readdirSync(box.project)).toEqual(['.venv', kept]);
  });

  it.skipIf(cannotInject)(
    'a run killed between the old environment and the new one is gone on with, with what it held',
    () => {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
      const venv = join(box.project, '.venv');
      spawnSync('ln', ['-sfn', '/usr/bin/python3.7', join(venv, 'bin/python')]);
      const killed = withFault(box, { names: ['mkdir'], paths: [venv] }, 'kill', [
        'pip',
        'install',
        'demo-other',
      ]);
      expect(killed.struck).toBe(true);
      expect(existsSync(venv)).toBe(false);
      const ran = box.run('pip', ['install', 'demo-other']);
      expect(ran.stderr).toContain('it was being made anew by a run that was killed');
      expect(ran.code).toBe(0);
      expect(box.run(join(venv, 'bin/python'), ['-c', 'import demo_lib, demo_other']).code).toBe(0);
      expect(readdirSync(box.project)).toEqual(['.venv', expect.stringMatching(/^\.venv\.before-3\.\d+$/)]);
    },
  );

  it('what a killed run had put aside is put back, and not heaped up', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    mkdirSync(join(box.project, '.venv/bin'), { recursive: true });
    writeFileSync(join(box.project, '.venv/.pip-detour-unfinished'), '4194304\n');
    const aside = join(box.project, '.venv.pip-detour-old-4194304');
    mkdirSync(join(aside, 'bin'), { recursive: true });
    symlinkSync('/usr/bin/python3.7', join(aside, 'bin/python'));
    writeFileSync(join(aside, 'pyvenv.cfg'), 'version = 3.7.1\n');
    expect(box.run('pip', ['install', 'no-such-thing']).code).toBe(1);
    expect(readdirSync(box.project)).toEqual(['.venv']);
    expect(existsSync(join(box.project, '.venv/pyvenv.cfg'))).toBe(true);
    expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
    expect(readdirSync(box.project)).toEqual(['.venv']);
  });

  it("somebody's `venv` that is no environment is left alone", () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.write('venv/bin/deploy', 'mine');
    expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
    expect(readdirSync(box.project).sort()).toEqual(['.venv', 'venv']);
    expect(box.read('venv/bin/deploy')).toBe('mine');
  });

  it('.venv left half-made by a run that was killed is made anew', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    mkdirSync(join(box.project, '.venv/bin'), { recursive: true });
    writeFileSync(join(box.project, '.venv/.pip-detour-unfinished'), '4194304\n');
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(0);
    expect(box.run(join(box.project, '.venv/bin/python'), ['-c', 'import demo_lib']).code).toBe(0);
  });

  it.each([
    ['spaces', 'my project'],
    ['quotes', `it's quoted`],
    ['double quotes', 'it"s'],
    ['shell words', '$(>pwned);`id`&*"'],
    ['letters of other alphabets', 'проект-ünï'],
  ])('a path with %s works', (_, name) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const cwd = join(box.home, name);
    mkdirSync(cwd);
    const ran = box.run('pip', ['install', 'demo-lib'], { cwd });
    expect(ran.stderr + ran.stdout).toContain('Successfully installed');
    expect(box.run(join(cwd, '.venv/bin/pip'), ['--version'], { cwd }).code).toBe(0);
    expect(readdirSync(box.home).sort()).toEqual([name, 'shop'].sort());
    expect(readdirSync(cwd)).toEqual(['.venv']);
  });

  const startless = "an environment's commands cannot start where its path has";
  it.each([
    ['a:b', 'a path with ":" cannot hold an environment'],
    ['two\nlines', `${startless} a line break`],
    ['two\rlines', `${startless} a line break`],
    ['a\ttab', `${startless} a tab`],
    ['$(touch pwned); `id` & *', `${startless} $, and a blank`],
    ['my "shop"', `${startless} ", and a blank`],
    ['back \\slash', `${startless} \\, and a blank`],
    [`${'x'.repeat(100)} '''`, `${startless} ''', and a blank`],
    [`${'x'.repeat(100)}(1)`, `${startless} (, and more than 100 bytes`],
  ])('the path of %j cannot hold an environment, which is said', (name, why) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const cwd = join(box.home, name);
    mkdirSync(cwd);
    const ran = box.run('pip', ['install', 'demo-lib'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(why);
    expect(ran.stderr).toContain('hint: See PEP 668');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("whose commands cannot start is so by pip's own way of writing them", () => {
    const box = sandbox();
    const long = 'x'.repeat(100);
    const plain = ['a b', "it's b", 'a;*b', 'a"b', 'a\\b', 'a$b', 'a\x1bb', `${long}-ü`];
    const odd = ['a\tb', 'a\nb', 'a\rb', 'a "b', 'a $b', 'a `b', 'a \\xb', `${long}(`, `${long}'`];
    const places = [...plain, ...odd].map((name) => join(box.home, name));
    for (const place of places) {
      mkdirSync(join(place, 'bin'), { recursive: true });
      symlinkSync(python, join(place, 'bin/python3'));
    }
    const write =
      'import sys; from pip._vendor.distlib import scripts as s\nfor place in sys.argv[1:]:\n  m = s.ScriptMaker(None, place + "/bin"); m.executable = s.enquote_executable(place + "/bin/python3"); m.variants = {""}; m.make("app = gc:enable")';
    expect(box.run(python, ['-c', write, ...places]).stderr).toBe('');
    for (const place of places) {
      const started = spawnSync(join(place, 'bin/app'), { stdio: 'ignore' }).status === 0;
      expect(started, place).toBe(whyNoCommands(place) === undefined);
    }
  });

  it('a directory that was deleted under us: pip’s own answer', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const answer = (program: string) =>
      box.run('/bin/sh', [
        '-c',
        `mkdir gone; cd gone; rmdir ../gone; ${program} install demo-lib; echo "code $?"`,
      ]);
    const [real, ours] = [answer(pip), answer('pip')];
    expect(ours.stdout).toBe(real.stdout);
    // dash itself complains when it is started in such a place, before it reads a line of the shim.
    expect(ours.stderr.replace(/^sh: 0: getcwd\(\) failed.*\n/, '')).toBe(real.stderr);
  });

  it.skipIf(!isRoot)('neither the project nor home can be written to: said, and pip’s refusal stands', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    for (const directory of [box.root, box.home, box.project]) chmodSync(directory, 0o755);
    const ran = box.run('setpriv', [
      '--reuid=65534',
      '--clear-groups',
      `${dist}/shims/pip`,
      'install',
      'demo-lib',
    ]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('~/shop cannot be written to');
    expect(ran.stderr).toContain('hint: See PEP 668');
    expect(readdirSync(box.project)).toEqual([]);
  });

  it.skipIf(!isRoot)('root makes nothing in a directory of somebody else’s', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    spawnSync('chown', ['12345:12345', box.project]);
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('belongs to another user');
    expect(readdirSync(box.project)).toEqual([]);
  });

  it.skipIf(!isRoot)('a full disk: said, nothing left, pip’s exit code for a failure', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const small = join(box.root, 'small');
    mkdirSync(small);
    // A private mount namespace: the small file system is gone with the process.
    const script = `mount -t tmpfs -o size=48k,mode=755 tmpfs '${small}' && cd '${small}' && pip install demo-lib; code=$?; ls -A '${small}'; exit $code`;
    const ran = box.run('unshare', ['--mount', '/bin/sh', '-c', script]);
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).toMatch(/No space left|no space left/);
    expect(ran.stdout).not.toContain('.venv\n');
  });
});

describe('a memory that cannot be used never stands in the way', () => {
  it('a damaged choice is set aside, said, and pip goes on', () => {
    const box = sandbox();
    expect(box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: 'venv' } }).code).toBe(0);
    const choices = join(box.home, '.local/state/pip-detour/choices');
    mkdirSync(choices, { recursive: true });
    const name = createHash('sha256').update(box.project).digest('hex').slice(0, 16);
    writeFileSync(join(choices, `${name}.json`), '{"directory": "/ho');
    const ran = box.run('pip', ['install', 'demo-other']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('was damaged');
    expect(ran.stderr).toContain('hint: See PEP 668');
    expect(readFileSync(join(choices, `${name}.json.damaged`), 'utf8')).toBe('{"directory": "/ho');
    expect(box.run('pip', ['install', 'demo-other']).stderr).not.toContain('damaged');
  });
});

it('a prompt that cannot be loaded: pip’s refusal and one line, with its exit code', async () => {
  const box = sandbox();
  const ours = join(box.root, 'ours');
  cpSync(dist, ours, { recursive: true });
  rmSync(join(ours, 'lib/prompt.cjs'));
  const user = terminal(join(ours, 'shims/pip'), ['install', 'demo-lib'], { env: box.env, cwd: box.project });
  expect((await user.exited).code).toBe(1);
  expect(user.history()).toContain('hint: See PEP 668');
  expect(user.history()).not.toContain('Node.js v');
});
