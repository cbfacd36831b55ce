import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/shell/activation.ts';
import { type HookShell, hookShells, readsHook, says } from '../support/hooked.ts';
import { dist, lacks, python, shellProgram } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { typed } from '../support/typed.ts';

/** What a hook keeps in its second file, hook-rest.*: read where it is needed, and what is done there. */

const shellState = (box: Sandbox) => join(box.home, '.local/state/pip-detour');

/** Typed at fish without a terminal, which then has no such event. */
const line = (name: HookShell, text: string) =>
  name === 'fish' ? `emit fish_preexec '${text.replaceAll(/[\\']/g, '\\$&')}'; ${text}` : text;

/** Lines that list what is active, and lines that do not, or not by that pip. */
const lists = [
  ...['pip list', 'pip3 list', 'pip3.11 freeze', 'python3 -m pip list', 'python -I -m pip show six'],
  ...[
    'FOO=1 pip list',
    'A="b c" pip list',
    'time pip list',
    'command pip list',
    'env A=1 pip list',
    '\\pip list',
  ],
  ...[
    'pip list | cat',
    'pip freeze >all',
    'true && pip check',
    'echo; pip -q list',
    '! pip list',
    '(pip list)',
  ],
];
const listsNot = [
  ...['uv pip list', '.venv/bin/pip list', 'echo pip list', 'pip install list', 'pip --python .venv list'],
  ...['pip list --path lib', 'PIP_PYTHON=.venv pip list', 'pip lists', 'sudo pip list', 'grep "pip list" x'],
];

describe.each(hookShells)('in %s', (name) => {
  const flags =
    name === 'fish' ? ['--no-config', '-i', '-c'] : [name === 'bash' ? '--norc' : '-f', '-i', '-c'];

  it.skipIf(lacks(name))('what lists is known by how it is typed', () => {
    const box = sandbox();
    const asked = [...lists, ...listsNot].map((text) => {
      const quoted = name === 'fish' ? text.replaceAll(/[\\']/g, '\\$&') : text.replaceAll("'", `'\\''`);
      const reset = name === 'fish' ? 'set -g _pip_detour_listed' : "_pip_detour_listed=''";
      return `${reset}; _pip_detour_heed ' ${quoted} '; echo "<$_pip_detour_listed>"`;
    });
    const ran = box.run(shellProgram(name), [
      ...flags,
      [readsHook(name), '_pip_detour_load', ...asked].join('\n'),
    ]);
    const found = ran.stdout.trim().split('\n');
    expect(lists.filter((_, at) => found[at] !== '<1>')).toEqual([]);
    expect(listsNot.filter((_, at) => found[lists.length + at] !== '<>')).toEqual([]);
  });

  it.skipIf(lacks(name, 'strace'))('a shell that has nothing to do with pip does not read it', () => {
    const box = sandbox();
    mkdirSync(join(box.home, 'other'));
    publish(shellState(box), join(box.home, 'shop'), join(box.home, 'shop/.venv'), { always: true });
    const reads = (...lines: string[]) => {
      const trace = join(box.root, 'trace');
      const under = ['strace', '-f', '-e', 'trace=openat', '-o', trace];
      typed(name, box, ['cd ~', ...lines.map((text) => line(name, text)), 'true'], { under, cwd: box.home });
      return readFileSync(trace, 'latin1').includes('hook-rest');
    };
    expect(reads('cd ~/other; true', 'echo fine')).toBe(false);
    expect(reads('cd ~/shop')).toBe(true);
    expect(reads('pip --version')).toBe(true);
  });

  it.skipIf(lacks(name))('is found where the links to the program are older than it', () => {
    const box = sandbox();
    const directory = join(box.root, 'front');
    mkdirSync(directory);
    for (const file of readdirSync(dist).filter((each) => !each.startsWith('hook-rest')))
      symlinkSync(join(dist, file), join(directory, file));
    const environment = join(box.project, '.venv');
    box.run(python, ['-m', 'venv', '--without-pip', environment]);
    publish(shellState(box), box.project, environment, { always: true });
    const lines = [readsHook(name, directory), 'cd ~/shop', says[name].show('VIRTUAL_ENV')];
    const ran =
      name === 'fish'
        ? box.run(shellProgram(name), [...flags, lines.join('\nemit fish_prompt\n')])
        : box.run(shellProgram(name), flags.slice(0, 2), { input: `${lines.join('\n')}\n` });
    expect(ran.stdout).toContain(`VIRTUAL_ENV is <${environment}>`);
  });

  it.skipIf(lacks(name))('where it is gone, or cannot be used, the shell works as without us', () => {
    const box = sandbox();
    const directory = join(box.root, 'program');
    box.run('cp', ['-R', dist, directory]);
    publish(shellState(box), box.project, join(box.project, '.venv'), { always: true });
    const read = readsHook(name, directory);
    for (const text of [undefined, 'return 0\n', '']) {
      const rest = join(directory, `hook-rest.${name}`);
      if (text === undefined) rmSync(rest);
      else writeFileSync(rest, text);
      const lines = [read, 'cd ~/shop', line(name, 'pip --version'), 'cd ~', says[name].status, 'echo fine'];
      const all = name === 'fish' ? lines.join('\nemit fish_prompt\n') : '';
      const ran = box.run(shellProgram(name), name === 'fish' ? [...flags, all] : flags.slice(0, 2), {
        input: name === 'fish' ? '' : `${lines.join('\n')}\n`,
      });
      expect(ran.stdout).toMatch(/^pip \d/m);
      expect(ran.stdout).toMatch(/^code 0\n(?:.*\n)*fine$/m);
      expect(ran.stderr).not.toMatch(
        /_pip_detour_\w+:|hook[\w-]*\.\w+[:(]|syntax error|recursion|not found/i,
      );
    }
  });

  it.skipIf(lacks(name))(
    'an install into another environment than this directory’s is told wherever the two lie',
    () => {
      const box = sandbox();
      const [own, other] = ['own', 'other'].map((each) => join(box.home, 'envs', each));
      for (const each of [own, other]) box.run(python, ['-m', 'venv', '--without-pip', each ?? '']);
      publish(shellState(box), box.project, own ?? '', {});
      const lines = [
        'cd ~/shop',
        says[name].set('VIRTUAL_ENV', other ?? ''),
        line(name, 'true pip install x'),
      ];
      const ran = typed(name, box, [...lines, 'true'], {});
      expect(ran.stderr).toContain('pip-detour: installed into ~/envs/other, which this shell is in');
    },
  );

  it.skipIf(lacks(name))(
    "what the pip of an entered environment changes is told where the project's list lacks it, and once where a failure is explained",
    { timeout: 90_000 },
    () => {
      const box = sandbox();
      const environment = join(box.project, '.venv');
      box.run(python, ['-m', 'venv', environment]);
      box.write('requirements.txt', 'demo-needs==1.0\n');
      publish(shellState(box), box.project, environment, { always: true });
      const fails = 'pip install -q no-such-thing-at-all';
      const works = ['pip install "demo-lib>=1"', 'pip uninstall -y demo-lib', 'pip install -q demo-lib'];
      const day = ['grep "pip install none" /dev/null', fails, ...works, fails];
      const ran = typed(name, box, ['cd ~/shop', ...day.map((text) => line(name, text)), 'true'], {
        timeout: 60_000,
      });
      const told = ran.stderr.split('\n').filter((text) => text.includes('requirements.txt'));
      expect(told.map((text) => text.slice(text.indexOf('pip-detour: ')))).toEqual([
        'pip-detour: ~/shop/requirements.txt does not list demo-lib; to write it there: pip-detour record demo-lib',
      ]);
      const [before = '', ...pointed] = ran.stderr.split(
        'if pip failed, pip-detour can say why: type deactivate, ',
      );
      expect(pointed).toHaveLength(1);
      // Not after the line that only names one.
      expect(before).toContain('No matching distribution found for no-such-thing-at-all');
      expect(box.read('requirements.txt')).toBe('demo-needs==1.0\n');
    },
  );
});
