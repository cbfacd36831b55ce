import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { config, trust } from './saying.ts';

describe('trust', () => {
  const asks = 'detour = "break-system-packages"\n';

  it('what a repository may not say by itself waits, and the exact words to type are said', () => {
    const box = sandbox();
    const file = box.write('.pip-detour.toml', asks);
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(
      `it is ignored until you trust this file: pip-detour trust ${file.replace(`${box.home}/`, '~/')}\n`,
    );
    expect(trust(box, file)).toMatchObject({ code: 0, stderr: '' });
    expect(config(box, 'get', 'detour').stdout).toBe('break-system-packages\n');
  });

  it('lapses when the file changes, and when it lies elsewhere', () => {
    const box = sandbox();
    box.write('.pip-detour.toml', asks);
    trust(box);
    expect(config(box, 'get', 'detour').stdout).toBe('break-system-packages\n');
    box.write('other/.pip-detour.toml', asks);
    const other = box.run(`${dist}/shims/pip-detour`, ['config', 'get', 'detour'], {
      cwd: join(box.project, 'other'),
    });
    expect(other.stdout).toBe('ask\n');
    box.write('.pip-detour.toml', `${asks}# changed\n`);
    expect(config(box, 'get', 'detour').stdout).toBe('ask\n');
    expect(trust(box, '--list').stdout).toContain('(has changed: no longer trusted)');
    box.write('.pip-detour.toml', asks);
    expect(config(box, 'get', 'detour').stdout).toBe('break-system-packages\n');
  });

  it('of a pyproject.toml only our table counts: a new dependency does not lapse it', () => {
    const box = sandbox();
    const text = `[tool.pip-detour]\n${asks}`;
    box.write('pyproject.toml', `[project]\nname = "a"\n${text}`);
    trust(box);
    box.write('pyproject.toml', `[project]\nname = "a"\ndependencies = ["x"]\n${text}`);
    expect(config(box, 'get', 'detour').stdout).toBe('break-system-packages\n');
    box.write('pyproject.toml', `[project]\nname = "a"\n${text}hint = false\n`);
    expect(config(box, 'get', 'detour').stdout).toBe('ask\n');
  });

  it('is listed and revoked', () => {
    const box = sandbox();
    const file = box.write('.pip-detour.toml', asks);
    expect(trust(box, '--list').stdout).toBe('Nothing is trusted yet.\n');
    expect(trust(box).stdout).toContain('  detour = break-system-packages\n');
    expect(JSON.parse(trust(box, '--list', '--json').stdout)).toMatchObject([{ file, state: 'holds' }]);
    expect(trust(box, '--revoke').stdout).toBe('~/shop/.pip-detour.toml is no longer trusted.\n');
    expect(config(box, 'get', 'detour').stdout).toBe('ask\n');
    expect(trust(box, '--revoke')).toMatchObject({ code: 1 });
  });

  it('goes on after a change made with pip-detour config', () => {
    const box = sandbox();
    box.write('.pip-detour.toml', asks);
    trust(box);
    config(box, 'set', '--project', 'hint', 'off');
    expect(config(box, 'get', 'detour').stdout).toBe('break-system-packages\n');
  });

  it.each([
    ['venv', 'venv'],
    ['pipx', 'pipx'],
    ['project-manager', 'project-manager'],
    ['system-package', 'ask'],
    ['other-python', 'ask'],
    ['break-system-packages', 'ask'],
  ])('%s in an untrusted file: %s', (asked, inForce) => {
    const box = sandbox();
    box.write('.pip-detour.toml', `detour = "${asked}"\n`);
    expect(config(box, 'get', 'detour').stdout).toBe(`${inForce}\n`);
  });

  it.each([0o777, 0o770])('counts for nothing where others could have written it down (mode %o)', (mode) => {
    const box = sandbox();
    box.write('.pip-detour.toml', asks);
    trust(box);
    const directory = join(box.home, '.local/state/pip-detour/trust');
    chmodSync(directory, mode);
    expect(config(box, 'get', 'detour').stdout).toBe('ask\n');
    expect(trust(box, '--list').stdout).toBe('Nothing is trusted yet.\n');
    expect(trust(box).stderr).toContain(
      `unsafe-trust: the list of trusted files in ${directory} is ignored: others`,
    );
    chmodSync(directory, 0o700);
    expect(config(box, 'get', 'detour').stdout).toBe('break-system-packages\n');
  });

  it('nothing there to trust', () => {
    expect(trust(sandbox()).stderr).toContain('nothing-to-trust: there are no project settings in ~/shop');
  });
});
