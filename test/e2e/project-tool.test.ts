import { describe, expect, it } from 'vitest';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** A project of uv's; this uv only says that it was started. What the real one builds: test/detours/venv/uv-real.test.ts. */
function project(extra: Readonly<Record<string, string>> = {}): Sandbox {
  const box = sandbox(extra);
  box.write('../.local/bin/uv', '#!/bin/sh\necho started with "$@"\n', 0o755);
  box.write('pyproject.toml', '[project]\nname = "shop"\n[tool.pip-detour]\ndetour = "project-manager"\n');
  box.write('uv.lock', 'version = 1\n');
  return box;
}
const install = (box: Sandbox) => box.run('pip', ['install', 'demo-lib']);

describe.skipIf(!systemIsManaged() || lacks('pip'))('the tool that a repository asks for', () => {
  it('is not started unasked: it may build the project, and so run what came with it', () => {
    const box = project();
    const ran = install(box);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('is not taken here, because');
    expect(ran.stderr).toContain('uv may run code of this project: choose it once, or say pip-detour trust');
  });

  it('is started once its file is trusted', () => {
    const box = project();
    expect(box.run('pip-detour', ['trust']).stdout).toContain('project-manager, without asking first');
    expect(install(box).stdout).toBe('started with add demo-lib\n');
  });

  it.each([
    ['PIP_DETOUR says so', { PIP_DETOUR: 'project-manager' }],
    ['the person has set it', {}],
  ])('is started where %s', (_, extra) => {
    const box = project(extra);
    box.write('pyproject.toml', '[project]\nname = "shop"\n');
    if (!('PIP_DETOUR' in extra)) box.run('pip-detour', ['config', 'set', 'detour', 'project-manager']);
    expect(install(box).stdout).toBe('started with add demo-lib\n');
  });
});
