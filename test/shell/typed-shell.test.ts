import { describe, expect, it } from 'vitest';
import { fromProc, fromPs, scriptsShell, shellAbove } from '../../src/shell/typed-shell.ts';
import { hookShells } from '../support/hooked.ts';
import { lacks } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

describe.each(hookShells)('in %s', (name) => {
  it.skipIf(lacks(name))('whatever runs there is known to have been typed there', async () => {
    const user = await shell(name, sandbox());
    const last = name === 'fish' ? '$last_pid' : '$!';
    for (const line of ['sleep 60 &', 'sh -c "sleep 60; true" &']) {
      const shown = await user.command(`${line}${name === 'fish' ? ';' : ''} echo pid ${last}`);
      const pid = Number(/^pid (\d+)/m.exec(shown)?.[1]);
      // Forked, and then what it is.
      await expect.poll(() => fromProc(pid)?.name).toMatch(/^(sleep|sh)$/);
      expect(shellAbove(pid, fromProc)).toBe(name);
      expect(shellAbove(pid, await fromPs(process.env))).toBe(name);
    }
  });
});

describe('a process', () => {
  it('without a terminal was typed nowhere, nor was one that is gone', async () => {
    for (const jobs of [fromProc, await fromPs(process.env)]) {
      expect(jobs(1)).toBeDefined();
      expect(shellAbove(1, jobs)).toBeUndefined();
      expect(shellAbove(999_999_999, jobs)).toBeUndefined();
    }
  });
});

it.each<[string, string | undefined]>([
  ['bash build.sh', 'bash'],
  ['/bin/sh ./build.sh --fast', 'sh'],
  ['fish --no-config build.fish', 'fish'],
  ['bash -e build.sh', 'bash'],
  ['bash -o pipefail build.sh', 'bash'],
  ['bash --init-file /usr/share/code/init.sh -i', undefined],
  ['-bash', undefined],
  ['zsh -i', undefined],
  ['sh -c build.sh', undefined],
  ['bash -ec build.sh', undefined],
  ['python3 build.py', undefined],
])('%s runs a script of %s', (words, name) => {
  expect(scriptsShell(words.split(' '))).toBe(name);
});

it('a script is told how to use the environment in itself', () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  box.write('build.sh', 'pip install demo-lib\n');
  const ran = box.run('sh', ['build.sh']);
  expect(ran.stderr).toContain('To use it in this script:\n  . ./.venv/bin/activate\n');
  const other = box.run('sh', ['-c', 'pip install demo-other; true']);
  expect(other.stderr).toContain('To use it in a shell:\n  source .venv/bin/activate\n');
});
