import { describe, expect, it } from 'vitest';
import { fromProc, fromPs, typedShell } from '../src/typed-shell.ts';
import { hookShells } from './support/hooked.ts';
import { lacks } from './support/machine.ts';
import { sandbox } from './support/sandbox.ts';
import { shell } from './support/shell.ts';

describe.each(hookShells)('in %s', (name) => {
  it.skipIf(lacks(name))('whatever runs there is known to have been typed there', async () => {
    const user = await shell(name, sandbox());
    const last = name === 'fish' ? '$last_pid' : '$!';
    for (const line of ['sleep 60 &', 'sh -c "sleep 60; true" &']) {
      const shown = await user.command(`${line}${name === 'fish' ? ';' : ''} echo pid ${last}`);
      const pid = Number(/^pid (\d+)/m.exec(shown)?.[1]);
      expect(fromProc(pid)?.name).toMatch(/^(sleep|sh)$/);
      expect(typedShell(pid, fromProc)).toBe(name);
      expect(typedShell(pid, fromPs())).toBe(name);
    }
  });
});

describe('a process', () => {
  it('without a terminal was typed nowhere, nor was one that is gone', () => {
    expect(typedShell(1, fromProc)).toBeUndefined();
    expect(typedShell(1, fromPs())).toBeUndefined();
    expect(typedShell(999_999_999, fromProc)).toBeUndefined();
    expect(typedShell(999_999_999, fromPs())).toBeUndefined();
  });
});
