import { describe, expect, it } from 'vitest';
import { knownNames } from '../../../src/detours/system-package/known-names.ts';
import { managers } from '../../../src/detours/system-package/managers/index.ts';
import { quoteAll } from '../../../src/system/quote.ts';
import {
  type Distribution,
  distributions,
  interview,
  lacking,
  names,
  onMachine,
  type Recording,
  readRecordings,
  record,
  words,
} from '../../support/distributions.ts';
import { canMount } from '../../support/machines.ts';
import { needyProject } from '../../support/needy-project.ts';
import { sandbox } from '../../support/sandbox.ts';
import { keys, terminal } from '../../support/terminal.ts';

/** What has to be read out of an answer: package, version, and the installed version of what is installed. */
type Expected = Readonly<Record<string, string>>;

/** Of all names asked about only these are in the repository under a name that is certain. */
const expected: Readonly<Record<Distribution, (python: string) => Expected>> = {
  dnf: () => ({
    requests: 'python3-requests 2.31',
    pyyaml: 'python3-pyyaml 6.0.2',
    'zope-interface': 'python3-zope-interface 6',
    docopt: 'python3-docopt 0.6.2',
    black: 'black 24.4rc1',
    pyjwt: 'python3-jwt 2.8',
  }),
  zypper: (python) => ({
    requests: `${python}-requests 2.32.4 installed 2.32.4`,
    pyyaml: `${python}-PyYAML 6.0.2`,
    'zope-interface': `${python}-zope.interface 7.2`,
    docopt: `${python}-docopt 0.6.2`,
    pyjwt: `${python}-PyJWT 2.10.1`,
  }),
  pacman: () => ({
    requests: 'python-requests 2.32.5',
    pyyaml: 'python-yaml 6.0.2',
    'zope-interface': 'python-zope-interface 7.2',
    docopt: 'python-docopt 0.6.2',
    pyjwt: 'python-pyjwt 2.10.1',
  }),
  msys2: () => ({ requests: 'mingw-w64-ucrt-x86_64-python-requests 2.32.5' }),
  apk: () => ({
    requests: 'py3-requests 2.32.5 installed 2.32.5',
    pyyaml: 'py3-yaml 6.0.2',
    'zope-interface': 'py3-zope-interface 7.2',
    docopt: 'py3-docopt 0.6.2',
    pyjwt: 'py3-jwt 2.10.1',
  }),
  xbps: () => ({
    requests: 'python3-requests 2.32.3 installed 2.32.3',
    pyyaml: 'python3-yaml 6.0.2',
    docopt: 'python3-docopt 0.6.2',
    pillow: 'python3-Pillow 11.0.0',
  }),
  emerge: () => ({
    requests: 'dev-python/requests 2.32.5 installed 2.32.4',
    pyyaml: 'dev-python/pyyaml 6.0.2',
    'zope-interface': 'dev-python/zope-interface 8.0',
    pyjwt: 'dev-python/pyjwt 2.10.1',
  }),
  nix: () => ({
    requests: 'python3Packages.requests 2.32.5',
    pyyaml: 'python3Packages.pyyaml 6.0.2',
    'zope-interface': 'python3Packages.zope-interface 7.2',
  }),
};

/** Nix adds to no Python, so it never takes from one either; MSYS2's packages are not for the Python of these machines. */
const removes = (id: Distribution) => id !== 'nix' && id !== 'msys2';

/** Who brings what a build lacks, by what is asked about together: the same with a list of files and without. */
const brought: Readonly<Partial<Record<Distribution, (python: string) => Expected>>> = {
  dnf: () => ({
    'portaudio.h': 'portaudio-devel',
    'mysql.h': 'mariadb-connector-c-devel',
    'portaudio-2.0 Qt6 pq': 'portaudio-devel qt6-qtbase-devel libpq-devel',
    pg_config: 'libpq-devel',
    'x86_64-linux-gnu-gcc Python.h': 'gcc python3-devel',
    'no/such/thing-at-all.h': 'nobody',
  }),
  zypper: (python) => ({
    'portaudio.h': 'portaudio-devel',
    'mysql.h': 'libmariadb-devel',
    'portaudio-2.0 Qt6 pq': 'portaudio-devel qt6-base-devel postgresql-devel',
    pg_config: 'postgresql-server-devel',
    'x86_64-linux-gnu-gcc Python.h': `gcc ${python}-devel`,
  }),
  pacman: () => ({
    'portaudio.h': 'portaudio',
    'mysql.h': 'mariadb-libs',
    'portaudio-2.0 Qt6 pq': 'portaudio qt6-base postgresql-libs',
    pg_config: 'postgresql-libs',
    'x86_64-linux-gnu-gcc Python.h': 'gcc python',
    'no/such/thing-at-all.h': 'nobody',
  }),
  msys2: () => ({
    'portaudio.h': 'mingw-w64-ucrt-x86_64-portaudio',
    'mysql.h': 'nobody',
    'portaudio-2.0 Qt6 pq': 'mingw-w64-ucrt-x86_64-portaudio nobody nobody',
    pg_config: 'nobody',
    'x86_64-linux-gnu-gcc Python.h': 'nobody nobody',
    'no/such/thing-at-all.h': 'nobody',
  }),
};

function isRight(recording: Recording): void {
  const { id, machine, answers } = recording;
  const manager = managers[id];
  const read = answers.map(({ purpose, names: about, words, code, output }) => {
    const { program, args } = manager.ask(about, machine, purpose);
    expect([program, ...args], 'the question has changed: record anew').toEqual(words);
    expect(manager.answers === 'any' || manager.answers.includes(code)).toBe(true);
    const found = [...(manager.read(output, about, machine) ?? [['no answer', undefined] as const])];
    return Object.fromEntries(
      found.map(([name, one]) => [
        name,
        `${one?.package} ${one?.version}${one?.installed === undefined ? '' : ` installed ${one.installed}`}`,
      ]),
    );
  });
  const [install, uninstall, nothing] = read;
  expect(install).toEqual(expected[id as Distribution](pythonOf(machine)));
  if (removes(id as Distribution)) {
    const installed = Object.entries(uninstall ?? {}).filter(([, said]) => said.includes(' installed '));
    expect(installed.map(([name]) => name)).toEqual(['requests']);
  }
  expect(nothing).toEqual({});
  bringsIt(recording);
  tellsInstalled(recording);
}

function tellsInstalled({ id, checked }: Recording): void {
  const { installed, brings } = managers[id];
  for (const { packages, line, output } of checked) {
    expect(installed && words(installed.ask(packages)), 'the question has changed: record anew').toBe(line);
    expect(installed?.read(output)).toEqual([
      { package: expect.stringMatching(/^python\d*-requests$/), installed: expect.stringMatching(/^2\.3/) },
    ]);
  }
  // apt says it in the same answer.
  const says = brings !== undefined && brings.readThere === undefined;
  expect(checked).toHaveLength(says ? 1 : 0);
}

function bringsIt({ id, machine, told }: Recording): void {
  const { brings } = managers[id];
  const right = brought[id as Distribution]?.(pythonOf(machine)) ?? {};
  for (const { missing, hasFiles, line, output } of told) {
    const asked = brings?.ask(missing, { ...machine, hasFiles }) ?? [];
    expect(asked.map(words).join('; '), 'the question has changed: record anew').toBe(line);
    const packages = brings?.read(output, missing, { ...machine, hasFiles });
    const said = missing.map((one) => packages?.get(one) ?? 'nobody').join(' ');
    expect(said).toBe(right[missing.map(({ name }) => name).join(' ')]);
  }
  expect(told.length).toBeGreaterThanOrEqual(Object.keys(right).length);
}

const pythonOf = ({ python }: Recording['machine']) => `python${python.replace('.', '')}`;

describe('recorded of the real one', () => {
  it.each(readRecordings())(
    '$id $version: found, spelt otherwise, installed, and never another project',
    isRight,
  );

  it('there is one of every manager but apt, which every run asks, and Homebrew', () => {
    const there = new Set(readRecordings().map(({ id }) => id));
    expect([...there].sort()).toEqual(Object.keys(distributions).sort());
    expect(
      Object.keys(managers)
        .filter((id) => !there.has(id as Distribution))
        .sort(),
    ).toEqual(['apt', 'brew']);
  });
});

const ids = Object.keys(distributions) as Distribution[];
const runs = (id: Distribution) => canMount && lacking(id) === undefined;

describe.each(ids)('%s itself, in a machine made for it', (id) => {
  it.skipIf(!runs(id))(
    'answers as it was recorded to',
    () => {
      const recording = interview(sandbox(), id);
      if (process.env['PIP_DETOUR_RECORD'] === '1') record(recording);
      isRight(recording);
      expect(recording.answers[0]?.names).toEqual(names);
    },
    300_000,
  );
});

/** Where the machine's own Python sees what they install. */
const installing = (['dnf', 'zypper', 'pacman', 'apk', 'xbps'] as const).filter(runs);

describe.runIf(installing.length > 0).each(installing)('%s, through pip', (id) => {
  it('pip install gets the package, and pip uninstall takes it away again', async () => {
    const box = sandbox({ PIP_DETOUR: 'system-package' });
    const python = '/usr/bin/python3 -c \'import docopt; print("docopt", docopt.__version__)\'';
    const line = `cd ${box.project}; pip install docopt </dev/null && ${python} && pip uninstall docopt; echo "code $?"; ${python}; echo "end $?"`;
    const user = terminal('unshare', onMachine(box, id, line), {
      env: box.env,
      cwd: box.project,
      columns: 120,
    });
    await user.waitFor(/docopt 0\.6\.2/, 60_000);
    if (id !== 'apk') {
      await user.waitFor(/Removing with[\s\S]*\[y\/n[^\]]*\]/i, 60_000);
      user.send('y\r');
    }
    await user.waitFor('end 1', 60_000);
    expect(user.history()).toContain('code 0');
    expect(user.history()).toContain('there is nothing to activate');
    expect(user.history()).toMatch(/No module named 'docopt'/);
  }, 300_000);
});

describe.runIf(runs('nix'))('nix without a channel', () => {
  it('has no list of packages, which is not the same as none of that name', () => {
    const machine = { python: '3.11', stdlib: '/nix/store/x/lib/python3.11', arch: 'x64', known: knownNames };
    const { program, args } = managers.nix.ask(['requests'], machine, 'install');
    const line = `unset NIX_PATH; LC_ALL=C ${quoteAll([program, ...args])} </dev/null`;
    const box = sandbox();
    const ran = box.run('unshare', onMachine(box, 'nix', line), { timeout: 240_000 });
    expect(managers.nix.lacksIndex?.({ output: ran.stdout, said: ran.stderr }, 'install')).toBe(true);
  }, 300_000);
});

describe.runIf(runs('emerge'))('emerge whose owner accepts what is not stable yet', () => {
  it('has it offered', () => {
    const machine = { python: '3.11', stdlib: '/usr/lib/python3.11', arch: 'x64', known: knownNames };
    const { program, args } = managers.emerge.ask(['pyyaml', 'new-thing'], machine, 'install');
    const line = `echo 'ACCEPT_KEYWORDS="~amd64"' >>/etc/portage/make.conf; ${quoteAll([program, ...args])}`;
    const box = sandbox();
    const { stdout } = box.run('unshare', onMachine(box, 'emerge', line));
    const found = managers.emerge.read(stdout, ['pyyaml', 'new-thing'], machine);
    expect([...(found ?? [])].map(([name, { version }]) => [name, version])).toEqual([
      ['pyyaml', '6.0.3'],
      ['new-thing', '1'],
    ]);
  });
});

/** A project whose build wants a header, a library by its pkg-config name and a program, one after the other, and says so as gcc, pkg-config and setuptools do. With BLIND it sees none of them. */
const build = `
    if "BLIND" in os.environ:
        sys.exit("needs.c:1:10: fatal error: portaudio.h: No such file or directory")
    for path, words in (
        ("/usr/include/portaudio.h", "needs.c:1:10: fatal error: portaudio.h: No such file or directory"),
        ("/usr/include/mysql/mysql.h", "Package 'libmariadb', required by 'virtual:world', not found"),
        ("/usr/bin/pg_config", "Error: pg_config executable not found."),
    ):
        if not os.path.exists(path):
            sys.exit(words)
`;
const rounds = {
  dnf: ['portaudio-devel', 'mariadb-connector-c-devel', 'libpq-devel'],
  zypper: ['portaudio-devel', 'libmariadb-devel', 'postgresql-server-devel'],
  pacman: ['portaudio', 'mariadb-libs', 'postgresql-libs'],
} as const;
const mending = (['dnf', 'zypper', 'pacman'] as const).filter((id) => installing.includes(id));

describe.runIf(mending.length > 0).each(mending)('%s, after a build that failed', (id) => {
  it('brings header, module and program, each in a round, until it is built', async () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    needyProject(box, build);
    const again = 'BLIND=1 pip install --no-build-isolation ./needs; echo "last $?"';
    const line = `cd ${box.project}; pip install --no-build-isolation ./needs; echo "code $?"; .venv/bin/python -c 'import needs'; echo "end $?"; ${again}`;
    const user = terminal('unshare', onMachine(box, id, line), {
      env: box.env,
      cwd: box.project,
      columns: 150,
    });
    if (id === 'pacman') {
      await user.waitFor(/list of files would say[\s\S]*pacman -Fy[\s\S]*esc leave/, 120_000);
      user.send(keys.enter);
    }
    for (const package_ of rounds[id]) {
      await user.waitFor(new RegExp(` ${package_} +brings it[\\s\\S]*esc leave`), 120_000);
      user.send(keys.enter);
      await user.waitFor(new RegExp(`${package_}[\\s\\S]*\\[[yY]/[^\\]]*\\]`), 120_000);
      user.send('y\r');
    }
    await user.waitFor('end 0', 120_000);
    expect(user.history()).toContain('code 0');
    await user.waitFor(/esc leave|last 1/, 120_000);
    // Without a list of files another package may bring it: so the list is offered.
    if (user.screen().includes('Fetch the list')) user.send(keys.escape);
    await user.waitFor('last 1', 120_000);
    expect(user.history()).toMatch(
      new RegExp(`does not find the header portaudio\\.h, although ${rounds[id][0]} \\d[\\d.]* is there\\.`),
    );
  }, 300_000);
});

/** Takes the index away, and leaves what lies beside it. */
const forget = {
  dnf: 'find /var/cache/dnf /var/cache/libdnf5 -type f ! -name expired_repos.json -delete',
  zypper: "find /var/cache/zypp -type f ! -path '*@System*' -delete",
  pacman: 'rm /var/lib/pacman/sync/*',
} as const;
const forgetful = (['dnf', 'zypper', 'pacman'] as const).filter((id) => installing.includes(id));

describe.runIf(forgetful.length > 0).each(forgetful)('%s without an index', (id) => {
  it('is said to have no list of packages, not to lack this one', async () => {
    const box = sandbox();
    const line = `cd ${box.project}; ${forget[id]}; pip install docopt; echo "code $?"`;
    const user = terminal('unshare', onMachine(box, id, line), {
      env: box.env,
      cwd: box.project,
      columns: 200,
    });
    await user.waitFor(/has no list of packages yet/, 120_000);
    await user.waitFor('esc leave', 60_000);
    user.send(keys.escape);
    await user.waitFor('code 1', 60_000);
    expect(user.history()).not.toContain('has no package for');
  }, 300_000);
});
