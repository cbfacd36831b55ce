import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist } from '../../support/machine.ts';
import { toolFromNpm } from '../../support/project-tools.ts';
import { pyenvVersions, pythonOfPyenv } from '../../support/pythons.ts';
import { sandbox } from '../../support/sandbox.ts';

/** Needs npm for mise itself, once; the Python is one of pyenv's under a prefix of its own, given to mise by `mise link`. */
const withoutNetwork = process.env['PIP_DETOUR_TEST_PYPI'] !== '1';
const version = pyenvVersions().findLast((name) => name.startsWith('3.12'));

describe.skipIf(withoutNetwork || version === undefined)(
  'with the real mise (PIP_DETOUR_TEST_PYPI=1)',
  () => {
    it('its Python gets the package by its own pip, and mise its command', { timeout: 180_000 }, () => {
      const mise = toolFromNpm('mise');
      const box = sandbox({ PATH: `${dist}/shims:${mise}:/usr/bin:/bin`, MISE_OFFLINE: '1' });
      const prefix = join(box.root, 'built');
      mkdirSync(prefix);
      pythonOfPyenv(prefix, version ?? '');
      symlinkSync('python3.12', join(prefix, 'bin/python3'));
      expect(box.run('mise', ['link', `python@${version}`, prefix]).code).toBe(0);
      const installs = join(box.home, '.local/share/mise/installs/python');
      expect(readdirSync(installs)).toEqual(expect.arrayContaining(['latest', version]));
      const shims = join(box.home, '.local/share/mise/shims');
      expect(readdirSync(shims)).not.toContain('demo-app');

      const env = { PIP_DETOUR: 'other-python' };
      const ran = box.run('pip', ['install', 'demo-app'], { env });
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.stderr).toContain(
        `pip-detour: using mise ${version}, because PIP_DETOUR=other-python is set`,
      );
      expect(ran.stdout).toContain('Successfully installed demo-app-2.0');
      expect(readdirSync(shims)).toContain('demo-app');

      // What it says to type makes the command work here.
      const [, use] = /to use it in this directory: (mise use \S+)/.exec(ran.stderr) ?? [];
      expect(use).toBe(`mise use python@${version}`);
      box.run('/bin/sh', ['-c', use ?? 'false']);
      expect(box.run(join(shims, 'demo-app')).stdout).toBe('demo-app 2.0\n');

      expect(box.run('pip', ['uninstall', '-y', 'demo-app'], { env }).code).toBe(0);
      expect(readdirSync(shims)).not.toContain('demo-app');
    });
  },
);
