import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hooked, hookShells } from '../support/hooked.ts';
import { dist, lacks, top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { keys } from '../support/terminal.ts';

/** A terminal that was open while pip-detour was upgraded: its hook is the one from before, what it asks is the new one. */

const slow = 30_000;
/** A version whose hooks have been in use; a clone without its history has them not. */
const before = '337d898a3a89473c5ed2d2306fc034c76f995f83';

function hookBefore(name: string): string | undefined {
  try {
    return execFileSync('git', ['show', `${before}:shims/hook.${name}`], {
      cwd: top,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

describe.each(hookShells)('in %s', (name) => {
  const hook = hookBefore(name);

  it.skipIf(lacks(name) || hook === undefined)(
    'an older hook asks, enters, leaves and tells of a listing with this program',
    { timeout: 90_000 },
    async () => {
      const box = sandbox();
      const directory = join(box.root, 'before');
      mkdirSync(directory);
      for (const file of readdirSync(dist)) {
        if (file !== `hook.${name}`) symlinkSync(join(dist, file), join(directory, file));
      }
      writeFileSync(join(directory, `hook.${name}`), hook ?? '');
      const user = await hooked(name, box, { directory, columns: 200 });
      user.type('pip install demo-lib');
      await user.waitFor(/a activate: always here/, slow);
      user.send(keys.enter);
      expect(await user.ready(slow)).toContain('this shell is in it now');
      const environment = join(box.project, '.venv');
      expect(await user.variable('VIRTUAL_ENV')).toBe(environment);
      await user.command('cd ~');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
      await user.command('cd ~/shop');
      expect(await user.variable('VIRTUAL_ENV')).toBe(environment);
      await user.command('deactivate');
      expect(await user.command('pip freeze >all', slow)).toContain(
        "that was not of ~/shop/.venv, this directory's environment",
      );
      await user.command('pip-detour forget', slow);
      await user.command('cd ~; cd ~/shop');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
      expect(user.history()).not.toMatch(/_pip_detour_\w+:|hook\.\w+[:(]|syntax error/i);
    },
  );
});
