import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bareCheckout,
  freshHome,
  inNewTerminal,
  pathWith,
  placeProgram,
  programOf,
  type RcShell,
  rcOf,
  snapshot,
  writeHome,
} from '../install/support.ts';
import { dist, lacks, top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';

const install = (home: Sandbox, ...args: string[]) => home.run(join(top, 'install.sh'), args);

/** A home whose shell is this one and whose prompt a test can wait for. */
function homeOf(shell: RcShell, extra: Readonly<Record<string, string>> = {}): Sandbox {
  const home = freshHome({ SHELL: `/usr/bin/${shell}`, ...extra });
  writeHome(home, rcOf[shell].file, rcOf[shell].prompt);
  return home;
}

/** The part of it that depends on the shell: the program is set up where it lies. What is built is the same for each. */
function setUp(home: Sandbox) {
  return home.run(join(placeProgram(home), 'shims/pip-detour'), ['setup']);
}

const everyShell: readonly RcShell[] = ['bash', 'zsh', 'fish'];

/** Prints the file that each name leads to on PATH, whatever functions there are of that name. */
const fileOf = { bash: 'type -P', zsh: 'whence -p', fish: 'command -v' };

describe.each(everyShell)('install.sh for a person with %s', (shell) => {
  const missing = lacks(shell);
  const isBuilt = shell === everyShell[0];
  const installed = isBuilt ? install : setUp;

  it.skipIf(missing)('makes a new terminal find the shims, and says what to type in this one', async () => {
    const home = homeOf(shell);
    const ran = installed(home);
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(0);
    if (isBuilt) expect(ran.stdout).toContain('is installed in ~/.local/share/pip-detour.');
    expect(ran.stdout).toContain(`Added one line to ~/${rcOf[shell].file}`);
    const again = /To use it in this shell, type: {2}(.*)/.exec(ran.stdout)?.[1] ?? '';
    const shims = join(programOf(home), 'shims');
    expect(await inNewTerminal(home, shell, `${fileOf[shell]} pip pip3 pip-detour`)).toBe(
      `${shims}/pip\n${shims}/pip3\n${shims}/pip-detour`,
    );
    const typed = home.run(`/usr/bin/${shell}`, ['-c', `${again}; command -v pip`]);
    expect(typed.stdout.trimEnd()).toBe(`${shims}/pip`);
  });

  it.skipIf(missing)('leaves no trace after `pip-detour uninstall`, and shells start clean', async () => {
    const home = homeOf(shell);
    if (!isBuilt) mkdirSync(join(home.home, '.local/share'), { recursive: true });
    const before = snapshot(home.home);
    expect(installed(home).code).toBe(0);
    const ran = home.run(join(programOf(home), 'shims/pip-detour'), ['uninstall']);
    expect(ran.stdout).toContain(`Removed our line from ~/${rcOf[shell].file}`);
    expect(snapshot(home.home)).toEqual(before);
    expect(await inNewTerminal(home, shell, `${fileOf[shell]} pip`)).toBe('/usr/bin/pip');
  });

  it.skipIf(missing)('leaves shells that start clean when the program is deleted by hand', async () => {
    const status = shell === 'fish' ? '$status' : '$?';
    const home = homeOf(shell);
    expect(installed(home).code).toBe(0);
    rmSync(programOf(home), { recursive: true });
    expect(await inNewTerminal(home, shell, `echo ${status}; command -v pip`)).toBe('0\n/usr/bin/pip');
    const ran = home.run(`/usr/bin/${shell}`, ['-i', '-c', 'true']);
    expect(ran.stderr.replace(/.*(job control|ioctl).*\n/g, '')).toBe('');
  });

  it.skipIf(missing)('copes with spaces and quotes in its place', async () => {
    const home = homeOf(shell, { XDG_DATA_HOME: '/nonexistent' });
    const data = join(home.home, `it's "my" $(data)`);
    home.env['XDG_DATA_HOME'] = data;
    expect(installed(home).code).toBe(0);
    expect(await inNewTerminal(home, shell, `${fileOf[shell]} pip`)).toBe(`${data}/pip-detour/shims/pip`);
  });
});

describe('install.sh', () => {
  it('leaves nothing beside the program where its reader goes away, changes nothing the second time, and says so', () => {
    const home = freshHome();
    home.run('/bin/sh', ['-c', `${join(top, 'install.sh')} | head -1`]);
    expect(readdirSync(join(home.home, '.local/share'))).toEqual(['pip-detour']);
    const before = snapshot(home.home, true);
    const ran = install(home);
    expect(ran.stdout).toContain(
      'is installed in ~/.local/share/pip-detour already.\nNothing had to be changed.',
    );
    expect(ran.code).toBe(0);
    expect(snapshot(home.home, true)).toEqual(before);
  });

  it('leaves rc files alone with --no-rc, and shows the line', () => {
    const home = freshHome();
    writeHome(home, '.bashrc', 'one\n');
    expect(install(home, '--no-rc').stdout).toContain(`. ${programOf(home)}/hook.bash`);
    expect(readFileSync(join(home.home, '.bashrc'), 'utf8')).toBe('one\n');
  });

  it('mends a program that was damaged, keeps what it remembers, and never leaves a gap meanwhile', () => {
    const home = freshHome();
    install(home);
    const program = programOf(home);
    const manifest = readFileSync(join(program, 'manifest.json'), 'utf8');
    const state = writeHome(home, '.local/state/pip-detour/choices/x.json', '{}');
    writeFileSync(join(program, 'lib/cli.cjs'), 'damaged');
    const watched = home.run('/bin/dash', [
      '-c',
      `${join(top, 'install.sh')} >/dev/null & while kill -0 $!; do [ -x ${program}/shims/pip3 ] || echo gone; done 2>&1`,
    ]);
    expect(watched.stdout).not.toContain('gone');
    expect(watched.stdout).toContain('No such process');
    expect(home.run(join(program, 'shims/pip-detour'), ['--version']).code).toBe(0);
    expect(readFileSync(join(program, 'manifest.json'), 'utf8')).toBe(manifest);
    expect(existsSync(state)).toBe(true);
    expect(readdirSync(join(home.home, '.local/share'))).toEqual(['pip-detour']);
  });

  it('touches nothing in the checkout', () => {
    const home = freshHome();
    const checkout = bareCheckout(home);
    symlinkSync(join(top, 'node_modules'), join(checkout, 'node_modules'));
    const before = Object.keys(snapshot(join(checkout, 'scripts')));
    const names = readdirSync(checkout);
    expect(home.run(join(checkout, 'install.sh')).code).toBe(0);
    expect(readdirSync(checkout)).toEqual(names);
    expect(Object.keys(snapshot(join(checkout, 'scripts')))).toEqual(before);
  });

  it('helps, and refuses an option it does not know', () => {
    const home = freshHome();
    const help = install(home, '--help').stdout;
    const usage = /^Usage: (.*)$/m.exec(help)?.[1];
    expect(usage).toBe('./install.sh [--for-root] [--demo] [--no-rc] [--with-node | --node FILE]');
    for (const option of ['--for-root', '--demo', '--no-rc', '--with-node', '--node FILE', '--help'])
      expect(help).toMatch(new RegExp(`^ {2}${option} +\\S`, 'm'));
    const ran = install(home, '--dmeo');
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toBe('install.sh: there is no option --dmeo.\nhint: ./install.sh --help\n');
  });
});

/** Programs that stand in for what is too old or broken. */
function standIn(directory: string, name: string, script: string): void {
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

describe('install.sh, when something is missing, says so in a sentence and leaves nothing behind', () => {
  const cases: readonly (readonly [string, string[], (bin: string) => void, string])[] = [
    ['no Node', ['npm', 'python3'], () => {}, 'Node.js is missing; pip-detour needs 18.19 or newer.'],
    [
      'a Node too old',
      ['npm', 'python3'],
      (bin) => standIn(bin, 'node', 'echo v16.20.2'),
      'Node.js is v16.20.2; pip-detour needs 18.19 or newer.',
    ],
    [
      'a Node nearly new enough',
      ['npm', 'python3'],
      (bin) => standIn(bin, 'node', 'echo v18.18.2'),
      'Node.js is v18.18.2;',
    ],
    [
      'a Node that does not start',
      ['npm', 'python3'],
      (bin) => standIn(bin, 'node', 'echo "GLIBC not found" >&2; exit 1'),
      'does not start.',
    ],
    ['no npm', ['node', 'python3'], () => {}, 'npm is missing;'],
    ['no Python', ['node', 'npm'], () => {}, 'Python 3 is missing.'],
    ['a Python too old', ['node', 'npm'], (bin) => standIn(bin, 'python3', 'echo 3.5'), 'Python is 3.5;'],
    [
      'no pip',
      ['node', 'npm'],
      (bin) => standIn(bin, 'python3', 'case $2 in *version_info*) echo 3.11 ;; *) exit 1 ;; esac'),
      'pip is missing: there is nothing to stand in for yet.',
    ],
  ];
  it.each(cases)('%s', (_, programs, prepare, message) => {
    const home = freshHome();
    const bin = pathWith(home, ...programs);
    prepare(bin);
    const before = snapshot(home.home);
    const ran = home.run(join(top, 'install.sh'), [], { env: { PATH: bin } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`install.sh: `);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toMatch(/\nhint: .+\n$/);
    expect(ran.stdout).toBe('');
    expect(snapshot(home.home)).toEqual(before);
  });

  it('the rest of the checkout', () => {
    const home = freshHome();
    const before = snapshot(home.home);
    const ran = home.run('/bin/sh', [], { input: readFileSync(join(top, 'install.sh'), 'utf8') });
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toBe(
      'install.sh: the rest of pip-detour is not here; this installs from a checkout of it, not alone.\n' +
        'hint: git clone the repository, cd into it, and type ./install.sh\n',
    );
    expect(snapshot(home.home)).toEqual(before);
  });

  it('a registry whose certificate nobody vouches for', () => {
    const home = freshHome();
    const bin = pathWith(home, 'node', 'python3');
    standIn(bin, 'npm', 'echo "npm error code SELF_SIGNED_CERT_IN_CHAIN" >&2; exit 1');
    const ran = home.run(join(bareCheckout(home), 'install.sh'), [], { env: { PATH: bin } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /^install.sh: npm does not trust the certificate of its registry; nothing was installed.\nhint: .*npm config set cafile FILE/,
    );
  });

  it('no network', () => {
    const home = freshHome({
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: '/nonexistent',
    });
    home.env['npm_config_cache'] = join(home.root, 'npm-cache');
    const before = snapshot(home.home);
    const ran = home.run(join(bareCheckout(home), 'install.sh'));
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /^install.sh: npm cannot reach its registry; nothing was installed.\nhint: connect to the network.*\n$/,
    );
    expect(snapshot(home.home)).toEqual(before);
  });

  it.each([
    ['relative', 'data', 0],
    ['with a colon', '/tmp/a:b', 1],
  ])('a data directory that is %s', (_, directory, code) => {
    const home = freshHome({ XDG_DATA_HOME: directory });
    const ran = install(home);
    expect(ran.code).toBe(code);
    if (code === 0) expect(existsSync(join(home.home, '.local/share/pip-detour/shims/pip'))).toBe(true);
    else expect(ran.stderr).toContain('has a colon in its name');
  });

  it('something else where the program is to lie', () => {
    const home = freshHome();
    writeHome(home, '.local/share/pip-detour/mine.txt', 'mine');
    const before = snapshot(home.home);
    expect(install(home).stderr).toContain("is there and is not pip-detour's.\nhint: move it away");
    expect(snapshot(home.home)).toEqual(before);
  });

  it('an rc file that cannot be changed', () => {
    const home = freshHome();
    mkdirSync(join(home.home, '.bashrc'));
    const before = snapshot(home.home);
    const ran = install(home);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('~/.bashrc cannot be changed');
    expect(ran.stderr).toContain('Nothing was installed.');
    expect(snapshot(home.home)).toEqual(before);
  });
});

/** root is stopped by no mode: such tests run as nobody. */
const canBeNobody = process.getuid?.() === 0 && !lacks('setpriv');

describe.skipIf(!canBeNobody)('install.sh for an ordinary user', () => {
  const asNobody = (home: Sandbox, checkout: string) =>
    home.run('/usr/bin/setpriv', [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      join(checkout, 'install.sh'),
    ]);
  const prepare = () => {
    const home = freshHome();
    const checkout = bareCheckout(home);
    // What this checkout lies in may be closed to others; hard links cost less than copies.
    home.run('/bin/sh', [
      '-c',
      `cp -al ${top}/node_modules ${checkout}/ 2>/dev/null || cp -a ${top}/node_modules ${checkout}/`,
    ]);
    chmodSync(home.root, 0o755);
    return { home, checkout };
  };

  it('needs no root', () => {
    const { home, checkout } = prepare();
    chownSync(home.home, 65534, 65534);
    const ran = asNobody(home, checkout);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain('is installed in ~/.local/share/pip-detour.');
  });

  it('says in a sentence that the home is read-only, and leaves nothing behind', () => {
    const { home, checkout } = prepare();
    chmodSync(home.home, 0o555);
    const before = snapshot(home.home);
    const ran = asNobody(home, checkout);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toBe(
      `install.sh: ${home.home}/.local/share cannot be made: Permission denied; nothing was installed.\n`,
    );
    expect(snapshot(home.home)).toEqual(before);
  });

  it('ends where not even the first directory of the path can be made', () => {
    const { home, checkout } = prepare();
    home.env['XDG_DATA_HOME'] = '/not-there-and-not-to-be-made/data';
    const ran = asNobody(home, checkout);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/data cannot be made: Permission denied; nothing was installed\.\n$/);
  });

  it('changes nothing when only the rc file is read-only', () => {
    const { home, checkout } = prepare();
    chownSync(home.home, 65534, 65534);
    chmodSync(writeHome(home, '.bashrc', 'mine\n'), 0o444);
    const before = snapshot(home.home);
    expect(asNobody(home, checkout).stderr).toContain('~/.bashrc cannot be changed: permission denied');
    expect(snapshot(home.home)).toEqual(before);
  });
});

const canMount = spawnSync('/usr/bin/unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe('install.sh, stopped half-way', () => {
  it('leaves nothing behind after Ctrl-C', async () => {
    const home = freshHome();
    const bin = pathWith(home, 'node', 'python3');
    standIn(bin, 'npm', 'mkdir -p node_modules; echo started >"$HOME/../started"; exec sleep 1000');
    const before = snapshot(home.home);
    const checkout = bareCheckout(home);
    const pty = terminal(join(checkout, 'install.sh'), [], {
      env: { ...home.env, PATH: bin },
      cwd: home.project,
    });
    await pty.waitFor('Fetching what the build needs');
    pty.send('\x03');
    expect(await pty.exited).toMatchObject({ code: 130 });
    expect(snapshot(home.home)).toEqual(before);
  });

  it.skipIf(!canMount)('leaves nothing behind when the disk is full', () => {
    const home = freshHome();
    const disk = join(home.root, 'disk');
    mkdirSync(disk);
    // A file system of our own, in a mount namespace of our own, with room for nothing much.
    const ran = home.run('/usr/bin/unshare', [
      '-m',
      'sh',
      '-c',
      `mount -t tmpfs -o size=300k tmpfs ${disk}
       XDG_DATA_HOME=${disk}/data ${join(top, 'install.sh')}; echo code $?; find ${disk} -mindepth 1`,
    ]);
    expect(ran.stderr).toBe(`install.sh: The disk of ${disk}/data is full; nothing was installed.\n`);
    expect(ran.stdout).toContain('code 1\n');
    expect(ran.stdout).not.toContain(`${disk}/`);
    expect(existsSync(join(home.home, '.bashrc'))).toBe(false);
  });

  it('sweeps up after one that was killed, when it is uninstalled', () => {
    const home = freshHome();
    install(home);
    mkdirSync(join(home.home, '.local/share/.pip-detour-install.4711'));
    home.run(join(programOf(home), 'shims/pip-detour'), ['uninstall']);
    expect(existsSync(join(home.home, '.local'))).toBe(false);
  });
});

describe('root', () => {
  it.skipIf(process.getuid?.() !== 0).each([
    ['sudo', { SUDO_UID: '1000' }],
    ['pkexec', { PKEXEC_UID: '1000' }],
    ['doas', { DOAS_USER: 'ana' }],
  ])('asked by somebody by way of %s sets up no shell of root, unless it is meant', (_, variables) => {
    const home = homeOf('bash', { ...variables });
    const setup = (...more: string[]) => home.run(join(dist, 'shims/pip-detour'), ['setup', ...more]);
    expect(setup()).toMatchObject({ code: 1, stdout: '' });
    expect(setup().stderr).toContain(
      'hint: pip-detour setup (for everybody: sudo pip-detour setup --all-users;',
    );
    expect(readdirSync(home.home).sort()).toEqual(['.bashrc', 'shop']);
    expect(setup('--for-root', '--dry-run').code).toBe(0);
    expect(install(home).stderr).toContain('would install for root, and not for you');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'by way of sudo is refused with the line to type, unless it is meant',
    () => {
      const home = homeOf('bash', { SUDO_UID: '1000', SUDO_USER: 'ana' });
      const ran = install(home);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('would install for root, and not for you');
      expect(ran.stderr).toContain('type: ./install.sh (for root itself: sudo ./install.sh --for-root)');
      expect(install(home, '--for-root').code).toBe(0);
    },
  );
});

describe('pip-detour uninstall at a terminal', () => {
  it.each([
    ['n', [], true],
    ['', [], true],
    ['y', [], false],
    [undefined, ['--yes'], false],
  ] as const)('answered with %j and given %j', async (answer, options, stays) => {
    const home = homeOf('bash');
    expect(setUp(home).code).toBe(0);
    const command = join(programOf(home), 'shims/pip-detour');
    const pty = terminal(command, ['uninstall', ...options], { env: home.env, cwd: home.project });
    if (answer !== undefined) {
      await pty.waitFor('Remove all of this? [y/N]');
      pty.send(`${answer}\r`);
    }
    expect(await pty.exited).toMatchObject({ code: 0 });
    expect(pty.history().includes('Nothing was removed.')).toBe(stays);
    expect(existsSync(programOf(home))).toBe(stays);
  });
});
