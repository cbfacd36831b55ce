import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/shell/activation.ts';
import { python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';

/** `pip-detour run` and `where`: the environment that this directory means, wherever the terminal is. */

function withEnvironment(...places: readonly string[]): Sandbox {
  const box = sandbox();
  for (const place of places) {
    mkdirSync(join(box.home, place), { recursive: true });
    box.run(python, ['-m', 'venv', '--without-pip', join(box.home, place, '.venv')]);
  }
  return box;
}

const remember = (box: Sandbox) =>
  publish(join(box.home, '.local/state/pip-detour'), box.project, join(box.project, '.venv'));

describe('which environment is meant', () => {
  it.each<[string, (box: Sandbox) => { cwd: string; env?: Record<string, string> }, string]>([
    ['its own', (box) => ({ cwd: box.project }), 'shop'],
    [
      'the nearest above, in a directory of the project',
      (box) => {
        mkdirSync(join(box.project, 'src/deep'), { recursive: true });
        return { cwd: join(box.project, 'src/deep') };
      },
      'shop',
    ],
    [
      'its own, where another is activated',
      (box) => ({
        cwd: box.project,
        env: {
          VIRTUAL_ENV: join(box.home, 'other/.venv'),
          PATH: `${box.home}/other/.venv/bin:${box.env['PATH']}`,
        },
      }),
      'shop',
    ],
    [
      'the activated one, where it has none',
      (box) => {
        mkdirSync(join(box.home, 'plain'));
        return { cwd: join(box.home, 'plain'), env: { VIRTUAL_ENV: join(box.home, 'other/.venv') } };
      },
      'other',
    ],
    [
      'the one of home, in a directory that is in no project and has none',
      (box) => {
        mkdirSync(join(box.home, 'plain/deep'), { recursive: true });
        renameSync(join(box.home, 'other/.venv'), join(box.home, '.venv'));
        box.run(python, ['-m', 'venv', '--without-pip', '--clear', join(box.home, '.venv')]);
        return { cwd: join(box.home, 'plain/deep') };
      },
      '',
    ],
    [
      'what is remembered, though a link leads there',
      (box) => {
        remember(box);
        symlinkSync(box.project, join(box.home, 'link'));
        return { cwd: join(box.home, 'link') };
      },
      'shop',
    ],
  ])('%s', (_, stand, of) => {
    const box = withEnvironment('shop', 'other');
    const options = stand(box);
    const environment = join(box.home, of, '.venv');
    expect(box.run('pip-detour', ['where'], options)).toEqual({
      code: 0,
      signal: null,
      stdout: `${environment}/bin/python\n`,
      stderr: '',
    });
    const says = 'import os, sys; print(sys.prefix, os.environ["VIRTUAL_ENV"])';
    expect(box.run('pip-detour', ['run', 'python', '-c', says], options).stdout).toBe(
      `${environment} ${environment}\n`,
    );
  });

  it.each<[string, (box: Sandbox) => void, RegExp, RegExp]>([
    [
      'none is there',
      (box) => rmSync(join(box.project, '.venv'), { recursive: true }),
      /no-environment: there is no environment for ~\/shop\n/,
      /hint: pip install NAME makes one\n/,
    ],
    [
      'a project has none, and home has one',
      (box) => {
        box.write('pyproject.toml', '');
        rmSync(join(box.project, '.venv'), { recursive: true });
        box.run(python, ['-m', 'venv', '--without-pip', join(box.home, '.venv')]);
      },
      /no-environment: there is no environment for ~\/shop\n/,
      /hint: pip install NAME makes one; pip-detour where --in ~ names your own\n/,
    ],
    [
      'it was moved',
      (box) => {
        renameSync(join(box.project, '.venv'), join(box.home, 'kept'));
        renameSync(box.project, join(box.home, 'old'));
        mkdirSync(box.project);
        renameSync(join(box.home, 'kept'), join(box.project, 'venv'));
      },
      /not-usable: ~\/shop\/venv was made for ~\/shop\/\.venv\n/,
      /hint: pip-detour repair /,
    ],
    [
      'its Python is gone',
      (box) => {
        rmSync(join(box.project, '.venv/bin/python'));
        symlinkSync('/usr/bin/python2.5', join(box.project, '.venv/bin/python'));
      },
      /not-usable: ~\/shop\/\.venv leads to a Python that is gone/,
      /hint: pip-detour repair /,
    ],
    [
      'it came with the repository',
      (box) => {
        box.run('git', ['init', '-q']);
        box.run('git', ['add', '-f', '.venv']);
      },
      /not-chosen: ~\/shop\/\.venv came with the repository, and what is in it would be run\n/,
      /hint: pip install NAME asks once whether to use it/,
    ],
    [
      'a link of the repository leads out of it',
      (box) => {
        renameSync(join(box.project, '.venv'), join(box.home, 'elsewhere'));
        box.run(python, ['-m', 'venv', '--without-pip', '--clear', join(box.home, 'elsewhere')]);
        symlinkSync(join(box.home, 'elsewhere'), join(box.project, '.venv'));
      },
      /not-chosen: ~\/shop\/\.venv leads out of the project/,
      /hint: pip install NAME asks once/,
    ],
  ])('where %s, that is said with what to type, and nothing is run', (_, change, says, hint) => {
    const box = withEnvironment('shop');
    change(box);
    for (const words of [['where'], ['run', 'touch', 'ran']]) {
      const ran = box.run('pip-detour', words);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(says);
      expect(ran.stderr).toMatch(hint);
    }
    expect(box.exists('ran')).toBe(false);
  });
});

describe('a command that is run', () => {
  it('is this very process, with its input, its arguments and its ending', () => {
    const box = withEnvironment('shop');
    const nested = box.run('sh', ['-c', 'echo $$; exec pip-detour run sh -c "echo \\$\\$; cat; exit 7"'], {
      input: 'typed\n',
    });
    const [before, after, typed] = nested.stdout.split('\n');
    expect(after).toBe(before);
    expect(typed).toBe('typed');
    expect(nested.code).toBe(7);
    const echoed = box.run('pip-detour', [
      ...['run', 'python', '-c', 'import sys; print(sys.argv[1:])'],
      ...['a b', '', '--help', '*', '--', "it's"],
    ]);
    expect(echoed.stdout).toBe(`['a b', '', '--help', '*', '--', "it's"]\n`);
    expect(box.run('pip-detour', ['run', 'sh', '-c', 'kill -TERM $$'])).toMatchObject({ signal: 'SIGTERM' });
    const given = { NODE_OPTIONS: '--no-warnings', PYTHONHOME: '/nowhere' };
    const variables = box.run('pip-detour', ['run', 'env'], { env: given }).stdout;
    expect(variables).toContain('NODE_OPTIONS=--no-warnings\n');
    expect(variables).not.toMatch(/^(?:_PIP_DETOUR|_pd|PYTHONHOME)/m);
  });

  it.each<[string, readonly string[], number, string]>([
    ['is not there', ['flsk'], 127, 'there is no command flsk, neither in ~/'],
    ['is not there, by its path', ['./flsk'], 127, './flsk is not there\nhint: name a file that is there\n'],
    ['may not be run', ['./plain'], 126, './plain cannot be run\n'],
    ['is a directory', ['./src'], 126, './src cannot be run\n'],
  ])('and %s ends as in a shell', (_, words, code, says) => {
    const box = withEnvironment('shop');
    box.write('plain', '');
    box.write('src/app.py', '');
    const ran = box.run('pip-detour', ['run', ...words]);
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toContain(`pip-detour: cannot-start: ${says}`);
    expect(ran.stderr).toContain('\nhint: ');
  });

  it('leaves no Node behind, and needs none where the directory is remembered', () => {
    const box = withEnvironment('shop');
    mkdirSync(join(box.project, 'src'));
    const parents = ['run', 'sh', '-c', 'ps -o args= -p $$,$PPID'];
    const ran = box.run('sh', ['-c', `pip-detour "$@"; :`, 'sh', ...parents], {
      cwd: join(box.project, 'src'),
    });
    expect(ran.stdout).toContain('sh -c ps');
    expect(ran.stdout).not.toContain('start.cjs');
    remember(box);
    const bare = { env: { PATH: '/none', NODE: undefined } };
    const [program = ''] = box.env['PATH']?.split(':') ?? [];
    const run = (words: readonly string[]) => box.run(join(program, 'pip-detour'), words, bare);
    expect(run(['run', 'python', '-c', 'print(6 * 7)'])).toMatchObject({ code: 0, stdout: '42\n' });
    expect(run(['run', '--', 'flsk'])).toMatchObject({ code: 127 });
  });

  it('keeps the terminal, and Ctrl-C is its own', async () => {
    const box = withEnvironment('shop');
    const says = 'import sys, time; print("tty", sys.stdin.isatty(), flush=True); time.sleep(60)';
    const user = terminal('pip-detour', ['run', 'python', '-c', says], { env: box.env, cwd: box.project });
    await user.waitFor('tty True');
    user.send('\x03');
    expect((await user.exited).signal).toBe(2);
    expect(user.history()).toContain('KeyboardInterrupt');
  });
});
