import { describe, expect, it } from 'vitest';
import { ageOf } from '../../../src/detours/system-package/index-age.ts';
import { knownNames } from '../../../src/detours/system-package/known-names.ts';
import { managers, type PackageManagerId } from '../../../src/detours/system-package/managers/index.ts';
import type { Machine, Purpose } from '../../../src/detours/system-package/managers/manager.ts';
import { sandbox } from '../../support/sandbox.ts';

/**
 * What managers print, written by hand in the form their manuals and sources give it: Homebrew's answer is known by these
 * alone; of the others what was recorded is read in real-managers.test.ts, and here what their repositories there lack.
 */
interface Answer {
  readonly id: PackageManagerId;
  readonly names: readonly string[];
  readonly output: string;
  readonly machine?: Partial<Machine>;
  readonly found: Readonly<Record<string, string>>;
}

const answers: readonly Answer[] = [
  {
    id: 'dnf',
    names: ['requests', 'pyyaml', 'nothing'],
    output: `package python3-requests 2.31.0
python-requests = 2.31.0-4.fc40
python3-requests = 2.31.0-4.fc40
python3.12dist(requests) = 2.31
python3dist(requests) = 2.31

package python3-pyyaml 6.0.1
python3dist(pyyaml) = 6.0.1
python3dist(pyyaml[x]) = 6.0.1
`,
    found: { requests: 'python3-requests 2.31', pyyaml: 'python3-pyyaml 6.0.1' },
  },
  {
    id: 'pacman',
    names: ['requests', 'pyyaml', 'jwt', 'nothing'],
    output: `Repository      : extra
Name            : python-requests
Version         : 2.32.5-1
Description     : Python HTTP for Humans
Depends On      : python  python-urllib3

Repository      : extra
Name            : python-yaml
Version         : 1:6.0.2-3
Description     : Python bindings for YAML

`,
    found: { requests: 'python-requests 2.32.5', pyyaml: 'python-yaml 6.0.2' },
  },
  {
    id: 'msys2',
    names: ['requests'],
    machine: { stdlib: '/ucrt64/lib/python3.12' },
    output: `Repository      : ucrt64
Name            : mingw-w64-ucrt-x86_64-python-requests
Version         : 2.32.5-1
`,
    found: { requests: 'mingw-w64-ucrt-x86_64-python-requests 2.32.5' },
  },
  {
    id: 'zypper',
    names: ['requests', 'pyyaml'],
    machine: { python: '3.13' },
    output: `<?xml version='1.0'?>
<stream>
<search-result version="0.0">
<solvable-list>
<solvable status="not-installed" name="python313-requests" kind="package" edition="2.32.4-1.2" arch="noarch" repository="oss"/>
<solvable status="installed" name="python313-PyYAML" kind="package" edition="6.0.2-2.1" arch="x86_64" repository="(System Packages)"/>
</solvable-list>
</search-result>
</stream>
`,
    found: { requests: 'python313-requests 2.32.4', pyyaml: 'python313-PyYAML 6.0.2 installed 6.0.2' },
  },
  {
    id: 'apk',
    names: ['requests', 'pyyaml', 'pyjwt'],
    output: `py3-requests policy:
  2.32.5-r0:
    http://dl-cdn.alpinelinux.org/alpine/v3.22/main
py3-yaml policy:
  6.0.2-r0:
    lib/apk/db/installed
    http://dl-cdn.alpinelinux.org/alpine/v3.22/main
`,
    found: { requests: 'py3-requests 2.32.5', pyyaml: 'py3-yaml 6.0.2 installed 6.0.2' },
  },
  {
    id: 'xbps',
    names: ['requests', 'pillow', 'nothing'],
    output: `[-] python3-Pillow-11.0.0_1            Python Imaging Library (fork)
[*] python3-requests-2.32.3_2          Python3 HTTP library
[-] python3-requests-toolbelt-1.0.0_2  Collection of utilities
`,
    found: { requests: 'python3-requests 2.32.3 installed 2.32.3', pillow: 'python3-Pillow 11.0.0' },
  },
  {
    id: 'emerge',
    names: ['pyyaml', 'zope-interface', 'new-thing'],
    output: `/var/db/repos/gentoo/dev-python/pyyaml/metadata.xml:<remote-id type="pypi">PyYAML</remote-id>
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.0.2.ebuild:KEYWORDS="~alpha amd64 arm arm64"
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.0.3.ebuild:KEYWORDS="~alpha ~amd64 ~arm ~arm64"
/var/db/repos/gentoo/dev-python/zope-interface/metadata.xml:<remote-id type="pypi">zope.interface</remote-id>
/var/db/repos/gentoo/dev-python/zope-interface/zope-interface-8.0-r1.ebuild:KEYWORDS="amd64"
/var/db/repos/gentoo/dev-python/new-thing/metadata.xml:<remote-id type="pypi">new-thing</remote-id>
/var/db/repos/gentoo/dev-python/new-thing/new-thing-1.ebuild:KEYWORDS="~amd64"
`,
    found: { pyyaml: 'dev-python/pyyaml 6.0.2', 'zope-interface': 'dev-python/zope-interface 8.0' },
  },
  {
    id: 'brew',
    names: ['black', 'numpy', 'requests'],
    output: JSON.stringify({
      formulae: [
        { name: 'black', versions: { stable: '25.1.0' }, installed: [] },
        { name: 'numpy', versions: { stable: '2.3.1' }, installed: [{ version: '2.3.0_1' }] },
      ],
      casks: [],
    }),
    found: { black: 'black 25.1.0', numpy: 'numpy 2.3.1 installed 2.3.0' },
  },
  {
    id: 'nix',
    names: ['requests', 'nothing', 'dns'],
    output:
      '{"nothing":{"pname":null,"version":null},"requests":{"pname":"requests","version":"2.32.5"},"dns":{"pname":"dnspython","version":"2.7.0"}}\n',
    found: { requests: 'python3Packages.requests 2.32.5' },
  },
];

const machineOf = (machine: Partial<Machine> = {}): Machine => ({
  python: '3.12',
  stdlib: '/usr/lib/python3.12',
  arch: 'x64',
  known: knownNames,
  ...machine,
});

describe.each(answers)(
  '$id, answering as its documentation has it (written by hand)',
  ({ id, names, output, machine, found }) => {
    const manager = managers[id];

    it('its answer is read: package, version, what is installed, and what it does not have', () => {
      const read = manager.read(output, names, machineOf(machine));
      const said = [...(read ?? [])].map(([name, { package: package_, version, installed }]) => [
        name,
        `${package_} ${version}${installed === undefined ? '' : ` installed ${installed}`}`,
      ]);
      expect(Object.fromEntries(said)).toEqual(found);
    });

    it('one command asks for all names, and each is in it or in what comes back', () => {
      for (const purpose of ['install', 'uninstall'] satisfies Purpose[]) {
        const { program, args } = manager.ask(names, machineOf(machine), purpose);
        expect(program).toMatch(/^[a-z-]+$/);
        expect(args.length).toBeGreaterThan(0);
        expect(args.join(' ')).not.toMatch(/\s-S\s|--sync|--refresh|\bupdate\b/);
      }
    });

    it('of its answer to nothing nothing is known, and nothing else', () => {
      const empty = { zypper: '<stream></stream>', brew: '{"formulae":[]}', nix: '{}' };
      const said = Object.entries(empty).find(([other]) => other === id)?.[1] ?? '';
      expect(manager.read(said, names, machineOf(machine))?.size).toBe(0);
    });

    it.each([
      'Segmentation fault\n',
      '\u0000\u0001binary',
      '<html>503</html>\n',
      'Paket nicht gefunden: x\n',
    ])('garbage (%j) is no answer', (garbage) => {
      const read = manager.read(garbage, names, machineOf(machine));
      expect(read?.size ?? 0).toBe(0);
    });
  },
);

describe('a name that elsewhere is a module of another project', () => {
  const modules = 'jwt serial usb magic git dns'.split(' ');

  it.each(['apt', 'pacman', 'msys2', 'apk'] as const)('%s is not even asked about one', (id) => {
    const nothing = managers[id].ask([], machineOf(), 'install').args;
    expect(managers[id].ask(modules, machineOf(), 'install').args).toEqual(nothing);
  });

  it('xbps has packages of those names, and they are not taken', () => {
    const listed = modules.map((name) => `[-] python3-${name}-1.0_1  of another project\n`).join('');
    expect(managers.xbps.read(listed, modules, machineOf())?.size).toBe(0);
  });

  it('brew knows none of them', () => {
    expect(managers.brew.ask(modules, machineOf(), 'install').args).toEqual(['--prefix']);
  });
});

describe('an index that is missing is told from a package that is', () => {
  it.each<[PackageManagerId, string, string]>([
    ['pacman', '', "warning: database file for 'extra' does not exist (use '-Sy' to download)\n"],
    ['msys2', '', "warning: database file for 'ucrt64' does not exist (use '-Sy' to download)\n"],
    ['dnf', '', "Error: Cache-only enabled but no cache for 'fedora'\n"],
    // zypper 1.14.42, an ordinary user's, where nobody has made a cache of what was fetched.
    [
      'zypper',
      `<stream>
<message type="error">Error building the cache:
Can&apos;t create /var/cache/zypp/solv/oss
</message>
<message type="warning">Skipping repository &apos;oss&apos; because of the above error.</message>
<message type="info">No matching items found.</message>
</stream>
`,
      '',
    ],
    [
      'apk',
      '',
      'WARNING: opening from cache https://dl-cdn.alpinelinux.org/alpine/v3.22/main: No such file or directory\n',
    ],
    ['xbps', '', ''],
    [
      'nix',
      '',
      "error: file 'nixpkgs' was not found in the Nix search path (add it using $NIX_PATH or -I)\n",
    ],
    ['brew', '', 'Error: Failed to download https://formulae.brew.sh/api/formula.jws.json!\n'],
  ])('%s', (id, output, said) => {
    expect(managers[id].lacksIndex?.({ output, said }, 'install')).toBe(true);
    const right = answers.find((one) => one.id === id)?.output ?? '';
    expect(managers[id].lacksIndex?.({ output: right, said: '' }, 'install')).toBe(false);
  });

  it('apt, dnf, pacman, zypper, apk and emerge keep theirs where it can be looked for', () => {
    const looked = Object.entries(managers).filter(([, { index }]) => index !== undefined);
    expect(looked.map(([id]) => id).sort()).toEqual(['apk', 'apt', 'dnf', 'emerge', 'pacman', 'zypper']);
  });

  it.each<[PackageManagerId, 'index' | 'files', string, boolean]>([
    ['dnf', 'index', '/var/cache/dnf/fedora.solv', true],
    ['dnf', 'index', '/var/cache/dnf/fedora-eb56f09ed2c644e3/repodata/72dc-primary.xml.gz', true],
    ['dnf', 'index', '/var/cache/libdnf5/fedora-eb56f09ed2c644e3/solv/fedora.solv', true],
    ['dnf', 'index', '/var/cache/dnf/expired_repos.json', false],
    ['dnf', 'index', '/var/cache/libdnf5/_dnf_local_nogpgcheck-01bd/solv/_dnf_local_nogpgcheck.solv', false],
    ['dnf', 'files', '/var/cache/libdnf5/fedora-eb56f09ed2c644e3/repodata/b28f-filelists.xml.zst', true],
    ['dnf', 'files', '/var/cache/libdnf5/fedora-eb56f09ed2c644e3/repodata/72dc-primary.xml.zst', false],
    ['zypper', 'index', '/var/cache/zypp/solv/oss/solv', true],
    ['zypper', 'index', '/var/cache/zypp/raw/oss/repodata/4f17-primary.xml.gz', true],
    ['zypper', 'index', '/var/cache/zypp/solv/@System/solv', false],
    ['pacman', 'files', '/var/lib/pacman/sync/extra.files', true],
    ['pacman', 'files', '/var/lib/pacman/sync/extra.db', false],
  ])('%s, where its %s would be: of %s alone it is said to be there: %s', (id, which, file, isThere) => {
    const box = sandbox();
    box.write(`.${file}`, '');
    const { index, brings } = managers[id];
    const list = which === 'index' ? index : brings?.files;
    const directories = (list?.directories ?? []).map((directory) => `${box.project}${directory}`);
    expect(ageOf(list && { ...list, directories })).toBe(isThere ? 0 : 'none');
  });

  it('every one says how to get it: by a command of ours, or by what to type', () => {
    for (const { refresh, fetches } of Object.values(managers)) expect(refresh ?? fetches).toBeDefined();
  });
});

describe('Gentoo keeps a version for some processors only', () => {
  const output = `/var/db/repos/gentoo/dev-python/pyyaml/metadata.xml:<remote-id type="pypi">PyYAML</remote-id>
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.0.2.ebuild:KEYWORDS="~alpha amd64 ~arm arm64 ~x64-macos"
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.0.3.ebuild:KEYWORDS="~alpha amd64 ~arm ~arm64 ~x64-macos"
`;
  it.each([
    ['x64', '6.0.3'],
    ['arm64', '6.0.2'],
    ['arm', undefined],
    ['riscv64', undefined],
  ])('on %s the newest stable one is %s', (arch, version) => {
    expect(managers.emerge.read(output, ['pyyaml'], machineOf({ arch }))?.get('pyyaml')?.version).toBe(
      version,
    );
  });
});

describe('Gentoo takes what its owner accepts', () => {
  const output = `/var/db/repos/gentoo/dev-python/pyyaml/metadata.xml:<remote-id type="pypi">PyYAML</remote-id>
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.0.2.ebuild:KEYWORDS="~alpha amd64 arm64"
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.0.3.ebuild:KEYWORDS="~alpha ~amd64 ~arm64"
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-6.1.ebuild:KEYWORDS="~riscv"
/var/db/repos/gentoo/dev-python/pyyaml/pyyaml-9999.ebuild:KEYWORDS=""
`;
  it.each<[string, string | undefined]>([
    ['ACCEPT_KEYWORDS="~amd64"', '6.0.3'],
    ["ACCEPT_KEYWORDS='~amd64'", '6.0.3'],
    ['  ACCEPT_KEYWORDS=~amd64 # all of it', '6.0.3'],
    ['ACCEPT_KEYWORDS="\x24{ARCH} ~\x24{ARCH}"', '6.0.3'],
    ['ACCEPT_KEYWORDS="~$ARCH"', '6.0.3'],
    ['ACCEPT_KEYWORDS="amd64"', '6.0.2'],
    ['ACCEPT_KEYWORDS="~arm"', '6.0.2'],
    ['ACCEPT_KEYWORDS="" # ~amd64', '6.0.2'],
    ['ACCEPT_KEYWORDS="-amd64 ~amd64"', '6.0.3'],
    ['ACCEPT_KEYWORDS="-* riscv"', undefined],
    ['ACCEPT_KEYWORDS="*"', '6.0.2'],
    ['ACCEPT_KEYWORDS="~*"', '6.1'],
  ])('%s: %s', (line, version) => {
    const told = `/etc/portage/make.conf:${line}\n${output}`;
    expect(managers.emerge.read(told, ['pyyaml'], machineOf({ arch: 'x64' }))?.get('pyyaml')?.version).toBe(
      version,
    );
  });
});

const lines = [
  ['apt', 'apt-get install --no-install-recommends a b', 'apt-get remove a b'],
  ['dnf', 'dnf install a b', 'dnf remove a b'],
  ['pacman', 'pacman -S --needed a b', 'pacman -R a b'],
  ['zypper', 'zypper install --no-recommends a b', 'zypper remove a b'],
  ['apk', 'apk add a b', 'apk del a b'],
  ['xbps', 'xbps-install a b', 'xbps-remove a b'],
  ['emerge', 'emerge --ask --noreplace a b', 'emerge --ask --depclean a b'],
  ['brew', 'brew install a b', 'brew uninstall a b'],
  ['msys2', 'pacman -S --needed a b', 'pacman -R a b'],
] as const satisfies readonly (readonly [PackageManagerId, string, string])[];

describe('what would be run', () => {
  it('there is a row of each that installs', () => {
    const install = Object.entries(managers).filter(([, manager]) => manager.install !== undefined);
    expect(lines.map(([id]) => id).sort()).toEqual(install.map(([id]) => id).sort());
  });

  it.each(lines)('%s: %s; %s', (id, install, remove) => {
    const manager = managers[id];
    const words = (line: ReturnType<NonNullable<typeof manager.install>> | undefined) =>
      line === undefined ? '' : [line.program, ...line.args].join(' ');
    expect(words(manager.install?.(['a', 'b'], false))).toBe(install);
    expect(words(manager.remove?.(['a', 'b']))).toBe(remove);
  });

  it('Nix changes no Python: it names the line that brings one', () => {
    expect(managers.nix.install).toBeUndefined();
    expect(managers.nix.instead?.(['python3Packages.requests'])).toContain('ps: with ps; [ requests ]');
  });

  it.each(Object.keys(managers))('%s is never told yes where somebody can answer', (id) => {
    const manager = Object.entries(managers).find(([name]) => name === id)?.[1];
    const args = manager?.install?.(['a'], false).args ?? [];
    expect(
      args.filter((word) => /^(-y|--(assume-?)?yes.*|--noconfirm|--non-interactive)$/.test(word)),
    ).toEqual([]);
  });
});
