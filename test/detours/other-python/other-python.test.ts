import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherPython, pythonHelp } from '../../../src/detours/other-python/index.ts';
import { buildQuestion } from '../../../src/prompt/build.ts';
import type { OtherPython, OtherPythons, Situation } from '../../../src/types.ts';
import { dist } from '../../support/machine.ts';
import { copyOfPyenv, pyenv, pyenvVersions } from '../../support/pythons.ts';
import { sandbox } from '../../support/sandbox.ts';
import { situationOf } from '../situation.ts';

const root = '/home/ana/.pyenv/versions';

function python(name: string, change: Partial<OtherPython> = {}): OtherPython {
  return {
    keeper: 'pyenv',
    name,
    executable: `${root}/${name}/bin/python`,
    version: name,
    pip: `${root}/${name}/lib/site-packages/pip`,
    pipVersion: '24.2',
    writable: true,
    environment: false,
    ...change,
  };
}

function having(
  argv: readonly string[],
  usable: readonly OtherPython[],
  change: Partial<OtherPythons> = {},
): Situation {
  return situationOf(argv, { otherPythons: { usable, passedOver: [], ...change } });
}

function argsOf(situation: Situation): readonly string[] {
  const [step] = otherPython.plan(situation).steps;
  return step?.kind === 'run' ? step.args : [];
}

describe('what is shown', () => {
  it.each<[string, OtherPython[], Partial<OtherPythons>, string]>([
    ['one', [python('3.12.4')], {}, 'pyenv 3.12.4'],
    ['several', [python('3.12.4'), python('3.11.1')], {}, 'pyenv 3.12.4 · 1 more behind ?'],
    [
      'one asked for',
      [python('3.12.4', { because: '.python-version asks for it' })],
      {},
      'pyenv 3.12.4 · .python-version asks for it',
    ],
    [
      'another asked for',
      [python('3.12.4')],
      { missing: 'PYENV_VERSION asks for 3.99, which is not there' },
      'pyenv 3.12.4 · PYENV_VERSION asks for 3.99, which is not there',
    ],
    [
      'a name that is no version',
      [python('data', { keeper: 'conda', version: '3.12.2' })],
      {},
      'conda data, Python 3.12.2',
    ],
    [
      'a plain one',
      [python('/usr/local/bin/python3.13', { keeper: 'plain', version: '3.13.0' })],
      {},
      '/usr/local/bin/python3.13, Python 3.13.0',
    ],
  ])('%s', (_, usable, change, detail) => {
    const situation = having(['install', 'demo'], usable, change);
    expect(otherPython.unavailable(situation)).toBeUndefined();
    expect(otherPython.detail(situation)).toBe(detail);
  });

  it.each<[string, Situation, string]>([
    [
      'none at all',
      situationOf(['install', 'demo']),
      'you have none yet: get one with pyenv, uv or Miniconda',
    ],
    [
      'none that will do',
      having(['install', 'demo'], [], {
        passedOver: ['pyenv 3.8.1 has no pip', "conda's base is left alone"],
      }),
      'pyenv 3.8.1 has no pip; 1 more cannot be used either',
    ],
    [
      'a pip too old for an option',
      having(['install', '--group', 'dev'], [python('3.8.1', { pipVersion: '22.3' })]),
      'pip 22.3 of pyenv 3.8.1 does not know --group',
    ],
    [
      'an uninstall of what none has',
      having(['uninstall', 'demo'], [python('3.12.4', { installed: ['other'] })]),
      'none of your other Pythons has it installed',
    ],
    [
      'another Python named',
      having(['--python', 'x', 'install', 'demo'], [python('3.12.4')]),
      '--python: another Python was named already',
    ],
  ])('why not: %s', (_, situation, why) => {
    expect(otherPython.unavailable(situation)).toBe(why);
  });

  it('behind ?: the others, those passed over, and how to get one when there is none', () => {
    const usable = [python('3.12.4'), python('3.11.1')];
    const passedOver = ['pyenv 3.8.1 has no pip'];
    expect(pythonHelp(having(['install', 'x'], usable, { passedOver }))).toEqual([
      'Other Pythons of yours: pyenv 3.11.1.',
      'Not used: pyenv 3.8.1 has no pip.',
    ]);
    const [how] = pythonHelp(situationOf(['install', 'x']));
    expect(buildQuestion(situationOf(['install', 'x'])).help).toContain(how);
    for (const command of ['pyenv install 3.13', 'conda create -n work python=3.13', 'uv venv --python 3.13'])
      expect(how).toContain(command);
  });

  it('is only recommended for an environment that is asked for', () => {
    const because = 'it is activated';
    const env = python('data', { keeper: 'conda', environment: true, because });
    expect(otherPython.recommended(having(['install', 'x'], [env]))).toBe('conda data: it is activated');
    expect(
      otherPython.recommended(having(['install', 'x'], [python('3.12.4', { because })])),
    ).toBeUndefined();
    expect(otherPython.recommended(having(['install', 'x'], [python('3.12.4')]))).toBeUndefined();
  });
});

describe('the plan', () => {
  it('is the same line, by the Python’s own pip, never with the current directory on sys.path', () => {
    const line = ['--proxy', 'http://p', 'install', '-U', '-r', 'a.txt', 'demo[x]>=1', '-e', '.'];
    expect(argsOf(having(line, [python('3.12.4')]))).toEqual([
      `${root}/3.12.4/lib/site-packages/pip/__pip-runner__.py`,
      ...line,
    ]);
    expect(argsOf(having(line, [python('3.7.1', { pipVersion: '22.0.4' })]))).toEqual([
      '-I',
      '-m',
      'pip',
      ...line,
    ]);
  });

  it('leaves out what this Python does not need', () => {
    const situation = having(['install', '--user', '--break-system-packages', 'demo'], [python('3.12.4')]);
    expect(argsOf(situation).slice(1)).toEqual(['install', 'demo']);
    expect(otherPython.plan(situation).dropped).toEqual([
      '--break-system-packages (nothing of the system is touched)',
      '--user (this Python is your own already)',
    ]);
  });

  it('keeps --user where its own place is not writable, and says where things go', () => {
    const situation = having(['install', '--user', 'demo'], [python('3.12.4', { writable: false })]);
    expect(argsOf(situation).slice(1)).toEqual(['install', '--user', 'demo']);
    expect(otherPython.plan(situation).afterwards?.[0]).toContain('in your user site');
    expect(otherPython.plan(situation).steps[0]).not.toHaveProperty('env.PIP_USER');
  });

  it('takes the first whose pip knows every option, and which has what is uninstalled', () => {
    const two = [
      python('3.12.4', { pipVersion: '23.0.1', installed: [] }),
      python('3.11.1', { pipVersion: '25.1', installed: ['demo'] }),
    ];
    expect(argsOf(having(['install', '--group', 'dev'], two))[0]).toContain('/3.11.1/');
    expect(argsOf(having(['uninstall', '-y', 'demo'], two))[0]).toContain('/3.11.1/');
    expect(argsOf(having(['install', 'demo'], two))[0]).toContain('/3.12.4/');
  });

  it('tells its keeper of new commands, and the person how to use it here', () => {
    const refresh = { command: '/home/ana/.pyenv/bin/pyenv', args: ['rehash'] };
    const plan = otherPython.plan(having(['install', 'demo'], [python('3.12.4', { refresh })]));
    expect(plan.steps[1]).toMatchObject({ ...refresh, cwd: '/', optional: true, quiet: true });
    expect(plan.afterwards).toEqual([
      'Installed into pyenv 3.12.4. It runs as ~/.pyenv/versions/3.12.4/bin/python; to use it in this directory: pyenv local 3.12.4',
    ]);
    const asdf = otherPython.plan(having(['install', 'demo'], [python('3.12.4', { keeper: 'asdf' })]));
    expect(asdf.afterwards).toContain('For new commands: asdf reshim python');
  });
});

/** The newest of this machine's pyenv of each kind of pip: one with a runner file, one that is too old to have it. */
const versions = pyenvVersions();
const withRunner = versions.findLast((name) => name.startsWith('3.12'));
const without = versions.find((name) => name.startsWith('3.7'));

describe.skipIf(withRunner === undefined || without === undefined)('with real Pythons of pyenv', () => {
  it.each([withRunner ?? '', without ?? ''])(
    '%s gets the package by its own pip, and pyenv its command',
    (version) => {
      const box = sandbox();
      const home = `${box.home}/.pyenv`;
      const prefix = copyOfPyenv(home, version);
      mkdirSync(`${home}/shims`);
      box.write(
        '../.pyenv/bin/pyenv',
        `#!/bin/sh\nPYENV_ROOT='${home}' exec '${pyenv}/libexec/pyenv' "$@"\n`,
        0o755,
      );
      // Somebody else's files, in wait for whoever puts the current directory on sys.path.
      for (const name of ['pip.py', 'site.py', 'runpy.py']) box.write(name, 'raise SystemExit("was run")\n');
      const ran = box.run(`${dist}/shims/pip`, ['install', 'demo-app'], {
        env: { PIP_DETOUR: 'other-python' },
      });
      expect(ran.stderr).toContain(
        `pip-detour: using pyenv ${version}, because PIP_DETOUR=other-python is set`,
      );
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.stdout).toContain('Successfully installed demo-app-2.0');
      expect(ran.stderr).toContain(`pyenv local ${version}`);
      expect(box.run(join(prefix, 'bin/demo-app'), [], { cwd: '/' }).stdout).toBe('demo-app 2.0\n');
      expect(readdirSync(`${home}/shims`)).toContain('demo-app');

      const gone = box.run(`${dist}/shims/pip`, ['uninstall', '-y', 'demo-app'], {
        env: { PIP_DETOUR: 'other-python' },
      });
      expect(gone).toMatchObject({ code: 0 });
      expect(existsSync(join(prefix, 'bin/demo-app'))).toBe(false);
      expect(readdirSync(`${home}/shims`)).not.toContain('demo-app');
    },
  );

  it('a package that is not there ends as pip ends, and pyenv is not troubled', () => {
    const box = sandbox();
    copyOfPyenv(`${box.home}/.pyenv`, withRunner ?? '');
    const ran = box.run(`${dist}/shims/pip`, ['install', 'demo-nowhere'], {
      env: { PIP_DETOUR: 'other-python' },
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('No matching distribution found for demo-nowhere');
  });

  it('PYENV_VERSION of a version that is not there is told, and the newest taken', () => {
    const box = sandbox();
    copyOfPyenv(`${box.home}/.pyenv`, withRunner ?? '');
    const env = { PIP_DETOUR: 'other-python', PYENV_VERSION: '3.99' };
    const ran = box.run(`${dist}/shims/pip-detour`, ['explain', '--', 'pip', 'install', 'demo-lib'], { env });
    expect(ran.stdout).toContain('PYENV_VERSION asks for 3.99, which is not there');
  });
});
