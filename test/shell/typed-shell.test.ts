import { describe, expect, it } from 'vitest';
import { fromProc, fromPs, shellAbove } from '../../src/shell/typed-shell.ts';
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
