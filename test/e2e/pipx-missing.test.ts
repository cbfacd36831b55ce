import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose } from '../support/choose.ts';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { makeSharedLibraries } from '../support/pipx.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

const slow = 30_000;
const person = ['--reuid=12345', '--regid=12345', '--clear-groups'];

/** Links to everything of this machine's but pipx and what could get it: two thousand, made once for all of these tests. */
let others: string;
beforeAll(() => {
  others = mkdtempSync(join(tmpdir(), 'pip-detour-programs-'));
  chmodSync(others, 0o755);
  const hidden = ['pipx', 'sudo', 'doas', 'apt-get'];
  const names = new Map(
    ['/bin', '/usr/bin'].flatMap((from) => readdirSync(from).map((name) => [name, from])),
  );
  for (const [name, from] of names)
    if (!hidden.includes(name)) symlinkSync(join(from, name), join(others, name));
});
afterAll(() => rmSync(others, { recursive: true }));

/** A PATH with these, and before them `programs` of ours. */
function withoutPipx(programs: Readonly<Record<string, string>> = {}): Sandbox {
  const box = sandbox();
  const bin = join(box.root, 'bin');
  mkdirSync(bin);
  for (const [name, body] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  const [shims = ''] = (box.env['PATH'] ?? '').split(':');
  box.env['PATH'] = `${shims}:${bin}:${others}`;
  return box;
}

const taking = { env: { PIP_DETOUR: 'pipx' } };
const pip = (box: Sandbox, line: string): Ran => box.run('pip', line.split(' '), taking);
const kept = (box: Sandbox) => {
  const directory = join(box.home, '.local/share/pip-detour-environments/applications');
  return existsSync(directory) ? readdirSync(directory) : [];
};
const bin = (box: Sandbox, command = '') => join(box.home, '.local/bin', command);
const linked = (box: Sandbox) => (existsSync(bin(box)) ? readdirSync(bin(box)) : []);
const said = (box: Sandbox) => box.run(bin(box, 'demo-app')).stdout.trim();

describe.skipIf(!systemIsManaged())('where there is no pipx, and nothing that could get it', () => {
  it('an application has an environment of its own, and we say which commands are there now and where', () => {
    const box = withoutPipx();
    const ran = pip(box, 'install --user demo-app');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toContain('\nCommands in ~/.local/bin: demo-app.\n');
    expect(ran.stderr).toContain('Left out: --user (');
    expect(ran.stderr).toContain('~/.local/bin is not on your PATH');
    expect(said(box)).toBe('demo-app 2.0');
    expect(kept(box)).toEqual(['demo-app']);
    expect(box.exists('.venv')).toBe(false);
  });

  describe.each([
    ['bash', '-ic'],
    ['zsh', '-ic'],
    ['fish', '-c'],
  ])('with %s', (shell, flag) => {
    it.skipIf(lacks(shell))('what is to be typed puts the commands on PATH', () => {
      const box = withoutPipx();
      box.env['SHELL'] = `/usr/bin/${shell}`;
      const { stderr } = pip(box, 'install demo-app');
      const line = /Type this, and then open a new terminal: (.+)/.exec(stderr)?.[1] ?? '';
      expect(box.run(shell, [flag, 'demo-app']).code).not.toBe(0);
      expect(box.run(shell, [flag, line]).code).toBe(0);
      expect(box.run(shell, [flag, 'demo-app']).stdout).toContain('demo-app 2.0');
    });
  });

  it('on PATH already, nothing is said of it', () => {
    const box = withoutPipx();
    box.env['PATH'] = `${box.env['PATH']}:${bin(box)}`;
    mkdirSync(bin(box), { recursive: true });
    expect(pip(box, 'install demo-app').stderr).not.toContain('not on your PATH');
  });

  it('one that is there is left, made newer or older as the next command line says', () => {
    const box = withoutPipx();
    for (const [words, version] of [
      ['demo-app==1.0', '1.0'],
      ['demo-app', '1.0'],
      ['-U Demo.App', '2.0'],
      ['demo-app==1.0', '1.0'],
    ]) {
      expect(pip(box, `install ${words}`), words).toMatchObject({ code: 0 });
      expect(said(box), words).toBe(`demo-app ${version}`);
    }
  });

  it('a library is told from an application, and nothing of it stays', () => {
    const box = withoutPipx();
    const ran = pip(box, 'install demo-lib');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('No apps associated with package demo-lib');
    expect([...kept(box), ...linked(box)]).toEqual([]);
  });

  it('of several, nothing stays when the last fails', () => {
    const box = withoutPipx();
    const ran = pip(box, 'install demo-app demo-nowhere');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('No matching distribution found for demo-nowhere');
    expect([...kept(box), ...linked(box)]).toEqual([]);
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a link that leads nowhere', (path: string) => symlinkSync('/nowhere/demo-app', path)],
  ])('%s of that name is never written over, and we say so', (_, put) => {
    const box = withoutPipx();
    mkdirSync(bin(box), { recursive: true });
    put(bin(box, 'demo-app'));
    const look = () =>
      lstatSync(bin(box, 'demo-app')).isSymbolicLink()
        ? readlinkSync(bin(box, 'demo-app'))
        : readFileSync(bin(box, 'demo-app'), 'utf8');
    const before = look();
    const ran = pip(box, 'install demo-app');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toContain('already held a command of that name, which was left alone');
    expect(look()).toBe(before);
    expect(pip(box, 'uninstall demo-app')).toMatchObject({ code: 0 });
    expect(look()).toBe(before);
  });

  it('what was installed so is uninstalled so, also when pipx has come since', () => {
    const box = withoutPipx();
    pip(box, 'install demo-app');
    writeFileSync(bin(box, 'mine'), '');
    const system = { ...box, env: { ...box.env, PATH: `${box.env['PATH']}:/usr/bin` } };
    expect(pip(lacks('pipx') ? box : system, 'uninstall -y demo_app')).toMatchObject({ code: 0 });
    expect(kept(box)).toEqual([]);
    expect(linked(box)).toEqual(['mine']);
    expect(pip(box, 'uninstall -y demo-app').stderr).toContain('because pipx is not installed');
  });

  it("somebody's venv.py, pip.py and json.py lying here are not run", () => {
    const box = withoutPipx();
    const run = join(box.root, 'was-run');
    for (const file of ['venv.py', 'pip.py', 'json.py'])
      box.write(file, `open(${JSON.stringify(run)}, 'a').write(__name__)\n`);
    expect(pip(box, 'install demo-app')).toMatchObject({ code: 0 });
    expect(existsSync(run)).toBe(false);
  });

  it('what does not say its name is left to a pipx, and how to get that is said', () => {
    const box = withoutPipx();
    expect(pip(box, 'install ./tool').stderr).toMatch(/pipx .* is not taken here, .*apt install pipx/);
  });
});

it.skipIf(!systemIsManaged())('what turns out to be a library is asked about again', async () => {
  const box = withoutPipx();
  const user = terminal('pip', ['install', 'demo-lib'], { env: box.env, cwd: box.project, columns: 130 });
  await choose(user, /as an app/);
  await user.waitFor('demo-lib has no commands to run, so nothing of it was kept.', slow);
  await user.waitFor('esc leave', slow);
  user.send(keys.escape);
  await user.exited;
  expect([...kept(box), ...linked(box)]).toEqual([]);
});

/** As Debian's package would bring it: from then on it can be found. */
const aptGet = 'echo "apt-get $*" >>"$HOME/called"; ln -s /usr/bin/pipx "$(dirname "$0")/pipx"';
const sudo = `printf '[sudo] password: ' >/dev/tty; read answer </dev/tty; echo "sudo" >>"$HOME/called"; exec "$@"`;
const called = (box: Sandbox) => {
  const file = join(box.home, 'called');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};
/** The sandbox and all it needs belong to somebody who is not root. */
const handOver = (box: Sandbox) => {
  execFileSync('cp', ['-r', box.wheels, join(box.root, 'wheels')]);
  makeSharedLibraries(join(box.root, 'shared'));
  box.env['PIP_FIND_LINKS'] = join(box.root, 'wheels');
  box.env['PIPX_SHARED_LIBS'] = join(box.root, 'shared');
  execFileSync('chown', ['-R', '12345:12345', box.root]);
};
const asked = (box: Sandbox, line: string, env: Readonly<Record<string, string>> = {}): Terminal => {
  handOver(box);
  const words = [...person, '/bin/sh', '-c', `${line}; echo "code $?"`];
  return terminal('/usr/bin/setpriv', words, {
    env: { ...box.env, ...env },
    cwd: box.project,
    columns: 130,
  });
};

const canTry = systemIsManaged() && !lacks('pipx', 'apt-get', 'setpriv') && process.getuid?.() === 0;

describe.skipIf(!canTry)('where pipx is missing, and apt is there', () => {
  it('a person is shown that it is got first, types the password to sudo, and has the application', async () => {
    const box = withoutPipx({ sudo, 'apt-get': aptGet });
    const user = asked(box, 'pip install demo-app');
    await user.waitFor('gets pipx first: sudo apt-get install pipx', slow);
    await choose(user, /as an app/);
    await user.waitFor('[sudo] password:', slow);
    user.send(`secret${keys.enter}`);
    await user.waitFor('Put ~/.local/bin on PATH, so that its commands are found?', slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
    expect(called(box)).toEqual(['sudo', 'apt-get install --no-install-recommends pipx']);
    expect(user.history()).toContain('Commands in ~/.local/bin: demo-app.');
    expect(user.history()).toMatch(/new\s+terminal: pipx\s+ensurepath/);
    expect(user.history()).toContain('Remembered for ~/shop');
    expect(user.history()).toContain('code 0');
    expect(said(box)).toBe('demo-app 2.0');
    expect(kept(box)).toEqual([]);
  });

  it('a choice that stands never starts sudo: it is asked about', async () => {
    const box = withoutPipx({ sudo, 'apt-get': aptGet });
    const user = asked(box, 'pip install demo-app', { PIP_DETOUR: 'pipx' });
    await user.waitFor(
      /pipx .*is not taken here, because pipx is not installed; to get it: sudo apt-get install pipx/,
      slow,
    );
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
    expect(called(box)).toEqual([]);
  });

  it('where sudo could ask nobody it is done without pipx', () => {
    const box = withoutPipx({ sudo, 'apt-get': aptGet });
    handOver(box);
    const ran = box.run('/usr/bin/setpriv', [...person, 'pip', 'install', 'demo-app'], taking);
    expect(ran.stderr).toContain('Commands in ~/.local/bin: demo-app.');
    expect(called(box)).toEqual([]);
    expect(kept(box)).toEqual(['demo-app']);
  });

  it('root has it from apt at once, which is told to ask nothing where nobody is', () => {
    const box = withoutPipx({ 'apt-get': aptGet });
    const ran = pip(box, 'install demo-app');
    expect(ran).toMatchObject({ code: 0 });
    expect(called(box)).toEqual(['apt-get install --no-install-recommends -y pipx']);
    expect(ran.stderr).toContain('Commands in ~/.local/bin: demo-app.');
    expect(said(box)).toBe('demo-app 2.0');
  });

  it('apt fails: its own words and code, nothing made and no pipx started', () => {
    const box = withoutPipx({ 'apt-get': 'echo "E: Unable to locate package pipx" >&2; exit 100' });
    const ran = pip(box, 'install demo-app');
    expect(ran.code).toBe(100);
    expect(ran.stderr).toContain('E: Unable to locate package pipx');
    expect(existsSync(join(box.home, '.local'))).toBe(false);
  });
});
