import { lchownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

const slow = 30_000;
const stranger = 23_002;

const imports = (box: Sandbox) =>
  box.run(join(box.project, '.venv/bin/python'), ['-c', 'import demo_lib']).code === 0;

/** Somebody who is asked in a Python project. */
async function asked(box: Sandbox) {
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  const line = 'pip install demo-lib; echo "code $?"';
  const user = terminal('/bin/sh', ['-c', line], { env: box.env, cwd: box.project, columns: 120, rows: 50 });
  await user.waitFor('esc leave', slow);
  return user;
}

const makeEnvironment = (box: Sandbox) =>
  expect(box.run('/usr/bin/python3', ['-m', 'venv', '--without-pip', '.venv']).code).toBe(0);

/** Gives all of it to somebody else. */
function giveAway(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(directory, name), stranger, stranger);
  lchownSync(directory, stranger, stranger);
}

describe('what is shown is what is run: while the question is open', () => {
  it('an environment appears: nothing is done before it has been shown', async () => {
    const box = sandbox();
    const user = await asked(box);
    makeEnvironment(box);
    user.send(keys.enter);
    const screen = await user.waitFor(/changed while the question was open[\s\S]*esc leave/, slow);
    expect(screen).toMatch(/question was open: Use the project's virtual environment: \S*\.venv/);
    expect(imports(box)).toBe(false);
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain('code 0');
    expect(imports(box)).toBe(true);
  });

  it.skipIf(process.getuid?.() !== 0)('the environment changes hands: it is not entered', async () => {
    const box = sandbox();
    makeEnvironment(box);
    const user = await asked(box);
    giveAway(join(box.project, '.venv'));
    user.send(keys.enter);
    const screen = await user.waitFor(/changed while the question was open[\s\S]*esc leave/, slow);
    expect(screen).toMatch(/question was open: [^\n]*\.venv [^\n]*user/);
    user.send(keys.escape);
    await user.exited;
    expect(user.history()).toContain('code 1');
    expect(imports(box)).toBe(false);
  });

  it('it is deleted: it is not made anew without a word', async () => {
    const box = sandbox();
    makeEnvironment(box);
    const user = await asked(box);
    box.run('/bin/rm', ['-r', '.venv']);
    user.send(keys.enter);
    await user.waitFor(/question was open: Use a virtual environment here: create [\s\S]*esc leave/, slow);
    user.send(keys.escape);
    await user.exited;
    expect(box.exists('.venv')).toBe(false);
  });
});
