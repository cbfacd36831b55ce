import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { type Terminal, terminal } from '../support/terminal.ts';

/** The systems that scripts/platforms.sh has made below a directory, by name; none where it is not given. */
export function systemsIn(directory: string): readonly string[] {
  if (directory === '' || !existsSync(directory)) return [];
  return readdirSync(directory).filter((name) => existsSync(join(directory, name, 'etc/os-release')));
}

/** A clean system in a layer of its own, which is thrown away. */
export interface Machine {
  /** Runs a line of sh as the person; what it printed, both streams. */
  run(line: string): { code: number | null; output: string };
  /** The same as root, who has the system's registries. */
  root(line: string): { code: number | null; output: string };
  /** An interactive shell of the person, in ~/shop: bash, if no other is named. */
  terminal(shell?: 'bash' | 'zsh' | 'fish'): Terminal;
}

export interface MachineOptions {
  /** The clean system's directory. */
  readonly system: string;
  /** Lines of sh that prepare it, run outside; `$root` is where it is mounted. */
  readonly prepare?: string;
  /** Entries that the person has in front on PATH. */
  readonly path?: string;
}

/** Held by a process whose end takes the mounts away. */
export async function machine({ system, prepare = '', path = '' }: MachineOptions): Promise<Machine> {
  const layer = mkdtempSync(join(tmpdir(), 'pip-detour-platform-'));
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(layer, name));
  const root = join(layer, 'root');
  const mounts = `
    root=${root}
    mount -t overlay overlay -o "lowerdir=${system},upperdir=${layer}/upper,workdir=${layer}/work" $root
    mount -t proc proc $root/proc
    mount --rbind /dev $root/dev
    cp -r ${inject('wheels')} $root/opt/wheels
    ${prepare}
    chroot $root chown -R person: /home/person
    echo ready
    exec sleep infinity`;
  const holder = spawn('unshare', ['--mount', 'sh', '-ec', mounts], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    rmSync(layer, { recursive: true, force: true, maxRetries: 10 });
  });
  await once(holder.stdout, 'data');
  const inside = (user: string, variables: readonly string[], command: readonly string[]) => [
    '--mount',
    `--target=${holder.pid}`,
    '/usr/sbin/chroot',
    `--userspec=${user}:${user}`,
    root,
    'env',
    '-i',
    'LANG=C.UTF-8',
    'TERM=xterm-256color',
    // What the machines of these tests have instead of the registries' own certificates.
    'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
    ...variables,
    ...command,
  ];
  const asPerson = (command: readonly string[]) =>
    inside(
      'person',
      [
        'HOME=/home/person',
        'USER=person',
        'SHELL=/bin/bash',
        `PATH=${path}/usr/local/bin:/usr/bin:/bin`,
        // Instead of PyPI.
        'PIP_NO_INDEX=1',
        'PIP_FIND_LINKS=/opt/wheels',
      ],
      command,
    );
  const ran = (args: readonly string[]) => {
    const { status, stdout } = spawnSync('nsenter', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { code: status, output: stdout };
  };
  const words = (line: string) => ['/bin/sh', '-c', `cd && { ${line}\n} 2>&1`];
  return {
    run: (line) => ran(asPerson(words(line))),
    root: (line) =>
      ran(
        inside(
          'root',
          ['HOME=/root', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive'],
          words(line),
        ),
      ),
    terminal(shell = 'bash') {
      const args = asPerson(['/bin/sh', '-c', `cd ~/shop && exec ${shell} -i`]);
      return terminal('/usr/bin/nsenter', args, { env: { TERM: 'xterm-256color' }, cwd: '/', columns: 100 });
    },
  };
}
