import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { recall } from '../../src/memory/recall.ts';
import { lacks } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

describe.skipIf(lacks('git'))('in a further worktree of a git repository', () => {
  let box: Sandbox;
  let state: string;
  const further = () => join(box.home, 'shop-fix');
  const git = (...args: string[]) => {
    const ran = box.run('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
    expect(ran.code, ran.stderr).toBe(0);
  };
  const recalled = (cwd: string) => recall(state, cwd, box.home);

  beforeEach(() => {
    box = sandbox();
    state = join(box.root, 'state');
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'first');
    git('worktree', 'add', '-q', further());
  });

  it('what is remembered for the main one counts, for this directory', async () => {
    await remember(state, box.project, 'venv');
    const found = await recalled(further());
    expect(found.choice?.directory).toBe(box.project);
    expect(found.here).toBe(further());
  });

  it('a directory that only names it as its repository, and itself as a worktree, is none', async () => {
    await remember(state, box.project, 'break-system-packages');
    const planted = join(box.home, 'planted');
    mkdirSync(join(planted, '.own'), { recursive: true });
    writeFileSync(join(planted, '.git'), 'gitdir: .own\n');
    writeFileSync(join(planted, '.own/gitdir'), '../.git\n');
    writeFileSync(join(planted, '.own/commondir'), `${box.project}/.git\n`);
    expect(await recalled(planted)).toEqual({});
  });

  it('the same place below it counts first, and its own choice before all', async () => {
    await remember(state, box.project, 'venv');
    await remember(state, join(box.project, 'tools'), 'pipx');
    expect((await recalled(join(further(), 'tools/x'))).choice?.detour).toBe('pipx');
    expect((await recalled(join(further(), 'tools/x'))).here).toBe(join(further(), 'tools'));
    expect((await recalled(join(further(), 'lib'))).choice?.detour).toBe('venv');
    await remember(state, further(), 'project-manager');
    expect((await recalled(join(further(), 'tools'))).choice?.detour).toBe('project-manager');
    expect((await recalled(join(further(), 'tools'))).here).toBeUndefined();
  });

  it('comes before what is remembered above the worktree', async () => {
    await remember(state, join(box.home, 'work'), 'pipx');
    await remember(state, box.project, 'venv');
    mkdirSync(join(box.home, 'work'));
    git('worktree', 'add', '-q', join(box.home, 'work/other'));
    expect((await recalled(join(box.home, 'work/other'))).choice?.detour).toBe('venv');
  });

  it('with relative paths in its .git, as newer git writes them', async () => {
    await remember(state, box.project, 'venv');
    writeFileSync(join(further(), '.git'), 'gitdir: ../shop/.git/worktrees/shop-fix\n');
    expect((await recalled(further())).here).toBe(further());
  });

  it.each<[string, (root: string) => void]>([
    ['a .git file that names a worktree of which it is none', (root) => write(root, further())],
    ['a .git file that leads nowhere', (root) => write(root, '/nowhere')],
    ['a .git file of nonsense', (root) => writeFileSync(join(root, '.git'), '\u0000\u0001')],
    ['a .git file of 10 MB', (root) => writeFileSync(join(root, '.git'), `gitdir: ${'x'.repeat(1e7)}`)],
    ['a link in its place', (root) => symlinkSync(join(further(), '.git'), join(root, '.git'))],
  ])('%s shares nothing', async (_, plant) => {
    await remember(state, box.project, 'break-system-packages');
    const clone = join(box.home, 'clone');
    mkdirSync(clone);
    plant(clone);
    expect(await recalled(clone)).toEqual({});
  });

  const write = (root: string, worktree: string) => {
    const own = box.run('cat', [join(worktree, '.git')]).stdout || `gitdir: ${worktree}\n`;
    writeFileSync(join(root, '.git'), own);
  };

  it('a worktree that was moved without git is none until git is told', async () => {
    await remember(state, box.project, 'venv');
    const moved = join(box.home, 'moved');
    renameSync(further(), moved);
    expect(await recalled(moved)).toEqual({});
    git('worktree', 'repair', moved);
    expect((await recalled(moved)).here).toBe(moved);
  });
});
