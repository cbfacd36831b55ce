import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { choose } from '../support/choose.ts';
import { dist, lacks, pip, pythonName, systemIsManaged } from '../support/machine.ts';
import { canMount, containerArguments, inContainer } from '../support/machines.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

const slow = 60_000;
// Several waits that long: on a busy machine a test may need more than one of them.
vi.setConfig({ testTimeout: 180_000 });
/** In Debian and Ubuntu, pure Python, without dependencies, and on few machines. */
const small = { project: 'docopt', package: 'python3-docopt' };

const hasApt = !lacks('apt-cache') && systemIsManaged();
const knows = hasApt && spawnSync('apt-cache', ['policy', small.package], { encoding: 'utf8' }).stdout !== '';

interface StandIns {
  readonly sudo?: string;
  readonly 'apt-get'?: string;
  readonly 'apt-cache'?: string;
}

/** A machine that is busy with other tests answers late: here the package manager is waited for, however long it takes. */
function patient(extra: Readonly<Record<string, string>> = {}): Sandbox {
  const box = sandbox(extra);
  box.write('../.config/pip-detour/config.toml', 'package-timeout = 300\n');
  return box;
}

/** Programs that stand before the real ones on PATH; what is not given is the real one. */
function withPrograms(box: Sandbox, programs: StandIns): Record<string, string> {
  for (const [name, body] of Object.entries(programs))
    box.write(`../bin/${name}`, `#!/bin/sh\n${body}\n`, 0o755);
  return { ...box.env, PATH: (box.env['PATH'] ?? '').replace(':', `:${box.home}/bin:`) };
}

/** A line typed by somebody who is not root, at a terminal. */
function asPerson(box: Sandbox, line: string, env: Record<string, string>, columns = 110): Terminal {
  const command = ['/bin/sh', '-c', `${line}; echo "code $?"`];
  if (process.getuid?.() !== 0)
    return terminal(command[0] ?? '', command.slice(1), { env, cwd: box.project, columns });
  execFileSync('chown', ['-R', '12345:12345', box.root]);
  return terminal('/usr/bin/setpriv', ['--reuid=12345', '--regid=12345', '--clear-groups', ...command], {
    env,
    cwd: box.project,
    columns,
  });
}

const available = /\d {2}Install \S+ package\s+python3-docopt \d[\d.]* · sudo/;
const aptGet = `echo "apt-get $*" >>"$HOME/called"; echo "Setting up ${small.package}"`;
const sudo = `printf '[sudo] password: ' >/dev/tty; read answer </dev/tty; echo "sudo $*" >>"$HOME/called"; exec "$@"`;

const called = (box: Sandbox) => {
  const file = join(box.home, 'called');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};
const remembered = (box: Sandbox) => existsSync(join(box.home, '.local/state/pip-detour'));

describe.skipIf(!knows || lacks('setpriv'))('somebody who is not root, with apt’s own index', () => {
  it('is shown the package, types the password to sudo, and has it from apt', async () => {
    const box = patient();
    const env = withPrograms(box, { sudo, 'apt-get': aptGet });
    const user = asPerson(box, `pip install ${small.project}`, env);
    await user.waitFor('esc leave', slow);
    await user.waitFor(available, slow);
    await choose(user, /Install \S+ package /);
    await user.waitFor('[sudo] password:', slow);
    user.send(`secret${keys.enter}`);
    await user.exited;
    expect(called(box)).toEqual([
      `sudo ${box.home}/bin/apt-get install --no-install-recommends ${small.package}`,
      `apt-get install --no-install-recommends ${small.package}`,
    ]);
    expect(user.history()).toMatch(/own Python \(\/usr\/bin\/python3\): there is nothing to\s+activate/);
    expect(user.history()).toContain('Remembered for ~/shop');
    expect(user.history()).toContain('code 0');
    expect(box.exists('.venv')).toBe(false);
  });

  it.each([
    [
      'sudo is refused',
      { sudo: 'echo "Sorry, try again." >&2; exit 1', 'apt-get': aptGet },
      1,
      'Sorry, try again.',
    ],
    [
      'apt is locked',
      {
        sudo: 'exec "$@"',
        'apt-get': 'echo "E: Could not get lock /var/lib/dpkg/lock-frontend" >&2; exit 100',
      },
      100,
      'E: Could not get lock',
    ],
    [
      'apt fails half-way',
      {
        sudo: 'exec "$@"',
        'apt-get':
          'echo "Unpacking ..."; echo "E: Sub-process /usr/bin/dpkg returned an error code (1)" >&2; exit 100',
      },
      100,
      'E: Sub-process /usr/bin/dpkg',
    ],
  ])('%s: its own words and code, nothing remembered', async (_, programs, code, words) => {
    const box = patient();
    const user = asPerson(box, `pip install ${small.project}`, withPrograms(box, programs));
    await user.waitFor(available, slow);
    await choose(user, /Install \S+ package /);
    await user.exited;
    expect(user.history()).toContain(words);
    expect(user.history()).toContain(`code ${code}`);
    expect(user.history()).not.toContain('nothing to activate');
    expect(remembered(box)).toBe(false);
  });

  it('an apt that hangs delays nothing: the prompt is there, says so, and Esc ends it all', async () => {
    const box = patient();
    const env = withPrograms(box, { sudo, 'apt-cache': 'echo $$ >"$HOME/pid"; exec sleep 600' });
    const user = asPerson(box, `pip install ${small.project}`, env);
    expect(await user.waitFor('esc leave', slow)).toMatch(/Install \S+ package\s+looking …/);
    await expect.poll(() => existsSync(join(box.home, 'pid')), { timeout: slow, interval: 20 }).toBe(true);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
    expect(user.history()).toContain('error: externally-managed-environment');
    expect(user.history()).toContain('code 1');
    const pid = readFileSync(join(box.home, 'pid'), 'utf8').trim();
    expect(existsSync(`/proc/${pid}`) && /sleep/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))).toBe(
      false,
    );
  });

  it.each([
    ['while pip is still failing where there are more than two cores', 4],
    ['once pip has refused where there are no more than two', 2],
  ])('apt is asked, with the question on the screen, %s', async (_, cores) => {
    const box = patient();
    const env = withPrograms(box, { sudo, 'apt-cache': ': >"$HOME/asked"; exec /usr/bin/apt-cache "$@"' });
    // The real pip waits before its first line until it is let go.
    const gate = `import os, sys, time
if any(word.endswith("/pip") for word in sys.orig_argv):
    while not os.path.exists(os.path.expanduser("~/go")): time.sleep(0.02)
`;
    box.write(`../.local/lib/${pythonName}/site-packages/usercustomize.py`, gate);
    // What Node counts are this machine's.
    const start = JSON.stringify(join(dist, 'lib/start.cjs'));
    const counting = box.write(
      '../cores.cjs',
      `require('os').availableParallelism = () => ${cores};\nrequire(${start});\n`,
    );
    const user = asPerson(box, `'${process.execPath}' ${counting} pip ${pip} install ${small.project}`, env);
    const asked = () => existsSync(join(box.home, 'asked'));
    await user.waitFor('esc leave', slow);
    if (cores > 2) await expect.poll(asked, { timeout: slow, interval: 20 }).toBe(true);
    else expect(asked()).toBe(false);
    writeFileSync(join(box.home, 'go'), '');
    await user.waitFor(available, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
    expect(user.history()).toContain('code 1');
  });

  it('what is marked stays marked when the answer comes', async () => {
    const box = patient();
    const wait = `while [ ! -e "$HOME/go" ]; do sleep 0.05; done; exec /usr/bin/apt-cache "$@"`;
    const user = asPerson(
      box,
      `pip install ${small.project}`,
      withPrograms(box, { sudo, 'apt-cache': wait }),
    );
    await user.waitFor('looking …', slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.up);
    await user.waitFor(/❯[^\n]*Leave it/, slow);
    box.write('../go', '');
    expect(await user.waitFor(available, slow)).toMatch(/❯[^\n]*Leave it/);
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain('error: externally-managed-environment');
  });

  it.each([
    ['garbage', 'head -c 2000 /bin/sh', /could not be asked: its answer was not understood/],
    [
      'a version that is none',
      String.raw`printf '%s:\n  Installed: (none)\n  Candidate: 1$(id)-1\n' "$2"`,
      /could not be asked: its answer was not understood/,
    ],
    ['a failure', 'exit 3', /could not be asked: it ended with exit code 3/],
    ['nothing', 'exit 0', /has no package for/],
  ])('an apt that answers %s', async (_, body, said) => {
    const box = patient();
    const user = asPerson(
      box,
      `pip install ${small.project}`,
      withPrograms(box, { sudo, 'apt-cache': body }),
    );
    await user.waitFor(said, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
  });

  it.each([
    [`'${small.project}>=99'`, /python3-docopt is [\d.]+, too old for >=99/],
    [`'${small.project}<0.1'`, /python3-docopt is [\d.]+, not <0\.1/],
    [`${small.project} demo-lib`, /has no package for demo-lib \(there is\s+python3-docopt [\d.]+\)/],
  ])(
    'pip install %s: what stands against it is told, and nothing is offered by halves',
    async (words, said) => {
      const box = patient();
      const user = asPerson(box, `pip install ${words}`, withPrograms(box, { sudo }), 200);
      await user.waitFor(said, slow);
      await user.waitFor('esc leave', slow);
      expect(user.screen()).toMatch(/–\s+Install \S+ package/);
      user.send(keys.escape);
      await user.exited;
    },
  );

  it('an apt that is not on PATH could not be asked', async () => {
    const box = patient();
    const bin = join(box.root, 'programs');
    mkdirSync(bin);
    for (const name of readdirSync('/usr/bin').filter((one) => !one.startsWith('apt')))
      symlinkSync(join('/usr/bin', name), join(bin, name));
    const [shims = ''] = (box.env['PATH'] ?? '').split(':');
    const user = asPerson(box, `pip install ${small.project}`, { ...box.env, PATH: `${shims}:${bin}` }, 200);
    await user.waitFor('apt could not be asked: apt-cache is not on PATH', slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
  });

  it('a person who speaks German is answered like any other', async () => {
    const box = patient();
    const env = { ...withPrograms(box, { sudo }), LANGUAGE: 'de', LC_ALL: 'de_DE.UTF-8' };
    const user = asPerson(box, `pip install ${small.project}`, env);
    await user.waitFor(available, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
  });

  it('an apt-cache of the directory they stand in is not run', async () => {
    const box = patient();
    box.write('apt-cache', '#!/bin/sh\ntouch "$HOME/run"\n', 0o755);
    const { PATH, ...rest } = withPrograms(box, { sudo });
    const env = { ...rest, PATH: `${PATH?.split(':')[0]}:.:${box.project}:${PATH}` };
    const user = asPerson(box, `pip install ${small.project}`, env);
    await user.waitFor(available, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.exited;
    expect(existsSync(join(box.home, 'run'))).toBe(false);
  });

  it('the plain prompt tells what comes late, under a new number', async () => {
    const box = patient({ ACCESSIBLE: '1' });
    const wait = `while [ ! -e "$HOME/go" ]; do sleep 0.05; done; exec /usr/bin/apt-cache "$@"`;
    const env = withPrograms(box, { sudo, 'apt-cache': wait, 'apt-get': aptGet });
    const user = asPerson(box, `pip install ${small.project}`, env);
    const first = await user.waitFor(/\d\. Leave it[\s\S]*q to leave:$/, slow);
    const leave = /(\d)\. Leave it/.exec(first)?.[1];
    box.write('../go', '');
    const second = await user.waitFor(/Now also (\d)\. Install[\s\S]*Number 1-\d[^\n]*q to leave:$/, slow);
    expect(Number(/Now also (\d)\./.exec(second)?.[1])).toBe(Number(leave) + 1);
    user.send(`${leave}${keys.enter}`);
    await user.exited;
    expect(user.history()).toContain('error: externally-managed-environment');
    expect(called(box)).toEqual([]);
  });

  it('without a terminal a choice that stands says why not, and pip answers itself', () => {
    const box = patient({ PIP_DETOUR: 'system-package' });
    const env = withPrograms(box, { sudo, 'apt-get': aptGet });
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', '12345:12345', box.root]);
    const person =
      process.getuid?.() === 0 ? ['--reuid=12345', '--regid=12345', '--clear-groups'] : ['--no-new-privs'];
    const ran = box.run('setpriv', [...person, 'pip', 'install', small.project], { env });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/system-package .* is not taken here, .*sudo would ask for a password/);
    expect(called(box)).toEqual([]);
  });
});

describe.skipIf(!knows || !canMount)('root, with the real apt of another machine', () => {
  it('that has no index (a fresh image) is said to have none, not to lack this one, and it is offered to be fetched', async () => {
    const box = patient();
    const line = `rm -rf /var/lib/apt/lists/*; pip install ${small.project}; echo "code $?"`;
    const user = terminal('unshare', containerArguments(box, line), {
      env: box.env,
      cwd: box.project,
      columns: 110,
    });
    await user.waitFor(/Look for \S+ packages\s+\S+ has no list of packages yet: fetch it/, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.waitFor('code 1', slow);
  });

  it('whose index is of long ago fetches it anew first, and says how old it is of what it does not have', () => {
    const lists = '/var/lib/apt/lists';
    const age = `touch -d '90 days ago' ${lists}/* ${lists}`;
    const explain = `pip-detour explain -- pip install`;
    const line = `${age}; ${explain} ${small.project}; ${explain} no-such-project-anywhere`;
    const ran = inContainer(patient(), line, { timeout: slow * 2 });
    expect(ran.stdout).toMatch(
      /Install \S+ package — python3-docopt [\s\S]*apt-get update\n.*apt-get install .*python3-docopt/,
    );
    expect(ran.stdout).toMatch(
      /has no package for no-such-project-anywhere, according to a list that is (89|90) days old/,
    );
  });

  it('an apt that is locked by another says so itself, and nothing is remembered', async () => {
    const box = patient();
    const lock = join(box.root, 'lock.py');
    writeFileSync(
      lock,
      "import fcntl, subprocess, sys\nheld = open('/var/lib/dpkg/lock-frontend', 'w')\nfcntl.lockf(held, fcntl.LOCK_EX)\nsys.exit(subprocess.call(sys.argv[1:]))\n",
    );
    const line = `python3 ${lock} pip install ${small.project}; echo "code $?"`;
    const user = terminal('unshare', containerArguments(box, line), {
      env: box.env,
      cwd: box.project,
      columns: 110,
    });
    await user.waitFor(/\d {2}Install \S+ package\s+python3-docopt \d/, slow);
    await choose(user, /Install \S+ package /);
    await user.waitFor('code 100', slow);
    expect(user.history()).toContain('E: Could not get lock /var/lib/dpkg/lock-frontend.');
    expect(user.history()).not.toContain('nothing to activate');
    expect(remembered(box)).toBe(false);
  });

  it('what it installed it can take away all the same', async () => {
    const box = patient();
    const line = `rm -rf /var/lib/apt/lists/*; pip uninstall pip; echo "code $?"`;
    const user = terminal('unshare', containerArguments(box, line), {
      env: box.env,
      cwd: box.project,
      columns: 110,
    });
    await user.waitFor(/Remove \S+ package\s+python3-pip \d/, slow);
    await user.waitFor('esc leave', slow);
    user.send(keys.escape);
    await user.waitFor('code 1', slow);
  });
});

describe('names that mean something to a shell or an option parser', () => {
  it.skipIf(!hasApt).each([
    ['an option', ['--', '-oDir::Etc=/tmp/x']],
    ['a command', ['$(touch run)']],
    ['two words', ['docopt; touch run']],
    ['a newline', ['docopt\n-y']],
    ['a pattern', ['docopt.*']],
    ['apt’s own sign for removing', ['docopt-']],
  ])('%s reaches neither', (_, words) => {
    const box = patient({ PIP_DETOUR: 'system-package' });
    const log = `echo "$0 $*" >>"$HOME/called"`;
    const env = withPrograms(box, { 'apt-cache': log, 'apt-get': log, sudo: log });
    const ran = box.run('pip', ['install', ...words], { env });
    expect(ran.code).not.toBe(0);
    expect(called(box)).toEqual([]);
    expect(box.exists('run')).toBe(false);
  });
});

/** Installs and removes a package of this very machine, over the network: only where somebody allows it. */
const mayInstall = knows && process.getuid?.() === 0 && process.env['PIP_DETOUR_TEST_APT'] === '1';

describe.skipIf(!mayInstall)('root, with the real apt (PIP_DETOUR_TEST_APT=1)', () => {
  it('installs the package and removes it again by pip uninstall', async () => {
    const box = patient();
    const run = (line: string) =>
      terminal('/bin/sh', ['-c', `${line}; echo "code $?"`], {
        env: box.env,
        cwd: box.project,
        columns: 110,
      });
    const imports = () => box.run('/usr/bin/python3', ['-c', 'import docopt']).code === 0;
    expect(imports()).toBe(false);
    try {
      const user = run(`pip install ${small.project}`);
      await user.waitFor(/Install Debian's package\s+python3-docopt [\d.]+/, slow);
      await choose(user, /Install Debian's package/);
      await user.waitFor('code 0', 120_000);
      expect(imports()).toBe(true);

      const again = run(`PIP_DETOUR=ask pip install ${small.project}`);
      await again.waitFor(/python3-docopt [\d.]+ is installed already/, slow);
      await again.waitFor('esc leave', slow);
      again.send(keys.escape);
      await again.exited;

      const removing = run(`PIP_DETOUR=ask pip uninstall ${small.project}`);
      await removing.waitFor(/Remove Debian's package\s+python3-docopt/, slow);
      await choose(removing, /Remove Debian's package/);
      await removing.waitFor('Do you want to continue?', slow);
      removing.send(`y${keys.enter}`);
      await removing.waitFor('code 0', 120_000);
      expect(imports()).toBe(false);
    } finally {
      spawnSync('apt-get', ['remove', '-y', small.package]);
    }
  }, 300_000);
});
