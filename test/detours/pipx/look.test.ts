import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookForLocalLibraries } from '../../../src/detours/pipx/local-libraries.ts';
import { commandsNow, lookForPipx, type PipxLookOptions } from '../../../src/detours/pipx/look.ts';
import { parseCommandLine } from '../../../src/pip/command-line.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import type { Pipx } from '../../../src/types.ts';
import { lacks } from '../../support/machine.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';

/** Puts a program called pipx into a directory, which says a version, or whatever else `text` does. */
function writePipx(directory: string, text = 'echo 1.7.1', mode = 0o755): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'pipx');
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode });
  return file;
}

function make(...directories: string[]): void {
  for (const directory of directories) mkdirSync(directory, { recursive: true });
}

function look(box: Sandbox, options: PipxLookOptions = {}): Promise<Pipx | undefined> {
  return lookForPipx(readEnvironment(box.env), { cwd: box.project, ...options });
}

/** A sandbox whose PATH is made of these directories below its root. */
function boxWithPath(...entries: string[]): Sandbox {
  const box = sandbox();
  box.env['PATH'] = entries.map((entry) => entry.replace('ROOT', box.root)).join(':');
  return box;
}

describe('pipx is found', () => {
  it.skipIf(lacks('pipx'))("as the system's own, with its version", async () => {
    const box = sandbox();
    expect(await look(box)).toMatchObject({
      executable: '/usr/bin/pipx',
      version: box.run('/usr/bin/pipx', ['--version']).stdout.trim(),
      installed: [],
    });
  });

  it('first on PATH, past what is no program', async () => {
    const box = boxWithPath('ROOT/none', 'ROOT/directory', 'ROOT/text', 'ROOT/bin', 'ROOT/later');
    make(join(box.root, 'directory/pipx'));
    writePipx(join(box.root, 'text'), '', 0o644);
    const file = writePipx(join(box.root, 'bin'));
    writePipx(join(box.root, 'later'));
    expect((await look(box))?.executable).toBe(file);
  });

  it.each(['.', '', 'bin', './bin', 'ROOT/home/shop/bin', 'ROOT/home/shop', 'ROOT/link'])(
    'never through the PATH entry %j, which leads into the directory somebody stands in',
    async (entry) => {
      const box = boxWithPath(entry);
      writePipx(box.project);
      writePipx(join(box.project, 'bin'));
      symlinkSync(join(box.project, 'bin'), join(box.root, 'link'));
      expect(await look(box)).toBeUndefined();
    },
  );

  it.each(['home', '.'])("of one's own, standing in %s", async (here) => {
    const box = boxWithPath('ROOT/home/.local/bin');
    const file = writePipx(join(box.home, '.local/bin'));
    expect((await look(box, { cwd: join(box.root, here) }))?.executable).toBe(file);
  });

  it('and is not there where it is not', async () => {
    expect(await look(boxWithPath('/proc/nowhere'))).toBeUndefined();
  });
});

describe('its version', () => {
  it.each([
    ['echo 1.16.7', '1.16.7'],
    ['echo "a warning"; echo 1.7.1', '1.7.1'],
    ['echo 1.16.8.dev3+g1234', '1.16.8.dev3+g1234'],
    ['exit 1', undefined],
    ['echo nonsense', undefined],
    ['exec sleep 60', undefined],
  ])('of a pipx that does `%s` is %s', async (text, version) => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'), text);
    const found = await look(box);
    expect(found).toBeDefined();
    expect(found?.version).toBe(version);
  });
});

describe('its environments are looked for where that version keeps them', () => {
  const old = '.local/pipx';
  const data = '.local/share/pipx';
  const library = 'Library/Application Support/pipx';
  const rows: readonly (readonly [string, NodeJS.Platform, string[], string])[] = [
    ['1.0.0', 'linux', [], old],
    ['1.2.1', 'linux', [data], old],
    ['1.3.0', 'linux', [], data],
    ['1.7.1', 'linux', [old], old],
    ['1.16.7', 'linux', [old, data], old],
    ['unknown', 'linux', [], data],
    ['unknown', 'linux', [old], old],
    ['1.2.1', 'darwin', [], old],
    ['1.4.3', 'darwin', [], library],
    ['1.4.3', 'darwin', [old], old],
    ['1.7.1', 'darwin', [], old],
    ['1.7.1', 'darwin', [old, library], library],
    ['1.16.7', 'darwin', [], library],
    ['1.16.7', 'darwin', [old, library], old],
  ];
  it.each(rows)('pipx %s on %s with %j there', async (version, platform, there, wanted) => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'), `echo ${version}`);
    make(...there.map((directory) => join(box.home, directory)));
    expect((await look(box, { platform }))?.environments).toBe(join(box.home, wanted, 'venvs'));
  });

  it.each([
    ['/opt/tools', '/opt/tools/venvs'],
    ['~/tools', 'HOME/tools/venvs'],
    ['tools', 'HOME/shop/tools/venvs'],
  ])('or in PIPX_HOME=%s', async (value, wanted) => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'));
    box.env['PIPX_HOME'] = value;
    expect((await look(box))?.environments).toBe(wanted.replace('HOME', box.home));
  });

  it('and XDG_DATA_HOME is heeded', async () => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'));
    box.env['XDG_DATA_HOME'] = join(box.root, 'data');
    expect((await look(box))?.environments).toBe(join(box.root, 'data/pipx/venvs'));
  });

  it('and are listed, without locks and other files', async () => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'));
    const venvs = join(box.home, data, 'venvs');
    make(join(venvs, 'black'), join(venvs, 'demo-app'));
    writeFileSync(join(venvs, '.black.lock'), '');
    expect((await look(box))?.installed).toEqual(['black', 'demo-app']);
  });
});

describe('its commands', () => {
  it('can be typed when their directory is on PATH, by whatever name', async () => {
    const box = boxWithPath('ROOT/bin', '/bin', 'ROOT/link');
    writePipx(join(box.root, 'bin'));
    make(join(box.home, '.local/bin'));
    expect((await look(box))?.binOnPath).toBe(false);
    symlinkSync(join(box.home, '.local/bin'), join(box.root, 'link'));
    expect((await look(box))?.binOnPath).toBe(true);
    box.env['PIPX_BIN_DIR'] = join(box.root, 'elsewhere');
    expect(await look(box)).toMatchObject({ bin: join(box.root, 'elsewhere'), binOnPath: false });
  });

  it('are those that lead into the environments asked about, or into new ones', async () => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'));
    const venvs = join(box.home, '.local/share/pipx/venvs');
    const install = (name: string, command: string) => {
      const file = join(venvs, name, 'bin', command);
      make(dirname(file), join(box.home, '.local/bin'));
      writeFileSync(file, '');
      symlinkSync(file, join(box.home, '.local/bin', command));
    };
    install('black', 'blackd');
    install('black', 'black');
    install('other', 'other');
    const found = await look(box);
    if (found === undefined) throw new Error('pipx was not found');
    install('tool', 'tool');
    symlinkSync('/proc/nowhere', join(box.home, '.local/bin/broken'));
    expect(commandsNow(found, ['black'])).toEqual(['black', 'blackd', 'tool']);
  });
});

describe('its environment variables', () => {
  const rows: readonly (readonly [string, Record<string, string>, Record<string, string | null>])[] = [
    [
      'send nothing elsewhere',
      { PIP_TARGET: 'x', PIP_USER: '1', PIP_PYTHON: 'x' },
      { PIP_TARGET: null, PIP_USER: null, PIP_PYTHON: null },
    ],
    [
      'name files from wherever it is started',
      { PIP_CONSTRAINT: 'a.txt /b.txt', PIP_CONFIG_FILE: 'pip conf' },
      { PIP_CONSTRAINT: '/home/u/a.txt /b.txt', PIP_CONFIG_FILE: '/home/u/pip conf' },
    ],
    ['leave URLs and ~ alone', { PIP_FIND_LINKS: 'https://x/y file:z ~/w', PIP_CERT: '/ca.pem' }, {}],
    ['leave empty ones alone', { PIP_CONSTRAINT: '', PIP_LOG: '' }, {}],
  ];
  it.each(rows)('%s', async (_, variables, wanted) => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'));
    const environment = readEnvironment({ HOME: box.home, PATH: box.env['PATH'], ...variables });
    expect((await lookForPipx(environment, { cwd: '/home/u' }))?.variables).toEqual(wanted);
  });

  it('keep a pipx that knows uv with pip, whose configuration uv does not read', async () => {
    const box = boxWithPath('ROOT/bin', '/bin');
    writePipx(join(box.root, 'bin'), 'echo 1.12.0');
    const environment = readEnvironment({ HOME: box.home, PATH: box.env['PATH'] });
    expect((await lookForPipx(environment, { cwd: '/' }))?.variables).toEqual({
      PIPX_DEFAULT_BACKEND: 'pip',
    });
  });
});

describe('a local project', () => {
  const rows: readonly (readonly [string, string, string, boolean])[] = [
    ['without any commands', 'pyproject.toml', '[project]\nname = "x"\n', true],
    ['with commands', 'pyproject.toml', '[project.scripts]\nx = "x:main"\n', false],
    ['with commands of Poetry', 'pyproject.toml', '[tool.poetry.scripts]\nx = "x:main"\n', false],
    [
      'with commands in setup.cfg',
      'setup.cfg',
      '[options.entry_points]\nconsole_scripts =\n  x = x:main\n',
      false,
    ],
    ['with an old setup.py and no commands', 'setup.py', 'setup(name="x")\n', true],
    ['that compiles a program', 'pyproject.toml', '[build-system]\nbuild-backend = "maturin"\n', false],
    ['that is none', 'README', 'scripts\n', false],
  ];
  it.each(rows)('%s (%s) is told apart', (_, file, text, library) => {
    const box = sandbox();
    box.write(`tool/${file}`, text);
    const command = parseCommandLine(['install', '-e', './tool[extra]', 'black']);
    expect(lookForLocalLibraries(command, box.project)).toEqual(library ? ['./tool[extra]'] : []);
  });
});
