import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choicesDirectory, remember } from '../../src/memory/choices.ts';
import { dist, pip } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

const state = (box: Sandbox) => join(box.home, '.local/state/pip-detour');
const detour = (box: Sandbox, ...args: string[]) => box.run(`${dist}/shims/pip-detour`, args);

describe('pip-detour status', () => {
  it('tells which pip and Python, who manages them, the project, and what each detour would do', () => {
    const box = sandbox();
    box.write('pyproject.toml', '');
    const ran = detour(box, 'status');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^pip +\/usr\/bin\/pip$/m);
    expect(ran.stdout).toMatch(/^Python +\/usr\/bin\/python3$/m);
    expect(ran.stdout).toMatch(/^managed by +\w+: pip may not change it$/m);
    expect(ran.stdout).toMatch(/^project +~\/shop \(pyproject\.toml\)$/m);
    expect(ran.stdout).toMatch(/^environment +~\/shop\/\.venv \(not made yet\)$/m);
    expect(ran.stdout).toMatch(/^choice +none: you would be asked$/m);
    expect(ran.stdout).toMatch(/^\+ venv +create ~\/shop\/\.venv/m);
  });

  it('names the choice that stands and its source, also as JSON', async () => {
    const box = sandbox();
    await remember(state(box), box.project, 'venv');
    const found: unknown = JSON.parse(detour(box, 'status', '--json').stdout);
    expect(found).toMatchObject({
      pip,
      managed: true,
      choice: { detour: 'venv', source: 'remembered', because: 'remembered for ~/shop' },
      environment: { directory: join(box.project, '.venv'), state: 'missing' },
    });
  });
});

describe('pip-detour explain', () => {
  it('shows verdict, recommendation and the exact plan, and changes nothing', () => {
    const box = sandbox();
    const ran = detour(box, 'explain', '--', 'pip', 'install', '-U', 'demo-lib');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(
      /^pip will refuse it: externally-managed-environment \(.*EXTERNALLY-MANAGED.*\)$/m,
    );
    expect(ran.stdout).toMatch(/^recommended: venv/m);
    expect(ran.stdout).toContain('-m venv --without-pip ~/shop/.venv');
    expect(ran.stdout).toContain('__pip-runner__.py install -U demo-lib');
    expect(readdirSync(box.project)).toEqual([]);
    expect(readdirSync(box.home)).toEqual(['shop']);
  });

  it('what it shows is what is then run', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const shown = detour(box, 'explain', '--', 'pip', 'install', 'demo-lib').stdout;
    const lines = shown.split('\n').filter((line) => line.startsWith('  ') && line.includes('.venv'));
    expect(lines.length).toBeGreaterThan(1);
    const pasted = box.run('/bin/bash', ['-ec', lines.join('\n')]);
    expect(pasted.stdout).toContain('Successfully installed demo-lib-2.0');
  });

  it.each([
    [['pip', 'list'], 'do it: nothing is asked'],
    [['pip', 'install', '--target', 'x', 'demo-lib'], 'do it: nothing is asked'],
    [['pip', 'install', 'demo-lib'], 'refuse it: externally-managed-environment'],
    [['pip', 'uninstall', 'demo-lib'], 'refuse it: externally-managed-environment'],
  ])('%j: pip will %s', (line, says) => {
    expect(detour(sandbox(), 'explain', '--', ...line).stdout).toContain(`pip will ${says} (`);
  });

  it('anything but pip is an error that says what to type', () => {
    const ran = detour(sandbox(), 'explain', '--', 'apt', 'install', 'x');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('apt is not pip');
    expect(ran.stderr).toContain('hint: pip-detour explain -- pip install requests');
  });
});

describe('pip-detour choices and forget', () => {
  it('list what is remembered and forget the one in force here', async () => {
    const box = sandbox();
    expect(detour(box, 'choices').stdout).toBe('Nothing is remembered yet.\n');
    await remember(state(box), box.project, 'venv');
    await remember(state(box), '/gone/away', 'pipx');
    const listed = detour(box, 'choices').stdout;
    expect(listed).toMatch(/^\/gone\/away +pipx .*\(the directory is gone\)$/m);
    expect(listed).toMatch(/^~\/shop +venv /m);
    expect(JSON.parse(detour(box, 'choices', '--json').stdout)).toHaveLength(2);

    box.write('deep/er/x', '');
    const ran = box.run(`${dist}/shims/pip-detour`, ['forget'], { cwd: join(box.project, 'deep/er') });
    expect(ran.stdout).toBe('Forgot the choice for ~/shop.\n');
    expect(detour(box, 'forget', '/gone/away').code).toBe(0);
    expect(readdirSync(choicesDirectory(state(box)))).toEqual([]);
  });

  it('forgetting what is not remembered is an error that says so', () => {
    const ran = detour(sandbox(), 'forget');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('nothing is remembered for ~/shop');
  });

  it('--all forgets everything', async () => {
    const box = sandbox();
    await remember(state(box), box.project, 'venv');
    await remember(state(box), '/gone/away', 'pipx');
    expect(detour(box, 'forget', '--all').stdout).toBe('Forgot 2 choices.\n');
    expect(detour(box, 'choices').stdout).toBe('Nothing is remembered yet.\n');
  });

  it('a remembered choice is used and, once forgotten, no more', async () => {
    const box = sandbox();
    await remember(state(box), box.project, 'venv');
    const first = box.run('pip', ['install', 'demo-lib']);
    expect(first.stderr).toContain('remembered for ~/shop; to be asked again: pip-detour forget ~/shop');
    expect(first.code).toBe(0);
    detour(box, 'forget');
    rmSync(join(box.project, '.venv'), { recursive: true });
    expect(box.run('pip', ['install', 'demo-lib']).code).toBe(1);
  });
});
