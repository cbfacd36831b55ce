import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

const isRoot = process.getuid?.() === 0;

/** A project that builds without anything from an index: its build backend lies in it. */
function buildable(box: Sandbox, name: string): void {
  const module = name.replaceAll('-', '_');
  box.write(
    'pyproject.toml',
    `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "${name}"\nversion = "1"\n`,
  );
  box.write(`src/${module}.py`, 'where = __file__\n');
  box.write(
    'backend.py',
    `import os, zipfile
def _wheel(directory, files):
    info = "${module}-1.dist-info"
    files = dict(files)
    files[info + "/METADATA"] = "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1\\nProvides-Extra: more\\nRequires-Dist: demo-lib; extra == 'more'\\n"
    files[info + "/WHEEL"] = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    files[info + "/RECORD"] = "".join(path + ",,\\n" for path in [*files, info + "/RECORD"])
    with zipfile.ZipFile(os.path.join(directory, "${module}-1-py3-none-any.whl"), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return "${module}-1-py3-none-any.whl"
def build_wheel(directory, config_settings=None, metadata_directory=None):
    return _wheel(directory, {"${module}.py": open("src/${module}.py").read()})
def build_editable(directory, config_settings=None, metadata_directory=None):
    return _wheel(directory, {"${module}.pth": os.path.abspath("src") + "\\n"})
`,
  );
}

const imports = (box: Sandbox, module: string) =>
  box.run(join(box.project, '.venv/bin/python'), ['-c', `import ${module}; print(${module}.__file__)`]);

describe('every way to name packages arrives in the environment', () => {
  it('-r with a constraints file, relative to where the person stands', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.write('requirements/base.txt', 'demo-lib\n-r more.txt\n');
    box.write('requirements/more.txt', 'demo-other\n');
    box.write('limits.txt', 'demo-lib<2\n');
    const ran = box.run('pip', ['install', '-r', 'requirements/base.txt', '-c', 'limits.txt']);
    expect(ran.stdout).toContain('Successfully installed demo-lib-1.0 demo-other-1.0');
  });

  it('hashes are still checked', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const wheel = join(box.wheels, 'demo_lib-1.0-py3-none-any.whl');
    const right = createHash('sha256').update(readFileSync(wheel)).digest('hex');
    box.write('right.txt', `demo-lib==1.0 --hash=sha256:${right}\n`);
    box.write(
      'wrong.txt',
      `demo-lib==1.0 --hash=sha256:${right.replace(/^./, (c) => (c === '0' ? '1' : '0'))}\n`,
    );
    const refused = box.run('pip', ['install', '-r', 'wrong.txt', '--require-hashes']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('DO NOT MATCH THE HASHES');
    expect(box.exists('.venv')).toBe(false);
    expect(box.run('pip', ['install', '-r', 'right.txt', '--require-hashes']).code).toBe(0);
  });

  it('-e . stays editable, with its extras', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    buildable(box, 'my-shop');
    const ran = box.run('pip', ['install', '-e', '.[more]']);
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0 my-shop-1');
    expect(imports(box, 'my_shop').stdout).toBe(`${box.project}/src/my_shop.py\n`);
  });

  it('a path, from a subdirectory of the project', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    buildable(box, 'my-shop');
    const ran = box.run('pip', ['install', '..'], { cwd: join(box.project, 'src') });
    expect(ran.stdout).toContain('Successfully installed my-shop-1');
    expect(box.run(join(box.project, '.venv/bin/python'), ['-c', 'import my_shop'], { cwd: '/' }).code).toBe(
      0,
    );
    expect(box.exists('src/.venv')).toBe(false);
  });

  it.each([
    ['a pin', ['demo-lib==1.0'], 'demo-lib-1.0'],
    ['a file: URL', [], 'demo-lib-1.0'],
    ['options before the subcommand', ['demo-lib'], 'demo-lib-2.0'],
    ['--user, which is left out and said', ['--user', 'demo-lib'], 'demo-lib-2.0'],
  ])('%s', (what, words, installed) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const url = `file://${box.wheels}/demo_lib-1.0-py3-none-any.whl`;
    const before = what.startsWith('options') ? ['--timeout', '5', '-v'] : [];
    const ran = box.run('pip', [...before, 'install', ...(words.length === 0 ? [url] : words)]);
    expect(ran.stdout).toContain(`Successfully installed ${installed}`);
    if (words.includes('--user'))
      expect(ran.stderr).toContain('Left out: --user (an environment has no user site).');
  });

  it('what the person has configured for pip still holds, except what would lead elsewhere', () => {
    const box = sandbox({ PIP_DETOUR: 'venv', PIP_CONFIG_FILE: undefined, PIP_NO_INDEX: undefined });
    mkdirSync(join(box.home, '.config/pip'), { recursive: true });
    writeFileSync(join(box.home, '.config/pip/pip.conf'), '[global]\nno-index = true\nuser = true\n');
    const ran = box.run('pip', ['install', 'demo-lib'], { env: { PIP_TARGET: '' } });
    expect(ran.stderr).not.toContain('ERROR');
    expect(imports(box, 'demo_lib').code).toBe(0);
  });
});

describe.skipIf(!isRoot || lacks('unshare'))('on a Debian without python3-venv', () => {
  /** A private view of the file system in which ensurepip and every wheel of pip are gone. */
  function without(box: Sandbox, line: string) {
    const empty = join(box.root, 'empty');
    mkdirSync(empty, { recursive: true });
    const hide = ['/usr/lib/python3*/ensurepip', '/usr/share/python-wheels']
      .map((path) => `for d in ${path}; do [ ! -d "$d" ] || mount --bind '${empty}' "$d"; done`)
      .join('; ');
    return box.run('unshare', ['--mount', '/bin/sh', '-c', `${hide}; ${line}`]);
  }

  it('an environment is made all the same, without sudo, where python3 -m venv fails', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    expect(without(box, 'python3 -m venv ../elsewhere').code).toBe(1);
    const ran = without(box, 'pip install demo-lib');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(ran.stderr).not.toContain('Not done');
    expect(imports(box, 'demo_lib').code).toBe(0);
    // No wheel lies here: its pip is the refused one's own package.
    expect(box.run(join(box.project, '.venv/bin/pip'), ['--version']).stdout).toContain(box.project);
    const again = without(box, `VIRTUAL_ENV=${box.project}/.venv pip install demo-other`);
    expect(again.stdout).toContain('Successfully installed demo-other-1.0');
  });

  it('it gets a pip of its own from the index the packages came from', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const index = join(box.root, 'index');
    mkdirSync(index);
    for (const directory of [box.wheels, '/usr/share/python-wheels'])
      for (const name of readdirSync(directory).filter((name) => /^(demo|pip)/.test(name)))
        copyFileSync(join(directory, name), join(index, name));
    const ran = without(box, `PIP_FIND_LINKS= pip install --no-index --find-links '${index}' demo-lib`);
    expect(ran.stderr).not.toContain('Not done');
    expect(box.run(join(box.project, '.venv/bin/pip'), ['--version']).stdout).toContain(box.project);
  });
});

it('what worked stays done where the choice cannot be written down, which is said', async () => {
  const box = sandbox();
  mkdirSync(join(box.home, '.local'));
  writeFileSync(join(box.home, '.local/state'), 'a file where a directory should be');
  const user = await shell('bash', box);
  user.type('pip install demo-lib');
  await user.waitFor('esc leave', 20_000);
  user.send(keys.enter);
  const screen = await user.ready(20_000);
  expect(screen).toContain('Successfully installed demo-lib-2.0');
  expect(screen).toContain('cannot-remember');
  expect(screen).not.toContain('Remembered for');
  expect(existsSync(join(box.project, '.venv'))).toBe(true);
  expect(await user.command('echo code $?')).toContain('code 0');
});

it('in the home directory a personal environment is offered instead of a .venv in everybody’s way', () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  const ran = box.run('pip', ['install', 'demo-lib'], { cwd: box.home });
  expect(ran.code).toBe(0);
  const personal = join(box.home, '.local/share/pip-detour-environments/personal');
  expect(box.run(join(personal, 'bin/python'), ['-c', 'import demo_lib']).code).toBe(0);
  expect(existsSync(join(box.home, '.venv'))).toBe(false);
});
