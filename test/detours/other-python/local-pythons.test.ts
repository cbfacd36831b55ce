import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OtherPythons } from '../../../src/types.ts';
import { type LocalMachine, localMachine } from '../../support/local-machine.ts';
import { dist, lacks, python, pythonName, systemIsManaged } from '../../support/machine.ts';
import { canMount } from '../../support/machines.ts';
import { programOf } from '../../support/program.ts';
import { fakeEnvironment, fakePython } from '../../support/pythons.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';

/** Those of a machine whose /usr/local and /opt are the test's own; the Pythons in them stand in, and cannot be started. */
const looking = `import { readEnvironment } from 'src/system/variables.ts';
import { interpreterAt } from 'src/pip/interpreter.ts';
import { parseCommandLine } from 'src/pip/command-line.ts';
import { lookForPythons } from 'src/detours/other-python/look.ts';
const environment = readEnvironment(process.env);
const refused = interpreterAt('${python}', environment);
const command = parseCommandLine(['install', 'demo']);
const asked = { command, environment, cwd: process.cwd(), uid: process.getuid(), refused, requires: undefined };
console.log(JSON.stringify(lookForPythons(asked)));`;

async function look(
  make: (machine: LocalMachine, box: Sandbox) => void,
  { as = [], env = {} }: { as?: readonly string[]; env?: Record<string, string> } = {},
): Promise<OtherPythons> {
  const box = sandbox();
  const machine = localMachine(box);
  make(machine, box);
  chmodSync(box.root, 0o755);
  const program = await programOf(box, 'look', looking);
  const ran = box.run('unshare', [...machine.enter, ...as, machine.node, program], { env });
  if (ran.code !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout);
}

const names = (found: OtherPythons) => found.usable.map(({ keeper, name }) => `${keeper} ${name}`);

/** Makes a prefix a conda one; with conda itself in it, a base. */
function conda(prefix: string, isBase = false): string {
  mkdirSync(join(prefix, 'conda-meta'));
  writeFileSync(join(prefix, 'conda-meta', isBase ? 'conda-25.1.0-0.json' : 'python-3.12.2-h0.json'), '{}');
  return prefix;
}

type Row = [string, (machine: LocalMachine, box: Sandbox) => void, string[], string[]?];

describe.skipIf(!canMount)('Pythons in /usr/local and /opt', () => {
  it.each<Row>([
    ['nothing there', () => {}, []],
    [
      'one that was built into /usr/local (make altinstall)',
      ({ at }) => void altinstalled(at('/usr/local'), '3.13.1'),
      ['plain /usr/local/bin/python3.13'],
    ],
    [
      'two of them, each by its own name, the newest first',
      ({ at }) => {
        altinstalled(at('/usr/local'), '3.9.18');
        altinstalled(at('/usr/local'), '3.13.1');
      },
      ['plain /usr/local/bin/python3.13', 'plain /usr/local/bin/python3.9'],
    ],
    [
      'one unpacked into /opt/NAME',
      ({ at }) => void fakePython(at('/opt/python3.12'), '3.12.4'),
      ['plain /opt/python3.12/bin/python3.12'],
    ],
    [
      'several under /opt/python',
      ({ at }) => {
        for (const version of ['3.11.9', '3.12.4']) fakePython(at(`/opt/python/${version}`), version);
      },
      ['plain /opt/python/3.12.4/bin/python3.12', 'plain /opt/python/3.11.9/bin/python3.11'],
    ],
    [
      'one that is called python3 and no more',
      ({ at }) => {
        const prefix = altinstalled(at('/opt/sdk'), '3.12.4');
        renameSync(`${prefix}/bin/python3.12`, `${prefix}/bin/python3`);
      },
      ['plain /opt/sdk/bin/python3'],
    ],
    [
      'an environment in /opt, after the Pythons themselves',
      ({ at }) => {
        const base = fakePython(at('/opt/base'), '3.12.4');
        fakeEnvironment(at('/opt/venv'), base, '3.12.4');
        symlinkSync('python', join(at('/opt/venv'), 'bin/python3'));
      },
      ['plain /opt/base/bin/python3.12', 'plain /opt/venv/bin/python3'],
    ],
    [
      "conda's environments under /opt/conda and /opt/miniforge3, and never their bases",
      ({ at }) => {
        for (const [root, name] of [
          ['conda', 'data'],
          ['miniforge3', 'ml'],
        ]) {
          const base = conda(fakePython(at(`/opt/${root}`), '3.13.1'), true);
          conda(fakePython(`${base}/envs/${name}`, '3.12.2'));
        }
      },
      ['conda ml', 'conda data'],
      ["conda's base is left alone", "conda's base is left alone"],
    ],
    [
      'an externally managed one is no target',
      ({ at }) => void fakePython(at('/opt/sealed'), '3.12.4', { marker: true }),
      [],
      ['/opt/sealed/bin/python3.12 is externally managed too'],
    ],
    [
      'one without pip is none either',
      ({ at }) => void fakePython(at('/usr/local'), '3.13.1', { pip: null }),
      [],
      ['/usr/local/bin/python3.13 has no pip'],
    ],
    [
      "the refusing Python under another name, beside which Debian keeps pip's things, is no other Python",
      ({ at }) => {
        mkdirSync(at('/usr/local/bin'), { recursive: true });
        symlinkSync(python, at(`/usr/local/bin/${pythonName}`));
        mkdirSync(at(`/usr/local/lib/${pythonName}/dist-packages/pip`), { recursive: true });
      },
      [],
    ],
    [
      "a link to one of pyenv's counts once, as pyenv's",
      ({ at }, { home }) => {
        const prefix = fakePython(`${home}/.pyenv/versions/3.12.4`, '3.12.4');
        mkdirSync(at('/usr/local/bin'), { recursive: true });
        symlinkSync(`${prefix}/bin/python3.12`, at('/usr/local/bin/python3.12'));
      },
      ['pyenv 3.12.4'],
    ],
    [
      "a link to one of uv's is uv's",
      ({ at }, { home }) => {
        const prefix = fakePython(`${home}/.local/share/uv/python/cpython-3.13.1-linux`, '3.13.1');
        mkdirSync(at('/usr/local/bin'), { recursive: true });
        symlinkSync(`${prefix}/bin/python3.13`, at('/usr/local/bin/python3.13'));
      },
      [],
      ["uv's Python 3.13.1 is only used to make environments"],
    ],
    [
      'scripts, Python 2 and what is no Python at all are passed by',
      ({ at }) => {
        fakePython(at('/opt/old'), '2.7.18');
        mkdirSync(at('/usr/local/bin'), { recursive: true });
        writeFileSync(at('/usr/local/bin/python3.12'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
        writeFileSync(at('/opt/README'), '');
        mkdirSync(at('/opt/google/chrome'), { recursive: true });
      },
      [],
    ],
    [
      "somebody else's is theirs",
      ({ at }) => {
        const prefix = fakePython(at('/opt/theirs'), '3.12.4');
        chownSync(`${prefix}/lib/python3.12/site-packages`, 12_345, 12_345);
      },
      [],
      ['/opt/theirs/bin/python3.12 belongs to another user'],
    ],
  ])('%s', async (_, make, wanted, passedOver = []) => {
    const found = await look(make);
    expect(names(found)).toEqual(wanted);
    expect(found.passedOver).toEqual(passedOver);
  });

  it('the one a directory asks for comes first, with its whole version', async () => {
    const found = await look(({ at }, box) => {
      for (const version of ['3.11.9', '3.13.1']) altinstalled(at('/usr/local'), version);
      box.write('.python-version', '3.11\n');
    });
    expect(found.usable[0]).toMatchObject({
      executable: '/usr/local/bin/python3.11',
      version: '3.11.9',
      writable: true,
      because: '.python-version asks for it',
    });
  });
});

/** As `make altinstall` leaves it: by no name but its own, so that several share a prefix. */
function altinstalled(prefix: string, version: string): string {
  fakePython(prefix, version);
  for (const name of ['python', 'python3']) rmSync(join(prefix, 'bin', name));
  return prefix;
}

const asAna = ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups'];

describe.skipIf(!canMount || lacks('setpriv'))('for an ordinary user, where they are root’s', () => {
  it.each<Row>([
    [
      'a Python of a version of its own installs into the user site',
      ({ at }) => void altinstalled(at('/usr/local'), '3.99.1'),
      ['plain /usr/local/bin/python3.99'],
    ],
    [
      'the version of the refusing Python shares its user site, and is none to install into',
      ({ at }) => void fakePython(at('/opt/mine'), `${pythonName.slice('python'.length)}.1`),
      [],
      [
        `you may not write to /opt/mine/bin/${pythonName}, and the Python that refuses uses your user site for ${pythonName}, too`,
      ],
    ],
    [
      'an environment has no user site',
      ({ at }, box) => {
        const base = fakePython(`${box.root}/base`, '3.99.1');
        fakeEnvironment(at('/opt/venv'), base, '3.99.1');
        symlinkSync('python', join(at('/opt/venv'), 'bin/python3'));
      },
      [],
      ['you may not write to /opt/venv/bin/python3, and an environment has no user site'],
    ],
  ])('%s', async (_, make, wanted, passedOver = []) => {
    const found = await look(make, { as: asAna });
    expect(names(found)).toEqual(wanted);
    expect(found.usable.map(({ writable }) => writable)).toEqual(wanted.map(() => false));
    expect(found.passedOver).toEqual(passedOver);
  });

  it('where they are their own they are written to, of whatever version', async () => {
    const found = await look(
      ({ at }) => {
        const prefix = fakePython(at('/opt/mine'), `${pythonName.slice('python'.length)}.1`);
        chownSync(`${prefix}/lib/${pythonName}/site-packages`, 1000, 1000);
        chownSync(`${prefix}/lib/${pythonName}/site-packages/pip`, 1000, 1000);
      },
      { as: asAna },
    );
    expect(found.usable).toMatchObject([{ name: `/opt/mine/bin/${pythonName}`, writable: true }]);
  });
});

describe.skipIf(!canMount || lacks('strace') || !systemIsManaged())('looking', () => {
  it('starts none of them, whoever keeps it', () => {
    const box = sandbox();
    const machine = localMachine(box);
    const { at } = machine;
    altinstalled(at('/usr/local'), '3.13.1');
    fakePython(at('/opt/python/3.12.4'), '3.12.4');
    const base = conda(fakePython(at('/opt/conda'), '3.13.1'), true);
    conda(fakePython(`${base}/envs/data`, '3.12.2'));
    fakePython(`${box.home}/.pyenv/versions/3.10.4`, '3.10.4');
    const log = join(box.root, 'trace');
    const traced = [
      'strace',
      '-f',
      '--seccomp-bpf',
      '-qq',
      '-o',
      log,
      '-e',
      'trace=execve,execveat',
      `${dist}/shims/pip-detour`,
    ];
    const line = ['explain', '--', 'pip', 'install', 'demo-lib'];
    const env = { PATH: `${dist}/shims:/usr/bin:/bin:${join(machine.node, '..')}` };
    const ran = box.run('unshare', [...machine.enter, ...traced, ...line], { env });
    expect(ran.stdout).toContain(
      'other-python: Use another Python — /usr/local/bin/python3.13, Python 3.13.1',
    );
    const started = [...readFileSync(log, 'utf8').matchAll(/execve(?:at)?\([^"]*"([^"]+)"/g)].map(
      (one) => one[1],
    );
    expect(started.length).toBeGreaterThan(0);
    expect(started.filter((file) => /^\/(usr\/local|opt)\/|\.pyenv\//.test(file ?? ''))).toEqual([]);
  });
});
