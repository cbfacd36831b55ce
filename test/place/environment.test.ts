import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookAtEnvironment } from '../../src/place/environment.ts';
import { unfinishedFile } from '../../src/place/unfinished.ts';
import { python } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

const uid = process.getuid?.() ?? -1;

/** A real environment made by the real Python, and what is then done to it. */
function environment(change: (directory: string, root: string) => void = () => {}) {
  const box = sandbox();
  const directory = join(box.project, '.venv');
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', directory]);
  change(directory, box.root);
  return lookAtEnvironment(directory, uid);
}

describe('an environment is judged from outside', () => {
  it('a fresh one is ready, its Python version known, without a pip', () => {
    const look = environment();
    expect(look.state).toBe('ready');
    expect(look.version).toMatch(/^3\.\d+$/);
    expect(look.pip).toBeUndefined();
  });

  it('its own pip is seen', () => {
    const look = environment((directory) => {
      const [lib] = readdirSync(join(directory, 'lib'));
      const pip = join(directory, 'lib', String(lib), 'site-packages/pip');
      mkdirSync(pip);
      writeFileSync(join(pip, '__init__.py'), '');
    });
    expect(look).toMatchObject({ pip: expect.stringMatching(/site-packages\/pip$/), oldPip: true });
  });

  it.each<[string, string, string, (directory: string, root: string) => void]>([
    ['nothing there', 'missing', '', (d) => rmSync(d, { recursive: true })],
    ['an empty directory', 'broken', 'is empty', (d) => emptied(d)],
    [
      'a Python that was upgraded away',
      'broken',
      'leads to a Python that is gone (/usr/bin/python3.7)',
      (d) => relink(d, '/usr/bin/python3.7'),
    ],
    ['pyvenv.cfg missing', 'broken', 'left half-made', (d) => rmSync(join(d, 'pyvenv.cfg'))],
    [
      'another version than pyvenv.cfg says',
      'broken',
      'another Python than its pyvenv.cfg says',
      (d) => writeFileSync(join(d, 'pyvenv.cfg'), 'home = /usr/bin\nversion = 3.7.1\n'),
    ],
    [
      'left half-made by a process that is gone',
      'broken',
      'left half-made',
      (d) => writeFileSync(join(d, unfinishedFile), '4194304\n'),
    ],
    [
      'being made by a process that lives',
      'making',
      'being made by another',
      (d) => writeFileSync(join(d, unfinishedFile), `${maker()}\n`),
    ],
    [
      'left half-made by a process whose number another program has now',
      'broken',
      'left half-made',
      (d) => writeFileSync(join(d, unfinishedFile), '1\n'),
    ],
    [
      'left half-made in another container by a process with our own number',
      'broken',
      'left half-made',
      (d) => writeFileSync(join(d, unfinishedFile), `${process.pid}\n`),
    ],
    [
      'left half-made by a process that is gone, and changed by somebody a minute later',
      'unusable',
      'and was changed since: remove .pip-detour-unfinished in it to keep it',
      (d) => {
        const mark = join(d, unfinishedFile);
        writeFileSync(mark, '4194304\n');
        utimesSync(mark, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
      },
    ],
    [
      'left half-made by a process that is gone, and compiled in by somebody a minute later',
      'broken',
      'left half-made',
      (d) => {
        writeFileSync(join(d, unfinishedFile), '4194304\n');
        const compiled = join(d, 'lib', String(readdirSync(join(d, 'lib'))[0]), 'site-packages/__pycache__');
        mkdirSync(compiled);
        utimesSync(compiled, Date.now() / 1000 + 60, Date.now() / 1000 + 60);
      },
    ],
    [
      'directories alone, as an interrupted venv leaves them',
      'broken',
      'left half-made',
      (d) => replaced(d, () => mkdirSync(join(d, 'lib/python3.11/site-packages'), { recursive: true })),
    ],
    [
      "somebody's own bin and lib",
      'unusable',
      'is not a virtual environment',
      (d) =>
        replaced(d, () => {
          mkdirSync(join(d, 'bin'), { recursive: true });
          writeFileSync(join(d, 'bin/deploy'), '#!/bin/sh\n');
        }),
    ],
    ['a file', 'unusable', 'is not a directory', (d) => replaced(d, () => writeFileSync(d, 'env'))],
    [
      'a link to nowhere',
      'unusable',
      'is a link to nowhere',
      (d) => replaced(d, () => symlinkSync('/proc/nowhere', d)),
    ],
    [
      'a directory of something else',
      'unusable',
      'is not a virtual environment',
      (d) =>
        replaced(d, () => {
          mkdirSync(d);
          writeFileSync(join(d, 'notes.txt'), '');
        }),
    ],
    [
      'a python that came with the repository',
      'unusable',
      'not an installed Python',
      (d) => {
        rmSync(join(d, 'bin/python'));
        writeFileSync(join(d, 'bin/python'), '#!/bin/sh\n', { mode: 0o755 });
      },
    ],
    [
      'a python that links to a file of the repository',
      'unusable',
      'not an installed Python',
      (d) => {
        writeFileSync(join(d, '../evil'), '#!/bin/sh\n', { mode: 0o755 });
        relink(d, '../../evil');
      },
    ],
    [
      'a python that links to a file of the repository, further up',
      'unusable',
      'not an installed Python',
      (d, root) => {
        mkdirSync(join(root, '.git'));
        writeFileSync(join(root, 'evil'), '#!/bin/sh\n', { mode: 0o755 });
        relink(d, '../../../../evil');
      },
    ],
  ])('%s: %s', (_, state, why, change) => {
    const look = environment(change);
    expect(look.state).toBe(state);
    expect(look.why ?? '').toContain(why);
  });

  it.skipIf(uid !== 0)("somebody else's is not usable", () => {
    const look = environment((directory) => chownSync(directory, 12345, 12345));
    expect(look).toMatchObject({ state: 'unusable', why: 'belongs to another user' });
  });

  it('one that has a copy of its Python, not a link to it, is ready (venv --copies)', () => {
    const look = environment((directory) => {
      const file = join(directory, 'bin/python');
      const installed = realpathSync(file);
      rmSync(file);
      copyFileSync(installed, file);
    });
    expect(look).toMatchObject({ state: 'ready' });
  });

  it('a link to an environment elsewhere is followed', () => {
    const look = environment((directory, root) => {
      renameSync(directory, join(root, 'elsewhere'));
      symlinkSync(join(root, 'elsewhere'), directory);
    });
    expect(look.state).toBe('ready');
  });
});

/** The number of a process whose command line is that of a pip-detour at work. */
function maker(): number {
  const child = spawn('/bin/sh', ['-c', 'read -r _', '/pip-detour/lib/start.cjs', 'pip'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? -1;
}
function emptied(directory: string): void {
  replaced(directory, () => mkdirSync(directory));
}
function replaced(directory: string, by: () => void): void {
  rmSync(directory, { recursive: true });
  by();
}
function relink(directory: string, target: string): void {
  rmSync(join(directory, 'bin/python'));
  symlinkSync(target, join(directory, 'bin/python'));
}
