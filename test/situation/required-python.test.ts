import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakePython } from '../support/pythons.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

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

  it('hears nothing of it where the refused one fits', () => {
    const box = sandbox();
    plantUvPython(box, '3.98.1');
    requires(box, '>=3.8');
    expect(explained(box)).toMatch(/^venv: .*\/shop\/\.venv · Python 3\.\d+$/m);
    expect(explained(box)).not.toMatch(/cpython-3\.98|requires Python/);
  });
});
