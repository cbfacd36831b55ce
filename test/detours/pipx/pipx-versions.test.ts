import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { python } from '../../support/machine.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';
import { writeProject } from '../project-manager/project.ts';
import { go, lookAround, said } from './going.ts';

/** Needs PyPI for the pipx itself; everything after that happens without a network. */
const withoutPypi = process.env['PIP_DETOUR_TEST_PYPI'] !== '1';
// The newest pipx takes a minute for what takes it seconds on an idle machine.
vi.setConfig({ testTimeout: 600_000 });

/** A pyenv Python where there is one: the newest pipx wants a younger Python than some systems have. */
function pythonOf(version: string): string {
  const own = join(homedir(), '.pyenv/versions', version, 'bin/python');
  return existsSync(own) ? own : python;
}

describe.skipIf(withoutPypi).each([
  ['1.0.0', '3.10.13'],
  ['1.4.3', '3.11.7'],
  ['1.7.1', '3.12.1'],
  ['1.12.0', '3.12.1'],
  ['1.16.7', '3.13.0'],
])('with pipx %s from PyPI (PIP_DETOUR_TEST_PYPI=1)', (version, pythonVersion) => {
  const place = join(inject('shared'), `pipx-${version}`);
  const parts = join(place, 'parts');

  beforeAll(() => {
    execFileSync(pythonOf(pythonVersion), ['-m', 'venv', place], { stdio: 'pipe' });
    const pip = join(place, 'bin/python');
    execFileSync(pip, ['-m', 'pip', 'install', '-q', `pipx==${version}`, 'setuptools<81'], { stdio: 'pipe' });
    // What this pipx wants for its shared libraries, so that it finds it without an index.
    execFileSync(pip, ['-m', 'pip', 'download', '-q', '-d', parts, 'pip', 'setuptools', 'wheel'], {
      stdio: 'pipe',
    });
  }, 600_000);

  function box(extra: Readonly<Record<string, string>> = {}): Sandbox {
    return sandbox({
      PATH: `${place}/bin:/usr/bin:/bin`,
      PIPX_SHARED_LIBS: join(place, 'shared'),
      PIP_FIND_LINKS: `${inject('wheels')} ${parts}`,
      ...extra,
    });
  }

  it('its environments, its commands and what it has installed are found', async () => {
    const here = box();
    const before = await lookAround(here, ['install', 'demo-app']);
    expect(before.pipx?.version).toBe(version);
    expect(await go(here, ['install', 'demo-app'])).toMatchObject({
      code: 0,
      meanings: [],
      told: ['Commands in ~/.local/bin: demo-app.'],
    });
    const after = await lookAround(here, ['install', 'demo-app']);
    expect(after.pipx?.installed).toEqual(['demo-app']);
  });

  it('what its exit codes do not say is understood', async () => {
    const here = box();
    expect(await go(here, ['install', 'demo-lib'])).toMatchObject({ code: 1, meanings: ['no-apps'] });
    expect(await go(here, ['install', 'demo-nowhere'])).toMatchObject({ code: 1, meanings: ['not-found'] });
    expect(await go(here, ['install', 'demo-app==1.0'])).toMatchObject({ code: 0, meanings: [] });
    expect(await go(here, ['install', 'demo-app'])).toMatchObject({
      code: 0,
      meanings: ['already-installed'],
    });
    expect(await go(here, ['install', 'demo-clash'])).toMatchObject({ code: 0, meanings: ['name-clash'] });
    expect(said(here, 'demo-app')).toBe('demo-app 1.0');
  });

  it('what is there already is upgraded, replaced and uninstalled', async () => {
    const here = box();
    await go(here, ['install', 'demo-app==1.0']);
    expect(await go(here, ['install', '-U', 'demo-app'])).toMatchObject({ code: 0, meanings: [] });
    expect(said(here, 'demo-app')).toBe('demo-app 2.0');
    expect(await go(here, ['install', 'demo-app==1.0'])).toMatchObject({ code: 0, meanings: [] });
    expect(said(here, 'demo-app')).toBe('demo-app 1.0');
    expect(await go(here, ['install', '-U', '--force-reinstall', 'demo-app'])).toMatchObject({ code: 0 });
    expect(said(here, 'demo-app')).toBe('demo-app 2.0');
    expect(await go(here, ['uninstall', 'demo-app'])).toMatchObject({ code: 0 });
    expect(here.exists('../.local/bin/demo-app')).toBe(false);
  });

  it('several packages each get an environment of their own', async () => {
    const here = box();
    const argv = ['install', '--pre', 'demo-app==1.0', 'demo-clash'];
    const gone = await go(here, argv);
    expect(gone).toMatchObject({ code: 0, meanings: ['name-clash'] });
    const after = await lookAround(here, argv);
    expect(after.pipx?.installed).toEqual(['demo-app', 'demo-clash']);
    expect(pipx.plan(gone.situation).steps).toHaveLength(version === '1.0.0' ? 2 : 1);
  });

  it('places named from here, by option or by variable, are found from wherever it starts pip', async () => {
    const here = box({ PIP_CONSTRAINT: 'pinned-by-variable.txt' });
    here.write('pinned-by-variable.txt', 'demo-app==1.0\n');
    here.write("it's pinned.txt", 'demo-app<3\n');
    expect(await go(here, ['install', '-c', "it's pinned.txt", 'demo-app'])).toMatchObject({ code: 0 });
    expect(said(here, 'demo-app')).toBe('demo-app 1.0');
  });

  it('a local project is installed to be edited', async () => {
    const here = box();
    const files = writeProject(here, 'my tool');
    expect(await go(here, ['install', '-e', './my tool'])).toMatchObject({ code: 0, meanings: [] });
    expect(said(here, 'demo-tool')).toBe(`run from ${files}`);
  });

  it('variables that send pip elsewhere do not send it there', async () => {
    const here = box({ PIP_TARGET: '/proc/nowhere', PIP_PREFIX: '/proc/nowhere', PIP_USER: '1' });
    expect(await go(here, ['install', 'demo-app'])).toMatchObject({ code: 0 });
    expect(said(here, 'demo-app')).toBe('demo-app 2.0');
  });
});
