import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookForSeeds } from '../../../src/detours/venv/seeds.ts';
import { heldBuild, nobodyLeft } from '../../support/held.ts';
import { python, top } from '../../support/machine.ts';
import { pipsHere } from '../../support/pips.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';
import { shell } from '../../support/shell.ts';
import { keys } from '../../support/terminal.ts';

/** An environment with neither pip nor setuptools in it. */
function bare(box: Sandbox, base = python): string {
  const directory = join(box.project, '.venv');
  execFileSync(base, ['-I', '-m', 'venv', '--without-pip', directory]);
  return directory;
}

/** What names a file compiled by this Python (`cpython-311`). */
const cacheTag = execFileSync(python, ['-c', 'import sys; print(sys.implementation.cache_tag)'], {
  encoding: 'utf8',
}).trim();

/** Where its packages lie. */
function siteOf(directory: string): string {
  const [library = ''] = readdirSync(join(directory, 'lib'));
  return join(directory, 'lib', library, 'site-packages');
}

/** The seeds that are found for a Python of this version where no wheel lies, but a pip in `site`. */
function seedsFor(version: string, site: string) {
  const interpreter = { executable: '/none/bin/python', prefix: '/none', stdlib: '/none/lib', version };
  return lookForSeeds(interpreter, join(site, 'pip'), '/none');
}

/** A wheel that breaks off in its last file, as a full disk would break off writing it. */
const breakOff = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    archive.writestr("pip/__init__.py", "")
    archive.writestr("pip-9.dist-info/RECORD", "")
    archive.writestr("pip/last.py", "the last words")
data = open(sys.argv[1], "rb").read()
open(sys.argv[1], "wb").write(data.replace(b"the last words", b"xxxxxxxxxxxxxx"))
`;

/** A wheel of a pip that can write scripts, and nothing else. */
const smallPip = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for package in ("pip", "pip/_vendor", "pip/_vendor/distlib"):
        archive.writestr(package + "/__init__.py", "")
    archive.writestr("pip/_vendor/distlib/scripts.py", """
import os
class ScriptMaker:
    def __init__(self, source, target): self.target = target
    def make_multiple(self, names):
        for name in names:
            with open(os.path.join(self.target, name.split(" ")[0]), "w") as file: file.write(name)
""")
    archive.writestr("pip-9.dist-info/RECORD", "")
    if sys.argv[2:]: archive.writestr("pip-9.dist-info/entry_points.txt", sys.argv[2])
`;

it('a pip that cannot be unpacked whole is not left behind in part', () => {
  const box = sandbox();
  const directory = bare(box);
  const wheel = join(box.root, 'pip-9-py3-none-any.whl');
  execFileSync(python, ['-c', breakOff, wheel]);
  const seed = spawnSync(join(directory, 'bin/python'), ['-I', 'src/python/seed.py', wheel], {
    encoding: 'utf8',
  });
  expect(seed.stderr).toContain('BadZipFile');
  expect(readdirSync(siteOf(directory))).toEqual([]);
});

it('what this Python has compiled of the same pip is taken along, and counts: its first use compiles nothing of that', () => {
  const box = sandbox();
  const directory = bare(box);
  const wheel = join(box.root, 'pip-9-py3-none-any.whl');
  execFileSync(python, ['-c', smallPip, wheel]);
  const site = join(box.root, 'site');
  execFileSync(python, ['-m', 'zipfile', '-e', wheel, site]);
  const [same, other] = ['pip/_vendor/distlib/scripts.py', 'pip/_vendor/__init__.py'];
  writeFileSync(join(site, other), '"""Another version."""\n');
  for (const name of [same, other]) utimesSync(join(site, name), 1e9, 1e9);
  execFileSync(python, ['-m', 'compileall', '-q', site]);
  const inside = join(directory, 'bin/python');
  execFileSync(inside, ['-I', 'src/python/seed.py', '--compiled-in', site, wheel]);
  execFileSync(inside, ['-I', '-c', 'import pip._vendor.distlib.scripts']);
  const compiled = (place: string, name: string) =>
    readFileSync(
      join(place, dirname(name), '__pycache__', `${basename(name, '.py')}.${cacheTag}.pyc`),
    ).toString('hex');
  // Python writes anew what does not belong to its source.
  expect(compiled(siteOf(directory), same)).toBe(compiled(site, same));
  expect(compiled(siteOf(directory), other)).not.toBe(compiled(site, other));
  expect(readFileSync(join(siteOf(directory), other), 'utf8')).toBe('');
});

it.each([
  [
    'as that pip says: before 19.3 it was elsewhere',
    ['[console_scripts]\npip = pip._internal:main\n'],
    '_internal',
  ],
  ['as every pip has had it since, where it says nothing', [], '_internal.cli.main'],
])('its commands begin %s', (_, says, module) => {
  const box = sandbox();
  const directory = bare(box);
  const wheel = join(box.root, 'pip-9-py3-none-any.whl');
  execFileSync(python, ['-c', smallPip, wheel, ...says]);
  execFileSync(join(directory, 'bin/python'), ['-I', 'src/python/seed.py', wheel]);
  expect(readFileSync(join(directory, 'bin/pip3'), 'utf8')).toBe(`pip3 = pip.${module}:main`);
});

describe('made ready ahead, while another pip may install', () => {
  it.each([
    ['moved to its place once a line comes', 'go on\n', false, ['pip', 'pip-9.dist-info'], 0],
    ['not moved where none comes', '', false, [], 1],
    ['not moved over one that was installed meanwhile', 'go on\n', true, ['pip'], 0],
  ])('%s', async (_, line, meanwhile, there, code) => {
    const box = sandbox();
    const directory = bare(box);
    const room = join(directory, '.pip-detour-seed');
    const wheel = join(box.root, 'pip-9-py3-none-any.whl');
    execFileSync(python, ['-c', smallPip, wheel]);
    const seed = spawn(join(directory, 'bin/python'), ['-I', 'src/python/seed.py', '--ahead', wheel], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = new Promise((resolve) => seed.on('exit', resolve));
    await expect.poll(() => existsSync(join(room, 'bin/pip')), { timeout: 30_000 }).toBe(true);
    expect(readdirSync(siteOf(directory))).toEqual([]);
    expect(existsSync(join(directory, 'bin/pip'))).toBe(false);
    if (meanwhile) mkdirSync(join(siteOf(directory), 'pip'));
    seed.stdin?.end(line);
    expect(await ended).toBe(code);
    expect(readdirSync(siteOf(directory)).sort()).toEqual(there);
    expect(existsSync(join(directory, 'bin/pip'))).toBe(there.length === 2);
    // What is left where nobody told it to go on is taken away by who began it.
    expect(existsSync(room)).toBe(code !== 0);
  });

  it('begun with the install, in place after it; nothing is left where that fails', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const held = heldBuild(box);
    const user = await shell('bash', box);
    const room = '.venv/.pip-detour-seed/bin/pip';
    const ready = () => expect.poll(() => box.exists(room), { timeout: 30_000 }).toBe(true);
    user.type(`pip install --no-deps ${held.name}`);
    await held.reached();
    await ready();
    expect(box.exists('.venv/bin/pip')).toBe(false);
    user.send(keys.ctrlC);
    await user.ready();
    held.releaseLeft();
    await nobodyLeft(box, [user.pid]);
    expect(box.exists('.venv')).toBe(false);
    held.reset();
    user.type(`pip install --no-deps ${held.name}`);
    await held.reached();
    await ready();
    held.release();
    expect(await user.ready()).toContain('Successfully installed demo-lib-2.0');
    expect(box.exists('.venv/.pip-detour-seed')).toBe(false);
    expect(await user.command('.venv/bin/pip --version')).toContain('/shop/.venv/lib/');
  });
});

describe('a pip that is copied from another Python', () => {
  it.each(pipsHere())(
    '$version: installs, and can be replaced and taken away',
    ({ version, python, site }) => {
      const box = sandbox();
      const directory = bare(box, python);
      execFileSync(join(directory, 'bin/python'), ['-I', 'src/python/seed.py', join(site, 'pip')]);
      const pip = (...args: string[]) => box.run(join(directory, 'bin/pip'), args);
      expect(pip('--version').stdout).toContain(`pip ${version} from ${directory}`);
      expect(pip('install', 'demo-lib')).toMatchObject({ code: 0 });
      expect(pip('check')).toMatchObject({ code: 0 });
      expect(pip('uninstall', '--yes', 'demo-lib', 'pip')).toMatchObject({ code: 0 });
      // What pip compiles while it takes itself away is nobody's record.
      const left = readdirSync(siteOf(directory), { recursive: true, encoding: 'utf8' });
      expect(left.filter((name) => /\.[^/]+$/.test(name) && !name.endsWith('.pyc'))).toEqual([]);
      expect(existsSync(join(siteOf(directory), 'pip/__init__.py'))).toBe(false);
      expect(readdirSync(join(directory, 'bin')).filter((name) => name.startsWith('pip'))).toEqual([]);
    },
  );

  it.each<[string, (pip: string) => void]>([
    [
      'says that it is unbundled',
      (pip) => writeFileSync(join(pip, '_vendor/__init__.py'), 'DEBUNDLED = True\n'),
    ],
    ['lacks a package it needs', (pip) => rmSync(join(pip, '_vendor/rich'), { recursive: true })],
    ['lacks a module it needs', (pip) => rmSync(join(pip, '_vendor/typing_extensions.py'))],
    ['does not say what it needs', (pip) => rmSync(join(pip, '_vendor/vendor.txt'))],
  ])('is not taken where it %s', (_, unbundle) => {
    const box = sandbox();
    const [known] = pipsHere();
    cpSync(join(known?.site ?? '', 'pip'), join(box.root, 'site/pip'), { recursive: true });
    const whole = join(box.root, 'site/pip');
    const source = () => seedsFor('3.12', join(box.root, 'site')).map((seed) => seed.source);
    expect(source()).toEqual([whole]);
    unbundle(whole);
    expect(source()).toEqual([undefined]);
  });
});

describe('setuptools, which Python had in its environments until 3.11', () => {
  const site = '/usr/lib/python3/dist-packages';

  it('is wanted for no newer one', () => {
    expect(seedsFor('3.11', '/none').map(({ name }) => name)).toEqual(['setuptools', 'pip']);
    expect(seedsFor('3.12', '/none').map(({ name }) => name)).toEqual(['pip']);
    expect(seedsFor('3.9', '/none').map(({ name }) => name)).toEqual(['setuptools', 'pip']);
  });

  it.skipIf(!existsSync(join(site, 'setuptools')))(
    'is copied from beside the refused pip, builds, and can be taken away',
    () => {
      const [setuptools, pip] = seedsFor('3.11', site);
      expect(setuptools?.source).toBe(join(site, 'setuptools'));
      const box = sandbox();
      const directory = bare(box);
      const sources = [setuptools?.source ?? '', pip?.source ?? ''];
      execFileSync(join(directory, 'bin/python'), ['-I', 'src/python/seed.py', ...sources]);
      box.write(
        'setup.py',
        'from setuptools import setup\nsetup(name="old", version="1", py_modules=["old"])\n',
      );
      box.write('old.py', 'import pkg_resources\n');
      const inside = (...args: string[]) => box.run(join(directory, 'bin/python'), args);
      expect(inside('setup.py', 'install')).toMatchObject({ code: 0 });
      expect(inside('-c', 'import old')).toMatchObject({ code: 0 });
      expect(inside('-m', 'pip', 'check')).toMatchObject({ code: 0 });
      expect(inside('-m', 'pip', 'uninstall', '--yes', 'old', 'setuptools', 'pip')).toMatchObject({
        code: 0,
      });
      const left = readdirSync(siteOf(directory)).filter((name) => !/^(easy-install|old)/.test(name));
      expect(left).toEqual([]);
    },
  );
});

describe('an environment that is taken away meanwhile', () => {
  it.each([[[]], [['--ahead']]])('gets nothing, for its Python would write to the system %j', (options) => {
    const box = sandbox();
    const directory = bare(box);
    rmSync(join(directory, 'pyvenv.cfg'));
    // No such wheel: where this fails, nothing is written either.
    const ran = box.run(join(directory, 'bin/python'), [
      '-I',
      join(top, 'src/python/seed.py'),
      ...options,
      join(box.home, 'pip-1.whl'),
    ]);
    expect(ran.stderr).toMatch(/is no environment's Python any more\n$/);
    expect(ran.code).toBe(1);
  });
});
