import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { besides, environmentAt } from '../../../src/detours/venv/environment-place.ts';
import { lookAtEnvironment } from '../../../src/place/environment.ts';
import { withoutSymlinks } from '../../../src/place/file-system.ts';
import { usualNames } from '../../../src/project/environments.ts';
import { findProject } from '../../../src/project/find.ts';
import type { PlaceKind } from '../../../src/types.ts';
import { dist, python } from '../../support/machine.ts';
import { type Sandbox, sandbox } from '../../support/sandbox.ts';

const uid = process.getuid?.() ?? -1;
const made = (box: Sandbox, directory: string) =>
  expect(box.run(python, ['-I', '-m', 'venv', '--without-pip', directory]).code).toBe(0);
const around = (box: Sandbox, kinds: readonly PlaceKind[] = []) => ({
  place: box.project,
  home: box.home,
  environmentsDirectory: join(box.home, 'environments'),
  uid,
  where: { kinds, throwAway: false },
});
const at = (box: Sandbox, kinds?: readonly PlaceKind[]) => environmentAt(around(box, kinds));

describe('a .venv that is a redirect file (PEP 832, a draft)', () => {
  it('stands for the environment its first line names, relative to the file', () => {
    const box = sandbox();
    made(box, join(box.home, 'elsewhere/env'));
    box.write('.venv', '../elsewhere/env\nanything more\n');
    expect(at(box)).toMatchObject({ state: 'ready', directory: join(box.home, 'elsewhere/env') });
    expect(findProject(box.project, box.home, uid)).toMatchObject({ because: '.venv', root: box.project });
  });

  it.each<[string, string, (box: Sandbox) => void, string]>([
    ['an empty one', '', () => {}, 'is a file that does not name an environment'],
    ['a blank first line', '\n../x\n', () => {}, 'is a file that does not name an environment'],
    ['one that names nothing', '../nowhere\n', () => {}, 'which is not there'],
    ['one that names a directory of another kind', '/usr\n', () => {}, 'which'],
    [
      'one that names another redirect',
      '../second\n',
      (box) => writeFileSync(join(box.home, 'second'), 'x\n'),
      'which is not a directory',
    ],
    [
      'one that names an empty directory',
      '../empty\n',
      (box) => mkdirSync(join(box.home, 'empty')),
      'which is empty',
    ],
    [
      'a long file of another kind',
      'x'.repeat(6000),
      () => {},
      'is a file that does not name an environment',
    ],
  ])('%s cannot be used, and nothing is made where it points', (_, text, change, why) => {
    const box = sandbox();
    change(box);
    box.write('.venv', text);
    const look = at(box);
    expect(look.state).toBe('unusable');
    expect(look.why).toContain(why);
    expect(look.directory).toBe(join(box.project, '.venv'));
  });
});

describe('an environment of another name is used in place of a second one', () => {
  it.each<[string, string, (box: Sandbox) => void, string, string[]]>([
    ['env', 'ready', (box) => made(box, join(box.project, 'env')), 'env', []],
    ['ENV', 'ready', (box) => made(box, join(box.project, 'ENV')), 'ENV', []],
    ['a name of their own', 'ready', (box) => made(box, join(box.project, 'my env')), 'my env', []],
    [
      'several: the usual one first, and the others named',
      'ready',
      (box) => {
        for (const name of ['aaa', 'env', 'venv']) made(box, join(box.project, name));
        symlinkSync('aaa', join(box.project, 'link'));
      },
      'venv',
      ['env', 'aaa'],
    ],
    [
      'one that was moved with its project',
      'misplaced',
      (box) => {
        made(box, join(box.home, 'old/env'));
        renameSync(join(box.home, 'old/env'), join(box.project, 'env'));
      },
      'env',
      [],
    ],
    [
      'what was put aside is none',
      'missing',
      (box) => {
        for (const name of ['.venv.old', '.venv.before-3.11', 'venv-bak', 'env~'])
          made(box, join(box.project, name));
      },
      '.venv',
      [],
    ],
    ['a .env that is a file is none', 'missing', (box) => box.write('.env', 'KEY=1\n'), '.venv', []],
    [
      'nor where that file names one',
      'missing',
      (box) => {
        made(box, join(box.home, 'elsewhere'));
        box.write('.env', '../elsewhere\n');
      },
      '.venv',
      [],
    ],
    [
      'what tests have, a pyvenv.cfg without a Python, is none',
      'missing',
      (box) => box.write('fixture/pyvenv.cfg', 'home = /usr/bin\n'),
      '.venv',
      [],
    ],
    [
      'what came with a repository is none',
      'missing',
      (box) => {
        made(box, join(box.project, 'theirs'));
        box.run('git', ['init', '--quiet']);
        box.run('git', ['add', '--force', 'theirs/pyvenv.cfg']);
      },
      '.venv',
      [],
    ],
  ])('%s', (_, state, change, name, others) => {
    const box = sandbox();
    change(box);
    const found = at(box);
    expect(found).toMatchObject({ state, directory: join(box.project, name) });
    expect(besides(found, around(box)).map(({ directory }) => basename(directory))).toEqual(others);
  });

  it('above, only one of a usual name is the project of what lies below it', () => {
    const box = sandbox();
    made(box, join(box.project, 'some-tool'));
    mkdirSync(join(box.project, 'new/deep'), { recursive: true });
    const rootOf = (cwd: string) => findProject(cwd, box.home, uid)?.root;
    expect(rootOf(box.project)).toBe(box.project);
    expect(rootOf(join(box.project, 'new'))).toBeUndefined();
    made(box, join(box.project, 'env'));
    expect(rootOf(join(box.project, 'new/deep'))).toBe(box.project);
  });

  it('at home, where there is no personal one', () => {
    const box = sandbox();
    made(box, join(box.home, 'env'));
    const home = { ...around(box), place: box.home };
    expect(environmentAt(home)).toMatchObject({ directory: join(box.home, 'env'), state: 'ready' });
    made(box, join(box.home, 'environments/personal'));
    expect(environmentAt(home).directory).toBe(join(box.home, 'environments/personal'));
  });

  it('the hooks look for the same names', () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      expect(readFileSync(join(dist, `hook.${shell}`), 'utf8')).toContain(`in ${usualNames.join(' ')}`);
  });
});

describe('an environment outside the project', () => {
  it.skipIf(uid === 0)('a project that cannot be written to', () => {
    const box = sandbox();
    chmodSync(box.project, 0o555);
    expect(at(box)).toMatchObject({ state: 'missing', outside: 'the project cannot be written to' });
  });

  it('one that is there goes on being used, one project’s never by another', () => {
    const box = sandbox();
    const inside = at(box);
    expect(inside).toMatchObject({ directory: join(box.project, '.venv'), state: 'missing' });
    expect(inside.outside).toBeUndefined();
    const toolbox = at(sandbox(), ['toolbox']);
    expect(toolbox.outside).toBeUndefined();
  });

  it("in a toolbox the host's environment, whose Python is not in there, is left alone", () => {
    const box = sandbox();
    box.write('.venv/pyvenv.cfg', 'home = /usr/bin\nversion = 3.13.1\n');
    mkdirSync(join(box.project, '.venv/bin'));
    symlinkSync('/usr/bin/python3.99', join(box.project, '.venv/bin/python'));
    expect(at(box)).toMatchObject({ state: 'broken' });
    const look = at(box, ['toolbox']);
    expect(look).toMatchObject({
      state: 'missing',
      outside: 'the environment in the project belongs to the host',
    });
    expect(look.directory).toMatch(/\/environments\/shop-[0-9a-f]{8}$/);
  });
});

const line = (at: string, kind: string, options = 'rw') =>
  `30 1 8:1 / ${at} rw,relatime - ${kind} none ${options}`;
describe('file systems without symbolic links', () => {
  it.each<[string, string[], string | undefined]>([
    ['ext4', [line('/', 'ext4')], undefined],
    ['a USB stick', [line('/', 'ext4'), line('/media/stick', 'vfat')], '/media/stick has no symbolic links'],
    ['exFAT', [line('/', 'ext4'), line('/media/stick', 'exfat')], '/media/stick has no symbolic links'],
    ['a stick beside', [line('/', 'ext4'), line('/media/st', 'vfat')], undefined],
    [
      'a Windows drive in WSL 2',
      [line('/', 'ext4'), line('/media', '9p', 'rw,aname=drvfs;path=C:')],
      'a Windows drive has no symbolic links',
    ],
    [
      'a Windows drive in WSL 1',
      [line('/', 'wslfs'), line('/media', 'drvfs')],
      'a Windows drive has no symbolic links',
    ],
    ['a folder shared by QEMU', [line('/', 'ext4'), line('/media', '9p', 'rw,trans=virtio')], undefined],
    [
      'a Windows share',
      [line('/', 'ext4'), line('/media', 'cifs', 'rw,vers=3.0')],
      '/media has no symbolic links',
    ],
    ['one with links emulated', [line('/', 'ext4'), line('/media', 'cifs', 'rw,mfsymlinks')], undefined],
    ['VirtualBox', [line('/', 'ext4'), line('/media', 'vboxsf')], '/media has no symbolic links'],
    [
      'the later of two mounts',
      [line('/', 'ext4'), line('/media', 'vfat'), line('/media', 'ext4')],
      undefined,
    ],
    ['no /proc', [], undefined],
  ])('%s', (_, mounts, why) => {
    expect(withoutSymlinks('/media/stick/shop', mounts.join('\n'))).toBe(why);
  });

  it('a blank in a mount point', () => {
    expect(withoutSymlinks('/media/my stick/x', line('/media/my\\040stick', 'vfat'))).toContain('my stick');
  });
});

describe('what a failed python3 -m venv leaves', () => {
  it('no activate script, no pip and nothing installed: half-made', () => {
    const box = sandbox();
    const directory = join(box.project, '.venv');
    made(box, directory);
    box.run('/bin/sh', ['-c', 'rm .venv/bin/[aA]ctivate*']);
    expect(lookAtEnvironment(directory, uid)).toMatchObject({ state: 'broken', why: 'was left half-made' });
  });

  it('an environment without activate scripts that somebody uses is ready', () => {
    const box = sandbox();
    const directory = join(box.project, '.venv');
    made(box, directory);
    box.run('/bin/sh', [
      '-c',
      'rm .venv/bin/[aA]ctivate*; cd .venv/lib/python3*/site-packages && touch shop.py',
    ]);
    expect(lookAtEnvironment(directory, uid).state).toBe('ready');
  });
});
