import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { freshHome, placeProgram, programOf, type RcShell, rcOf, snapshot, writeHome } from './support.ts';

const detour = (home: Sandbox, ...args: string[]) =>
  home.run(join(programOf(home), 'shims/pip-detour'), args);

/** The file of `pip` that an interactive shell finds, and whether it complains. */
function pipOf(home: Sandbox, shell: RcShell): { readonly file: string; readonly complaints: string } {
  const question = { bash: 'type -P pip', zsh: 'whence -p pip', fish: 'command -s pip' }[shell];
  const ran = home.run(`/usr/bin/${shell}`, ['-i', '-c', question]);
  const complaints = ran.stderr.replace(/.*(job control|ioctl).*\n/g, '');
  return { file: ran.stdout.trimEnd().split('\n').at(-1) ?? '', complaints };
}

const rows: readonly (readonly [string, (home: Sandbox, rc: string) => void])[] = [
  ['missing, and its directory', () => {}],
  ['without a final newline', (home, rc) => writeHome(home, rc, '# mine')],
  ['with Windows line ends', (home, rc) => writeHome(home, rc, '# mine\r\n# more\r\n')],
  ['with Windows line ends and none at the end', (home, rc) => writeHome(home, rc, '# mine\r\n# more')],
  [
    'a link into a repository of dotfiles',
    (home, rc) => {
      const file = writeHome(home, 'dotfiles/shell/rc', '# mine\n');
      mkdirSync(dirname(join(home.home, rc)), { recursive: true });
      symlinkSync(file, join(home.home, rc));
    },
  ],
  [
    'in a directory that is a link',
    (home, rc) => {
      const name = rc.split('/').at(-1) ?? '';
      if (!rc.includes('/')) return;
      writeHome(home, `dotfiles/fish/${name}`, '# mine\n');
      mkdirSync(join(home.home, '.config'));
      symlinkSync('../dotfiles/fish', join(home.home, dirname(rc)));
    },
  ],
];

describe.each<RcShell>(['bash', 'zsh', 'fish'])('an rc file of %s', (shell) => {
  it.skipIf(lacks(shell)).each(rows)(
    'that is %s: the line works in it, and goes without a trace',
    (_, prepare) => {
      const home = freshHome({ SHELL: `/usr/bin/${shell}` });
      const rc = rcOf[shell].file;
      prepare(home, rc);
      const program = placeProgram(home);
      const before = snapshot(home.home);
      const links = Object.keys(before).filter((path) => lstatSync(join(home.home, path)).isSymbolicLink());
      const leadTo = () => links.map((link) => readlinkSync(join(home.home, link)));
      const led = leadTo();
      expect(detour(home, 'setup').stderr).toBe('');
      expect(leadTo()).toEqual(led);
      expect(pipOf(home, shell)).toEqual({ file: `${program}/shims/pip`, complaints: '' });
      expect(detour(home, 'uninstall').stderr).toBe('');
      const rest = Object.entries(snapshot(home.home)).filter(
        ([path]) => !/^\.(local|config\/fish\/fish_variables|cache)/.test(path),
      );
      const wanted = Object.entries(before).filter(([path]) => !path.startsWith('.local'));
      // fish keeps a file of its own in its directory, whoever starts it.
      if (shell !== 'fish') expect(rest).toEqual(wanted);
      else expect(rest).toEqual(expect.arrayContaining(wanted));
    },
  );
});

describe.skipIf(lacks('zsh'))('ZDOTDIR', () => {
  it.each(['z dir', "it's $(elsewhere)"])('in %j is where our line goes', (name) => {
    const home = freshHome({ SHELL: '/usr/bin/zsh' });
    home.env['ZDOTDIR'] = join(home.home, name);
    const rc = writeHome(home, `${name}/.zshrc`, '# mine\n');
    const program = placeProgram(home);
    detour(home, 'setup');
    expect(pipOf(home, 'zsh').file).toBe(`${program}/shims/pip`);
    detour(home, 'uninstall');
    expect(readFileSync(rc, 'utf8')).toBe('# mine\n');
  });
});

/** root is stopped by no mode: such tests run as nobody. */
const canBeNobody = process.getuid?.() === 0 && !lacks('setpriv');

describe.skipIf(!canBeNobody)('for an ordinary user', () => {
  const asNobody = (home: Sandbox, command: string, ...args: string[]) =>
    home.run('/usr/bin/setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', command, ...args]);
  const prepare = () => {
    const home = freshHome();
    writeHome(home, '.profile', '. ~/.bashrc\n');
    const rc = writeHome(home, '.bashrc', '# mine\n');
    const program = placeProgram(home);
    home.run('/bin/chown', ['-R', '65534:65534', home.home]);
    chmodSync(home.root, 0o755);
    return { home, rc, shim: join(program, 'shims/pip-detour'), program };
  };

  it('an rc file that may not be written is left alone, with the line to put in by hand', () => {
    const { home, rc, shim } = prepare();
    chmodSync(rc, 0o444);
    const before = snapshot(home.home);
    const ran = asNobody(home, shim, 'setup');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /rc-not-writable: ~\/.bashrc cannot be changed: permission denied\nhint: use --no-rc and put this line .*hook\.bash/,
    );
    expect(snapshot(home.home)).toEqual(before);
  });

  it('an rc file that may not be written any more keeps a line that does nothing, and uninstalling says so', () => {
    const { home, rc, shim, program } = prepare();
    expect(asNobody(home, shim, 'setup').code).toBe(0);
    chownSync(rc, 0, 0);
    const ran = asNobody(home, shim, 'uninstall');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('not-all-removed: these files could not be changed: ~/.bashrc (EACCES)');
    expect(ran.stdout).toContain('Removed ~/.local/share/pip-detour');
    expect(asNobody(home, '/bin/ls', program).code).not.toBe(0);
    const shell = asNobody(home, '/bin/bash', '-i', '-c', 'type -P pip');
    expect(shell.stdout).toBe('/usr/bin/pip\n');
    expect(shell.stderr.replace(/.*(job control|ioctl).*\n/g, '')).toBe('');
  });
});
