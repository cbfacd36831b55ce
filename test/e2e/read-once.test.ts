import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { choose } from '../support/choose.ts';
import { dist, pip } from '../support/machine.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** `-r <(…)`, `-r /dev/stdin`, a FIFO: what gives its text only once reaches the pip that is to have it. */

const ways: readonly (readonly [string, (names: string, words: string) => string])[] = [
  ['a process substitution', (names, words) => `pip ${words} -r <(printf '${names}')`],
  ['one in the same word', (names, words) => `pip ${words} --requirement=<(printf '${names}')`],
  ['/dev/stdin', (names, words) => `printf '${names}' | pip ${words} -r /dev/stdin`],
  ['PIP_REQUIREMENT', (names, words) => `PIP_REQUIREMENT=<(printf '${names}') pip ${words}`],
  [
    'a list in PIP_REQUIREMENT, one of it twice',
    (names, words) =>
      `mkfifo names; printf '${names}' > names & : >none; PIP_REQUIREMENT='none names' pip ${words} -r names`,
  ],
  ['a FIFO', (names, words) => `mkfifo names; printf '${names}' > names & pip ${words} -r names`],
];

function bash(box: Sandbox, line: string): Ran {
  return box.run('bash', ['-c', line]);
}

function withBoth(): Sandbox {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  expect(bash(box, "pip install -r <(printf 'demo-lib\\ndemo-other\\n')").code).toBe(0);
  return box;
}

it.each(ways)('what is to be uninstalled comes by %s, and is uninstalled where it was chosen', (_, line) => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  box.run('python3', ['-m', 'venv', '--without-pip', '.venv']);
  const ran = bash(box, line('demo-lib\\n', 'uninstall -y'));
  expect(ran.stderr).toContain('Skipping demo-lib as it is not installed');
  expect(ran.code).toBe(0);
});

it.each([ways[0], ways[4]].flatMap((way) => (way === undefined ? [] : [way])))(
  'by %s it comes behind a wrapper that leads to pip, too, as Nix and Gentoo have them',
  (_, line) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.run('python3', ['-m', 'venv', '--without-pip', '.venv']);
    // As one in Nix's store, an interpreter in a directory called shims may lead anywhere.
    box.write('../../wrappers/shims/.keep', '');
    const interpreter = join(box.root, 'wrappers/shims/bash');
    symlinkSync('/bin/bash', interpreter);
    box.write('../../bin/pip', `#!${interpreter}\nexport WRAPPED=1\nexec ${pip} "$@"\n`, 0o755);
    const ran = box.run('bash', ['-c', line('demo-lib\n', 'uninstall -y')], {
      env: { PATH: `${dist}/shims:${join(box.root, 'bin')}:/usr/bin:/bin` },
    });
    expect(ran.stderr).toContain('Skipping demo-lib as it is not installed');
    expect(ran.code).toBe(0);
  },
);

it('pip’s configuration comes from a pipe, and the pip of the environment has it, too', async () => {
  const box = sandbox({ PIP_FIND_LINKS: undefined });
  const settings = `PIP_CONFIG_FILE=<(printf '[global]\nfind-links = ${box.wheels}\n')`;
  const chosen = bash(box, `${settings} PIP_DETOUR=venv pip install demo-other`);
  expect(chosen.stdout).toContain('Successfully installed demo-other');
  const user = await shell('bash', box, { columns: 140 });
  user.type(`${settings} pip install demo-lib`);
  await user.waitFor('esc leave');
  await choose(user, /Use the project.s virtual environment/);
  expect(await user.ready()).toContain('Successfully installed demo-lib');
});

it('where nobody can be asked pip refuses, and our hint follows', () => {
  const refused = bash(sandbox(), 'pip uninstall -y -r <(echo demo-lib)');
  expect(refused.stderr).toMatch(
    /^error: externally-managed-environment[\s\S]*pip-detour: you were not asked/,
  );
  expect(refused.code).toBe(1);
});

it('pip says what is wrong with it', () => {
  const ran = bash(sandbox({ PIP_DETOUR: 'venv' }), "pip uninstall -y -r <(echo '# nothing')");
  expect(ran.stderr).toContain('You must give at least one requirement to uninstall');
  expect(ran.code).toBe(1);
});

it('files that it names are found beside a FIFO', () => {
  const box = withBoth();
  box.write('sub/more.txt', 'demo-other\n');
  const ran = bash(
    box,
    "mkfifo sub/names; printf 'demo-lib\\n-r more.txt\\n' > sub/names & pip uninstall -y -r sub/names",
  );
  expect(ran.stdout).toContain('Successfully uninstalled demo-lib');
});

it('a line that would not be refused reads it itself, under the name it was given', () => {
  const ownWords = "print(__import__('sys').argv[2], __import__('sys').stdin.read())";
  const box = sandbox();
  box.write('bin/pip', `#!/usr/bin/python3\n${ownWords}\n`, 0o755);
  box.write('pyvenv.cfg', 'home = /usr/bin\n');
  const ran = spawnSync('bash', ['-c', "printf 'demo-lib' | pip uninstall /dev/stdin"], {
    cwd: box.project,
    env: { ...box.env, PATH: `${box.env['PATH']?.split(':')[0]}:${join(box.project, 'bin')}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  expect(ran.stdout).toBe('/dev/stdin demo-lib\n');
});

it('at a terminal all of it is installed, though pip was asked first whether it can be read', async () => {
  const box = sandbox();
  // Too long for us to look into it ourselves.
  box.write('base.txt', '# comment\n'.repeat(100_001));
  const user = await shell('bash', box, { columns: 140 });
  user.type("pip install -r base.txt -r <(printf 'demo-lib\\n')");
  await user.waitFor('esc leave');
  await choose(user, /Use a virtual environment here/);
  expect(await user.ready()).toContain('Successfully installed demo-lib');
});
