import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { python, systemIsManaged } from '../support/machine.ts';
import { pyenvRoot } from '../support/pyenv.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { echoPip, install, link, write } from './house.ts';

/** A loop must end the test, not the machine. */
const timeout = 20_000;
const system = '/usr/bin:/bin';

/** `pip …` as a shell finds it on a PATH. */
function pip(box: Sandbox, path: string, args: readonly string[], env: Record<string, string> = {}): Ran {
  return box.run('/bin/sh', ['-c', 'exec pip "$@"', 'sh', ...args], { env: { PATH: path, ...env }, timeout });
}

describe('an activated virtual environment', () => {
  const made = (box: Sandbox, ...options: string[]) => {
    const environment = join(box.home, 'an env');
    execFileSync(python, ['-m', 'venv', '--without-pip', ...options, environment]);
    return environment;
  };

  it.each([
    ['before us, as activate puts it', (bin: string, ours: string) => `${bin}:${ours}:${system}`],
    [
      'behind us, as a shell started in it puts it',
      (bin: string, ours: string) => `${ours}:${bin}:${system}`,
    ],
  ])('with a pip, %s: that pip, and no Node', (_title, path) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const environment = made(box);
    const bin = `${environment}/bin`;
    // As pip writes its script where the path has a blank.
    const script = `#!/bin/sh\n'''exec' "${bin}/python3" "$0" "$@"\n' '''\nimport sys\nprint(sys.prefix, *sys.argv[1:])\n`;
    write(`${bin}/pip`, script);
    const ran = pip(box, path(bin, ours), ['install', 'x'], { VIRTUAL_ENV: environment });
    expect(ran).toEqual({ code: 0, signal: null, stdout: `${environment} install x\n`, stderr: '' });
  });

  it.skipIf(!systemIsManaged())('without a pip: the system’s is found, and Node looks closer', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const environment = made(box);
    const ran = pip(box, `${environment}/bin:${ours}:${system}`, ['install', 'x'], {
      VIRTUAL_ENV: environment,
    });
    expect(ran.stdout).toBe('node ["pip","/usr/bin/pip",["install","x"]]\n');
  });
});

/** A conda installation as its installer lays it out: a Python of its own, no marker, scripts that name it. */
function conda(box: Sandbox, name: string): string {
  const prefix = join(box.home, name);
  for (const directory of ['bin', 'lib/python3.11/site-packages/pip', 'conda-meta'])
    mkdirSync(join(prefix, directory), { recursive: true });
  copyFileSync('/bin/echo', join(prefix, 'bin/python3.11'));
  chmodSync(join(prefix, 'bin/python3.11'), 0o755);
  for (const other of ['python', 'python3']) symlinkSync('python3.11', join(prefix, 'bin', other));
  write(join(prefix, 'lib/python3.11/os.py'), '', 0o644);
  write(join(prefix, 'bin/pip'), `#!${prefix}/bin/python\n# -*- coding: utf-8 -*-\nfrom pip import main\n`);
  return prefix;
}

describe('conda', () => {
  it.each([
    ['before us', (bin: string, ours: string) => `${bin}:${ours}:${system}`],
    ['behind us', (bin: string, ours: string) => `${ours}:${bin}:${system}`],
  ])('active, %s: its pip, and no Node', (_title, path) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const prefix = conda(box, 'miniconda3');
    const environment = conda(box, 'miniconda3/envs/work');
    for (const active of [prefix, environment]) {
      const ran = pip(box, path(`${active}/bin`, ours), ['install', 'x'], { CONDA_PREFIX: active });
      expect(ran).toEqual({ code: 0, signal: null, stdout: `${active}/bin/pip install x\n`, stderr: '' });
    }
  });
});

describe('pip under its other names', () => {
  it.each(['pip3', 'pip3.11', 'pip3.12'])('%s is the next %s on PATH, and no other', (name) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    if (name !== 'pip3') link(`${ours}/${name}`, 'pip');
    for (const other of ['pip', 'pip3', 'pip3.9']) echoPip(`${box.root}/a`, other);
    const real = echoPip(`${box.root}/b`, name);
    const expected = name === 'pip3' ? `${box.root}/a/pip3` : real;
    const path = `${ours}:${box.root}/a:${box.root}/b`;
    for (const [program, args] of [
      [`${ours}/${name}`, ['list']],
      ['/usr/bin/env', [name, 'list']],
      ['/bin/sh', ['-c', `${name} list`]],
    ] as const)
      expect(box.run(program, args, { env: { PATH: path }, timeout })).toEqual({
        code: 0,
        signal: null,
        stdout: `${expected} list\n`,
        stderr: '',
      });
  });
});

describe.skipIf(pyenvRoot === undefined)('pyenv-virtualenv', () => {
  /** A pyenv of the sandbox's own: the real program and one real version, and an environment beside it. */
  function pyenv(box: Sandbox): { root: string; environment: string } {
    const real = pyenvRoot ?? '';
    const root = join(box.home, '.pyenv');
    const version = readdirSync(join(real, 'versions')).find((name) => /^3\.1[01]\./.test(name)) ?? '';
    for (const part of ['bin', 'libexec', 'plugins', 'pyenv.d', 'completions', 'src'])
      if (existsSync(join(real, part))) link(join(root, part), join(real, part));
    link(join(root, 'versions', version), join(real, 'versions', version));
    const environment = join(root, 'versions/proj');
    execFileSync(join(real, 'versions', version, 'bin/python'), ['-m', 'venv', environment]);
    box.run(join(root, 'bin/pyenv'), ['rehash'], { env: { PYENV_ROOT: root, PATH: system } });
    expect(existsSync(join(root, 'shims/pip'))).toBe(true);
    return { root, environment };
  }

  it('gives the environment’s pip with and without us, whoever comes first, activated or chosen by name', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const { root, environment } = pyenv(box);
    const shims = `${root}/shims`;
    const chosen = { PYENV_ROOT: root, PYENV_VERSION: 'proj' };
    const activated = { ...chosen, VIRTUAL_ENV: environment, PYENV_VIRTUAL_ENV: environment };
    for (const env of [chosen, activated])
      for (const args of [['--version'], ['install', '--dry-run', 'demo-lib']]) {
        const direct = pip(box, `${shims}:${system}`, args, env);
        expect(direct.stdout).toMatch(args.length === 1 ? environment : /Would install demo-lib-2\.0/);
        for (const path of [`${ours}:${shims}`, `${shims}:${ours}`, `${ours}:${shims}:${ours}`])
          expect(pip(box, `${path}:${system}`, args, env)).toEqual(direct);
      }
  }, 120_000);
});
