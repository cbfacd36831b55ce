import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hooked } from '../support/hooked.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys } from '../support/terminal.ts';

const slow = 60_000;

/** A project, and a person at bash in it, whose shell is put into no environment. */
async function atWork(files: Readonly<Record<string, string>>, set: Readonly<Record<string, string>> = {}) {
  const box = sandbox();
  for (const [name, text] of Object.entries(files)) box.write(name, text);
  for (const [name, value] of Object.entries({ activate: 'never', ...set }))
    box.run('pip-detour', ['config', 'set', name, value]);
  const user = await hooked('bash', box, { cwd: box.project, columns: 110, rows: 60 });
  return { box, user, list: () => readFileSync(join(box.project, 'requirements.txt'), 'utf8') };
}

const settings = (box: Sandbox) => box.run('pip-detour', ['config', 'list']).stdout;

describe('what was installed', () => {
  it('is offered to be written down: Enter and what was typed ahead leave the file, 2 writes it, and then it is listed', async () => {
    const { box, user, list } = await atWork(
      { 'requirements.txt': '# ours\r\nzope>=1.0\r\n' },
      { remember: 'false' },
    );
    const answer = async (line: string) => {
      user.type(line);
      await user.waitFor(/recommended(.|\n)*esc leave/, slow);
      user.send(keys.enter);
    };
    await answer('pip install demo-lib');
    user.send('2\r');
    await user.waitFor(
      /Write this into ~\/shop\/requirements\.txt(.|\n)*❯ 1 {2}Not now(.|\n)*esc leave/,
      slow,
    );
    expect(list()).toBe('# ours\r\nzope>=1.0\r\n');
    user.send('2');
    await user.waitFor(/❯ 2 {2}Write it down/, slow);
    user.send(keys.enter);
    expect(await user.ready(slow)).toContain('Written into ~/shop/requirements.txt: demo-lib>=2.0.');
    expect(list()).toBe('# ours\r\nzope>=1.0\r\ndemo-lib>=2.0\r\n');
    await answer('pip uninstall -y demo-lib');
    await user.waitFor(/Take this out of ~\/shop\/requirements\.txt(.|\n)*esc leave/, slow);
    user.send('3');
    await user.waitFor(/❯ 3 {2}Always here/, slow);
    user.send(keys.enter);
    expect(await user.ready(slow)).toContain('Taken out of ~/shop/requirements.txt: demo-lib>=2.0.');
    expect(list()).toBe('# ours\r\nzope>=1.0\r\n');
    expect(settings(box)).toMatch(/^record +always +yours for ~\/shop$/m);
  });

  it('where nothing was asked a line says what to type; nothing is said or written where it is switched off, in a script, where nobody sits, or beside hashes', async () => {
    const { box, user, list } = await atWork(
      { 'requirements.txt': 'zope\n' },
      { detour: 'venv', record: 'never' },
    );
    const says =
      '~/shop/requirements.txt does not list demo-lib; to write it there: pip-detour record demo-lib';
    const type = (line = 'pip install demo-lib') => user.command(line, slow);
    expect(await type()).not.toContain('requirements.txt');
    box.run('pip-detour', ['config', 'set', 'record', 'always']);
    expect(box.run('pip', ['install', 'demo-lib']).stderr).not.toContain('requirements.txt');
    box.run('pip-detour', ['config', 'set', 'record', 'ask']);
    expect(await type()).toContain(says);
    expect(await type("sh -c 'pip install demo-lib; :'")).not.toContain('requirements.txt');
    expect(list()).toBe('zope\n');
    chmodSync(join(box.project, 'requirements.txt'), 0o444);
    expect(await type()).not.toContain('requirements.txt');
    chmodSync(join(box.project, 'requirements.txt'), 0o644);
    box.write('requirements.txt', 'demo-other==1.0 --hash=sha256:00\n');
    expect(await type()).not.toContain('requirements.txt');
    expect(list()).toContain('--hash');
  });
});

it('pip-detour record has the list agree with the environment, through a link and with its mode, and says when there is nothing to do', () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  box.write(
    'pyproject.toml',
    '[project]\nname = "shop"\nversion = "1"\ndependencies = [\n  "zope~=1.0",\n]\n',
  );
  box.run('pip', ['install', 'demo-lib']);
  const record = (...words: string[]) => box.run('pip-detour', ['record', ...words]);
  const file = join(box.project, 'pyproject.toml');
  const real = join(box.project, 'real.toml');
  writeFileSync(real, readFileSync(file));
  chmodSync(real, 0o640);
  rmSync(file);
  symlinkSync('real.toml', file);
  expect(record('demo-lib', '--dry-run').stdout).toBe('Would write into pyproject.toml: demo-lib~=2.0.\n');
  expect(record('demo-lib').stdout).toBe('Written into ~/shop/pyproject.toml: demo-lib~=2.0.\n');
  expect(readFileSync(real, 'utf8')).toContain('[\n  "zope~=1.0",\n  "demo-lib~=2.0",\n]');
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(record('demo-lib')).toMatchObject({ code: 1, stdout: '' });
  box.run(join(box.project, '.venv/bin/pip'), ['uninstall', '-y', 'demo-lib']);
  expect(record('demo-lib').stdout).toBe('Taken out of ~/shop/pyproject.toml: demo-lib~=2.0.\n');
  expect(existsSync(join(box.project, 'requirements.txt'))).toBe(false);
  expect(settings(box)).not.toContain('always');
  // What lies elsewhere is no list of this project.
  const elsewhere = box.write('../elsewhere.txt', 'zope\n');
  symlinkSync(elsewhere, join(box.project, 'requirements.txt'));
  box.run('pip', ['install', 'demo-lib']);
  expect(record('demo-lib').stderr).toContain('requirements.txt is a link to a file outside the project');
  expect(readFileSync(elsewhere, 'utf8')).toBe('zope\n');
});
