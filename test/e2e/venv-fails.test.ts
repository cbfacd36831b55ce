import { chmodSync, chownSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { windowsDrive } from '../support/drives.ts';
import { lacks } from '../support/machine.ts';
import { canMount, containerArguments } from '../support/machines.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

const slow = 30_000;

/** The arguments for `unshare` that run `line` after `mounts`, in a private view of the file system. */
const view = (mounts: string, line: string) => ['--mount', '/bin/sh', '-c', `set -e; ${mounts}; ${line}`];

/** An empty directory over each of these. */
function hidden(box: Sandbox, ...paths: string[]): string {
  box.write('../empty/.keep', '');
  const each = (path: string) =>
    `for d in ${path}; do [ ! -d "$d" ] || mount --bind '${box.home}/empty' "$d"; done`;
  return paths.map(each).join('; ');
}

/** The environments that lie outside of every project. */
function outside(box: Sandbox): string[] {
  const directory = join(box.home, '.local/share/pip-detour-environments');
  return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
}

const imports = (box: Sandbox, environment: string) =>
  box.run(join(environment, 'bin/python'), ['-c', 'import demo_lib']).code === 0;

describe.skipIf(!canMount)('a Python without its venv module', () => {
  const module = '/usr/lib/python3.[0-9]*/venv';

  it('a choice that stands needs no sudo: the one command is said, and nothing is made', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const ran = box.run('unshare', view(hidden(box, module), 'pip install demo-lib'));
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /venv .* is not taken here, .* no venv module; to get it: apt-get install --yes --no-install-recommends --reinstall libpython3\.\d+-stdlib/,
    );
    expect(box.exists('.venv')).toBe(false);
  });

  it('who is asked sees the package, and has it installed on the way', async () => {
    const box = sandbox();
    // Stands in for apt, and brings the module back as the package would.
    box.write(
      '../bin/apt-get',
      `#!/bin/sh\necho "apt-get $*" >'${box.root}/called'\nfor d in ${module}; do umount "$d"; done\n`,
      0o755,
    );
    const path = (box.env['PATH'] ?? '').replace(':', `:${box.home}/bin:`);
    const user = terminal('/usr/bin/unshare', view(hidden(box, module), 'pip install demo-lib'), {
      env: { ...box.env, PATH: path },
      cwd: box.project,
    });
    expect(await user.waitFor('esc leave', slow)).toMatch(/gets\s+libpython3\.\d+-stdlib\s+first/);
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain('Successfully installed demo-lib-2.0');
    expect(box.run('cat', [join(box.root, 'called')]).stdout).toMatch(
      /^apt-get install --yes --no-install-recommends --reinstall libpython3\.\d+-stdlib\n$/,
    );
    expect(imports(box, join(box.project, '.venv'))).toBe(true);
  });
});

describe.skipIf(!canMount || lacks('setpriv'))(
  'a Python without its venv module, for an ordinary user',
  () => {
    const module = '/usr/lib/python3.[0-9]*/venv';
    const as = 'setpriv --reuid=1000 --regid=1000 --clear-groups pip install demo-lib';

    it.each([
      ['with sudo', true, 'no venv module; to get it: sudo apt-get install --yes'],
      ['without sudo', false, 'no venv module; to get it, as root: apt-get install --yes'],
    ])('%s: the command that brings it, in the right version, is said', (_, sudo, said) => {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      chmodSync(box.root, 0o755);
      box.write('../bin/sudo', '#!/bin/sh\n', sudo ? 0o755 : 0o644);
      box.env['PATH'] = (box.env['PATH'] ?? '').replace(':', `:${box.home}/bin:`);
      // As where dpkg does not know the module: a package of its own brings it.
      const mounts = `${hidden(box, module, '/var/lib/dpkg/info')}; [ ! -e /usr/bin/sudo ] || mount --bind '${box.home}/bin/sudo' /usr/bin/sudo; chown -R 1000:1000 '${box.home}'`;
      const ran = box.run('unshare', view(mounts, as));
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(said);
      expect(ran.stderr).toMatch(/to get it.*python3\.\d+-venv/);
      expect(box.exists('.venv')).toBe(false);
    });
  },
);

const mayInstall = canMount && process.env['PIP_DETOUR_TEST_APT'] === '1';
describe.skipIf(!mayInstall)('the real apt, in a root of its own (PIP_DETOUR_TEST_APT=1)', () => {
  it('brings the module back on the way', { timeout: 300_000 }, async () => {
    const box = sandbox();
    const line =
      'rm -r /usr/lib/python3.[0-9]*/venv && pip install demo-lib && .venv/bin/python -c "import demo_lib; print(1 + 1, demo_lib.__name__)"';
    const prepare = 'mkdir -p /run/systemd; echo lxc >/run/systemd/container';
    const args = containerArguments(box, `${prepare}; ${line}`);
    const user = terminal('/usr/bin/unshare', args, { env: box.env, cwd: box.project });
    expect(await user.waitFor('esc leave', slow)).toMatch(/gets\s+libpython3\.\d+-stdlib\s+first/);
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toMatch(/Unpacking libpython3\.\d+-stdlib/);
    expect(user.history()).toContain('Successfully installed demo-lib-2.0');
    expect(user.history()).toContain('2 demo_lib');
  });
});

describe.skipIf(!canMount)('what a failed python3 -m venv has left', () => {
  it('is named and made anew', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const mounts = hidden(box, '/usr/lib/python3*/ensurepip');
    expect(box.run('unshare', view(mounts, 'python3 -m venv .venv')).code).toBe(1);
    expect(box.exists('.venv/bin/python')).toBe(true);
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.stderr).toContain('making ~/shop/.venv anew: it was left half-made');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(box.exists('.venv/bin/activate')).toBe(true);
  });
});

describe('a project that cannot be written to', () => {
  const readOnly = (box: Sandbox) =>
    `mount --bind '${box.project}' '${box.project}'; mount -o remount,ro,bind '${box.project}'; cd '${box.project}'`;

  it.skipIf(!canMount)('gets an environment outside, which is remembered and used again', async () => {
    const box = sandbox();
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    const twice = 'pip install demo-lib; echo again; pip install demo-other';
    const user = terminal('/usr/bin/unshare', view(readOnly(box), twice), { env: box.env, cwd: box.project });
    expect(await user.waitFor('esc leave', slow)).toMatch(/outside the project[\s\S]*cannot be written to/);
    user.send(keys.enter);
    await user.exited;
    const [environment = '', ...more] = outside(box);
    expect(more).toEqual([]);
    expect(imports(box, environment)).toBe(true);
    expect(user.history()).toContain('Remembered for ~/shop');
    const again = user.history().split('\nagain')[1];
    expect(again).toContain('remembered for ~/shop');
    expect(again).toContain('Successfully installed demo-other-1.0');
    expect(box.exists('.venv')).toBe(false);
  });

  it.skipIf(process.getuid?.() !== 0 || lacks('setpriv'))('of somebody else, for an ordinary user', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    chmodSync(box.root, 0o755);
    // The wheels lie where only root may look.
    const wheels = join(box.home, 'wheels');
    cpSync(box.wheels, wheels, { recursive: true });
    chownSync(box.home, 1000, 1000);
    const as = ['--reuid=1000', '--regid=1000', '--clear-groups', 'pip', 'install', 'demo-lib'];
    const ran = box.run('setpriv', as, { env: { PIP_FIND_LINKS: wheels } });
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(imports(box, outside(box)[0] ?? '')).toBe(true);
    expect(box.exists('.venv')).toBe(false);
  });
});

describe.skipIf(lacks('strace'))(
  'a file system on which links cannot be made (symlink(2) made to fail)',
  () => {
    it('the environment goes outside, and is found again', () => {
      const box = sandbox({ PIP_DETOUR: 'venv' });
      const failing = ['-f', '-qq', '-o', join(box.root, 'trace'), '-P', join(box.project, '.venv/lib64')];
      const inject = ['-e', 'trace=symlink,symlinkat', '-e', 'inject=symlink,symlinkat:error=EPERM'];
      const ran = box.run('strace', [...failing, ...inject, 'pip', 'install', 'demo-lib']);
      expect(ran.stderr).toContain('no symbolic links can be made in the project');
      expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
      expect(box.exists('.venv')).toBe(false);
      const [environment = ''] = outside(box);
      expect(imports(box, environment)).toBe(true);
      const again = box.run('pip', ['install', 'demo-other']);
      expect(again.stderr).toContain('pip-detour: using ~/.local/share/pip-detour-environments/shop-');
      expect(again.stdout).toContain('Successfully installed demo-other-1.0');
    });
  },
);

describe('a real file system without links (exFAT)', () => {
  it('that is not known as one: the environment goes outside, is remembered, and found again', ({ skip }) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const drive = windowsDrive(box);
    if (drive === undefined) return skip('no device can be lent to a file here');
    const ran = drive.run(`cd '${drive.shop}'; pip install demo-lib && pip install demo-other; ls -A`);
    expect(ran.stderr).toContain('no symbolic links can be made in the project');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(ran.stdout).toContain('Successfully installed demo-other-1.0');
    expect(ran.stdout.trim().split('\n').at(-1)).toBe('pyproject.toml');
    const [environment = '', ...more] = outside(box);
    expect(more).toEqual([]);
    expect(imports(box, environment)).toBe(true);
  });
});
