import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lacksShell } from '../support/machine.ts';
import { type RunOptions, type Sandbox, sandbox } from '../support/sandbox.ts';
import { install, recordingPip, type Seen, seen, shells } from './house.ts';

/** Runs one shell command line twice, with the shim as `$PIP` and with the real pip itself; what pip saw of each. */
function both(
  box: Sandbox,
  ours: string,
  line: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): [Seen, Seen] {
  const file = `${box.root}/seen`;
  const real = recordingPip(`${box.root}/a`, file);
  const once = (pip: string) => {
    const ran = box.run('/bin/bash', ['-c', line, 'bash', ...args], {
      ...options,
      env: { PATH: `${ours}:${box.root}/a:/usr/bin:/bin`, PIP: pip, ...options.env },
    });
    expect(ran).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    return seen(file);
  };
  return [once(`${ours}/pip`), once(real)];
}

/** The variables without the ones in `names`, and without `PIP` and `_`, which differ between the two calls anyhow. */
function without({ environment }: Seen, ...names: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !['PIP', '_', ...names].includes(name)),
  );
}

/** Arguments that a careless shell script would change. */
const awkward = [
  '',
  ' ',
  'two words',
  '*',
  '?',
  '[a-z]',
  '~',
  '$HOME',
  '`id`',
  '$(id)',
  "'",
  '"',
  '\\',
  '\\n',
  'a\nb\n',
  '\t',
  '-n',
  '-e',
  '--',
  '-',
  '!',
  '#',
  '%s',
  ';',
  '&',
  'é',
  '日本',
  '\u{1f40d}',
  '\u0001\u007f',
  'x'.repeat(100_000),
];

describe.each(shells)('in $title, the real pip sees', (shell) => {
  describe.skipIf(lacksShell(shell.program))('the shell is here', () => {
    it('every argument as it was given', () => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const [through, direct] = both(box, ours, 'exec "$PIP" "$@"', ['list', ...awkward]);
      expect(through.argv).toEqual(direct.argv);
      expect(direct.argv).toHaveLength(awkward.length + 4);
    });

    it.skipIf(shell.textOnly)('arguments and variables that are not UTF-8', () => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const [through, direct] = both(
        box,
        ours,
        `export LATIN=$'caf\\xe9' && exec "$PIP" list $'caf\\xe9' $'\\xff\\xfe\\x80' $'\\xc3'`,
      );
      expect(through.argv).toEqual(direct.argv);
      expect(direct.argv.slice(3)).toEqual(['list', 'caf\xe9', '\xff\xfe\x80', '\xc3']);
      expect(through.environment['LATIN']).toBe('caf\xe9');
    });

    it('the same environment, whatever its variables are called', () => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const names =
        'name self real rest dir file cand line line1 home node kind seen found word mark depth tried a b x';
      const env = Object.fromEntries(names.split(' ').map((name) => [name, `the person's ${name}`]));
      const [through, direct] = both(box, ours, 'exec "$PIP" list', [], {
        env: { ...env, NODE_OPTIONS: '--require /gone.js', EMPTY: '', LINES_: 'a\nb\n\n', OLDPWD: box.home },
      });
      const changed = shell.changes ?? [];
      expect(without(through, ...changed)).toEqual(without(direct, ...changed));
      expect(through.environment).toMatchObject(env);
      expect(Object.keys(through.environment).filter((name) => /PIP_DETOUR|_pd_/.test(name))).toEqual([]);
    });

    it('nothing more than what every sh sets itself when the environment is empty', () => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const [through, direct] = both(box, ours, `exec env -i PATH="$PATH" "$PIP" list`);
      const own = ['PWD', 'OLDPWD', 'SHLVL', ...(shell.changes ?? [])];
      expect(without(through, ...own)).toEqual(without(direct));
    });

    it.each([
      ['stdin closed', '<&-'],
      ['stdout closed', '>&-'],
      ['stderr closed', '2>&-'],
      ['all three closed', '<&- >&- 2>&-'],
      ['more of them open', '3</dev/null 7>/dev/null 9<&0'],
    ])('the same descriptors: %s', (_title, redirections) => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const [through, direct] = both(
        box,
        ours,
        `exec </dev/null >/dev/null 2>/dev/null; exec "$PIP" list ${redirections}`,
      );
      expect(through.descriptors).toEqual(direct.descriptors);
    });

    it('the same umask, ignored signals and working directory', () => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      mkdirSync(`${box.project}/there`);
      const [through, direct] = both(
        box,
        ours,
        `umask 027; trap '' HUP INT USR1; cd there; exec "$PIP" list`,
      );
      expect(through).toMatchObject({ umask: 0o27, ignored: direct.ignored, directory: direct.directory });
    });
  });
});

it('in a working directory that is gone, the real pip still runs; sh itself may remark on it', () => {
  const box = sandbox();
  const ours = install(`${box.root}/ours`);
  const once = (pip: string) =>
    box.run('/bin/bash', ['-c', `mkdir gone && cd gone && rmdir ../gone && exec ${pip} --version`]);
  const through = once(`${ours}/pip`);
  const direct = once('/usr/bin/pip');
  expect(through).toEqual({ ...direct, stderr: through.stderr });
  expect(through.stderr.replace(/^sh: .*getcwd.*\n/, '')).toBe(direct.stderr);
});

it.each([
  ['HOME', 'HOME'],
  ['TERM', 'TERM'],
  ['everything', undefined],
])('%s may be unset', (_title, name) => {
  const box = sandbox();
  const ours = install(`${box.root}/ours`);
  const words = name === undefined ? ['-i'] : ['-u', name];
  const ran = box.run('/usr/bin/env', [...words, `${ours}/pip`, '--version']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^pip \d/);
});

it.each([0, 1, 42, 255])('exit code %d is the real pip’s', (code) => {
  const box = sandbox();
  const ours = install(`${box.root}/ours`);
  mkdirSync(`${box.root}/a`);
  writeFileSync(`${box.root}/a/pip`, `#!/usr/bin/python3 -IS\nraise SystemExit(${code})\n`, { mode: 0o755 });
  expect(box.run(`${ours}/pip`, ['list'], { env: { PATH: `${ours}:${box.root}/a` } }).code).toBe(code);
});

it.each(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGSEGV', 'SIGPIPE'])(
  'a death by %s is the real pip’s',
  (signal) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    mkdirSync(`${box.root}/a`);
    writeFileSync(
      `${box.root}/a/pip`,
      `#!/usr/bin/python3 -IS\nimport os, signal as s\ns.signal(s.${signal}, s.SIG_DFL) if '${signal}' != 'SIGKILL' else 0\nos.kill(os.getpid(), s.${signal})\n`,
      { mode: 0o755 },
    );
    expect(box.run(`${ours}/pip`, ['list'], { env: { PATH: `${ours}:${box.root}/a` } }).signal).toBe(signal);
  },
);

/** Whoever calls pip: all of them find the shim on PATH, and it the real one. */
const callers: readonly (readonly [string, string, readonly string[]])[] = [
  ['sh', 'sh', ['-c', 'pip --version']],
  ['bash', 'bash', ['-c', 'command pip --version']],
  ['zsh', 'zsh', ['-fc', 'pip --version']],
  ['fish', 'fish', ['--no-config', '-c', 'pip --version']],
  ['env', 'env', ['pip', '--version']],
  ['xargs', 'sh', ['-c', 'echo --version | xargs pip']],
  ['make', 'make', ['-s', '-f', '-']],
  ['nohup', 'nohup', ['pip', '--version']],
  ['nice', 'nice', ['pip', '--version']],
  ['timeout', 'timeout', ['20', 'pip', '--version']],
  [
    'subprocess',
    'python3',
    ['-c', "import subprocess, sys; sys.exit(subprocess.call(['pip', '--version']))"],
  ],
  ['os.system', 'python3', ['-c', "import os; os.system('pip --version')"]],
];

it.each(callers)('called by %s it answers as the real pip', (_title, program, args) => {
  const box = sandbox();
  const ours = install(`${box.root}/ours`);
  const input = program === 'make' ? 'all:\n\tpip --version\n' : '';
  const system = '/usr/local/bin:/usr/bin:/bin';
  const through = box.run('/usr/bin/env', [program, ...args], { env: { PATH: `${ours}:${system}` }, input });
  const direct = box.run('/usr/bin/env', [program, ...args], { env: { PATH: system }, input });
  expect(direct.stdout).toMatch(/^pip \d/);
  expect(through).toEqual(direct);
});
