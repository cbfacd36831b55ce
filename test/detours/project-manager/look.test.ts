import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookForManagedProject, type ProjectLook } from '../../../src/detours/project-manager/look.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';

const uid = process.getuid?.() ?? -1;

function look(box: Sandbox, cwd = box.project, env: Record<string, string> = {}): Promise<ProjectLook> {
  mkdirSync(cwd, { recursive: true });
  return lookForManagedProject(cwd, box.home, uid, readEnvironment({ ...box.env, ...env }));
}

/** `uv (uv.lock)` for each tool found. */
function tools({ managed }: ProjectLook): string[] {
  return (managed?.tools ?? []).map(
    ({ id, lock, manifest }) => `${id} (${[manifest, lock].filter(Boolean).join(', ')})`,
  );
}

describe('which tool keeps the dependencies', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing here', {}, []],
    ['a plain project', { 'pyproject.toml': '[project]\nname = "x"\n' }, []],
    ['uv.lock', { 'pyproject.toml': '', 'uv.lock': '' }, ['uv (pyproject.toml, uv.lock)']],
    ['[tool.uv]', { 'pyproject.toml': '[tool.uv]\ndev-dependencies = []\n' }, ['uv (pyproject.toml)']],
    [
      'a table below',
      { 'pyproject.toml': '[tool.uv.sources]\nx = { git = "y" }\n' },
      ['uv (pyproject.toml)'],
    ],
    ['a dotted key', { 'pyproject.toml': 'tool.poetry.name = "x"\n' }, ['poetry (pyproject.toml)']],
    ['poetry.lock', { 'poetry.lock': '' }, ['poetry (pyproject.toml, poetry.lock)']],
    ['pdm.lock', { 'pdm.lock': '' }, ['pdm (pyproject.toml, pdm.lock)']],
    [
      '[[tool.pdm.source]]',
      { 'pyproject.toml': '[[tool.pdm.source]]\nname = "x"\n' },
      ['pdm (pyproject.toml)'],
    ],
    ['Pipfile', { Pipfile: '' }, ['pipenv (Pipfile)']],
    ['Pipfile and its lock', { Pipfile: '', 'Pipfile.lock': '{}' }, ['pipenv (Pipfile, Pipfile.lock)']],
    ['pixi.toml', { 'pixi.toml': '' }, ['pixi (pixi.toml)']],
    [
      'pixi in pyproject.toml',
      { 'pyproject.toml': '[tool.pixi.workspace]\nname = "x"\n', 'pixi.lock': '' },
      ['pixi (pyproject.toml, pixi.lock)'],
    ],
    [
      'environments of Hatch',
      { 'pyproject.toml': '[tool.hatch.envs.default]\ndependencies = []\n' },
      ['hatch (pyproject.toml)'],
    ],
    [
      'a backend of Hatch alone',
      { 'pyproject.toml': '[tool.hatch.build.targets.wheel]\npackages = ["x"]\n' },
      [],
    ],
    [
      'a backend of PDM under uv',
      { 'pyproject.toml': '[tool.pdm.version]\nsource = "scm"\n', 'uv.lock': '' },
      ['uv (pyproject.toml, uv.lock)'],
    ],
    ["uv's backend alone", { 'pyproject.toml': '[tool.uv.build-backend]\nmodule-name = "x"\n' }, []],
    [
      'a lock file before a table of another',
      { 'pyproject.toml': '[tool.poetry]\nname = "x"\n', 'uv.lock': '' },
      ['uv (pyproject.toml, uv.lock)'],
    ],
    [
      'another tool before Hatch',
      { 'pyproject.toml': '[tool.hatch.envs.x]\na = 1\n[tool.uv]\nb = 1\n' },
      ['uv (pyproject.toml)'],
    ],
    [
      'two lock files',
      { 'uv.lock': '', 'poetry.lock': '' },
      ['uv (pyproject.toml, uv.lock)', 'poetry (pyproject.toml, poetry.lock)'],
    ],
    ['a heading inside a text', { 'pyproject.toml': 'x = """\n[tool.poetry]\nname = "x"\n"""\n' }, []],
    [
      'a file that is not valid TOML',
      { 'pyproject.toml': '<<<<<<< HEAD\n[tool.uv]\n', 'poetry.lock': '' },
      ['poetry (pyproject.toml, poetry.lock)'],
    ],
    [
      'names that JavaScript has already',
      { 'pyproject.toml': '[tool.constructor]\nx = 1\n[tool.__proto__]\nuv = { a = 1 }\n' },
      [],
    ],
  ])('%s', async (_, files, wanted) => {
    const box = sandbox();
    for (const [name, text] of Object.entries(files)) box.write(name, text);
    expect(tools(await look(box))).toEqual(wanted);
  });
});

describe('where it is looked for', () => {
  it('upward, the nearest first', async () => {
    const box = sandbox();
    box.write('uv.lock', '');
    expect((await look(box, join(box.project, 'src/deep'))).managed?.root).toBe(box.project);
    box.write('tools/poetry.lock', '');
    expect(tools(await look(box, join(box.project, 'tools')))).toEqual([
      'poetry (pyproject.toml, poetry.lock)',
    ]);
  });

  it('a member of a workspace has its lock file at the top', async () => {
    const box = sandbox();
    box.write('uv.lock', '');
    box.write('packages/a/pyproject.toml', '[tool.uv.sources]\nb = { workspace = true }\n');
    const found = await look(box, join(box.project, 'packages/a'));
    expect(found.managed).toMatchObject({ root: box.project, environment: `${box.project}/.venv` });
    expect(tools(found)).toEqual(['uv (pyproject.toml, uv.lock)']);
  });

  it('not beyond the repository, and never in the home directory', async () => {
    const box = sandbox();
    box.write('uv.lock', '');
    mkdirSync(join(box.project, 'inner/.git'), { recursive: true });
    expect((await look(box, join(box.project, 'inner'))).managed).toBeUndefined();
    box.write('../poetry.lock', '');
    expect((await look(box, box.home)).managed).toBeUndefined();
  });

  it('not in a directory anybody may write to', async () => {
    const box = sandbox();
    box.write('uv.lock', '');
    chmodSync(box.project, 0o1777);
    expect((await look(box)).managed).toBeUndefined();
  });
});

describe('where the tool itself is looked for', () => {
  const program = '#!/bin/sh\nexit 1\n';
  it.each<[string, string, string | undefined, string | undefined]>([
    ['on PATH', 'home/tools/uv', '{root}/home/tools', '{root}/home/tools/uv'],
    ['in ~/.local/bin, PATH or not', 'home/.local/bin/uv', undefined, '{root}/home/.local/bin/uv'],
    ['not in the project', 'home/shop/bin/uv', '{root}/home/shop/bin', undefined],
    ['not by a relative entry', 'home/shop/bin/uv', 'bin', undefined],
  ])('%s', async (_, file, path, wanted) => {
    const box = sandbox();
    box.write('uv.lock', '');
    box.write(join('../..', file), program, 0o755);
    const inBox = (text: string) => text.replace('{root}', box.root);
    const found = await look(box, box.project, { PATH: `${inBox(path ?? '/nowhere-at-all')}` });
    expect(found.managed?.tools[0]?.executable).toBe(wanted === undefined ? undefined : inBox(wanted));
  });

  it("uv's environment is where it always is, unless told otherwise", async () => {
    const box = sandbox();
    box.write('uv.lock', '');
    expect((await look(box)).managed?.environment).toBe(join(box.project, '.venv'));
    const elsewhere = await look(box, box.project, { UV_PROJECT_ENVIRONMENT: '/somewhere' });
    expect(elsewhere.managed?.environment).toBeUndefined();
  });
});

describe('requires-python', () => {
  it.each([
    ['[project]\nrequires-python = ">=3.9"\n', '>=3.9'],
    ['[tool.poetry.dependencies]\npython = "^3.10"\n', '^3.10'],
    ['[project]\nrequires-python = 3\n', undefined],
    ['', undefined],
  ])('%j', async (text, wanted) => {
    const box = sandbox();
    const file = box.write('pyproject.toml', text);
    expect((await look(box, join(dirname(file), 'src'))).requiresPython).toBe(wanted);
  });
});
