import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { dist } from '../../support/machine.ts';
import { served, simpleIndex, toolFromPypi } from '../../support/project-tools.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';
import { terminal } from '../../support/terminal.ts';

/** uv itself comes from PyPI, once; everything after that happens without a network. */
const withoutPypi = process.env['PIP_DETOUR_TEST_PYPI'] !== '1';

describe.skipIf(withoutPypi)('installer = uv, with uv from PyPI (PIP_DETOUR_TEST_PYPI=1)', () => {
  let index = { url: '', end: () => {} };
  beforeAll(async () => {
    index = await served(simpleIndex(mkdtempSync(join(inject('shared'), 'index-')), inject('wheels')));
  });
  afterAll(() => index.end());

  function withUv(env: Record<string, string | undefined> = {}): Sandbox {
    const path = `${dist}/shims:${toolFromPypi('uv')}:/usr/bin:/bin`;
    return sandbox({ PATH: path, PIP_DETOUR: 'venv', PIP_DETOUR_INSTALLER: 'uv', ...env });
  }
  /** Which version is in the environment, and what put it there (Recording installed projects, INSTALLER). */
  function installed(box: Sandbox): string {
    const code = `import importlib.metadata as m; d = m.distribution("demo-lib"); print(d.version, d.read_text("INSTALLER").strip())`;
    return box.run('.venv/bin/python', ['-c', code]).stdout.trim();
  }

  it('makes the environment and installs into it, from where pip.conf and variables say', () => {
    const box = withUv();
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(0);
    expect(installed(box)).toBe('2.0 uv');
    expect(box.exists('.venv/.gitignore')).toBe(true);
    expect(ran.stderr).not.toContain('not uv');
  });

  it('the index of a pip.conf, a constraint and a requirements file', () => {
    const box = withUv({ PIP_NO_INDEX: undefined, PIP_FIND_LINKS: undefined, PIP_CONFIG_FILE: 'pip.conf' });
    box.write('pip.conf', `[global]\nindex-url = ${index.url}\n[install]\nconstraint = limits.txt\n`);
    box.write('limits.txt', 'demo-lib<2\n');
    box.write('requirements.txt', 'demo-lib\n');
    const ran = box.run('pip', ['install', '-r', 'requirements.txt'], {
      env: { XDG_CONFIG_DIRS: '/nowhere' },
    });
    expect(ran.stderr).not.toContain('not uv');
    expect(installed(box)).toBe('1.0 uv');
  });

  it('goes on in an environment that is there, and upgrades what is named', () => {
    const box = withUv();
    expect(box.run('pip', ['install', 'demo-lib==1.0']).code).toBe(0);
    expect(installed(box)).toBe('1.0 uv');
    expect(box.run('pip', ['install', '-U', 'demo-lib']).code).toBe(0);
    expect(installed(box)).toBe('2.0 uv');
  });

  it('a repository’s uv.toml has no say', () => {
    const box = withUv();
    box.write('uv.toml', '[pip]\nno-index = false\nfind-links = []\nindex-url = "http://127.0.0.1:9/"\n');
    box.write(
      'pyproject.toml',
      '[project]\nname = "x"\nversion = "1"\n[tool.uv.pip]\ntarget = "elsewhere"\n',
    );
    expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
    expect(installed(box)).toBe('2.0 uv');
    expect(box.exists('elsewhere')).toBe(false);
  });

  it('what uv would do otherwise pip does, and it is said', () => {
    const box = withUv();
    const ran = box.run('pip', ['install', '--ignore-installed', 'demo-lib']);
    expect(ran.stderr).toContain('pip installed this, not uv: uv has no --ignore-installed.');
    expect(installed(box)).toBe('2.0 pip');
  });

  it.each([
    [
      'no-such-thing',
      /The index has no package called no-such-thing\.|No package called no-such-thing was found/,
    ],
    ['demo-lib==7', /There is no demo-lib==7 on the index\./],
  ])(
    'at a terminal its own words stay whole, and %s is understood',
    async (what, said) => {
      const box = withUv({ UV_INDEX_URL: index.url, PIP_NO_INDEX: undefined, PIP_FIND_LINKS: undefined });
      const user = terminal('/bin/sh', ['-c', `pip install -i ${index.url} ${what}; echo "code $?"`], {
        env: box.env,
        cwd: box.project,
        columns: 100,
      });
      await user.waitFor(/code \d/, 60_000);
      expect(user.history()).toContain('No solution found when resolving dependencies');
      expect(user.history().replace(/\s+/g, ' ')).toMatch(said);
      expect(user.history()).toContain('code 1');
    },
    90_000,
  );

  it('fails as uv fails, and leaves nothing half made', () => {
    const box = withUv();
    const ran = box.run('pip', ['install', 'no-such-thing']);
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain('no-such-thing');
    expect(box.exists('.venv')).toBe(false);
  });
});
