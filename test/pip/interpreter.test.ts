import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { interpreterOf, pipPackageOf } from '../../src/pip/interpreter.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { pip, systemIsManaged } from '../support/machine.ts';

/** A tree of files that looks like a Python installation: nothing of it is ever run. */
interface Tree {
  readonly root: string;
  file(path: string, text?: string, mode?: number): string;
  link(path: string, target: string): string;
  /** A binary at `bin` and a library at `stdlib`. */
  python(bin: string, stdlib: string): string;
  /** A pip script with this first line (the rest is pip's own). */
  script(path: string, firstLine: string): string;
  marker(stdlib: string): string;
}

function tree(): Tree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pip-detour-tree-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const made: Tree = {
    root,
    file(path, text = '', mode = 0o644) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, mode);
      return file;
    },
    link(path, target) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(target, join(root, path));
      return join(root, path);
    },
    python(bin, stdlib) {
      made.file(join(stdlib, 'os.py'));
      return made.file(bin, '\x7fELF', 0o755);
    },
    script: (path, firstLine) =>
      made.file(path, `${firstLine}\nfrom pip._internal.cli.main import main\nmain()\n`, 0o755),
    marker: (stdlib) => made.file(join(stdlib, 'EXTERNALLY-MANAGED'), '[externally-managed]\n'),
  };
  return made;
}

function environment(variables: Record<string, string> = {}) {
  return readEnvironment({ HOME: '/proc/nowhere', PATH: '/usr/bin:/bin', ...variables });
}

describe('the interpreter is the one the pip script names', () => {
  it.each([
    ['directly', (python: string) => `#!${python}`],
    ['after a blank, as Debian 13 writes it', (python: string) => `#! ${python}`],
    ['with flags, as Fedora writes it', (python: string) => `#!${python} -sP`],
    ['with a carriage return', (python: string) => `#!${python}\r`],
    ['by the lines for long paths', (python: string) => `#!/bin/sh\n'''exec' ${python} "$0" "$@"\n' '''`],
    [
      'by the lines for paths with blanks',
      (python: string) => `#!/bin/sh\n'''exec' "${python}" "$0" "$@"\n' '''`,
    ],
  ])('%s', (_, firstLine) => {
    const t = tree();
    const python = t.python('bin/python3.12', 'lib/python3.12');
    const script = t.script('elsewhere/pip', firstLine(python));
    expect(interpreterOf(script, environment())).toEqual({
      executable: python,
      prefix: t.root,
      stdlib: join(t.root, 'lib/python3.12'),
      version: '3.12',
    });
  });

  it('through env, found on PATH past what is not executable', () => {
    const t = tree();
    t.file('first/python3', 'x', 0o644);
    const python = t.python('second/bin/python3', 'second/lib/python3.11');
    const script = t.script('pip', '#!/usr/bin/env python3');
    const path = `${t.root}/first::${t.root}/second/bin`;
    expect(interpreterOf(script, environment({ PATH: path }))?.executable).toBe(python);
  });

  it('when pip itself is a link', () => {
    const t = tree();
    const python = t.python('bin/python3.12', 'lib/python3.12');
    t.script('bin/pip3.12', `#!${python}`);
    expect(interpreterOf(t.link('other/pip', '../bin/pip3.12'), environment())?.executable).toBe(python);
  });
});

describe('the standard library and its marker are found in every layout', () => {
  it.each([
    ['Debian, Ubuntu, Arch', 'usr/bin/python3.11', 'usr/lib/python3.11'],
    ['openSUSE', 'usr/bin/python3.13', 'usr/lib64/python3.13'],
    ['PyPy on Debian', 'usr/lib/pypy3.11/bin/pypy3.11', 'usr/lib/pypy3.11'],
    ['PyPy as uv installs it', 'pypy-3.10/bin/pypy3.10', 'pypy-3.10/lib/pypy3.10'],
    [
      'Homebrew on Linux',
      'Cellar/python@3.13/3.13.1/bin/python3.13',
      'Cellar/python@3.13/3.13.1/lib/python3.13',
    ],
    [
      'Homebrew on macOS',
      'Cellar/python@3.13/3.13.1/Frameworks/Python.framework/Versions/3.13/bin/python3.13',
      'Cellar/python@3.13/3.13.1/Frameworks/Python.framework/Versions/3.13/lib/python3.13',
    ],
    ['uv', 'cpython-3.13-linux/bin/python3.13', 'cpython-3.13-linux/lib/python3.13'],
    ['free-threaded', 'opt/bin/python3.13t', 'opt/lib/python3.13t'],
    ['Nix', 'nix/store/abc-python3-3.12/bin/python3.12', 'nix/store/abc-python3-3.12/lib/python3.12'],
    ['a name without version', 'conda/bin/python', 'conda/lib/python3.12'],
  ])('%s', (_, bin, stdlib) => {
    const t = tree();
    const python = t.python(bin, stdlib);
    const marker = t.marker(stdlib);
    // The script names a link, as it does with most of them.
    const link = t.link('links/bin/python3', python);
    const found = interpreterOf(t.script('pip', `#!${link}`), environment());
    expect(found).toMatchObject({ executable: link, stdlib: join(t.root, stdlib), marker });
    expect(found?.environment).toBeUndefined();
  });

  it('a marker that is a link counts (Gentoo), a dangling one and a directory do not', () => {
    const t = tree();
    const script = t.script('pip', `#!${t.python('bin/python3.12', 'lib/python3.12')}`);
    const place = 'lib/python3.12/EXTERNALLY-MANAGED';
    t.link(place, '../python/EXTERNALLY-MANAGED');
    expect(interpreterOf(script, environment())?.marker).toBeUndefined();
    t.file('lib/python/EXTERNALLY-MANAGED');
    expect(interpreterOf(script, environment())?.marker).toBe(join(t.root, place));
    rmSync(join(t.root, place));
    mkdirSync(join(t.root, place));
    expect(interpreterOf(script, environment())?.marker).toBeUndefined();
  });

  it('lib64 being a link to lib is one library, two libraries are one too many', () => {
    const t = tree();
    const script = t.script('pip', `#!${t.python('bin/python3.12', 'lib/python3.12')}`);
    t.link('lib64', 'lib');
    expect(interpreterOf(script, environment())?.version).toBe('3.12');
    rmSync(join(t.root, 'lib64'));
    t.file('lib64/python3.12/os.py');
    expect(interpreterOf(script, environment())).toBeUndefined();
  });
});

describe('a virtual environment is told by pyvenv.cfg', () => {
  it.each([
    ['one directory up', 'venv/pyvenv.cfg', 'venv'],
    ['beside the executable', 'venv/bin/pyvenv.cfg', 'venv/bin'],
  ])('%s, links not followed', (_, cfg, directory) => {
    const t = tree();
    const base = t.python('base/bin/python3.12', 'base/lib/python3.12');
    t.marker('base/lib/python3.12');
    const link = t.link('venv/bin/python', base);
    t.file(cfg, `Home = ${t.root}/base/bin\n`);
    expect(interpreterOf(t.script('venv/bin/pip', `#!${link}`), environment())).toMatchObject({
      environment: join(t.root, directory),
      prefix: join(t.root, 'base'),
    });
  });

  it('not by one without a home', () => {
    const t = tree();
    const python = t.python('bin/python3.12', 'lib/python3.12');
    t.file('pyvenv.cfg', 'version = 3.12\n');
    expect(interpreterOf(t.script('bin/pip', `#!${python}`), environment())?.environment).toBeUndefined();
  });
});

describe('what cannot be told from outside is not guessed', () => {
  it.each([
    ["a version manager's script as pip", '#!/usr/bin/env bash'],
    ['env with options', '#!/usr/bin/env -S python3 -s'],
    ['a Python that is not there', '#!/nowhere/python3'],
    ['no first line of that kind', 'MZ'],
    ['a relative interpreter', '#!python3'],
  ])('%s', (_, firstLine) => {
    const t = tree();
    expect(interpreterOf(t.script('pip', firstLine), environment())).toBeUndefined();
  });

  it("a version manager's script as python", () => {
    const t = tree();
    t.file('lib/python3.12/os.py');
    const shim = t.file('bin/python3.12', '#!/usr/bin/env bash\n', 0o755);
    expect(interpreterOf(t.script('bin/pip', `#!${shim}`), environment())).toBeUndefined();
  });

  it('a python that is a link to a wrapper binary (python-exec)', () => {
    const t = tree();
    t.python('lib/python-exec/python-exec2c', 'lib/python3.12');
    const link = t.link('bin/python3.12', '../lib/python-exec/python-exec2c');
    expect(interpreterOf(t.script('bin/pip', `#!${link}`), environment())).toBeUndefined();
  });

  it('a python without a library, or one that may not be executed', () => {
    const t = tree();
    const alone = t.file('bin/python3.98', '\x7fELF', 0o755);
    expect(interpreterOf(t.script('pip', `#!${alone}`), environment())).toBeUndefined();
    const python = t.python('bin/python3.12', 'lib/python3.12');
    chmodSync(python, 0o644);
    expect(interpreterOf(t.script('pip', `#!${python}`), environment())).toBeUndefined();
  });

  it.each(['PYTHONHOME', 'PYTHONPLATLIBDIR', '__PYVENV_LAUNCHER__'])('a library moved by %s', (name) => {
    const t = tree();
    const python = t.python('bin/python3.12', 'lib/python3.12');
    const moved = environment({ [name]: '/elsewhere' });
    expect(interpreterOf(t.script('pip', `#!${python}`), moved)).toBeUndefined();
    expect(interpreterOf(t.script('pip', `#!${python} -I`), moved)?.executable).toBe(python);
  });
});

describe('the pip package is the one Python would import first', () => {
  const pipAt = (t: Tree, site: string, version: string) =>
    t.file(join(site, 'pip/__init__.py'), `from typing import List\n\n__version__ = "${version}"\n`);

  function versionFound(t: Tree, variables: Record<string, string> = {}, flags = '') {
    const script = t.script('bin/pip', `#!${join(t.root, 'bin/python3.12')}${flags}`);
    const env = environment({ HOME: join(t.root, 'home'), ...variables });
    const interpreter = interpreterOf(script, env);
    return interpreter === undefined ? undefined : pipPackageOf(script, interpreter, env)?.version;
  }

  it('in site-packages, unless a user has a newer one', () => {
    const t = tree();
    t.python('bin/python3.12', 'lib/python3.12');
    expect(versionFound(t)).toBeUndefined();
    pipAt(t, 'lib/python3.12/site-packages', '24.0');
    expect(versionFound(t)).toBe('24.0');
    pipAt(t, 'home/.local/lib/python3.12/site-packages', '26.3');
    expect(versionFound(t)).toBe('26.3');
    expect(versionFound(t, {}, ' -s')).toBe('24.0');
    expect(versionFound(t, { PYTHONNOUSERSITE: '1' })).toBe('24.0');
    pipAt(t, 'base/lib/python3.12/site-packages', '25.0');
    expect(versionFound(t, { PYTHONUSERBASE: join(t.root, 'base') })).toBe('25.0');
  });

  it("in Debian's dist-packages, those under local first", () => {
    const t = tree();
    t.python('bin/python3.12', 'lib/python3.12');
    pipAt(t, 'lib/python3.12/site-packages', '1.0');
    pipAt(t, 'lib/python3/dist-packages', '24.0');
    expect(versionFound(t)).toBe('24.0');
    pipAt(t, 'local/lib/python3.12/dist-packages', '25.0');
    expect(versionFound(t)).toBe('25.0');
  });
});

it.skipIf(!systemIsManaged())("this system's own pip, its Python, library, marker and package", () => {
  const env = environment();
  const found = interpreterOf(pip, env);
  expect(found).toMatchObject({
    executable: '/usr/bin/python3',
    prefix: '/usr',
    stdlib: `/usr/lib/python${found?.version}`,
    marker: `/usr/lib/python${found?.version}/EXTERNALLY-MANAGED`,
  });
  expect(found && pipPackageOf(pip, found, env)).toMatchObject({
    directory: '/usr/lib/python3/dist-packages/pip',
    version: expect.stringMatching(/^\d+\.\d+/),
  });
});
