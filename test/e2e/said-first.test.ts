import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** What pip would end with anyway is said before a question, in pip's own words. */

describe('at a terminal no question comes for', () => {
  it.each([
    [
      'a requirements file that is not there',
      '-r requirements.txt',
      "No such file or directory: 'requirements.txt'",
    ],
    [
      'a constraints file that is not there',
      '-c limits.txt demo-lib',
      "No such file or directory: 'limits.txt'",
    ],
    ['a file that names one that is not there', '-r base.txt', 'No such file or directory'],
    ['a directory that is not there', '-e ./nowhere', 'nowhere'],
    ['a directory that is no project', '-e .', 'does not appear to be a Python project'],
    ['a path that is no project', './empty', "Neither 'setup.py' nor 'pyproject.toml' found"],
    ['an editable name', '-e demo-lib', 'is not a valid editable requirement'],
    ['a requirement that cannot be read', "'demo-lib=>2'", 'Invalid requirement'],
    ['a URL without a host', 'demo-lib@', 'Invalid requirement'],
    ['a URL that pip itself stumbles over', "'http://[::1'", 'ERROR: ValueError: ', 'code 2'],
  ])('%s', async (_, words, said, code = 'code 1') => {
    const box = sandbox();
    mkdirSync(join(box.project, 'empty'));
    box.write('base.txt', 'demo-lib\n-r more.txt\n');
    const user = await shell('bash', box, { columns: 140 });
    user.type(`pip install ${words}`);
    const screen = await user.ready();
    expect(screen.replaceAll('\n', '')).toContain(said);
    expect(screen).not.toContain('so pip may not change it');
    expect(screen).not.toContain('externally-managed');
    expect(screen).not.toContain('Traceback');
    expect(await user.command('echo code $?')).toContain(code);
  });
});

it('where all of it can be read the question comes', async () => {
  const box = sandbox();
  box.write('base.txt', 'demo-lib\n-r more.txt\n');
  box.write('more.txt', 'demo-other\n');
  const user = await shell('bash', box, { columns: 140 });
  user.type('pip install -r base.txt');
  await user.waitFor('esc leave');
});

it('where nobody can be asked pip refuses as it does', () => {
  const ran = sandbox().run('pip', ['install', '-r', 'requirements.txt']);
  expect(ran.stderr).toMatch(/^error: externally-managed-environment/);
});
