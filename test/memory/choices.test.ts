import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choicesDirectory, forget, forgetAll, list, remember } from '../../src/memory/choices.ts';
import { recall } from '../../src/memory/recall.ts';
import { top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

function memory() {
  const { root, home, project } = sandbox();
  const state = join(root, 'state');
  return { state, home, project, files: () => readdirSync(choicesDirectory(state)) };
}

describe('what is remembered', () => {
  it('is found again in the directory and below it', async () => {
    const { state, home, project } = memory();
    await remember(state, project, 'venv');
    for (const cwd of [project, join(project, 'src/deep')])
      expect((await recall(state, cwd, home)).choice).toMatchObject({ directory: project, detour: 'venv' });
  });

  it.each([
    ['a sibling whose name begins alike', 'shop-evil'],
    ['another directory', 'other'],
  ])('is not found in %s', async (_, name) => {
    const { state, home, project } = memory();
    await remember(state, project, 'venv');
    expect(await recall(state, join(home, name), home)).toEqual({});
  });

  it('of the nearest ancestor wins', async () => {
    const { state, home, project } = memory();
    await remember(state, project, 'venv');
    await remember(state, join(project, 'tools'), 'pipx');
    expect((await recall(state, join(project, 'tools/x'), home)).choice?.detour).toBe('pipx');
    expect((await recall(state, join(project, 'lib'), home)).choice?.detour).toBe('venv');
  });

  it('for home holds in home alone', async () => {
    const { state, home, project } = memory();
    await remember(state, home, 'pipx');
    expect((await recall(state, home, home)).choice?.detour).toBe('pipx');
    expect(await recall(state, project, home)).toEqual({});
  });

  it('for a place anybody may write to holds there alone', async () => {
    const { state, home, project } = memory();
    chmodSync(project, 0o1777);
    await remember(state, project, 'venv');
    expect((await recall(state, project, home)).choice?.detour).toBe('venv');
    expect(await recall(state, join(project, 'clone'), home)).toEqual({});
  });

  it.each([
    '/home/u/site.example.com',
    '/home/u/site',
    '/home/u/with \'quotes\' and "more"',
    '/home/u/new\nline',
    '/home/u/__proto__',
    '/home/u/ünï',
  ])('can be a path like %j', async (directory) => {
    const { state, home } = memory();
    await remember(state, '/home/u/site', 'pipx');
    await remember(state, directory, 'venv');
    expect((await recall(state, directory, home)).choice).toMatchObject({ directory, detour: 'venv' });
  });

  it('is replaced by a newer choice', async () => {
    const { state, home, project, files } = memory();
    await remember(state, project, 'venv');
    await remember(state, project, 'pipx');
    expect((await recall(state, project, home)).choice?.detour).toBe('pipx');
    expect(files()).toHaveLength(1);
  });

  it('is private to the person', async () => {
    const { state, project, files } = memory();
    await remember(state, project, 'venv');
    const [file] = files();
    expect(statSync(join(choicesDirectory(state), String(file))).mode & 0o777).toBe(0o600);
    expect(statSync(choicesDirectory(state)).mode & 0o777).toBe(0o700);
  });

  it('can be listed and forgotten, one or all', async () => {
    const { state, home, project } = memory();
    await remember(state, project, 'venv');
    await remember(state, '/gone/away', 'pipx');
    expect((await list(state)).choices.map((choice) => choice.directory)).toEqual(
      ['/gone/away', project].sort(),
    );
    expect(forget(state, '/gone/away')).toBe(true);
    expect(forget(state, '/gone/away')).toBe(false);
    expect(await forgetAll(state)).toBe(1);
    expect(await recall(state, project, home)).toEqual({});
  });
});

describe('a damaged memory', () => {
  it.each([
    ['cut off', '{"directory": "/ho'],
    ['empty', ''],
    ['binary', '\u0000\u0001'],
    ['another kind of JSON', '[1,2]'],
    ['null', 'null'],
    ['a detour that does not exist', '{"version":1,"directory":"HERE","detour":"rm -rf","at":"x"}'],
    ["another directory's record", '{"version":1,"directory":"/etc","detour":"venv","at":"x"}'],
  ])('(%s) is set aside, said once, and costs nothing else', async (_, text) => {
    const { state, home, project, files } = memory();
    await remember(state, home, 'pipx');
    await remember(state, project, 'venv');
    const choices = choicesDirectory(state);
    const file = files().find((name) => readFileSync(join(choices, name), 'utf8').includes('/shop"'));
    writeFileSync(join(choices, String(file)), text.replace('HERE', project));
    const recalled = await recall(state, project, home);
    expect(recalled.choice).toBeUndefined();
    expect(recalled.warning).toContain(project);
    expect(readFileSync(join(choices, `${file}.damaged`), 'utf8')).toBe(text.replace('HERE', project));
    expect(await recall(state, project, home)).toEqual({});
    expect((await recall(state, home, home)).choice?.detour).toBe('pipx');
  });

  it("a newer version's record is left alone and said", async () => {
    const { state, home, project, files } = memory();
    await remember(state, project, 'venv');
    const file = join(choicesDirectory(state), String(files()[0]));
    const text = JSON.stringify({ version: 3, directory: project, way: 'venv' });
    writeFileSync(file, text);
    expect((await recall(state, project, home)).warning).toContain('newer');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('a place that cannot be written to is an error that says so', async () => {
    const { state, project } = memory();
    mkdirSync(join(state, '..'), { recursive: true });
    writeFileSync(state, 'a file where the directory should be');
    await expect(remember(state, project, 'venv')).rejects.toMatchObject({ reference: 'cannot-remember' });
  });
});

it('fifty processes remembering fifty directories at once lose none', async () => {
  const { state } = memory();
  const script = `
    const { remember } = await import(${JSON.stringify(join(top, 'src/memory/choices.ts'))});
    await remember(process.argv[2], process.argv[3], 'venv');`;
  const esbuild = await import('esbuild');
  const built = await esbuild.build({
    stdin: { contents: script, resolveDir: top, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
  });
  const program = join(state, '..', 'remember.mjs');
  writeFileSync(program, built.outputFiles[0]?.text ?? '');
  const one = (directory: string) =>
    new Promise<number | null>((resolve) => {
      spawn(process.execPath, [program, state, directory], {
        env: { PATH: '/usr/bin:/bin' },
        stdio: 'inherit',
      }).on('close', resolve);
    });
  const directories = Array.from({ length: 50 }, (_, index) => `/projects/number-${index}`);
  expect(new Set(await Promise.all(directories.map(one)))).toEqual(new Set([0]));
  const { choices, damaged } = await list(state);
  expect(choices.map((choice) => choice.directory).sort()).toEqual([...directories].sort());
  expect(damaged).toEqual([]);
});

it.skipIf(process.getuid?.() !== 0)(
  "root leaves nothing in another's home, where sudo kept HOME",
  async () => {
    const { home } = sandbox();
    chownSync(home, 1000, 1000);
    const state = join(home, '.local/state/pip-detour');
    await expect(remember(state, '/srv/shop', 'venv')).rejects.toThrow(/belongs to another user/);
    expect(existsSync(join(home, '.local'))).toBe(false);
  },
);
