import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksShell, systemIsManaged } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { install, link, shells, write } from './house.ts';

/** A Python that only says what it was given, without the marker; and pips and Pythons that lead elsewhere. */
function house(shell = shells[0]) {
  const box = sandbox();
  const ours = install(join(box.root, 'ours'), shell);
  const plain = join(box.root, 'plain');
  mkdirSync(join(plain, 'bin'), { recursive: true });
  copyFileSync('/bin/echo', join(plain, 'bin/python3.12'));
  link(join(plain, 'bin/python3'), 'python3.12');
  write(join(plain, 'lib/python3.12/os.py'), '');
  const says = '#!/bin/sh\necho "$0" "$@"; env | grep _PIP_DETOUR; exit 0\n';
  write(join(box.root, 'keeper/shims/python3'), says);
  write(join(box.root, 'script/python3'), says);
  write(join(box.root, 'launcher/py'), says);
  const run = (python: string, path: string, args: readonly string[], env: Record<string, string> = {}) =>
    box.run(join(ours, 'pip'), args, {
      env: {
        PATH: `${ours}:${path.replaceAll('~', box.root)}:/usr/bin:/bin`,
        _PIP_DETOUR_PYTHON: python,
        _PIP_DETOUR_SHELL: 'bash,1,/x',
        ...env,
      },
    });
  return { box, run };
}

describe.each(shells)('the shim asked for a Python’s pip, run by $title', (shell) => {
  const missing = lacksShell(shell.program);

  it.skipIf(missing || !systemIsManaged())(
    'hands what that Python refuses to Node, which knows it as that',
    () => {
      const { run } = house(shell);
      expect(run('python3', '~/none', ['install', 'a b', '']).stdout).toBe(
        `node ["python3 -m pip","/usr/bin/python3",["install","a b",""]]\n`,
      );
    },
  );

  it.skipIf(missing)('hands the rest to that Python itself, with nothing of ours', () => {
    const { box, run } = house(shell);
    expect(run('python3', '~/plain/bin', ['install', 'a b', '']).stdout).toBe('-m pip install a b \n');
    expect(run('python3.12', '~/plain/bin', ['uninstall', 'x']).stdout).toBe('-m pip uninstall x\n');
    expect(run('python3', '~/script', ['list']).stdout).toBe(`${box.root}/script/python3 -m pip list\n`);
  });

  it.skipIf(missing)(
    'hands a launcher’s and a version manager’s to Node, because the Python is still to be picked',
    () => {
      const { box, run } = house(shell);
      for (const [name, place] of [
        ['py', 'launcher'],
        ['python3', 'keeper/shims'],
        ['python3', 'script'],
      ] as const)
        expect(run(name, `~/${place}`, ['install', 'x']).stdout).toBe(
          `node ["${name} -m pip","${box.root}/${place}/${name}",["install","x"]]\n`,
        );
    },
  );

  it.skipIf(missing)('keeps Python’s own options, each a word', () => {
    const { box, run } = house(shell);
    expect(run('python3 -I -X utf8', '~/plain/bin', ['install', 'a b']).stdout).toBe(
      '-I -X utf8 -m pip install a b\n',
    );
    expect(run('py -W ignore', '~/launcher', ['install', 'x']).stdout).toBe(
      `node ["py -W ignore -m pip","${box.root}/launcher/py",["install","x"]]\n`,
    );
    expect(run('py -W ignore', '~/launcher', ['list']).stdout).toBe(
      `${box.root}/launcher/py -W ignore -m pip list\n`,
    );
  });

  it.skipIf(missing)('stands aside when it is switched off or the line is not one that pip refuses', () => {
    const { run } = house(shell);
    expect(run('python3', '~/plain/bin', ['list']).stdout).toBe('-m pip list\n');
    expect(run('py', '~/launcher', ['install', 'x'], { PIP_DETOUR: 'off' }).stdout).toMatch(
      /py -m pip install x\n$/,
    );
    expect(run('py', '~/launcher', ['install', '--target', 'd', 'x']).stdout).toMatch(/py -m pip install/);
  });

  it.skipIf(missing)('ends as a shell does where there is no such Python', () => {
    const { run } = house(shell);
    expect(run('python3.99', '~/none', ['install', 'x'])).toMatchObject({
      code: 127,
      stdout: '',
      stderr: 'python3.99: command not found\n',
    });
  });
});
