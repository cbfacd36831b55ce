import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksShell } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { install, link, shells, write } from './house.ts';

const stub = 'exports.main = async (args) => console.log(JSON.stringify([process.argv.slice(2), args]));';

describe.each(shells)('the command pip-detour in $title', (shell) => {
  it.skipIf(lacksShell(shell.program))('is given its arguments as they are', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`, shell);
    write(`${box.root}/ours/lib/cli.cjs`, stub);
    const args = ['explain', '--', 'pip', 'install', 'a b', '', '*', '--version'];
    const ran = box.run(`${ours}/pip-detour`, args, { env: { NODE_OPTIONS: '--require /gone.js' } });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toEqual([args, args]);
  });

  it.skipIf(lacksShell(shell.program))('is run by no Node of the directory one stands in', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`, shell);
    write(`${box.root}/ours/lib/cli.cjs`, stub);
    rmSync(`${box.root}/ours/node`);
    write(`${box.project}/bin/node`, '#!/bin/sh\necho planted\n');
    write(`${box.home}/bin/node`, `#!/bin/sh\nexec ${process.execPath} "$@"\n`);
    const env = { PATH: `${ours}:${box.project}/bin:${box.home}/bin` };
    for (const cwd of [box.project, `${box.project}/bin`])
      expect(box.run(`${ours}/pip-detour`, ['status'], { env, cwd }).stdout).toMatch(/^\[\["status"/);
    // In one's home, and above it, what PATH names is one's own.
    const home = { PATH: `${ours}:${box.home}/bin` };
    for (const cwd of [box.home, box.root, '/'])
      expect(box.run(`${ours}/pip-detour`, ['status'], { env: home, cwd }).code).toBe(0);
  });
});

it.each([
  ['of 100 MB of addresses', 'ulimit -v 100000', 'too little memory may be used here (ulimit -v 100000)'],
  ['of 700 MB of addresses', 'ulimit -v 700000', 'too little memory may be used here (ulimit -v 700000)'],
  ['of 18 open files', 'ulimit -n 18', 'too few files may be open here (ulimit -n 18)'],
])('under a limit %s that Node would not survive it says so', (_title, limit, sentence) => {
  const box = sandbox();
  for (const words of ['status', 'run true']) {
    const ran = box.run('bash', ['-c', `${limit}; exec pip-detour ${words}`], { timeout: 10_000 });
    expect(ran).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `pip-detour: ${sentence}\nhint: type it in a terminal without that limit\n`,
    });
  }
});

it('says so where the directory it is typed in is gone', () => {
  const box = sandbox();
  const ours = install(`${box.root}/ours`);
  write(`${box.root}/ours/lib/cli.cjs`, 'process.cwd();');
  const gone = ['-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$0" status', `${ours}/pip-detour`];
  const ran = box.run('/bin/sh', gone);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(
    'pip-detour: no-directory: the directory you stand in is gone\nhint: cd "$HOME"',
  );
});

describe('the command pip-detour says in one sentence', () => {
  const cases: readonly (readonly [string, (home: string) => void, number, RegExp])[] = [
    ['that there is no Node', (home) => rmSync(`${home}/node`), 127, /install Node 18\.19 or newer/],
    [
      'that its program files are gone',
      (home) => rmSync(`${home}/lib`, { recursive: true }),
      127,
      /run install\.sh again/,
    ],
    [
      'that Node is too old',
      (home) => {
        write(`${home}/lie.cjs`, `Object.defineProperty(process.versions, 'node', { value: '16.20.2' });`);
        write(`${home}/old`, `#!/bin/sh\nexec ${process.execPath} --require ${home}/lie.cjs "$@"\n`);
        write(`${home}/node`, `${home}/old\n`);
      },
      1,
      /Node 18\.19 or newer is needed, .* is 16\.20\.2/,
    ],
    ['that its bundle is broken', (home) => void write(`${home}/lib/cli.cjs`, 'const ('), 1, /Unexpected/],
  ];
  it.each(cases)('%s', (_title, breakIt, code, sentence) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    write(`${box.root}/ours/lib/cli.cjs`, stub);
    breakIt(`${box.root}/ours`);
    const ran = box.run(`${ours}/pip-detour`, ['status'], { env: { PATH: `${ours}:/bin/nowhere` } });
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(/^pip-detour: [^\n]+\n$/);
    expect(ran.stderr).toMatch(sentence);
  });
});

it('through a link in ~/bin it finds where it is installed', () => {
  const box = sandbox();
  const home = join(box.home, '.local/share/pip-detour');
  const ours = install(home);
  write(`${home}/lib/cli.cjs`, stub);
  const ran = box.run(link(`${box.home}/bin/pip-detour`, `${ours}/pip-detour`), ['status']);
  expect(ran).toMatchObject({ code: 0, stdout: '[["status"],["status"]]\n' });
});
