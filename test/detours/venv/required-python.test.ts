import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withRemarks } from '../../../src/detours/venv/environment-remarks.ts';
import { fakePython } from '../../support/pythons.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';

/** A Python of uv's, as it looks from outside. */
function plantUvPython(box: Sandbox, version: string): string {
  const prefix = join(box.home, `.local/share/uv/python/cpython-${version}-linux-x86_64-gnu`);
  fakePython(prefix, version, { marker: true });
  const library = join(prefix, `lib/python${version.split('.').slice(0, 2).join('.')}`);
  mkdirSync(join(library, 'venv'));
  for (const file of ['venv/__init__.py', 'site-packages/pip/__pip-runner__.py'])
    writeFileSync(join(library, file), '');
  return prefix;
}

const requires = (box: Sandbox, specifier: string) =>
  box.write('pyproject.toml', `[project]\nname = "shop"\nversion = "1"\nrequires-python = "${specifier}"\n`);
const explained = (box: Sandbox) => {
  const ran = box.run('pip-detour', ['explain', 'pip', 'install', 'demo-lib']);
  return `${ran.stdout}${ran.stderr}`;
};

describe('a project that requires another Python than the refused one', () => {
  it("gets its environment from one of uv's that fits", () => {
    const box = sandbox();
    const prefix = plantUvPython(box, '3.98.1');
    plantUvPython(box, '3.97.0');
    requires(box, '>=3.98');
    const text = explained(box);
    expect(text).toContain('Python 3.98');
    expect(text).toContain(`${prefix.replace(box.home, '~')}/bin/python`);
    expect(text).not.toContain('cpython-3.97');
  });

  it('is told what to type where none is here', () => {
    const box = sandbox();
    requires(box, '>=3.98');
    expect(explained(box)).toContain(
      'the project requires Python >=3.98: uv python install 3.98 or pyenv install 3.98 gets one',
    );
  });

  it('is told that the environment here has another', () => {
    const box = sandbox();
    box.run('/usr/bin/python3', ['-I', '-m', 'venv', '--without-pip', '.venv']);
    requires(box, '>=3.98');
    expect(explained(box)).toMatch(
      /^venv: .*\/shop\/\.venv · Python 3\.\d+ · but the project requires Python >=3\.98$/m,
    );
  });

  it('hears nothing of it where the refused one fits', () => {
    const box = sandbox();
    plantUvPython(box, '3.98.1');
    requires(box, '>=3.8');
    expect(explained(box)).toMatch(/^venv: .*\/shop\/\.venv · Python 3\.\d+$/m);
    expect(explained(box)).not.toMatch(/cpython-3\.98|requires Python/);
  });
});

describe('what is said of an environment that is there', () => {
  const misfit = (requires: string | undefined, names: readonly string[]) =>
    withRemarks(
      { directory: '/nowhere/.venv', state: 'ready', version: '3.11' },
      {
        requires,
        wanted: { names, by: '.python-version' },
        place: '/nowhere',
        home: '/h',
        environmentsDirectory: '/h/e',
      },
    ).misfit;

  it.each<[string | undefined, string[], string | undefined]>([
    [undefined, [], undefined],
    ['>=3.11.5', [], undefined],
    ['<3.11', [], 'but the project requires Python <3.11'],
    [undefined, ['3.12.4'], 'but .python-version asks for 3.12.4'],
    [undefined, ['3.11.9'], undefined],
    [undefined, ['3.12', '3'], undefined],
    [undefined, ['3.12', '2.7'], 'but .python-version asks for 3.12, 2.7'],
    [undefined, ['shop'], undefined],
    [undefined, ['system', '3.12'], undefined],
  ])('the project requires %s, .python-version %j: %s', (requires, names, said) => {
    expect(misfit(requires, names)).toBe(said);
  });
});

describe('whose an environment is that is there', () => {
  const about = (box: Sandbox) => ({
    place: box.project,
    home: box.home,
    environmentsDirectory: join(box.home, 'environments'),
  });
  const made = (box: Sandbox, directory: string) =>
    box.run('/usr/bin/python3', ['-I', '-m', 'venv', '--without-pip', directory]);

  it.each<[string, (box: Sandbox) => string, string | undefined]>([
    ['one that was made here', (box) => join(box.project, '.venv'), undefined],
    ['one of ours, outside', (box) => join(box.home, 'environments/shop-1'), undefined],
    ['one outside', (box) => join(box.home, 'other'), 'leads out of the project, to ~/other'],
  ])('%s', (_, place, said) => {
    const box = sandbox();
    const directory = place(box);
    made(box, directory);
    expect(withRemarks({ directory, state: 'ready' }, about(box)).brought).toBe(said);
  });

  it('one that was unpacked here', () => {
    const box = sandbox();
    made(box, '../elsewhere');
    box.run('cp', ['-a', '../elsewhere', '.venv']);
    const look = withRemarks({ directory: join(box.project, '.venv'), state: 'ready' }, about(box));
    expect(look.brought).toBe('was made in another place: code in it will be run');
  });
});
