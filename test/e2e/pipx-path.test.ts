import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choose } from '../support/choose.ts';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { makeSharedLibraries } from '../support/pipx.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

const slow = 30_000;
const offer = 'Put ~/.local/bin on PATH, so that its commands are found?';

/** A person at bash who has answered that pipx is to have it. */
async function installed(box: Sandbox, line = 'pip install demo-app; echo "code $?"'): Promise<Terminal> {
  makeSharedLibraries(join(box.root, 'shared'));
  const env = { ...box.env, PIPX_SHARED_LIBS: join(box.root, 'shared'), SHELL: '/bin/bash' };
  const user = terminal('/bin/sh', ['-c', line], {
    env,
    cwd: box.project,
    columns: 100,
  });
  await choose(user, /as an app/);
  return user;
}

const found = (box: Sandbox) => box.run('bash', ['-ic', 'demo-app']).stdout;

describe.skipIf(!systemIsManaged() || lacks('pipx'))('the commands of pipx are not on PATH', () => {
  it('pipx ensurepath is offered and run: a new terminal finds them', async () => {
    const box = sandbox();
    const user = await installed(box);
    await user.waitFor(offer, slow);
    await user.waitFor('esc leave', slow);
    expect(found(box)).not.toContain('demo-app 2.0');
    user.send(keys.enter);
    expect(await user.exited).toMatchObject({ code: 0 });
    expect(user.history()).toContain('Commands in ~/.local/bin: demo-app.');
    expect(user.history()).toContain('code 0');
    expect(user.history()).not.toContain('terminal: pipx ensurepath');
    expect(found(box)).toContain('demo-app 2.0');
  });

  it('left, nothing is written for a shell, and the install has gone well', async () => {
    const box = sandbox();
    const user = await installed(box);
    await user.waitFor(offer, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
    expect(user.history()).toMatch(/Type\s+this, and then open a new\s+terminal: pipx ensurepath/);
    expect(user.history()).toContain('code 0');
    expect(readdirSync(box.home).filter((name) => /rc$|profile$/.test(name))).toEqual([]);
  });

  it('Ctrl-C stops what comes after it, too, and what was installed stays', async () => {
    const box = sandbox();
    const user = await installed(box, 'pip install demo-app && echo "went on"');
    await user.waitFor(offer, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.ctrlC);
    await user.exited;
    expect(user.history()).toContain('– Stopped');
    expect(user.history()).not.toContain('went on');
    expect(box.run('sh', ['-c', '"$HOME/.local/bin/demo-app"']).stdout).toContain('demo-app 2.0');
  });

  it('is not offered where they are found', async () => {
    const box = sandbox();
    box.env['PATH'] = `${box.env['PATH']}:${join(box.home, '.local/bin')}`;
    const user = await installed(box);
    await user.exited;
    expect(user.history()).toContain('Commands in ~/.local/bin: demo-app.');
    expect(user.history()).not.toContain(offer);
  });
});
