import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookForPythons } from '../../../src/detours/other-python/look.ts';
import { parseCommandLine } from '../../../src/pip/command-line.ts';
import { satisfies } from '../../../src/place/python-version.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import type { OtherPythons } from '../../../src/types.ts';
import { fakeEnvironment, fakePython } from '../../support/pythons.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';

const uid = process.getuid?.() ?? -1;

interface Asked {
  readonly env?: Readonly<Record<string, string>>;
  readonly requires?: string;
  readonly line?: string;
}

function look(box: Sandbox, { env = {}, requires, line = 'install demo' }: Asked = {}): OtherPythons {
  const found = lookForPythons({
    command: parseCommandLine(line.split(' ')),
    environment: readEnvironment({ ...box.env, ...env }),
    cwd: box.project,
    uid,
    refused: undefined,
    requires,
  });
  // What is in this machine's own /usr/local and /opt is none of the tests'.
  return { ...found, usable: found.usable.filter((one) => one.executable.startsWith(box.root)) };
}

function names(found: OtherPythons): string[] {
  return found.usable.map(({ keeper, name }) => `${keeper} ${name}`);
}

describe('Pythons are found where their keepers put them, and none is started', () => {
  it.each<[string, (box: Sandbox) => Record<string, string> | undefined, string[]]>([
    ['nothing anywhere', () => undefined, []],
    [
      'pyenv in ~/.pyenv',
      (box) => void fakePython(`${box.home}/.pyenv/versions/3.12.4`, '3.12.4'),
      ['pyenv 3.12.4'],
    ],
    [
      'pyenv where PYENV_ROOT says',
      (box) => {
        fakePython(`${box.root}/py/versions/3.12.4`, '3.12.4');
        return { PYENV_ROOT: `${box.root}/py` };
      },
      ['pyenv 3.12.4'],
    ],
    [
      'mise, whose links count once',
      (box) => {
        const installs = `${box.home}/.local/share/mise/installs/python`;
        fakePython(`${installs}/3.12.4`, '3.12.4');
        for (const link of ['3', '3.12', 'latest']) symlinkSync('./3.12.4', join(installs, link));
      },
      ['mise 3.12.4'],
    ],
    [
      'mise, to which one that lies elsewhere was linked (mise link)',
      (box) => {
        const installs = `${box.home}/.local/share/mise/installs/python`;
        mkdirSync(installs, { recursive: true });
        symlinkSync(fakePython(`${box.root}/built`, '3.12.4'), join(installs, 'mine'));
        for (const link of ['3', 'latest']) symlinkSync('./mine', join(installs, link));
      },
      ['mise mine'],
    ],
    [
      'mise where MISE_DATA_DIR says',
      (box) => {
        fakePython(`${box.root}/m/installs/python/3.11.9`, '3.11.9');
        return { MISE_DATA_DIR: `${box.root}/m` };
      },
      ['mise 3.11.9'],
    ],
    ['asdf', (box) => void fakePython(`${box.home}/.asdf/installs/python/3.10.1`, '3.10.1'), ['asdf 3.10.1']],
    [
      'a conda environment, never base',
      (box) => {
        const base = conda(fakePython(`${box.home}/miniconda3`, '3.13.1'), 'conda-25.1.0-0.json');
        conda(fakePython(`${base}/envs/data`, '3.12.2'));
      },
      ['conda data'],
    ],
    [
      'a conda environment anywhere, by the list conda keeps',
      (box) => {
        const env = conda(fakePython(`${box.root}/elsewhere/ml`, '3.12.2'));
        mkdirSync(`${box.home}/.conda`);
        writeFileSync(`${box.home}/.conda/environments.txt`, `${env}\n/gone/away\n`);
      },
      ['conda ml'],
    ],
    [
      'micromamba under MAMBA_ROOT_PREFIX',
      (box) => {
        conda(fakePython(`${box.root}/mm/envs/web`, '3.12.2'));
        return { MAMBA_ROOT_PREFIX: `${box.root}/mm` };
      },
      ['conda web'],
    ],
    [
      'the environments of a conda that pyenv installed, and not that conda',
      (box) => {
        const base = conda(
          fakePython(`${box.home}/.pyenv/versions/miniconda3-latest`, '3.13.1'),
          'conda-25.1.0-0.json',
        );
        conda(fakePython(`${base}/envs/data`, '3.12.2'));
      },
      ['conda data'],
    ],
    [
      "pyenv's virtual environments, after the Pythons themselves",
      (box) => {
        const base = fakePython(`${box.home}/.pyenv/versions/3.11.7`, '3.11.7');
        const env = fakeEnvironment(`${base}/envs/shop`, base, '3.11.7');
        symlinkSync(env, `${box.home}/.pyenv/versions/shop`);
      },
      ['pyenv 3.11.7', 'pyenv shop'],
    ],
  ])('%s', (_, make, wanted) => {
    const box = sandbox();
    const env = make(box);
    expect(names(look(box, env === undefined ? {} : { env }))).toEqual(wanted);
  });

  it('the newest first, as numbers, and with all that is needed to use it', () => {
    const box = sandbox();
    for (const version of ['3.9.18', '3.10.13', '3.12.4'])
      fakePython(`${box.home}/.pyenv/versions/${version}`, version);
    const found = look(box);
    expect(names(found)).toEqual(['pyenv 3.12.4', 'pyenv 3.10.13', 'pyenv 3.9.18']);
    expect(found.usable[0]).toMatchObject({
      executable: `${box.home}/.pyenv/versions/3.12.4/bin/python`,
      version: '3.12.4',
      pip: `${box.home}/.pyenv/versions/3.12.4/lib/python3.12/site-packages/pip`,
      pipVersion: '24.2',
      writable: true,
    });
  });
});

/** Makes a prefix a conda one; `package_` is the record of conda itself in a base. */
function conda(prefix: string, record = 'python-3.12.2-h0.json'): string {
  mkdirSync(join(prefix, 'conda-meta'));
  writeFileSync(join(prefix, 'conda-meta', record), '{}');
  return prefix;
}

describe('what will not do is passed over, and why', () => {
  it.each<[string, (box: Sandbox, prefix: string) => void, string]>([
    [
      'a marker',
      (_, prefix) => void fakePython(prefix, '3.12.4', { marker: true }),
      'pyenv one is externally managed too',
    ],
    ['no pip', (_, prefix) => void fakePython(prefix, '3.12.4', { pip: null }), 'pyenv one has no pip'],
    [
      'too old',
      (_, prefix) => void fakePython(prefix, '3.8.1'),
      'pyenv one is not what the project requires (Python >=3.9)',
    ],
    [
      "uv's, even without a marker",
      (box) =>
        void fakePython(`${box.home}/.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu`, '3.13.1'),
      "uv's Python 3.13.1 is only used to make environments",
    ],
    [
      'a frozen conda environment',
      (box) => {
        const env = conda(fakePython(`${box.home}/miniforge3/envs/fixed`, '3.12.2'));
        writeFileSync(join(env, 'conda-meta/frozen'), '{}');
      },
      'conda fixed is frozen',
    ],
    [
      "conda's base",
      (box) => void mkdirSync(join(conda(fakePython(`${box.home}/anaconda3`, '3.12.2')), 'condabin')),
      "conda's base is left alone",
    ],
  ])('%s', (_, make, why) => {
    const box = sandbox();
    make(box, `${box.home}/.pyenv/versions/one`);
    const found = look(box, { requires: '>=3.9' });
    expect(names(found)).toEqual([]);
    expect(found.passedOver).toContain(why);
  });

  it.skipIf(uid !== 0)("somebody else's", () => {
    const box = sandbox();
    const prefix = fakePython(`${box.home}/.pyenv/versions/3.12.4`, '3.12.4');
    chownSync(`${prefix}/lib/python3.12/site-packages`, 12_345, 12_345);
    expect(look(box)).toMatchObject({
      usable: [],
      passedOver: expect.arrayContaining(['pyenv 3.12.4 belongs to another user']),
    });
  });

  it.skipIf(uid === 0)('one that may not be written to keeps its place, and says so', () => {
    const box = sandbox();
    const prefix = fakePython(`${box.home}/.pyenv/versions/3.12.4`, '3.12.4');
    chmodSync(`${prefix}/lib/python3.12/site-packages`, 0o555);
    expect(look(box).usable).toMatchObject([{ writable: false }]);
    chmodSync(`${prefix}/lib/python3.12/site-packages`, 0o755);
  });

  it.each([
    ['Python 2', (prefix: string) => fakePython(prefix, '2.7.18')],
    ['a script instead of a program', (prefix: string) => script(prefix)],
    ['an empty directory', (prefix: string) => mkdirSync(prefix, { recursive: true })],
    ['a link to nowhere', (prefix: string) => nowhere(prefix)],
  ])('%s is no Python at all', (_, make) => {
    const box = sandbox();
    make(`${box.home}/.pyenv/versions/one`);
    expect(look(box)).toMatchObject({ usable: [] });
  });
});

function script(prefix: string): void {
  mkdirSync(`${prefix}/bin`, { recursive: true });
  writeFileSync(`${prefix}/bin/python`, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
}

function nowhere(prefix: string): void {
  mkdirSync(join(prefix, '..'), { recursive: true });
  symlinkSync(join(prefix, 'gone/away'), prefix);
}

describe('the one that is asked for here comes first', () => {
  function three(): Sandbox {
    const box = sandbox();
    for (const version of ['3.10.2', '3.12.1', '3.12.4', '3.13.0'])
      fakePython(`${box.home}/.pyenv/versions/${version}`, version);
    const base = `${box.home}/.pyenv/versions/3.10.2`;
    symlinkSync(fakeEnvironment(`${base}/envs/shop`, base, '3.10.2'), `${box.home}/.pyenv/versions/shop`);
    return box;
  }
  it.each<[string, string, string, string]>([
    ['a version', '.python-version', '3.12.1\n', '3.12.1'],
    ['the newest of a series', '.python-version', '3.12', '3.12.4'],
    ['as uv writes it', '.python-version', 'cpython-3.12.1\n', '3.12.1'],
    ["a virtual environment's name", '.python-version', '# ours\nshop\n', 'shop'],
    ['the first that is there', '.python-version', '3.99.0\n3.10.2\n', '3.10.2'],
    ['in a file above', '../.python-version', '3.10.2\n', '3.10.2'],
    ["asdf's file", '.tool-versions', 'nodejs 20.1.0\npython 3.10.2 3.12.1\n', '3.10.2'],
  ])('%s', (_, file, text, wanted) => {
    const box = three();
    box.write(file, text);
    const by = file.split('/').at(-1);
    expect(look(box).usable[0]).toMatchObject({ name: wanted, because: `${by} asks for it` });
  });

  it('by PYENV_VERSION, whatever the files say', () => {
    const box = three();
    box.write('.python-version', '3.12.1\n');
    const found = look(box, { env: { PYENV_VERSION: '3.10.2:3.13.0' } });
    expect(found.usable[0]).toMatchObject({ name: '3.10.2', because: 'PYENV_VERSION asks for it' });
  });

  it('by an activated conda environment, before all', () => {
    const box = three();
    const prefix = conda(fakePython(`${box.home}/miniconda3/envs/data`, '3.11.1'));
    const found = look(box, { env: { CONDA_PREFIX: prefix, PYENV_VERSION: '3.10.2' } });
    expect(found.usable[0]).toMatchObject({ keeper: 'conda', name: 'data', because: 'it is activated' });
    expect(names(found).filter((name) => name === 'conda data')).toHaveLength(1);
  });

  it('what is asked for and not there is told; "system" asks for nothing', () => {
    const box = three();
    expect(look(box, { env: { PYENV_VERSION: '3.99' } })).toMatchObject({
      missing: 'PYENV_VERSION asks for 3.99, which is not there',
    });
    expect(look(box, { env: { PYENV_VERSION: 'system' } }).missing).toBeUndefined();
    expect(look(box).missing).toBeUndefined();
  });
});

describe('what else is told', () => {
  it('for an uninstall: what each has installed', () => {
    const box = sandbox();
    const prefix = fakePython(`${box.home}/.pyenv/versions/3.12.4`, '3.12.4');
    mkdirSync(`${prefix}/lib/python3.12/site-packages/Demo_Lib-2.0.dist-info`);
    const inUserSite = `${box.home}/.local/lib/python3.12/site-packages/demo_other-1.0.dist-info`;
    mkdirSync(inUserSite, { recursive: true });
    const { installed } = look(box, { line: 'uninstall -y demo-lib' }).usable[0] ?? {};
    expect(installed).toEqual(expect.arrayContaining(['demo-lib', 'demo-other']));
    expect(look(box).usable[0]?.installed).toBeUndefined();
  });

  it('who has to be told of new commands', () => {
    const box = sandbox();
    fakePython(`${box.home}/.pyenv/versions/3.12.4`, '3.12.4');
    expect(look(box).usable[0]?.refresh).toBeUndefined();
    mkdirSync(`${box.home}/.pyenv/shims`);
    box.write(`../.pyenv/bin/pyenv`, '#!/bin/sh\n', 0o755);
    expect(look(box).usable[0]?.refresh).toEqual({
      command: `${box.home}/.pyenv/bin/pyenv`,
      args: ['rehash'],
    });
    fakePython(`${box.home}/.asdf/installs/python/3.13.1`, '3.13.1');
    box.write(`../.asdf/bin/asdf`, '#!/bin/sh\n', 0o755);
    expect(look(box).usable[0]?.refresh).toEqual({
      command: `${box.home}/.asdf/bin/asdf`,
      args: ['reshim', 'python'],
    });
  });

  it('nobody is told by a program that lies in the directory one stands in', () => {
    const box = sandbox();
    fakePython(`${box.home}/.pyenv/versions/3.12.4`, '3.12.4');
    mkdirSync(`${box.home}/.pyenv/shims`);
    box.write('bin/pyenv', '#!/bin/sh\n', 0o755);
    expect(look(box, { env: { PATH: `${box.project}/bin:bin` } }).usable[0]?.refresh).toBeUndefined();
    box.write('../tools/pyenv', '#!/bin/sh\n', 0o755);
    const env = { PATH: `${box.project}/bin:${box.home}/tools` };
    expect(look(box, { env }).usable[0]?.refresh?.command).toBe(`${box.home}/tools/pyenv`);
  });

  it('without its header a version is as long as its library says', () => {
    const box = sandbox();
    fakePython(`${box.home}/.pyenv/versions/mine`, '3.12.4', { header: false });
    expect(look(box, { requires: '>=3.12.2' }).usable).toMatchObject([{ name: 'mine', version: '3.12' }]);
  });
});

describe('requires-python', () => {
  it.each<[string, string, boolean]>([
    ['3.12.4', '>=3.9', true],
    ['3.8.18', '>=3.9', false],
    ['3.12.4', '>=3.9,<3.12', false],
    ['3.11.9', '>=3.9, <3.12', true],
    ['3.12.4', '~=3.11', true],
    ['3.12.4', '~=3.12.0', true],
    ['3.13.0', '~=3.12.0', false],
    ['3.12.4', '==3.12.*', true],
    ['3.13.0', '==3.12.*', false],
    ['3.9.7', '!=3.9.7,>=3.9', false],
    ['3.12.4', '^3.10', true],
    ['3.9.7', '^3.10', false],
    ['3.12.4', '>=3.8 <3.12 || ==3.12.4', true],
    ['3.12.4', '>3.12', true],
    ['3.12', '>=3.12.2', true],
    ['3.12.4', 'whatever', true],
  ])('%s and %s: %s', (version, specifier, wanted) => {
    expect(satisfies(version, specifier)).toBe(wanted);
  });
});
