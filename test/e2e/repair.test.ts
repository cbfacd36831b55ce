import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { heldBy } from '../support/environments.ts';
import { python, pythonName } from '../support/machine.ts';
import { cannotBeTwo, person, sharedMachine } from '../support/neighbours.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = sandbox();
});

const install = (cwd: string, ...words: string[]) =>
  box.run('pip', ['install', ...words], { cwd, env: { PIP_DETOUR: 'venv' } });
const command = (cwd: string, ...words: string[]) => box.run('pip-detour', words, { cwd });
const at = (name: string) => join(dirname(box.project), name);
const everything = (directory: string) =>
  box.run('/bin/sh', ['-c', filesAndSums, 'x', directory], { cwd: '/' }).stdout;
const filesAndSums =
  'cd "$1" && find . -name __pycache__ -prune -o -type f -exec md5sum {} + -o -type l -print | sort';

/** `~/shop` with demo-lib, moved to `~/shop2`. */
function moved(): string {
  expect(install(box.project, 'demo-lib').code).toBe(0);
  renameSync(box.project, at('shop2'));
  return at('shop2');
}

describe('an environment that was moved', () => {
  it('is called so, with one and the same thing to type, by status, explain, doctor and repair --dry-run', () => {
    const now = moved();
    const before = everything(now);
    const why = '~/shop2/.venv was made for ~/shop/.venv';
    expect(command(now, 'status').stdout).toContain(
      '~/shop2/.venv (misplaced: it was made for ~/shop/.venv)',
    );
    expect(command(now, 'status').stdout).toMatch(
      /^this terminal: not in ~\/shop2\/\.venv, which was made for ~\/shop\/\.venv; pip-detour repair repairs it$/m,
    );
    expect(command(now, 'explain', '--', 'pip', 'install', 'x').stdout).toContain(
      'repair ~/shop2/.venv: it was made for ~/shop/.venv',
    );
    const report = JSON.parse(command(now, 'doctor', '--json').stdout);
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        state: 'failed',
        says: why,
        mend: 'pip-detour repair ~/shop2/.venv',
      }),
    );
    const dry = command(now, 'repair', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain(`${why}. Would change:\n`);
    expect(dry.stdout).toContain('  ~/shop2/.venv/bin/activate\n');
    expect(everything(now)).toBe(before);
  });

  it('is repaired by its project or by itself, from anywhere, and then there is nothing left to do', () => {
    const now = moved();
    expect(command(box.home, 'repair', now)).toMatchObject({
      code: 0,
      stdout: '~/shop2/.venv works again.\n',
      stderr: 'Repairing ~/shop2/.venv\n',
    });
    expect(box.run(join(now, '.venv/bin/pip'), ['list'], { cwd: now }).stdout).toContain('demo-lib');
    expect(command(box.home, 'repair', join(now, '.venv')).stdout).toBe(
      '~/shop2/.venv is as it should be.\n',
    );
  });

  it('is not repaired by an install that only says what it would do', () => {
    const now = moved();
    const before = everything(now);
    const ran = install(now, '--dry-run', 'demo-other');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Would install demo-other');
    expect(everything(now)).toBe(before);
  });
});

it('what is installed into a copy leaves the original as it was', () => {
  install(box.project, 'demo-lib');
  cpSync(box.project, at('copy'), { recursive: true, verbatimSymlinks: true });
  const before = everything(box.project);
  expect(install(at('copy'), 'demo-other').code).toBe(0);
  expect(everything(box.project)).toBe(before);
  expect(heldBy(join(at('copy'), '.venv'))).toEqual(
    expect.arrayContaining(['demo_lib-2.0', 'demo_other-1.0']),
  );
});

describe('an environment whose Python is gone', () => {
  const died = () => {
    install(box.project, 'demo-lib');
    const link = join(box.project, '.venv/bin/python');
    unlinkSync(link);
    symlinkSync('/usr/bin/python3.2', link);
  };
  const addUnknown = () => {
    const info = join(box.project, '.venv/lib', pythonName, 'site-packages/no_such_thing-1.0.dist-info');
    mkdirSync(info);
    writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: no-such-thing\nVersion: 1.0\n');
  };

  it('is made anew with what it held, and the old one is kept beside it', () => {
    died();
    const dry = command(box.project, 'repair', '--dry-run');
    expect(dry.stdout).toContain('again: demo-lib==2.0');
    expect(readdirSync(box.project)).toEqual(['.venv']);
    const ran = command(box.project, 'repair');
    expect(ran).toMatchObject({ code: 0, stdout: '~/shop/.venv works again.\n' });
    expect(ran.stderr).toContain('The old one is kept in ~/shop/.venv.before-');
    expect(heldBy(join(box.project, '.venv'))).toContain('demo_lib-2.0');
  });

  it('is as it was where a package cannot be installed again, and what to type next is said each time', () => {
    died();
    addUnknown();
    const before = everything(box.project);
    const ran = command(box.project, 'repair');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('pip-detour repair --newer ~/shop/.venv');
    expect(everything(box.project)).toBe(before);
    const newer = command(box.project, 'repair', '--newer');
    expect(newer.code).toBe(1);
    expect(newer.stderr).toContain('To begin without them: mv ~/shop/.venv ~/shop/.venv.old');
    expect(everything(box.project)).toBe(before);
  });

  it('is named where a run that was killed has put it, and comes back from there', () => {
    died();
    const aside = join(box.project, '.venv.before-3');
    renameSync(join(box.project, '.venv'), aside);
    mkdirSync(join(box.project, '.venv/bin'), { recursive: true });
    writeFileSync(join(box.project, '.venv/.pip-detour-unfinished'), `${2 ** 22 + 1}\n${aside}\n`);
    expect(command(box.project, 'status').stdout).toContain(
      'left half-made; the old one is kept as .venv.before-3 until it is done',
    );
    expect(command(box.project, 'repair').code).toBe(0);
    expect(heldBy(join(box.project, '.venv'))).toContain('demo_lib-2.0');
    expect(existsSync(aside)).toBe(false);
  });

  it('holds a clone that is edited in it, and gets it again by its address and commit', () => {
    install(box.project, 'demo-lib');
    const clone = join(box.project, '.venv/src/demo');
    const git = (...words: string[]) =>
      box.run('git', ['-C', clone, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words]);
    mkdirSync(clone, { recursive: true });
    writeFileSync(join(clone, 'setup.py'), "from setuptools import setup\nsetup(name='demo')\n");
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    git('remote', 'add', 'origin', 'https://example.org/demo.git');
    const head = git('rev-parse', 'HEAD').stdout.trim();
    writeFileSync(join(box.project, '.venv/lib', pythonName, 'site-packages/demo.egg-link'), `${clone}\n.`);
    unlinkSync(join(box.project, '.venv/bin/python'));
    symlinkSync('/usr/bin/python3.2', join(box.project, '.venv/bin/python'));
    expect(command(box.project, 'repair', '--dry-run').stdout).toContain(
      `again: -e git+https://example.org/demo.git@${head}#egg=demo`,
    );
  });
});

it.skipIf(cannotBeTwo)(
  'an environment that root has left in somebody’s project is theirs again by the line that is said',
  () => {
    const machine = sharedMachine(person, 0o755);
    const directory = join(machine.shared, '.venv');
    machine.run(python, ['-m', 'venv', '--without-pip', directory], { cwd: machine.shared });
    const says = `belongs to root (sudo chown -R "$(id -u):$(id -g)" ${directory} makes it yours)`;
    const repair = () => machine.as(person, 'pip-detour', ['repair']);
    expect(repair()).toMatchObject({ code: 1, stdout: '' });
    expect(repair().stderr).toContain(`there is nothing to repair: .venv in the project ${says}`);
    expect(machine.as(person, 'pip-detour', ['status']).stdout).toContain(
      `(not made yet: .venv in the project ${says})`,
    );
    machine.run('chown', ['-R', `${person}:${person}`, directory], { cwd: '/' });
    expect(repair().stdout).toMatch(/\.venv is as it should be/);
  },
);

describe("an environment that is to see the system's packages", () => {
  it('is switched, and back, in its pyvenv.cfg alone', () => {
    box.run(python, ['-I', '-m', 'venv', '--without-pip', '.venv']);
    const settings = join(box.project, '.venv/pyvenv.cfg');
    chmodSync(settings, 0o640);
    const before = everything(box.project);
    const sees = () =>
      box.run('.venv/bin/python', ['-c', 'import site; print(site.getsitepackages(), site.ENABLE_USER_SITE)'])
        .stdout;
    const alone = sees();
    const dry = command(box.project, 'repair', '--system-site-packages', '--dry-run');
    expect(dry.stdout).toContain('Would change ~/shop/.venv/pyvenv.cfg');
    expect(everything(box.project)).toBe(before);
    const on = command(box.project, 'repair', '--system-site-packages');
    expect(on.stdout).toContain(
      "~/shop/.venv sees the system's packages; to undo that: pip-detour repair --no-system-site-packages",
    );
    expect(sees()).not.toBe(alone);
    expect(statSync(settings).mode & 0o777).toBe(0o640);
    expect(command(box.home, 'repair', box.project, '--system-site-packages').stdout).toContain('already');
    expect(command(box.project, 'repair', '--no-system-site-packages').code).toBe(0);
    expect(everything(box.project)).toBe(before);
  });
});
