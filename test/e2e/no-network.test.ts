import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { offeredIds } from '../../src/detours/index.ts';
import { dist, lacks, python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/**
 * Every path of ours, and whatever it starts (pip, pipx, apt-cache, venv), watched with strace while it installs a wheel
 * that lies here: nobody calls anybody.
 */
const watching = (log: string) => [
  '-f',
  '--seccomp-bpf',
  '-q',
  '-o',
  log,
  '-e',
  'trace=connect,sendto,sendmsg',
];

/** The calls to an address of a network; sockets of the machine's own (nscd, D-Bus) are none. */
function calls(log: string): readonly string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /sa_family=AF_(INET6?|PACKET)/.test(line));
}

function callsOf(
  box: Sandbox,
  command: string,
  args: readonly string[],
  env: Record<string, string | undefined> = {},
) {
  const log = join(box.root, 'trace');
  const ran = box.run('strace', [...watching(log), command, ...args], { env, timeout: 120_000 });
  return { ran, calls: calls(log) };
}

const program = `${dist}/shims/pip-detour`;
const pip = `${dist}/shims/pip`;

describe.skipIf(lacks('strace'))('no network is used', () => {
  it('(a call would be seen)', () => {
    const code = 'import socket; socket.socket().connect_ex(("127.0.0.1", 9))';
    const { calls } = callsOf(sandbox(), python, ['-c', code]);
    expect(calls).toHaveLength(1);
  });

  /** What a command is given where it needs something; a new one is run bare and with --help until it is named here. */
  const given: Readonly<Record<string, readonly string[]>> = {
    explain: ['--', 'pip', 'install', 'demo-lib'],
    forget: ['--all'],
    setup: ['--dry-run'],
    uninstall: ['--dry-run'],
  };
  const names = commands.map(({ command }) => String(command).replace(/ .*$/, ''));
  it.each(names)('by pip-detour %s', (name) => {
    const box = sandbox();
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    expect(callsOf(box, program, [name, ...(given[name] ?? [])]).calls).toEqual([]);
    const help = callsOf(box, program, [name, '--help']);
    expect(help).toMatchObject({ calls: [], ran: { code: 0 } });
  });

  it.each(['venv', 'pipx'])('by the detour %s and by taking it again', (id) => {
    const box = sandbox();
    const name = id === 'pipx' ? 'demo-app' : 'demo-lib';
    for (let time = 0; time < 2; time += 1) {
      const { ran, calls } = callsOf(box, pip, ['install', name], { PIP_DETOUR: id });
      expect(ran).toMatchObject({ code: 0 });
      expect(calls).toEqual([]);
    }
  });

  it('by the detour active-venv', () => {
    const box = sandbox();
    const place = join(box.project, 'env');
    box.run(python, ['-m', 'venv', '--without-pip', place]);
    const env = { PIP_DETOUR: 'active-venv', VIRTUAL_ENV: place };
    expect(callsOf(box, pip, ['install', 'demo-lib'], env)).toMatchObject({ ran: { code: 0 }, calls: [] });
  });

  it.each(offeredIds())('by explaining what %s would do', (id) => {
    const box = sandbox({ PIP_DETOUR: id });
    const words = ['explain', '--', 'pip', 'install', 'demo-lib', 'requests'];
    expect(callsOf(box, program, words)).toMatchObject({ calls: [], ran: { code: 0 } });
  });

  it('by the hint where nobody can answer', () => {
    const { ran, calls } = callsOf(sandbox(), pip, ['install', 'demo-lib']);
    expect(ran.stderr).toContain('PIP_DETOUR=');
    expect(calls).toEqual([]);
  });

  it.each([
    ['drawn', {}, /esc leave/, keys.enter],
    ['plain', { ACCESSIBLE: '1' }, /q to leave:/, '\r'],
  ] as const)(
    'by the %s prompt, what is installed after it, and remembering',
    async (_, extra, asked, key) => {
      const box = sandbox(extra);
      const log = join(box.root, 'trace');
      const options = { env: box.env, cwd: box.project };
      const screen = terminal('/usr/bin/strace', [...watching(log), pip, 'install', 'demo-lib'], options);
      await screen.waitFor(asked, 90_000);
      screen.send(key);
      expect(await screen.exited).toMatchObject({ code: 0 });
      expect(screen.history()).toContain('Successfully installed demo-lib-2.0');
      expect(calls(log)).toEqual([]);
      expect(callsOf(box, program, ['choices'])).toMatchObject({ calls: [] });
    },
  );
});
