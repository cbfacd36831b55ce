import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTracked } from '../../src/place/tracked.ts';
import { lacks } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** Git as nobody has set it up. */
function git(box: Sandbox, ...args: string[]): void {
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_ALLOW_PROTOCOL: 'file' };
  const names = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  const ran = box.run('git', [...names, ...args], { env });
  if (ran.code !== 0) throw new Error(ran.stderr);
}

/** A repository with a file that sorts before the environment's, and one after it. */
function repository(...options: string[]): Sandbox {
  const box = sandbox();
  git(box, 'init', '-q', ...options);
  for (const file of ['.venv/pyvenv.cfg', '.venv/bin/activate', '.a', 'shop.py']) box.write(file, 'x\n');
  return box;
}

const kept = (box: Sandbox, name = '.venv') => isTracked({ directory: join(box.project, name) });

describe.skipIf(lacks('git'))('an environment that git keeps', () => {
  const hashes = ['--object-format=sha1', '--object-format=sha256'];
  const versions = ['2', '3', '4'];
  it.each(hashes.flatMap((hash) => versions.map((version) => [hash, version] as const)))(
    'is told from one that it does not keep: %s, index version %s',
    (hash, version) => {
      const box = repository(hash);
      git(box, 'add', '.a', 'shop.py');
      // Extended flags, which only version 3 and later have.
      git(box, 'add', '--intent-to-add', '.venv/pyvenv.cfg');
      git(box, 'rm', '-q', '--cached', '.venv/pyvenv.cfg');
      git(box, 'update-index', '--index-version', version);
      expect(kept(box)).toBe(false);
      if (version !== '2') git(box, 'add', '--intent-to-add', '.venv/pyvenv.cfg');
      else git(box, 'add', '.venv/pyvenv.cfg');
      expect(kept(box)).toBe(true);
      git(box, 'rm', '-q', '--cached', '.venv/pyvenv.cfg');
      expect(kept(box)).toBe(false);
      // One file of it is enough.
      git(box, 'add', '.venv/bin/activate');
      expect(kept(box)).toBe(true);
    },
  );

  it.each(versions)('is not told by other names that begin or end alike: index version %s', (version) => {
    const box = repository();
    for (const file of ['my.venv/pyvenv.cfg', 'docs/.venv', '.venv-notes/pyvenv.cfg']) box.write(file, 'x\n');
    git(box, 'add', '-f', '.a', 'my.venv', 'docs', '.venv-notes');
    git(box, 'update-index', '--index-version', version);
    expect(kept(box)).toBe(false);
    git(box, 'add', '-f', '.venv');
    expect(kept(box)).toBe(true);
  });

  it('by the link that leads to it, wherever that is', () => {
    const box = repository();
    symlinkSync('../other', join(box.project, 'venv'));
    git(box, 'add', '-f', 'venv');
    expect(kept(box, 'venv')).toBe(true);
  });

  it('by the file that names it', () => {
    const box = repository();
    const by = box.write('venv', '../other\n');
    git(box, 'add', '-f', 'venv');
    expect(isTracked({ directory: join(box.home, 'other'), by })).toBe(true);
  });

  it.each(hashes)('in an index that is split: %s', (hash) => {
    const box = repository(hash);
    git(box, 'add', '-f', '.');
    git(box, 'update-index', '--split-index');
    box.write('later.py', 'x\n');
    git(box, 'add', 'later.py');
    expect(box.run('sh', ['-c', 'cat .git/index']).stdout).not.toContain('pyvenv.cfg');
    expect(kept(box)).toBe(true);
    expect(isTracked({ directory: join(box.project, 'other') })).toBe(false);
  });

  it('in a further worktree', () => {
    const box = repository();
    git(box, 'add', '-f', '.');
    git(box, 'commit', '-q', '-m', 'all');
    git(box, 'worktree', 'add', '-q', '../second');
    expect(isTracked({ directory: join(box.home, 'second/.venv') })).toBe(true);
  });

  it('under another name, to which `.venv` is a link', () => {
    const box = repository();
    box.write('tools/env/pyvenv.cfg', 'x\n');
    symlinkSync('tools/env', join(box.project, 'venv'));
    git(box, 'add', '-f', 'tools', 'venv');
    expect(kept(box, 'venv')).toBe(true);
    expect(kept(box)).toBe(false);
  });

  it('as a submodule', () => {
    const other = repository();
    other.write('pyvenv.cfg', 'x\n');
    git(other, 'add', 'pyvenv.cfg');
    git(other, 'commit', '-q', '-m', 'an environment');
    const box = sandbox();
    git(box, 'init', '-q');
    git(box, 'submodule', '--quiet', 'add', other.project, '.venv');
    expect(kept(box)).toBe(true);
  });

  it.each([
    ['no repository', () => {}],
    ['an index of rubbish', (box: Sandbox) => box.write('.git/index', `DIRC${'\0\0\0\x04'.repeat(20)}\xff`)],
    ['a .git that names nothing', (box: Sandbox) => box.write('.git', 'gitdir: nowhere\n')],
  ])('%s: nobody keeps it', (_, prepare) => {
    const box = sandbox();
    prepare(box);
    expect(kept(box)).toBe(false);
  });
});
