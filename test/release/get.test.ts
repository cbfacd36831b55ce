import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshHome, pathWith, programOf, snapshot } from '../install/support.ts';
import { lacks, python } from '../support/machine.ts';
import { canMount } from '../support/machines.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { makeRelease, type Release } from './support.ts';

let made: Release;
beforeAll(async () => {
  made = await makeRelease();
});
afterAll(() => made.end());

/** Runs get.sh, changed by `edit`, in a home of its own; temporary files go where the test can count them. */
function get(
  home: Sandbox,
  edit = (text: string) => text,
  env: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
) {
  const temporary = join(home.root, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const [program = '', ...args] = [...under, '/bin/sh', '-s'];
  const ran = home.run(program, args, {
    input: edit(readFileSync(made.file('get.sh'), 'utf8')),
    env: { TMPDIR: temporary, ...env },
  });
  return { ...ran, left: readdirSync(temporary) };
}

/** As a hint wants it: one sentence, then what to do; and nothing was done. */
function refused(home: Sandbox, ran: ReturnType<typeof get>, words: RegExp) {
  expect(ran.stderr).toMatch(/^get\.sh: .*Nothing was installed\.\nhint: .+\n$/);
  expect(ran.stderr).toMatch(words);
  expect([ran.code, ran.stdout, ran.left]).toEqual([1, '', []]);
  expect(Object.keys(snapshot(home.home))).toEqual(['shop']);
}

/** The tools of a system that has no more than this of those that get something. */
const plain = ['chmod', 'gzip', 'head', 'mv', 'python3', 'tar'];

describe('get.sh', () => {
  it('installs without npm, git, a compiler and another network than its address', () => {
    const home = freshHome();
    const ran = get(home, undefined, { PATH: pathWith(home, ...plain, 'node') });
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain(`pip-detour ${made.version} is installed in ~/.local/share/pip-detour.`);
    expect(ran.left).toEqual([]);
    const program = programOf(home);
    expect(readFileSync(join(program, 'lib/way'), 'utf8')).toBe(`archive\n${made.url}\n`);
    const said = home.run('pip', ['install', 'demo-lib'], {
      env: { PATH: `${program}/shims:/usr/bin:/bin` },
    });
    expect(said.stderr).toContain('pip-detour: you were not asked, because this is not a terminal');
    expect(home.run(join(program, 'shims/pip-detour'), ['uninstall']).stdout).toContain('Removed');
    expect(Object.keys(snapshot(home.home))).toEqual(['shop']);
  });

  it.each(['curl', 'wget'].filter((name) => !lacks(name)))('gets the archive with %s', (name) => {
    const home = freshHome();
    const bin = pathWith(home, ...plain);
    const used = join(home.root, 'used');
    writeFileSync(join(bin, name), `#!/bin/sh\n>>${used}\nexec /usr/bin/${name} "$@"\n`, { mode: 0o755 });
    const ran = home.run('/bin/sh', [made.file('get.sh'), '--help'], { env: { PATH: bin } });
    expect(ran.stdout).toContain('Usage: ./install.sh');
    expect([ran.code, existsSync(used)]).toEqual([0, true]);
  });

  it('gives its options on', () => {
    const home = freshHome();
    const ran = home.run('/bin/sh', [made.file('get.sh'), '--no-rc']);
    expect(ran.code).toBe(0);
    expect(existsSync(join(home.home, '.bashrc'))).toBe(false);
  });

  it('changes nothing the second time, and says so', () => {
    const home = freshHome();
    get(home);
    const before = snapshot(home.home, true);
    expect(get(home).stdout).toContain('already.\nNothing had to be changed.');
    expect(snapshot(home.home, true)).toEqual(before);
  });

  it.each([
    [
      'another archive',
      (text: string) => text.replace(/^(\tsha256=)\w{8}/m, '$100000000'),
      /another SHA-256/,
    ],
    [
      'an address that nobody answers',
      (text: string) => text.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
      /127\.0\.0\.1:9\S* cannot be had: /,
    ],
    [
      'a file that is not there',
      (text: string) => text.replace(/\.tar\.gz/, '.nowhere'),
      /nowhere cannot be had: .*404/,
    ],
    [
      'no address',
      (text: string) => text.replace(/address='[^']*'/, "address='/pip-detour.tar.gz'"),
      /made without an address/,
    ],
  ])('refuses %s', (_, edit, words) => {
    const home = freshHome();
    refused(home, get(home, edit), words);
  });

  it('refuses a directory for temporary files that is none', () => {
    const home = freshHome();
    refused(home, get(home, undefined, { TMPDIR: '/dev/null' }), /cannot be made: Not a directory/);
  });

  it.skipIf(!canMount).each(['curl', 'wget', 'python3'].filter((name) => !lacks(name)))(
    'refuses a full disk, by %s',
    (name) => {
      const home = freshHome();
      const bin = pathWith(home, ...plain);
      if (name !== 'python3') symlinkSync(`/usr/bin/${name}`, join(bin, name));
      const full = '/usr/bin/mount -t tmpfs -o size=64k tmpfs "$TMPDIR"';
      const ran = get(home, (text) => `${full}\n${text}`, { PATH: bin }, ['/usr/bin/unshare', '--mount']);
      refused(home, ran, /cannot be written to; the disk may be full\./);
    },
  );

  it('refuses an archive that was cut off', () => {
    const home = freshHome();
    const name = `pip-detour-${made.version}.short`;
    copyFileSync(made.file('.tar.gz'), join(made.directory, name));
    truncateSync(join(made.directory, name), 100_000);
    const ran = get(home, (text) => text.replace(/pip-detour-[\d.]+\.tar\.gz/, name));
    refused(home, ran, /cut off on its way, or changed/);
  });

  it('names all the programs that are missing at once', () => {
    const home = freshHome();
    refused(home, get(home, undefined, { PATH: pathWith(home) }), /missing: python3 tar gzip\./);
  });

  it('does nothing when it was cut off itself, wherever', () => {
    const text = readFileSync(made.file('get.sh'), 'utf8');
    const home = freshHome();
    for (let length = 0; length < text.length - 'main "$@"\n'.length; length += 97)
      expect(get(home, () => text.slice(0, length)).stdout).toBe('');
    expect(Object.keys(snapshot(home.home))).toEqual(['shop']);
  });
});

describe('the archive', () => {
  it('installs where a zip or a foreign tar has lost modes and links', () => {
    const home = freshHome();
    expect(home.run('/usr/bin/tar', ['-xf', made.file('.tar.gz'), '-C', home.root]).code).toBe(0);
    const top = join(home.root, `pip-detour-${made.version}`);
    home.run('/usr/bin/find', [top, '-type', 'f', '-exec', 'chmod', '644', '{}', '+']);
    const ran = home.run('/bin/sh', [join(top, 'install.sh')]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const version = home.run(join(programOf(home), 'shims/pip3'), ['--version']);
    expect(version.stdout).toMatch(/^pip \d/);
  });

  it('holds what dist holds', () => {
    const listed = freshHome().run(python, [
      '-c',
      'import sys, tarfile; print(*tarfile.open(sys.argv[1]).getnames(), sep="\\n")',
      made.file('.tar.gz'),
    ]).stdout;
    for (const name of [
      'shims/pip',
      'hook.zsh',
      'hook-rest.zsh',
      'completions/_pip-detour',
      'man/man1/pip-detour.1',
      'sbom.cdx.json',
      'LICENSE-3rd-party',
    ])
      expect(listed).toContain(`pip-detour-${made.version}/program/${name}\n`);
    expect(listed).not.toContain('program/node\n');
  });
});
