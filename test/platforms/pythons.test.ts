import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type ManagedPython, managedPython } from '../support/managed.ts';
import { pyenvVersions } from '../support/pyenv.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

/**
 * The whole rescue with every Python from 3.9 on that pyenv has here, each made externally managed: with the pip that
 * came with it, and with the newest one from PyPI where PIP_DETOUR_TEST_PYPI=1 says that it can be reached.
 */
vi.setConfig({ testTimeout: 180_000 });
const found = existsSync(pyenvVersions)
  ? readdirSync(pyenvVersions).filter((version) => /^3\.(?:9|[1-9]\d)\.\d+$/.test(version))
  : [];
const pips = process.env['PIP_DETOUR_TEST_PYPI'] === '1' ? ['its own', 'the newest'] : ['its own'];

function library(version: string): string {
  return join(pyenvVersions, version, 'lib', `python${/^3\.\d+/.exec(version)?.[0]}`);
}

/** The directory the pip lies in. */
function siteOf(box: Sandbox, version: string, pip: string): string {
  if (pip === 'its own') return join(library(version), 'site-packages');
  const site = join(box.root, 'newest');
  const words = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--target', site, 'pip'];
  execFileSync(join(pyenvVersions, version, 'bin/python'), words, { stdio: 'pipe' });
  return site;
}

function plant(box: Sandbox, version: string, pip: string): ManagedPython {
  const own = library(version);
  const name = own.slice(own.lastIndexOf('/') + 1);
  return managedPython(join(box.root, 'system'), siteOf(box, version, pip), {
    binary: realpathSync(join(pyenvVersions, version, 'bin', name)),
    library: own,
    packages: `${name}/site-packages`,
  });
}

describe.skipIf(found.length === 0)('a refused install', () => {
  describe.each(found)('by Python %s', (version) => {
    it.each(pips)('with %s pip: asked, answered, remembered, entered', async (pip) => {
      const box = sandbox();
      const python = plant(box, version, pip);
      const said = box.run(python.pip, ['--version']).stdout;
      console.log(`Python ${version}, ${said.replace(/ from .*\n/, '')}`);
      const env = { PATH: box.env['PATH']?.replace(':', `:${join(python.prefix, 'bin')}:`) ?? '' };
      box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
      const user = await shell('bash', box, { env });
      user.type('pip install demo-lib');
      await user.waitFor(/This Python [\s\S]*esc leave/, 60_000);
      user.send(keys.enter);
      const done = await user.ready(60_000);
      expect(done).toContain('Successfully installed demo-lib-2.0');
      expect(done).toContain('Remembered for ~/shop');
      const inside = ['-c', 'import sys, demo_lib; print(sys.version.split()[0], demo_lib.__file__)'];
      const ran = box.run(join(box.project, '.venv/bin/python'), inside);
      expect(ran.stdout).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')} .*/shop/\\.venv/`));
      // Its pip is that Python's, and not half of one.
      expect(box.run(join(box.project, '.venv/bin/pip'), ['list']).stdout).toMatch(/^demo-lib +2\.0$/m);
      expect(await user.command('pip install demo-other', 60_000)).toContain(
        'Successfully installed demo-other-1.0',
      );
      // Where nobody can answer pip refuses as without us, but for the hint.
      const alone = box.run(python.pip, ['install', 'demo-lib'], { cwd: box.home, env });
      const ours = box.run('pip', ['install', 'demo-lib'], { cwd: box.home, env });
      expect(alone).toMatchObject({ code: 1, stderr: expect.stringMatching(/externally-managed/) });
      expect(ours.code).toBe(1);
      expect(ours.stderr.startsWith(alone.stderr)).toBe(true);
      expect(ours.stdout).toBe(alone.stdout);
    });
  });
});
