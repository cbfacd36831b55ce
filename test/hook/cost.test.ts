import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/shell/activation.ts';
import { hookShells } from '../support/hooked.ts';
import { lacks, python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { typed } from '../support/typed.ts';

/** What a prompt costs, counted in what the kernel is asked: no clock, so that no load can change it. */

const shellState = (box: Sandbox) => join(box.home, '.local/state/pip-detour');

describe.each(hookShells)('a prompt in %s', (name) => {
  it.skipIf(lacks(name, 'strace'))(
    'looks at no more files where five hundred directories are remembered',
    { timeout: 60_000 },
    () => {
      const box = sandbox();
      for (const of of ['shop', 'other']) {
        mkdirSync(join(box.home, of, 'src'), { recursive: true });
        box.run(python, ['-m', 'venv', '--without-pip', join(box.home, of, '.venv')]);
        publish(shellState(box), join(box.home, of), join(box.home, of, '.venv'), { always: true });
      }
      const day = ['cd ~/shop', 'true', 'cd src', 'true', 'cd ~/other', 'true', 'cd ~', 'true'];
      const asked = () => {
        const trace = join(box.root, 'trace');
        const under = ['strace', '-f', '--seccomp-bpf', '-e', 'trace=%file,read', '-o', trace];
        const ran = typed(name, box, [...day, ...day], { cwd: box.home, under });
        expect(ran.stderr).toContain('pip-detour: in ~/shop/.venv, as chosen here');
        return readFileSync(trace, 'latin1')
          .split('\n')
          .filter((call) => call.includes('auto/')).length;
      };
      const few = asked();
      expect(few).toBeGreaterThan(8);
      for (let at = 0; at < 500; at += 1) {
        const directory = join(shellState(box), 'shell/auto', box.home, `project-${at}`);
        mkdirSync(directory);
        writeFileSync(
          join(directory, '.pip-detour-environment'),
          `${box.home}/project-${at}/.venv\nbelow\nalways\n`,
        );
      }
      expect(asked()).toBe(few);
    },
  );
});
