import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProject } from '../../src/project/find.ts';
import { sandbox } from '../support/sandbox.ts';

const uid = process.getuid?.() ?? -1;

/** Files (a trailing `/` makes a directory) below HOME; the answer relative to HOME. */
function projectAt(cwd: string, ...files: string[]) {
  const { home } = sandbox();
  for (const file of [`${cwd}/`, ...files]) {
    const path = join(home, file);
    mkdirSync(file.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!file.endsWith('/')) writeFileSync(path, '');
  }
  const project = findProject(join(home, cwd), home, uid);
  return project === undefined ? undefined : `${project.root.slice(home.length + 1)}: ${project.because}`;
}

describe('the project around a directory', () => {
  it.each<[string, string, string[], string | undefined]>([
    ['nothing anywhere', 'a/b', [], undefined],
    ['pyproject.toml here', 'a', ['a/pyproject.toml'], 'a: pyproject.toml'],
    ['pyproject.toml above', 'a/b/c', ['a/pyproject.toml'], 'a: pyproject.toml'],
    ['setup.py', 'a', ['a/setup.py'], 'a: setup.py'],
    ['a requirements file of any name', 'a', ['a/requirements-dev.txt'], 'a: requirements-dev.txt'],
    ['a lock file', 'a', ['a/poetry.lock'], 'a: poetry.lock'],
    ['the nearest of two projects', 'a/b', ['a/pyproject.toml', 'a/b/setup.cfg'], 'a/b: setup.cfg'],
    [
      'an environment above outranks a project file here',
      'a/b',
      ['a/.venv/pyvenv.cfg', 'a/b/setup.cfg'],
      'a: .venv',
    ],
    ['an environment called venv', 'a', ['a/venv/pyvenv.cfg'], 'a: venv'],
    ['a mere directory called venv is none', 'a', ['a/venv/'], undefined],
    ['a repository', 'a/b', ['a/.git/'], 'a: git repository'],
    ['a worktree, whose .git is a file', 'a/b', ['a/.git'], 'a: git repository'],
    ['a project inside a repository', 'a/b', ['a/.git/', 'a/b/pyproject.toml'], 'a/b: pyproject.toml'],
    [
      'nothing beyond the repository counts',
      'a/b',
      ['pyproject.toml', 'a/pyproject.toml', 'a/b/.git/'],
      'a/b: git repository',
    ],
    ['home itself is never a project', 'a', ['pyproject.toml', '.git/', '.venv/pyvenv.cfg'], undefined],
    ['nor in home', '.', ['pyproject.toml'], undefined],
  ])('%s', (_, cwd, files, expected) => {
    expect(projectAt(cwd, ...files)).toBe(expected);
  });

  it('a directory anybody may write to is none', () => {
    const { home } = sandbox();
    mkdirSync(join(home, 'open/below'), { recursive: true });
    writeFileSync(join(home, 'open/pyproject.toml'), '');
    chmodSync(join(home, 'open'), 0o1777);
    expect(findProject(join(home, 'open/below'), home, uid)).toBeUndefined();
  });

  it.skipIf(uid !== 0)("somebody else's directory is none", () => {
    const { home } = sandbox();
    mkdirSync(join(home, 'theirs/below'), { recursive: true });
    writeFileSync(join(home, 'theirs/pyproject.toml'), '');
    chownSync(join(home, 'theirs'), 12345, 12345);
    expect(findProject(join(home, 'theirs/below'), home, uid)).toBeUndefined();
  });
});
