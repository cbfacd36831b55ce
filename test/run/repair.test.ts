import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookAtEnvironment } from '../../src/place/environment.ts';
import { repair } from '../../src/run/repair.ts';
import { lacks, python, shellProgram } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

const uid = process.getuid?.() ?? -1;
const look = (directory: string) => lookAtEnvironment(directory, uid);

/** A real environment in `~/old`, with a command as pip writes it. */
function made(box: Sandbox, name = '.venv'): string {
  const directory = join(box.home, 'old', name);
  mkdirSync(dirname(directory), { recursive: true });
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', directory]);
  command(directory, 'greet', `#!${directory}/bin/python\n`);
  return directory;
}

/** A command that says by which Python it is run. */
function command(directory: string, name: string, head: string): void {
  const file = join(directory, 'bin', name);
  writeFileSync(file, `${head}import sys\nprint(sys.prefix)\n`);
  chmodSync(file, 0o755);
}

function repaired(directory: string) {
  const { madeFor = [] } = look(directory);
  return repair({ directory, from: madeFor });
}

const run = (directory: string, name: string) =>
  spawnSync(join(directory, 'bin', name), { encoding: 'utf8' }).stdout.replace(/\n$/, '');

/** What the activate script of a shell makes of VIRTUAL_ENV. */
const enteredBy: Readonly<Record<string, (bin: string) => string[]>> = {
  bash: (bin) => ['-c', '. "$1"/activate; printf %s "$VIRTUAL_ENV"', 'x', bin],
  zsh: (bin) => ['-fc', '. "$1"/activate; printf %s "$VIRTUAL_ENV"', 'x', bin],
  fish: (bin) => ['--no-config', '-c', 'source $argv[1]/activate.fish; printf %s $VIRTUAL_ENV', '--', bin],
  tcsh: () => ['-fc', 'source activate.csh; printf %s "$VIRTUAL_ENV"'],
};
const enters = (shell: string, directory: string) => {
  const bin = join(directory, 'bin');
  return spawnSync(shellProgram(shell), enteredBy[shell]?.(bin) ?? [], {
    cwd: bin,
    encoding: 'utf8',
    env: { HOME: '/nonexistent', PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TERM: 'dumb', PS1: '$ ' },
  }).stdout;
};

describe('an environment that was moved', () => {
  it('is misplaced, says for which place it was made, and is ready once it is repaired', () => {
    const box = sandbox();
    const old = made(box);
    renameSync(dirname(old), box.project.concat('2'));
    const now = join(`${box.project}2`, '.venv');
    expect(look(now)).toMatchObject({ state: 'misplaced', why: `was made for ${old}`, madeFor: [old] });
    expect(repaired(now).left).toEqual([]);
    expect(look(now)).toMatchObject({ state: 'ready' });
    expect(look(now).madeFor).toBeUndefined();
    expect(run(now, 'greet')).toBe(now);
  });

  const places: readonly (readonly [string, string])[] = [
    ['plain', 'new'],
    ['with a blank', 'my shop'],
    ['with quotes', `it's "mine"`],
    ['with what a shell would put something in for', '$HOME `id` $(id) !!'],
    ['with a newline', 'two\nlines'],
    ['with a backslash', 'back\\slash\\x'],
    ['of many letters', 'x'.repeat(180)],
    ['below the old one', 'old/.venv/inner'],
    ['beginning as the old one does', 'old2'],
  ];
  describe.each(places)('to a place %s', (_, name) => {
    const moved = () => {
      const box = sandbox();
      const old = made(box);
      command(old, 'greet-options', `#!${old}/bin/python3 -E\n`);
      command(old, 'greet-long', `#!/bin/sh\n'''exec' "${old}/bin/python" "$0" "$@"\n' '''\n`);
      command(old, 'greet-quoted', `#!/bin/sh\n'''exec' '${old}/bin/python' "$0" "$@"\n' '''\n`);
      command(old, 'greet-bare', `#!/bin/sh\n'''exec' ${old}/bin/python -E "$0" "$@"\n' '''\n`);
      const now = join(box.home, name, '.venv');
      renameSync(old, join(box.home, 'aside'));
      mkdirSync(dirname(now), { recursive: true });
      renameSync(join(box.home, 'aside'), now);
      return now;
    };

    it('every command is run by its own Python, however it names it', () => {
      const now = moved();
      expect(repaired(now).left).toEqual([]);
      for (const form of ['greet', 'greet-options', 'greet-long', 'greet-quoted', 'greet-bare'])
        expect(`${form}: ${run(now, form)}`).toBe(`${form}: ${now}`);
      expect(look(now).state).toBe('ready');
    });

    // csh has no way to hold such a path.
    const inCsh = !/[\n`]/.test(name);
    const shells = Object.keys(enteredBy).filter((shell) => !lacks(shell) && (inCsh || shell !== 'tcsh'));
    it.each(shells)('%s enters it by its script', (shell) => {
      const now = moved();
      repaired(now);
      expect(enters(shell, now)).toBe(now);
    });
  });

  it('to a place with quotes and back again is as it was', () => {
    const box = sandbox();
    const old = made(box);
    const away = join(box.home, `it's "mine" $x`);
    renameSync(dirname(old), away);
    repaired(join(away, '.venv'));
    renameSync(away, dirname(old));
    expect(look(old).madeFor).toEqual([join(away, '.venv')]);
    repaired(old);
    expect(look(old).state).toBe('ready');
    expect(run(old, 'greet')).toBe(old);
    expect(enters('bash', old)).toBe(old);
  });
});

describe('an environment that was copied', () => {
  /** Everything in it: names, modes, and what stands in the files. */
  const contents = (directory: string) =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => {
        const stat = statSync(join(directory, name), { throwIfNoEntry: false });
        const text = stat?.isFile() === true ? readFileSync(join(directory, name), 'latin1') : '';
        return [name, stat?.mode, stat?.ino, text];
      });

  it.each<[string, (from: string, to: string) => void]>([
    ['cp -r', (from, to) => cpSync(from, to, { recursive: true, verbatimSymlinks: true })],
    ['cp -al, whose files are shared', (from, to) => void execFileSync('cp', ['-al', from, to])],
    [
      'cp -rs, whose files are links to the original',
      (from, to) => void execFileSync('cp', ['-rs', from, to]),
    ],
  ])('by %s is repaired, and the original stays what it was', (_, copy) => {
    const box = sandbox();
    const old = made(box);
    chmodSync(join(old, 'bin/greet'), 0o750);
    const now = join(box.home, 'copy/.venv');
    mkdirSync(dirname(now));
    copy(old, now);
    const before = contents(old);
    expect(look(now)).toMatchObject({ state: 'misplaced', why: `is a copy of ${old}` });
    repaired(now);
    expect(look(now).state).toBe('ready');
    expect(run(now, 'greet')).toBe(now);
    expect(statSync(join(now, 'bin/greet')).mode & 0o777).toBe(0o750);
    expect(contents(old)).toEqual(before);
    expect(look(old).state).toBe('ready');
    expect(run(old, 'greet')).toBe(old);
    renameSync(old, `${old}-gone`);
    expect(run(now, 'greet')).toBe(now);
  });

  it('shares one command alone by a hard link, which stays the other one’s', () => {
    const box = sandbox();
    const old = made(box);
    const shared = join(box.home, 'shared');
    linkSync(join(old, 'bin/greet'), shared);
    renameSync(dirname(old), join(box.home, 'new'));
    repaired(join(box.home, 'new/.venv'));
    expect(readFileSync(shared, 'utf8')).toContain(`#!${old}/bin/python`);
  });
});

describe('what was installed from the project with -e', () => {
  const site = (directory: string) =>
    join(directory, 'lib', String(readdirSync(join(directory, 'lib'))[0]), 'site-packages');
  const names: Readonly<Record<string, (path: string) => string>> = {
    '__editable__.shop-1.pth': (path) => `${path}\n`,
    'easy-install.pth': (path) => `${path}\n/elsewhere/entirely\n`,
    'shop.egg-link': (path) => `${path}\n.`,
    '__editable___shop_1_finder.py': (path) => `MAPPING: dict[str, str] = {'shop': '${path}/shop'}\n`,
    'shop-1.dist-info/direct_url.json': (path) => `{"dir_info": {"editable": true}, "url": "file://${path}"}`,
  };
  const editable = (directory: string, path: string) => {
    mkdirSync(join(path, 'shop'), { recursive: true });
    mkdirSync(join(site(directory), 'shop-1.dist-info'));
    for (const [name, text] of Object.entries(names)) writeFileSync(join(site(directory), name), text(path));
  };
  const read = (directory: string) =>
    Object.fromEntries(
      Object.keys(names).map((name) => [name, readFileSync(join(site(directory), name), 'utf8')]),
    );
  const expected = (path: string, quote = "'") =>
    Object.fromEntries(
      Object.entries(names).map(([name, text]) => [
        name,
        text(path).replaceAll(`'${path}/shop'`, `${quote}${path}/shop${quote}`),
      ]),
    );

  it('is what lies in the moved project now', () => {
    const box = sandbox();
    const old = made(box);
    editable(old, join(box.home, 'old/src'));
    renameSync(dirname(old), join(box.home, 'new'));
    const now = join(box.home, 'new/.venv');
    repaired(now);
    expect(read(now)).toEqual(expected(join(box.home, 'new/src'), '"'));
  });

  it('is, in a copy, what lies in the copy', () => {
    const box = sandbox();
    const old = made(box);
    editable(old, join(box.home, 'old/src'));
    execFileSync('cp', ['-r', dirname(old), join(box.home, 'copy')]);
    repaired(join(box.home, 'copy/.venv'));
    expect(read(join(box.home, 'copy/.venv'))).toEqual(expected(join(box.home, 'copy/src'), '"'));
    expect(read(old)).toEqual(expected(join(box.home, 'old/src')));
  });

  it('is followed where a directory above both was renamed', () => {
    const box = sandbox();
    const old = made(box, 'shop/.venv');
    editable(old, join(box.home, 'old/library'));
    renameSync(join(box.home, 'old'), join(box.home, 'new'));
    const now = join(box.home, 'new/shop/.venv');
    repaired(now);
    expect(read(now)).toEqual(expected(join(box.home, 'new/library'), '"'));
  });

  it('stays where it is when it lies outside of the project that was moved', () => {
    const box = sandbox();
    const old = made(box, 'shop/.venv');
    editable(old, join(box.home, 'old/library'));
    mkdirSync(join(box.home, 'new/library'), { recursive: true });
    renameSync(dirname(old), join(box.home, 'new/shop'));
    const now = join(box.home, 'new/shop/.venv');
    repaired(now);
    expect(read(now)).toEqual(expected(join(box.home, 'old/library')));
  });
});

describe('an environment that lies where it was made', () => {
  it('is ready by another name of its directory, too: a link', () => {
    const box = sandbox();
    const old = made(box);
    symlinkSync(dirname(old), join(box.home, 'link'));
    expect(look(join(box.home, 'link/.venv')).state).toBe('ready');
    // Made by way of the link, and looked at by its own name.
    execFileSync(python, ['-I', '-m', 'venv', '--without-pip', join(box.home, 'link/venv')]);
    expect(look(join(box.home, 'old/venv')).state).toBe('ready');
  });

  it('is ready although a wheel brought a command that names its builder’s environment', () => {
    const box = sandbox();
    const old = made(box);
    command(old, 'odd', '#!/home/builder/env/bin/python\n');
    expect(look(old).state).toBe('ready');
    command(old, 'odd2', '#!/home/builder/env/bin/python\n');
    expect(look(old)).toMatchObject({ state: 'misplaced', madeFor: ['/home/builder/env'] });
  });

  it('is misplaced where its activate script was put right by hand and its pip was not', () => {
    const box = sandbox();
    const old = made(box);
    command(old, 'pip', '#!/home/ana/before/.venv/bin/python3\n');
    expect(look(old)).toMatchObject({ state: 'misplaced', madeFor: ['/home/ana/before/.venv'] });
    repaired(old);
    expect(look(old).state).toBe('ready');
    expect(run(old, 'pip')).toBe(realpathSync(old));
  });
});
