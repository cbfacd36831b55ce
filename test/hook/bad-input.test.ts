import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/shell/activation.ts';
import { type HookShell, hookShells, says } from '../support/hooked.ts';
import { lacks, python } from '../support/machine.ts';
import { canMount } from '../support/machines.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { interactive, typed } from '../support/typed.ts';

/** Whatever has become of a directory, its environment or what is remembered: a prompt that works comes. */

const stateOf = (box: Sandbox) => join(box.home, '.local/state/pip-detour');

/** `~/shop`, always here. */
function remembered(...names: readonly string[]): { box: Sandbox; environment: string } {
  const box = sandbox();
  for (const name of ['shop', ...names]) {
    mkdirSync(join(box.home, name, 'src'), { recursive: true });
    box.run(python, ['-m', 'venv', '--without-pip', join(box.home, name, '.venv')]);
    publish(stateOf(box), join(box.home, name), join(box.home, name, '.venv'), { always: true });
  }
  return { box, environment: join(box.project, '.venv') };
}

const where = (name: HookShell) => says[name].show('VIRTUAL_ENV');
const shown = (text: string) => [...text.matchAll(/^VIRTUAL_ENV is <([^>]*)>/gm)].map(([, value]) => value);
/** Of a shell, or of a line of ours that it could not read. */
const complains = /_pip_detour_\w+:|hook\.\w+[:(]|line \d+|syntax error|parse error|test: |warning|Illegal/i;

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('a prompt that works comes', () => {
    it.each<[string, (box: Sandbox) => readonly string[], readonly (string | undefined)[]]>([
      [
        'in a directory whose name has a line break, though something is remembered above it',
        (box) => {
          mkdirSync(join(box.project, 'two\nlines'));
          return [`cd ~/shop/two*`, where(name), 'cd ~', where(name)];
        },
        ['shop', 'unset'],
      ],
      [
        'where one environment is remembered above the other, and the inner one is removed',
        (box) => {
          mkdirSync(join(box.project, 'inner'));
          publish(stateOf(box), join(box.project, 'inner'), join(box.project, 'inner/.venv'), {
            always: true,
          });
          return ['cd ~/shop/inner', where(name), 'cd ..', where(name)];
        },
        ['unset', 'shop'],
      ],
      [
        'where what is remembered is rubbish',
        (box) => {
          const at = join(stateOf(box), 'shell/auto', box.project, '.pip-detour-environment');
          writeFileSync(at, Buffer.from([0, 255, 10, 37, 115, 10, 36, 40, 105, 100, 41, 10]));
          return ['cd ~/shop', where(name), 'cd ~', where(name)];
        },
        ['unset', 'unset'],
      ],
      [
        'where what is remembered is a directory, a link to it, or a FIFO',
        (box) => {
          const at = join(stateOf(box), 'shell/auto', box.project, '.pip-detour-environment');
          rmSync(at);
          mkdirSync(at);
          mkdirSync(join(stateOf(box), 'shell/auto', box.home, 'link'));
          symlinkSync(at, join(stateOf(box), 'shell/auto', box.home, 'link/.pip-detour-environment'));
          mkdirSync(join(box.home, 'link'));
          return ['cd ~/shop', where(name), 'cd ~/link', where(name)];
        },
        ['unset', 'unset'],
      ],
      [
        'where the environment has no pyvenv.cfg any more',
        (box) => {
          rmSync(join(box.project, '.venv/pyvenv.cfg'));
          return ['cd ~/shop', where(name), 'cd ~', where(name)];
        },
        ['unset', 'unset'],
      ],
    ])('%s', (_, prepare, expected) => {
      const { box } = remembered();
      const ran = typed(name, box, [...prepare(box), 'echo fine'], { cwd: box.home, timeout: 20_000 });
      const at = (of: string | undefined) => (of === 'shop' ? join(box.project, '.venv') : of);
      expect(shown(ran.stdout)).toEqual(expected.map(at));
      expect(ran.stdout).toMatch(/^fine$/m);
      expect(ran.stderr).not.toMatch(complains);
    });

    it.skipIf(!canMount)(
      'where the project is unmounted under the shell, and where the disk for what is remembered is full',
      () => {
        const { box, environment } = remembered();
        mkdirSync(join(box.home, 'store'));
        box.run('cp', ['-a', `${box.project}/.`, join(box.home, 'store')]);
        symlinkSync(box.project, join(box.home, 'link'));
        const [state, kept] = [stateOf(box), join(box.home, 'kept')];
        box.run('cp', ['-a', state, kept]);
        const lines = [
          ...[
            'mount --bind ~/store ~/shop',
            'cd ~/shop',
            where(name),
            'umount -l ~/shop; rm -r ~/shop/.venv',
            'true',
          ],
          ...[where(name), 'cd ~', `mount -t tmpfs -o size=64k none ${state}; cp -a ${kept}/. ${state}`],
          ...[`dd if=/dev/zero of=${state}/all 2>/dev/null`, `cp -a ~/store/.venv ~/shop/.venv`],
          ...['cd ~/link', 'true', 'cd ~/shop', where(name), 'cd ~', where(name), 'echo fine'],
        ];
        const ran = typed(name, box, lines, {
          cwd: box.home,
          under: ['unshare', '--mount', '--'],
          timeout: 30_000,
        });
        expect(shown(ran.stdout)).toEqual([environment, 'unset', environment, 'unset']);
        expect(
          ran.stderr.split('~/shop/.venv, which this shell is in, is gone; to make it anew'),
        ).toHaveLength(2);
        expect(ran.stdout).toMatch(/^fine$/m);
        expect(ran.stderr).not.toMatch(complains);
      },
    );

    it.skipIf(process.getuid?.() !== 0 || lacks('setpriv'))(
      'where the directory, or what is remembered, may not be read',
      () => {
        const { box } = remembered('other');
        chmodSync(box.root, 0o755);
        box.run('chown', ['-R', '12345:12345', box.home]);
        chmodSync(join(box.project, '.venv'), 0);
        chmodSync(join(stateOf(box), 'shell/auto', box.home, 'other'), 0);
        const under = ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'];
        const lines = [
          'cd ~/shop',
          where(name),
          'cd ~/other',
          where(name),
          'chmod 0 ~/shop',
          'cd ~',
          'echo fine',
        ];
        const ran = typed(name, box, lines, { cwd: box.home, under, timeout: 20_000 });
        expect(shown(ran.stdout)).toEqual(['unset', 'unset']);
        expect(ran.stdout).toMatch(/^fine$/m);
        expect(ran.stderr).not.toMatch(complains);
      },
    );

    it.skipIf(process.getuid?.() !== 0 || lacks('setpriv'))(
      'where it was started by `su` from a shell of somebody else, and what that one was in is not entered',
      () => {
        const { box, environment } = remembered();
        const env = {
          VIRTUAL_ENV: environment,
          PATH: `${environment}/bin:/usr/bin:/bin`,
          _pip_detour_auto: environment,
          _pip_detour_for: box.project,
        };
        const lines = ['true', where(name), says[name].show('PATH')];
        chmodSync(box.root, 0o755);
        box.run('rm', ['-r', stateOf(box)]);
        const own = typed(name, box, lines, { env });
        expect(shown(own.stdout)).toEqual([environment]);
        box.run('chown', ['-R', '12345:12345', box.home]);
        const other = typed(name, box, lines, { env });
        expect(shown(other.stdout)).toEqual(['unset']);
        expect(other.stdout).toMatch(/^PATH is <(?!.*\.venv)/m);
        // Theirs may be in a home that nobody else may look into.
        chmodSync(box.home, 0o700);
        const under = ['setpriv', '--reuid=54321', '--regid=54321', '--clear-groups'];
        for (const inherited of [env, { VIRTUAL_ENV: environment }]) {
          const ran = typed(name, box, lines, { env: inherited, under, cwd: '/' });
          expect(ran.stderr).not.toMatch(/pip-detour: /);
          expect(ran.stderr).not.toMatch(complains);
        }
      },
    );

    it('in an environment that is gone and that the shell inherited, which no deactivate leaves', () => {
      const leave = name === 'fish' ? 'set -e VIRTUAL_ENV' : 'unset VIRTUAL_ENV';
      for (const gone of ['/gone/.venv', 'gone']) {
        const ran = typed(name, sandbox(), ['true', 'true'], { env: { VIRTUAL_ENV: gone } });
        expect(ran.stderr.split(`is gone; to leave it: ${leave}`)).toHaveLength(2);
        expect(ran.stderr).not.toMatch(complains);
      }
    });

    it('in each of two hundred shells that open at once', { timeout: 120_000 }, async () => {
      const { box, environment } = remembered();
      const { words, input } = interactive(name, ['true', where(name), 'cd ~', where(name)]);
      const [program, ...args] = words;
      const shells = Array.from({ length: 200 }, async () => {
        const shell = spawn(program, args, { cwd: box.project, env: box.env });
        let told = '';
        shell.stdout.on('data', (chunk) => {
          told += chunk;
        });
        shell.stdin.end(input);
        await new Promise((resolve) => shell.on('close', resolve));
        return shown(told).join();
      });
      expect([...new Set(await Promise.all(shells))]).toEqual([`${environment},unset`]);
      expect(readFileSync(join(environment, 'pyvenv.cfg'), 'utf8')).toContain('home = ');
    });
  });
});
