import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choose } from '../support/choose.ts';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { canMount, containerArguments } from '../support/machines.ts';
import { makeSharedLibraries } from '../support/pipx.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

const slow = 120_000;
const mayInstall =
  systemIsManaged() && canMount && !lacks('apt-get', 'setpriv') && process.env['PIP_DETOUR_TEST_APT'] === '1';

/** Whether something is remembered, told once the person is back at their shell. */
const left = '[ ! -e ~/.local/state/pip-detour ] || echo "left pip-detour"';

/**
 * Ana types a line in a root of her own that has sudo, fetched by its apt: this machine is as it was. `groups` are hers
 * besides her own; those of `sudo` may do everything, once they have typed their password.
 */
function ana(box: Sandbox, line: string, { groups = 'sudo', prepare = ':' } = {}): Terminal {
  box.write('../.config/pip-detour/config.toml', 'package-timeout = 300\n');
  execFileSync('cp', ['-r', box.wheels, join(box.root, 'wheels')]);
  makeSharedLibraries(join(box.root, 'shared'));
  box.env['PIP_FIND_LINKS'] = join(box.root, 'wheels');
  box.env['PIPX_SHARED_LIBS'] = join(box.root, 'shared');
  chmodSync(box.root, 0o755);
  const machine = [
    'mkdir -p /run/systemd',
    'echo lxc >/run/systemd/container',
    'apt-get install -y -qq --no-install-recommends sudo >/srv/made 2>&1',
    `useradd -u 12345 -U -d ${box.home} -s /bin/sh ana`,
    `usermod -a -G ${groups} ana`,
    'echo ana:secret | chpasswd',
    `chown -R ana:ana ${box.root}/home ${box.root}/wheels ${box.root}/shared`,
    prepare,
  ];
  const person = `setpriv --reuid=ana --regid=ana --init-groups /bin/sh -c '${line}; echo "code $?"; ${left}; echo "over"'`;
  const args = containerArguments(box, `set -e; ${machine.join('; ')}; USER=ana LOGNAME=ana exec ${person}`);
  return terminal('/usr/bin/unshare', args, { env: box.env, cwd: box.project, columns: 130 });
}

async function chooseApt(user: Terminal): Promise<void> {
  await user.waitFor(/Install \S+ package\s+python3-docopt [\d.]+ · sudo/, slow);
  await choose(user, /Install \S+ package/);
}

describe.skipIf(!mayInstall)(
  'the real apt by the real sudo, in a root of its own (PIP_DETOUR_TEST_APT=1)',
  () => {
    const imports = '/usr/bin/python3 -c "import docopt; print(1 + 1, docopt.__name__)"';

    it('asks for the password at the terminal, and the package is there', { timeout: 300_000 }, async () => {
      const user = ana(sandbox(), `pip install docopt && ${imports}`);
      await chooseApt(user);
      await user.waitFor('[sudo] password for ana:', slow);
      user.send(`secret${keys.enter}`);
      await user.waitFor('over', slow);
      expect(user.history()).toContain('Setting up python3-docopt');
      expect(user.history()).toContain('2 docopt');
      expect(user.history()).toContain('code 0');
      expect(user.history()).toContain('left pip-detour');
    });

    it('the wrong password three times: its own words, and nothing is remembered', {
      timeout: 300_000,
    }, async () => {
      const user = ana(sandbox(), 'pip install docopt');
      await chooseApt(user);
      for (let tries = 1; tries <= 3; tries += 1) {
        await user.waitUntil((shown) => shown.split('[sudo] password for ana:').length > tries, slow);
        user.send(`wrong${keys.enter}`);
      }
      await user.waitFor('over', slow);
      expect(user.history()).toContain('sudo: 3 incorrect password attempts');
      expect(user.history()).toContain('code 1');
      expect(user.history()).not.toContain('left');
      expect(user.history()).not.toContain('Setting up');
    });

    it('who may not use it is told so by sudo, and nothing is remembered', { timeout: 300_000 }, async () => {
      const user = ana(sandbox(), 'pip install docopt', { groups: 'users' });
      await chooseApt(user);
      await user.waitFor('[sudo] password for ana:', slow);
      user.send(`secret${keys.enter}`);
      await user.waitFor('over', slow);
      expect(user.history()).toContain('ana is not in the sudoers file');
      expect(user.history()).toContain('code 1');
      expect(user.history()).not.toContain('left');
    });

    it('an apt that fails half-way: its own words and code, and nothing is remembered', {
      timeout: 300_000,
    }, async () => {
      const fails = 'DPkg::Post-Invoke { "echo half-way; exit 3"; };';
      const prepare = `echo '${fails}' >/etc/apt/apt.conf.d/99fails`;
      const user = ana(sandbox(), 'pip install docopt', { prepare });
      await chooseApt(user);
      await user.waitFor('[sudo] password for ana:', slow);
      user.send(`secret${keys.enter}`);
      await user.waitFor('over', slow);
      expect(user.history()).toMatch(/half-way[\s\S]*E: Problem executing scripts DPkg::Post-Invoke/);
      expect(user.history()).toContain('code 100');
      expect(user.history()).not.toContain('left');
    });

    it('brings a pipx that was missing, which then installs', { timeout: 400_000 }, async () => {
      const prepare = 'apt-get purge -y -qq pipx >>/srv/made 2>&1';
      const user = ana(sandbox(), 'pip install demo-app && ~/.local/bin/demo-app', { prepare });
      await user.waitFor('gets pipx first: sudo apt-get install pipx', slow);
      await choose(user, /as an app/);
      await user.waitFor('[sudo] password for ana:', slow);
      user.send(`secret${keys.enter}`);
      await user.waitFor('Put ~/.local/bin on PATH', slow);
      await user.waitFor('esc leave', slow);
      user.send(keys.escape);
      await user.waitFor('over', slow);
      expect(user.history()).toContain('Setting up pipx');
      expect(user.history()).toContain('Commands in ~/.local/bin: demo-app.');
      expect(user.history()).toContain('demo-app 2.0');
      expect(user.history()).toContain('left pip-detour');
    });
  },
);
