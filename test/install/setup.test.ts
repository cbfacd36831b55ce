import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { lacks } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { freshHome, placeProgram, programOf, snapshot, writeHome } from './support.ts';

const detour = (home: Sandbox, program: string, ...args: string[]) => {
  const ran = home.run(join(program, 'shims/pip-detour'), args);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
};
const marker = '# >>> pip-detour >>>';

describe('setup, then uninstall', () => {
  const cases: readonly (readonly [string, string, (home: Sandbox) => void])[] = [
    ['no rc file at all', '/bin/bash', () => {}],
    ['an empty .bashrc', '/bin/bash', (home) => writeHome(home, '.bashrc', '')],
    ['a .bashrc without a final newline', '/bin/bash', (home) => writeHome(home, '.bashrc', 'export A=1')],
    ['a .bashrc with Windows line ends', '/bin/bash', (home) => writeHome(home, '.bashrc', '# a\r\n# b\r\n')],
    ['a .bashrc in Latin-1', '/bin/bash', (home) => writeHome(home, '.bashrc', '# caf\xe9\n')],
    [
      'a .bashrc that is a link into dotfiles',
      '/bin/bash',
      (home) => {
        writeHome(home, 'dotfiles/bashrc', 'export A=1\n');
        symlinkSync('dotfiles/bashrc', join(home.home, '.bashrc'));
      },
    ],
    [
      'a .bashrc that is a link to nothing yet',
      '/bin/bash',
      (home) => symlinkSync('bashrc-to-be', join(home.home, '.bashrc')),
    ],
    [
      'a .bashrc that others may not read',
      '/bin/bash',
      (home) => chmodSync(writeHome(home, '.bashrc', 'TOKEN=1\n'), 0o600),
    ],
    [
      'a login file that does not lead to .bashrc',
      '/bin/bash',
      (home) => writeHome(home, '.bash_profile', 'export B=1'),
    ],
    ['a .zshrc', '/bin/zsh', (home) => writeHome(home, '.zshrc', 'export A=1\n')],
    ['no .zshrc', '/bin/zsh', () => {}],
    ['no directory of fish', '/usr/bin/fish', () => {}],
    ['a config.fish', '/usr/bin/fish', (home) => writeHome(home, '.config/fish/config.fish', 'set -x A 1\n')],
  ];
  it.each(cases)('leaves the home directory byte for byte as it was: %s', (_, shell, prepare) => {
    const home = freshHome({ SHELL: shell });
    prepare(home);
    mkdirSync(join(home.home, '.local/share'), { recursive: true });
    const before = snapshot(home.home);
    const program = placeProgram(home);
    expect(detour(home, program, 'setup')).toContain('Added one line to');
    expect(Object.values(snapshot(home.home)).join('\n')).toContain(marker);
    detour(home, program, 'uninstall');
    expect(snapshot(home.home)).toEqual(before);
  });

  it('leaves what was written around our line', () => {
    const home = freshHome();
    const rc = writeHome(home, '.bashrc', 'one\n');
    const program = placeProgram(home);
    detour(home, program, 'setup');
    writeFileSync(rc, `zero\n${readFileSync(rc, 'utf8')}two\n`);
    detour(home, program, 'uninstall');
    expect(readFileSync(rc, 'utf8')).toBe('zero\none\ntwo\n');
  });

  it.each([
    ['.bash_aliases', '/bin/bash'],
    ['.zprofile', '/bin/zsh'],
    ['.config/fish/conf.d/pip.fish', '/usr/bin/fish'],
  ])('finds our line where the person has moved it: %s', (moved, shell) => {
    const home = freshHome({ SHELL: shell });
    const program = placeProgram(home);
    detour(home, program, 'setup');
    const [rc = ''] = JSON.parse(readFileSync(join(program, 'manifest.json'), 'utf8')).rcFiles;
    const file = writeHome(home, moved, `one\n${readFileSync(rc, 'latin1')}two\n`);
    rmSync(rc);
    expect(detour(home, program, 'uninstall')).toContain(`Removed our line from ~/${moved}`);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  });

  it('finds our lines without the manifest', () => {
    const home = freshHome({ SHELL: '/bin/zsh' });
    const rc = writeHome(home, '.zshrc', 'one');
    const program = placeProgram(home);
    detour(home, program, 'setup');
    rmSync(join(program, 'manifest.json'));
    home.run(join(program, 'shims/pip-detour'), ['uninstall'], { env: { SHELL: '/bin/bash' } });
    expect(readFileSync(rc, 'utf8')).toBe('one');
    expect(existsSync(program)).toBe(false);
  });

  it('takes memory and settings along, unless told to keep them, and names the environments that stay', async () => {
    const home = freshHome();
    const state = writeHome(home, '.local/state/pip-detour/choices/x.json', '{}');
    const settings = writeHome(home, '.config/pip-detour/config.json', '{}');
    const environment = writeHome(home, 'shop/.venv/pyvenv.cfg', '').slice(0, -'/pyvenv.cfg'.length);
    const remembered = { environment: { directory: environment } };
    await remember(join(home.home, '.local/state/pip-detour'), join(home.home, 'shop'), 'venv', remembered);
    const told = detour(home, placeProgram(home), 'uninstall', '--keep-memory');
    expect(told).toContain(
      'The environments of your projects stay, and work without pip-detour: ~/shop/.venv.',
    );
    expect([state, settings].map((path) => existsSync(path))).toEqual([true, true]);
    detour(home, placeProgram(home), 'uninstall');
    expect([state, settings].map((path) => existsSync(path))).toEqual([false, false]);
  });

  it('tells what it would do and does nothing with --dry-run', () => {
    const home = freshHome();
    writeHome(home, '.bashrc', 'one\n');
    const program = placeProgram(home);
    const before = snapshot(home.home, true);
    expect(detour(home, program, 'setup', '--dry-run')).toContain('Would add one line to ~/.bashrc');
    expect(snapshot(home.home, true)).toEqual(before);
    detour(home, program, 'setup');
    const after = snapshot(home.home, true);
    const told = detour(home, program, 'uninstall', '--dry-run');
    expect(told).toContain('Would remove our line from ~/.bashrc');
    expect(told).toContain('Would remove ~/.local/share/pip-detour');
    expect(snapshot(home.home, true)).toEqual(after);
    // The very same lines, done.
    expect(detour(home, program, 'uninstall')).toContain(told.replaceAll('Would remove', 'Removed'));
  });
});

describe('setup', () => {
  it('changes nothing the second time, and says so', () => {
    const home = freshHome();
    const program = placeProgram(home);
    detour(home, program, 'setup');
    const before = snapshot(home.home, true);
    expect(detour(home, program, 'setup')).toContain('Nothing had to be changed.');
    expect(snapshot(home.home, true)).toEqual(before);
  });

  it('follows a link to the rc file and keeps the file itself, its mode and its other names', () => {
    const home = freshHome();
    const real = writeHome(home, 'dotfiles/bashrc', 'one\n');
    chmodSync(real, 0o600);
    linkSync(real, join(home.home, 'dotfiles/other-name'));
    symlinkSync('dotfiles/bashrc', join(home.home, '.bashrc'));
    detour(home, placeProgram(home), 'setup');
    expect(lstatSync(join(home.home, '.bashrc')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(home.home, 'dotfiles/other-name'), 'utf8')).toContain(marker);
    expect(statSync(real).mode & 0o777).toBe(0o600);
  });

  it.skipIf(lacks('zsh'))('reads ZDOTDIR as zsh does, also where only ~/.zshenv sets it', () => {
    const home = freshHome({ SHELL: '/usr/bin/zsh' });
    writeHome(home, '.zshenv', 'echo noise\nZDOTDIR=$HOME/z\n');
    const rc = writeHome(home, 'z/.zshrc', '');
    detour(home, placeProgram(home), 'setup');
    expect(readFileSync(rc, 'utf8')).toContain(marker);
    expect(existsSync(join(home.home, '.zshrc'))).toBe(false);
  });

  it.each([
    ['leads to .bashrc', '[ -n "$BASH" ] && . ~/.bashrc\n', false],
    ['does not', 'export A=1\n', true],
  ])(
    'adds the line to a login file as well only when that file does not lead on: it %s',
    (_, text, added) => {
      const home = freshHome();
      const login = writeHome(home, '.profile', text);
      detour(home, placeProgram(home), 'setup');
      expect(readFileSync(join(home.home, '.bashrc'), 'utf8')).toContain(marker);
      expect(readFileSync(login, 'utf8').includes(marker)).toBe(added);
    },
  );

  it('reaches login shells where bash has no file for them, and takes that file away again', () => {
    const home = freshHome();
    const program = placeProgram(home);
    detour(home, program, 'setup');
    const login = home.run('/bin/bash', ['-lic', 'command -v pip-detour']);
    expect(login.stdout).toBe(`${program}/shims/pip-detour\n`);
    // Every sh reads that file as well: display managers' and those of a console.
    for (const words of [['dash'], ['busybox', 'sh'], ['mksh']]) {
      const [sh = '', ...applet] = words;
      if (lacks(sh)) continue;
      for (const flags of ['-lc', '-lic']) {
        const other = home.run(`/usr/bin/${sh}`, [...applet, flags, 'command -v pip-detour']);
        expect(other.stdout, `${sh} ${flags}`).toContain(`${program}/shims/pip-detour`);
        expect(other.stderr.replace(/.*(tty|job control|ioctl).*\n/g, ''), `${sh} ${flags}`).toBe('');
      }
    }
    detour(home, program, 'uninstall');
    expect(readdirSync(home.home)).toEqual(['.local', 'shop']);
  });

  it('sets up the shell that is named', () => {
    const home = freshHome();
    detour(home, placeProgram(home), 'setup', '--shell', 'fish');
    expect(readFileSync(join(home.home, '.config/fish/config.fish'), 'utf8')).toContain(marker);
    expect(existsSync(join(home.home, '.bashrc'))).toBe(false);
  });

  it.each([
    ['a shell it does not know', '/bin/ksh', [], 'env.sh'],
    ['--no-rc', '/bin/bash', ['--no-rc'], 'hook.bash'],
  ])('shows the line to add with %s, and adds none', (_, shell, args, file) => {
    const home = freshHome({ SHELL: shell });
    const before = Object.keys(snapshot(home.home));
    const program = placeProgram(home);
    expect(detour(home, program, 'setup', ...args)).toContain(`. ${program}/${file}`);
    const outside = Object.keys(snapshot(home.home)).filter((path) => !path.startsWith('.local'));
    expect(outside).toEqual(before);
  });

  it('links the versioned names of the pips there are, and unlinks those that are gone, not those of a Python off this PATH', () => {
    const home = freshHome();
    const program = placeProgram(home);
    const tools = join(home.root, 'tools');
    mkdirSync(tools);
    for (const name of ['pip3.98', 'pip3.99', 'pip2.7', 'pip3x'])
      writeFileSync(join(tools, name), '', { mode: name === 'pip3.98' ? 0o644 : 0o755 });
    const pyenv = join(home.home, '.pyenv/versions/3.97.1/bin');
    mkdirSync(pyenv, { recursive: true });
    for (const name of ['python', 'pip3.97']) writeFileSync(join(pyenv, name), '', { mode: 0o755 });
    const setUp = (path: string) => {
      home.run(join(program, 'shims/pip-detour'), ['setup'], { env: { PATH: path } });
      return Object.keys(snapshot(join(program, 'shims'))).filter((name) => /\d\.?\d/.test(name));
    };
    const activated = join(home.home, 'shop/.venv/bin');
    mkdirSync(activated, { recursive: true });
    writeFileSync(join(activated, 'pip3.96'), '', { mode: 0o755 });
    writeFileSync(join(activated, '../pyvenv.cfg'), '');
    expect(setUp(`${activated}:${program}/shims:${tools}:${pyenv}:/nonexistent::.`)).toEqual([
      'pip3.97',
      'pip3.99',
    ]);
    expect(setUp(`${program}/shims:/usr/sbin`)).toEqual(['pip3.97']);
    rmSync(pyenv, { recursive: true });
    expect(setUp(`${program}/shims:/usr/sbin`)).toEqual([]);
  });

  it.each([
    ['a directory', (path: string) => void mkdirSync(path), 'EISDIR|illegal operation on a directory'],
    ['a link to itself', (path: string) => void symlinkSync('.bashrc', path), 'symbolic link'],
  ])('says what is wrong when the rc file is %s', (_, make, words) => {
    const home = freshHome();
    make(join(home.home, '.bashrc'));
    const ran = home.run(join(placeProgram(home), 'shims/pip-detour'), ['setup']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(new RegExp(`rc-not-writable: ~/.bashrc cannot be changed: .*(${words})`));
    expect(ran.stderr).toContain('--no-rc');
    expect(existsSync(join(programOf(home), 'manifest.json'))).toBe(false);
  });
});
