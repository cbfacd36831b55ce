import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksShell, systemIsManaged } from '../support/machine.ts';
import { pyenvRoot } from '../support/pyenv.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { echoPip, install, link, recordingPip, seen, shells, write } from './house.ts';

/** A loop must end the test, not the machine. */
const timeout = 20_000;
const system = '/usr/bin:/bin';

describe.skipIf(pyenvRoot === undefined)('with the real pyenv', () => {
  const pyenv = pyenvRoot ?? '';
  const shims = `${pyenv}/shims`;
  const installed = '3.11.7';

  function run(box: Sandbox, path: string, version: string | undefined, args: readonly string[]) {
    return box.run('/bin/sh', ['-c', 'exec pip "$@"', 'sh', ...args], {
      env: { PATH: path, PYENV_VERSION: version, PYENV_ROOT: pyenv },
      timeout,
    });
  }

  it.each([
    ['ours before pyenv', installed, (ours: string) => `${ours}:${shims}:${system}`],
    ['ours before pyenv', 'system', (ours: string) => `${ours}:${shims}:${system}`],
    ['ours before pyenv', '9.9.9', (ours: string) => `${ours}:${shims}:${system}`],
    ['ours before pyenv', `9.9.9:${installed}`, (ours: string) => `${ours}:${shims}:${system}`],
    ['pyenv before ours', installed, (ours: string) => `${shims}:${ours}:${system}`],
    ['pyenv before ours', 'system', (ours: string) => `${shims}:${ours}:${system}`],
    ['pyenv before ours', '9.9.9', (ours: string) => `${shims}:${ours}:${system}`],
    ['ours on both sides', 'system', (ours: string) => `${ours}:${shims}:${ours}:${system}`],
    ['ours on both sides', installed, (ours: string) => `${ours}:${shims}:${ours}:${system}`],
    ['ours last', 'system', (ours: string) => `${shims}:${system}:${ours}`],
    [
      'two installations',
      'system',
      (ours: string, other: string) => `${ours}:${other}:${shims}:${ours}:${system}`,
    ],
    [
      'two installations around it',
      'system',
      (ours: string, other: string) => `${ours}:${shims}:${other}:${system}`,
    ],
  ])('%s, PYENV_VERSION=%s: the answer is the one without us', (_title, version, path) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const other = install(`${box.root}/other`);
    const through = run(box, path(ours, other), version, ['--version']);
    const direct = run(box, `${shims}:${system}`, version, ['--version']);
    expect(through).toEqual(direct);
  });

  it('no pip but pyenv’s, and the system is asked for: not found, and no loop', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const tools = join(box.root, 'tools');
    for (const tool of ['bash', 'env', 'sh', 'readlink', 'dirname', 'basename', 'sed', 'grep', 'cut', 'tr'])
      link(join(tools, tool), `/usr/bin/${tool}`);
    const ran = run(box, `${ours}:${shims}:${tools}`, 'system', ['list']);
    expect(ran.code).toBe(127);
    expect(ran.stderr).toMatch(/^pip3?: command not found$/m);
  });

  it.skipIf(!systemIsManaged()).each([
    ['ours before pyenv', (ours: string) => `${ours}:${shims}:${system}`],
    ['pyenv before ours', (ours: string) => `${shims}:${ours}:${system}`],
  ])('%s: an install into the system’s Python is seen', (_title, path) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const ran = run(box, path(ours), 'system', ['install', 'x']);
    expect(ran.stdout).toBe('node ["pip","/usr/bin/pip",["install","x"]]\n');
  });

  it('an install into pyenv’s own Python starts no Node', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const ran = run(box, `${ours}:${shims}:${system}`, installed, ['install', '--dry-run', 'demo-lib']);
    expect(ran.stdout).toContain('Would install demo-lib-2.0');
    expect(ran.stdout).not.toContain('node');
  });
});

/**
 * A stand-in for asdf: a bash script per program, which asks a command that takes the shims off PATH for its own
 * search, and starts what it finds with PATH as it was.
 */
function asdf(box: Sandbox, version?: string): string {
  const shims = `${box.root}/asdf/shims`;
  const command = write(
    `${box.root}/asdf/bin/asdf`,
    `#!/usr/bin/env bash
echo asked >>"${box.root}/asked"
shift
found=$( PATH=$(echo "$PATH" | sed 's#${shims}:##g'); type -P "$1" )
[ -z "$ASDF_PIP" ] || found=$ASDF_PIP
shift
exec "$found" "$@"
`,
  );
  write(`${shims}/pip`, `#!/usr/bin/env bash\n# asdf-plugin: python 3.12.1\nexec ${command} exec pip "$@"\n`);
  box.env['ASDF_PIP'] = version ?? '';
  return shims;
}

/** A stand-in for mise: every shim is a link to one program, which no first line gives away. */
function mise(box: Sandbox, version?: string): string {
  const shims = `${box.root}/mise/shims`;
  const program = write(
    `${box.root}/mise/bin/mise`,
    `#!/usr/bin/python3 -IS
import os, sys
shims = ${JSON.stringify(shims)}
path = os.environ['PATH'].split(':')
found = ${JSON.stringify(version ?? '')} or next(
    d + '/pip' for d in path if d != shims and os.access(d + '/pip', os.X_OK))
open(${JSON.stringify(`${box.root}/asked`)}, 'a').write('asked\\n')
os.execv(found, [found] + sys.argv[1:])
`,
  );
  link(`${shims}/pip`, program);
  return shims;
}

const managers = [
  ['asdf', asdf],
  ['mise', mise],
] as const;

describe.each(managers)('with shims like those of %s', (_name, manager) => {
  describe.each(shells)('in $title', (shell) => {
    it.skipIf(lacksShell(shell.program)).each([
      ['ours first, a version set', true, (ours: string, shims: string) => `${ours}:${shims}`],
      ['ours first, none set', false, (ours: string, shims: string) => `${ours}:${shims}`],
      ['ours second, none set', false, (ours: string, shims: string) => `${shims}:${ours}`],
      [
        'ours on both sides, none set',
        false,
        (ours: string, shims: string) => `${ours}:${shims}:${ours}:${shims}`,
      ],
    ])('%s', (_title, isSet, path) => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const version = echoPip(`${box.root}/versions/bin`);
      const last = echoPip(`${box.root}/last`);
      const shims = manager(box, isSet ? version : undefined);
      const ran = box.run('/bin/sh', ['-c', 'exec pip "$@"', 'sh', 'list', 'a b', ''], {
        env: { PATH: `${path(ours, shims)}:${box.root}/last:${system}` },
        timeout,
      });
      expect(ran).toEqual({
        code: 0,
        signal: null,
        stdout: `${isSet ? version : last} list a b \n`,
        stderr: '',
      });
    });
  });
});

describe('what a version manager was told', () => {
  it('is not told to a pip behind it that we start ourselves', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    recordingPip(`${box.root}/last`, `${box.root}/seen`);
    const shims = asdf(box);
    box.run(`${ours}/pip`, ['list'], {
      env: { PATH: `${ours}:${shims}:${box.root}/last:${system}` },
      timeout,
    });
    expect(Object.keys(seen(`${box.root}/seen`).environment).filter((name) => /DETOUR/.test(name))).toEqual(
      [],
    );
  });

  it('does not mislead a pip that this pip starts', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    // The version's own pip, which inherits what the manager was told, starts another pip in the same place.
    const version = write(
      `${box.root}/versions/pip`,
      `#!/usr/bin/python3 -IS\nimport os, sys\nif sys.argv[1] == 'wheel': os.execvp('pip', ['pip', 'list'])\nprint('version', *sys.argv[1:])\n`,
    );
    const last = echoPip(`${box.root}/last`);
    const shims = asdf(box, version);
    const ran = box.run(`${ours}/pip`, ['wheel', 'x'], {
      env: { PATH: `${ours}:${shims}:${box.root}/last:${system}` },
      timeout,
    });
    expect(ran).toMatchObject({ code: 0, stdout: 'version list\n', stderr: '' });
    expect(ran.stdout).not.toContain(last);
    expect(readFileSync(`${box.root}/asked`, 'utf8')).toBe('asked\nasked\n');
  });

  it('a wrapper that rewrites its arguments and comes back for ever is stopped', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    write(`${box.root}/w/pip`, '#!/bin/sh\nexec pip "$@" again\n');
    const ran = box.run(`${ours}/pip`, ['list'], {
      env: { PATH: `${ours}:${box.root}/w:${system}` },
      timeout,
    });
    expect(ran).toMatchObject({
      code: 126,
      stdout: '',
      stderr: 'pip-detour: pip leads back to itself through PATH\n',
    });
  });

  it.each(['', ',', 'x,y,:z:', '99999999999,', '-1,', '$(id),', '08,', '3'])(
    'may be rubbish: %o',
    (rubbish) => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`);
      const pip = echoPip(`${box.root}/a`);
      const ran = box.run(`${ours}/pip`, ['list'], {
        env: { PATH: `${ours}:${box.root}/a`, _PIP_DETOUR_TRIED: rubbish },
      });
      expect(ran).toEqual({ code: 0, signal: null, stdout: `${pip} list\n`, stderr: '' });
    },
  );
});
