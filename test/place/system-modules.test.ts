import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/pip/command-line.ts';
import { lookForSystemModule } from '../../src/place/system-modules.ts';
import { sandbox } from '../support/sandbox.ts';

type Files = Readonly<Record<string, string>>;

/** A Python with these among the system's packages, and a project with these files: what is wanted in it. */
function wanted(
  line: string,
  files: Files,
  there = ['gi', 'dbus', 'apt', 'apt_pkg.cpython-311-x86_64-linux-gnu.so'],
) {
  const { root, project } = sandbox();
  for (const name of there) mkdirSync(join(root, 'usr/lib/python3/dist-packages', name), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  const found = lookForSystemModule({
    command: parseCommandLine(line.split(' ')),
    interpreter: {
      executable: join(root, 'usr/bin/python3'),
      prefix: join(root, 'usr'),
      stdlib: join(root, 'usr/lib/python3.11'),
      version: '3.11',
    },
    cwd: project,
    place: project,
    project: 'plain.txt' in files ? undefined : { root: project, because: 'pyproject.toml', python: true },
  });
  return found?.wantedBy;
}

describe('a module that only the system has', () => {
  it.each<[string, string, Files, string | undefined]>([
    ['imported', 'install six', { 'app.py': 'import gi\n' }, 'app.py imports gi'],
    [
      'from it',
      'install six',
      { 'a/b.py': 'def f():\n    from gi.repository import Gtk\n' },
      'a/b.py imports gi',
    ],
    [
      'among others',
      'install six',
      { 'app.py': 'import os, dbus.service as d, sys\n' },
      'app.py imports dbus',
    ],
    [
      'an extension made for this Python',
      'install six',
      { 'app.py': 'import apt_pkg\n' },
      'app.py imports apt_pkg',
    ],
    [
      'the nearest file first',
      'install six',
      { 'a/a.py': 'import gi', 'z.py': 'import gi' },
      'z.py imports gi',
    ],
    ['typed', 'install PyGObject>=3', {}, 'PyGObject>=3 is asked for'],
    [
      'in a file that is typed',
      'install -r deps/x.txt',
      { 'deps/x.txt': 'six\ndbus_python\n' },
      'deps/x.txt asks for dbus-python',
    ],
    [
      "in the project's requirements",
      'install six',
      { 'requirements.txt': 'PyGObject\n' },
      'requirements.txt asks for pygobject',
    ],
    [
      'in its pyproject.toml',
      'install six',
      { 'pyproject.toml': 'dependencies = ["pygobject>=3"]' },
      'pyproject.toml asks for pygobject',
    ],
    ['a word in a text', 'install six', { 'app.py': '"""\nimport gi\n"""\nx = "gi"\n' }, undefined],
    ['a comment', 'install six', { 'app.py': '# import gi\nimport os # gi\n' }, undefined],
    [
      'a name that only begins so',
      'install six',
      { 'app.py': 'import gist, apt_tools\nfrom dbusx import y\n' },
      undefined,
    ],
    ["the project's own", 'install six', { 'app.py': 'import apt\n', 'apt/__init__.py': '' }, undefined],
    ['one that is not here', 'install six', { 'app.py': 'import cups\n' }, undefined],
    ['below a plain directory', 'install six', { 'plain.txt': '', 'a/app.py': 'import gi\n' }, undefined],
    ['in an environment', 'install six', { 'env/pyvenv.cfg': '', 'env/lib/x.py': 'import gi\n' }, undefined],
  ])('%s: %s', (_, line, files, expected) => {
    expect(wanted(line, files)).toBe(expected);
  });

  it('an extension made for another Python is none', () => {
    expect(
      wanted('install six', { 'app.py': 'import apt_pkg\n' }, ['apt_pkg.cpython-312-x86_64-linux-gnu.so']),
    ).toBe(undefined);
  });

  it('a project too large to be looked through is left off', () => {
    const files = Object.fromEntries(Array.from({ length: 320 }, (_, at) => [`m${at}.py`, 'import os\n']));
    expect(wanted('install six', { ...files, 'z.py': 'import gi\n' })).toBeUndefined();
  });
});
