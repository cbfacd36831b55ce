import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compareVersions } from '../../../src/pip/versions.ts';
import { dist } from '../../support/machine.ts';
import { managedPython } from '../../support/managed.ts';
import { pipsHere } from '../../support/pips.ts';
import { served, simpleIndex, toolFromPypi } from '../../support/project-tools.ts';
import { type Ran, type Sandbox, sandbox } from '../../support/sandbox.ts';
import { shell } from '../../support/shell.ts';
import { keys, terminal } from '../../support/terminal.ts';
import { writeProject } from './project.ts';

/** Needs PyPI for the tools themselves, once; everything after that happens without a network. */
const withoutPypi = process.env['PIP_DETOUR_TEST_PYPI'] !== '1';
const slow = 120_000;

type Tool = 'uv' | 'poetry' | 'pdm' | 'pipenv';
/** A pip that knows --group (25.1 and later), where pyenv has one. */
const newPip = pipsHere().find(({ version }) => compareVersions(version, '25.1') >= 0);
const project = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = []\n';

describe.skipIf(withoutPypi)('with tools from PyPI (PIP_DETOUR_TEST_PYPI=1)', () => {
  let index = { url: '', end: () => {} };
  beforeAll(async () => {
    index = await served(simpleIndex(mkdtempSync(join(inject('shared'), 'index-')), inject('wheels')));
  });
  afterAll(() => index.end());

  function projectOf(tool: Tool): Sandbox {
    const box = sandbox({ PATH: `${dist}/shims:${toolFromPypi(tool)}:/usr/bin:/bin` });
    const source = {
      uv: `[[tool.uv.index]]\nname = "here"\nurl = "${index.url}"\ndefault = true\n`,
      poetry: `[tool.poetry]\npackage-mode = false\n[[tool.poetry.source]]\nname = "here"\nurl = "${index.url}"\npriority = "primary"\n`,
      pdm: `[tool.pdm]\ndistribution = false\n[[tool.pdm.source]]\nname = "pypi"\nurl = "${index.url}"\nverify_ssl = false\n`,
      pipenv: `[[source]]\nname = "here"\nurl = "${index.url}"\nverify_ssl = false\n\n[packages]\n\n[dev-packages]\n`,
    }[tool];
    if (tool === 'pipenv') box.write('Pipfile', source);
    else box.write('pyproject.toml', `${project}${source}`);
    return box;
  }

  function pip(box: Sandbox, args: readonly string[], env: Record<string, string> = {}): Ran {
    return box.run(`${dist}/shims/pip`, args, {
      env: { PIP_DETOUR: 'project-manager', ...env },
      timeout: slow,
    });
  }

  const locks = { uv: 'uv.lock', poetry: 'poetry.lock', pdm: 'pdm.lock', pipenv: 'Pipfile.lock' };
  /** Python in the tool's own environment for this project. */
  const runs = { uv: ['run', '--no-sync'], poetry: ['run'], pdm: ['run'], pipenv: ['run'] };

  function versionIn(box: Sandbox, tool: Tool, name = 'demo-lib'): string {
    const code = `import importlib.metadata as m; print(m.version("${name}"))`;
    return box.run(tool, [...runs[tool], 'python', '-c', code], { timeout: slow }).stdout.trim();
  }

  it.each<Tool>(['uv', 'poetry', 'pdm', 'pipenv'])(
    '%s: what pip was asked for is in the project file, the lock file and the environment; and out of them again',
    (tool) => {
      const box = projectOf(tool);
      const manifest = tool === 'pipenv' ? 'Pipfile' : 'pyproject.toml';
      expect(pip(box, ['install', 'demo-lib==1.0'])).toMatchObject({ code: 0 });
      expect(box.read(manifest)).toMatch(/demo-lib.*1\.0/);
      expect(box.read(locks[tool])).toContain('demo-lib');
      expect(versionIn(box, tool)).toBe('1.0');

      expect(pip(box, ['install', '-U', 'demo-lib>=1', '--user'])).toMatchObject({ code: 0 });
      expect(versionIn(box, tool)).toBe('2.0');

      expect(pip(box, ['uninstall', '-y', 'demo-lib'])).toMatchObject({ code: 0 });
      expect(box.read(manifest)).not.toContain('demo-lib');
      expect(box.read(locks[tool])).not.toContain('demo-lib');
      expect(versionIn(box, tool)).toBe('');
    },
    slow * 3,
  );

  it.each<Tool>(['uv', 'poetry', 'pdm', 'pipenv'])(
    '%s: why it has failed is said below its own words, at a terminal too',
    async (tool) => {
      const box = projectOf(tool);
      const user = terminal('/bin/sh', ['-c', 'pip install demo-lib==7; echo "code $?"'], {
        env: { ...box.env, PIP_DETOUR: 'project-manager' },
        cwd: box.project,
        columns: 100,
      });
      await user.waitFor(/code \d/, slow);
      expect(user.history().replace(/\s+/g, ' ')).toMatch(
        /There is no demo-lib==7 on the index\..* code [1-9]/,
      );
    },
    slow * 2,
  );

  it.each<Tool>(['uv', 'poetry', 'pdm'])(
    '%s: the project itself is installed from its lock file',
    (tool) => {
      const box = projectOf(tool);
      expect(pip(box, ['install', 'demo-lib'])).toMatchObject({ code: 0 });
      const ran = pip(box, ['install', '-e', '.']);
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.stderr).toContain('Installing the project with');
      expect(versionIn(box, tool)).toBe('2.0');
    },
    slow * 3,
  );

  it.each<Tool>(['uv', 'poetry', 'pdm'])(
    '%s: extras of the project are installed with it, and what is to be edited stays where it lies',
    (tool) => {
      const box = projectOf(tool);
      const text = box.read('pyproject.toml');
      box.write(
        'pyproject.toml',
        text.replace(project, `${project}optional-dependencies = { more = ["demo-other"] }\n`),
      );
      writeProject(box, 'lib');
      expect(pip(box, ['install', '-e', './lib', 'demo-lib'])).toMatchObject({ code: 0 });
      expect(versionIn(box, tool)).toBe('2.0');
      expect(versionIn(box, tool, 'demo-other')).toBe('');
      // Left alone, PDM locks no groups but those it has been asked for.
      if (tool === 'pdm') {
        const refused = pip(box, ['install', '-e', '.[more]']);
        expect(refused.code).toBe(1);
        expect(refused.stderr).toContain('not in lockfile: more');
        expect(box.run('pdm', ['lock', '--group=:all'], { timeout: slow })).toMatchObject({ code: 0 });
      }
      expect(pip(box, ['install', '-e', '.[more]'])).toMatchObject({ code: 0 });
      expect(versionIn(box, tool, 'demo-other')).toBe('1.0');
      const where = box.run(tool, [...runs[tool], 'demo-tool'], { timeout: slow });
      expect(where.stdout).toContain(join(box.project, 'lib'));
    },
    slow * 3,
  );

  it.skipIf(newPip === undefined).each<Tool>(['uv', 'poetry', 'pdm'])(
    '%s: a group of the project, which a newer pip than the system’s can be asked for',
    (tool) => {
      const box = projectOf(tool);
      const own = managedPython(join(box.root, 'python'), newPip?.site ?? '');
      box.env['PATH'] = `${dist}/shims:${own.prefix}/bin:${box.env['PATH']}`;
      const groups = '\n[dependency-groups]\nmore = ["demo-other"]\n';
      box.write('pyproject.toml', `${box.read('pyproject.toml')}${groups}`);
      if (tool !== 'uv')
        box.run(tool, ['lock', ...(tool === 'pdm' ? ['--group=:all'] : [])], { timeout: slow });
      expect(pip(box, ['install', '--group', 'more'])).toMatchObject({ code: 0 });
      expect(versionIn(box, tool, 'demo-other')).toBe('1.0');
    },
    slow * 3,
  );

  it.each<Tool>(['poetry', 'pdm'])(
    '%s: another environment that is activated stays as it was',
    (tool) => {
      const box = projectOf(tool);
      const other = join(box.root, 'other');
      box.run('/usr/bin/python3', ['-m', 'venv', '--without-pip', other]);
      expect(pip(box, ['install', 'demo-lib'], { VIRTUAL_ENV: other })).toMatchObject({ code: 0 });
      expect(
        readdirSync(join(other, 'lib', String(readdirSync(join(other, 'lib'))[0]), 'site-packages')),
      ).toEqual([]);
    },
    slow,
  );

  it.each<Tool>(['uv', 'pipenv'])(
    '%s: a requirements file, and a failure that is the tool’s own',
    (tool) => {
      const box = projectOf(tool);
      box.write('requirements.txt', 'demo-lib==1.0\n');
      expect(pip(box, ['install', '-r', 'requirements.txt'])).toMatchObject({ code: 0 });
      expect(versionIn(box, tool)).toBe('1.0');
      const failed = pip(box, ['install', 'demo-nowhere']);
      expect(failed.code).not.toBe(0);
      expect(failed.stdout + failed.stderr).toContain('demo-nowhere');
    },
    slow * 2,
  );

  it(
    'uv: names the index of the command line in the project, builds and constrains as told',
    () => {
      const box = projectOf('uv');
      box.write('pyproject.toml', `${project}[tool.uv]\npackage = false\n`);
      box.write('pins.txt', 'demo-lib<2\n');
      const args = [
        'install',
        '-i',
        index.url,
        '-c',
        'pins.txt',
        '--only-binary',
        ':all:',
        'demo-lib',
        'demo-other',
      ];
      expect(pip(box, args)).toMatchObject({ code: 0 });
      expect(box.read('pyproject.toml')).toContain(index.url.slice(0, -1));
      expect(versionIn(box, 'uv')).toBe('1.0');
    },
    slow,
  );

  it(
    'hatch: it has no command to add with, so its projects get their environment, and it is said why',
    () => {
      const commands = toolFromPypi('hatch');
      const box = sandbox({ PATH: `${dist}/shims:${commands}:/usr/bin:/bin` });
      box.write('pyproject.toml', `${project}[tool.hatch.envs.default]\ntype = "virtual"\n`);
      const help = (...words: string[]) => box.run('hatch', [...words, '--help'], { timeout: slow }).stdout;
      expect(help()).toMatch(/^ {2}env /m);
      expect(help()).not.toMatch(/^ {2}(add|remove|install) /m);
      expect(help('dep')).not.toMatch(/^ {2}(add|remove|install) /m);
      const why = 'Hatch has no command to add packages: write them into pyproject.toml by hand';
      expect(box.run('pip-detour', ['explain', '--', 'pip', 'install', 'demo-lib']).stdout).toContain(why);
      const before = box.read('pyproject.toml');
      const declined = pip(box, ['install', 'demo-lib']);
      expect(declined.code).toBe(1);
      expect(declined.stderr).toContain(why);
      expect(pip(box, ['install', 'demo-lib'], { PIP_DETOUR: 'venv' })).toMatchObject({ code: 0 });
      expect(box.read('pyproject.toml')).toBe(before);
    },
    slow * 2,
  );

  it(
    'it is what is recommended where there is a lock file, and Enter takes it',
    async () => {
      const box = projectOf('uv');
      box.run('uv', ['lock'], { timeout: slow });
      const user = await shell('bash', box);
      user.type('pip install demo-lib');
      const screen = await user.waitFor(/esc leave/, slow);
      expect(screen).toContain('Add to the project with uv');
      expect(screen).toContain('uv.lock here');
      user.send(keys.enter);
      expect(await user.ready(slow)).toContain('demo-lib==2.0');
      expect(box.read('uv.lock')).toContain('demo-lib');
      expect(await user.command('pip install demo-other', slow)).toContain('remembered for ~/shop');
      expect(box.read('pyproject.toml')).toContain('demo-other');
    },
    slow * 2,
  );
});
