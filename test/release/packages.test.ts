import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshHome, inNewTerminal, programOf, rcOf, snapshot, writeHome } from '../install/support.ts';
import { top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { makeRelease, type Release } from './support.ts';

let made: Release;
beforeAll(async () => {
  made = await makeRelease();
});
afterAll(() => made.end());

/** The npm package unpacked where npm would put it, in `prefix` outside the home; returns the directory. */
function unpack(home: Sandbox, prefix = 'usr/lib/node_modules'): string {
  const place = join(home.root, prefix);
  mkdirSync(place, { recursive: true });
  expect(home.run('/usr/bin/tar', ['-xf', made.file('.tgz'), '-C', place]).code).toBe(0);
  renameSync(join(place, 'package'), join(place, 'pip-detour'));
  return join(place, 'pip-detour');
}
const command = (home: Sandbox, program: string, ...args: string[]) =>
  home.run(process.execPath, [join(program, 'bin/pip-detour.cjs'), ...args]);
const refusedPip = (home: Sandbox) =>
  home.run('pip', ['install', 'demo-lib'], {
    env: { PATH: `${programOf(home)}/shims:/usr/bin:/bin`, PIP_DETOUR: 'venv' },
  });

describe('a program that a package manager owns', () => {
  it('is set up by links, works, changes nothing the second time, and is taken away without a trace', () => {
    const home = freshHome();
    const program = unpack(home);
    const before = { home: snapshot(home.home), program: snapshot(program) };
    const set = command(home, program, 'setup');
    expect([set.code, set.stderr]).toEqual([0, '']);
    expect(set.stdout).toContain('Linked ~/.local/share/pip-detour to the program.');
    expect(set.stdout).toContain(`. ${programOf(home)}/hook.bash`);
    expect(command(home, program, 'setup').stdout).toContain('Nothing had to be changed.');
    const doctor = home.run('pip-detour', ['doctor', '--quick'], {
      env: { PATH: `${programOf(home)}/shims:/usr/bin:/bin` },
    });
    expect(doctor.stdout).toContain('complete\n');
    expect(doctor.stdout).toContain(
      'it came by npm install --global; to upgrade, type: npm install --global pip-detour@latest',
    );
    expect(doctor.stdout).toContain('All is well.');
    expect(refusedPip(home).stdout).toContain('Successfully installed demo-lib');
    rmSync(join(home.project, '.venv'), { recursive: true });

    const removed = command(home, program, 'uninstall');
    expect(removed.stdout).toContain('To remove: npm uninstall --global pip-detour');
    expect({ home: snapshot(home.home), program: snapshot(program) }).toEqual(before);
  });

  it('is as quick as one that install.sh has put there: what V8 keeps of it lies among the links', () => {
    const home = freshHome();
    const program = unpack(home);
    const bundle = join(program, 'lib/intercept.cjs');
    const source = readFileSync(bundle, 'utf8');
    // What V8 kept of another text of the same length, passed off as kept of this one, shows whether it is used.
    writeFileSync(bundle, source.replaceAll('Creating ', 'CREATING '));
    expect(command(home, program, 'setup').stdout).toContain('Linked ');
    writeFileSync(bundle, source);
    const kept = join(programOf(home), 'cache/intercept.cache');
    writeFileSync(
      kept,
      Buffer.concat([readFileSync(kept).subarray(0, -Buffer.byteLength(source)), Buffer.from(source)]),
    );
    expect(refusedPip(home).stderr).toContain('CREATING ');
    // A newer version: the kept one is passed over, and made anew by the next setup.
    rmSync(join(home.project, '.venv'), { recursive: true });
    writeFileSync(bundle, source.replaceAll('Creating ', 'Makingit '));
    expect(refusedPip(home).stderr).toContain('Makingit ');
    expect(command(home, program, 'setup').stdout).not.toContain('Nothing had to be changed.');
    expect(readFileSync(kept).includes('Makingit ')).toBe(true);
  });

  it('leaves shells that start clean, and the real pip, when its package manager removes it first', async () => {
    const home = freshHome();
    writeHome(home, rcOf.bash.file, rcOf.bash.prompt);
    const program = unpack(home);
    command(home, program, 'setup');
    rmSync(program, { recursive: true });
    expect(await inNewTerminal(home, 'bash', 'echo $?; type -P pip')).toBe('0\n/usr/bin/pip');
    // What was left is no hindrance to whatever comes next.
    const next = unpack(home, 'elsewhere');
    expect(command(home, next, 'setup').stdout).toContain('Linked ~/.local/share/pip-detour to the program.');
    expect(refusedPip(home).stdout).toContain('Successfully installed demo-lib');
    rmSync(next, { recursive: true });
    const over = home.run(join(top, 'install.sh'));
    expect([over.code, over.stderr]).toEqual([0, '']);
    expect(existsSync(join(programOf(home), 'lib/cli.cjs'))).toBe(true);
  });

  it('goes on with a newer version that its package manager has put in its place', () => {
    const home = freshHome();
    const program = unpack(home);
    command(home, program, 'setup');
    writeFileSync(join(program, 'lib/version'), '9.9.9\n');
    rmSync(join(program, 'hook.fish'));
    writeFileSync(join(program, 'hook.nu'), '');
    expect(command(home, program, '--version').stdout).toBe('9.9.9\n');
    expect(refusedPip(home).stdout).toContain('Successfully installed demo-lib');
    command(home, program, 'setup');
    expect([
      existsSync(join(programOf(home), 'hook.nu')),
      existsSync(join(programOf(home), 'hook.fish')),
    ]).toEqual([true, false]);
  });

  it('does not take the place of what install.sh has installed', () => {
    const home = freshHome();
    const program = unpack(home);
    expect(home.run(join(top, 'install.sh'), ['--no-rc']).code).toBe(0);
    const before = snapshot(home.home);
    const ran = command(home, program, 'setup');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /installed-otherwise: .*\nhint: type this, and then the same command again: \S*\/.local\/share\/pip-detour\/shims\/pip-detour uninstall/,
    );
    expect(snapshot(home.home)).toEqual(before);
  });

  it.each([
    ['npx', '.npm/_npx/ab12/node_modules'],
    ['pipx run', '.cache/pipx/ab12'],
    ['uvx', '.cache/uv/archive-v0/ab12'],
  ])('is not set up where it is swept away, as by %s', (_, prefix) => {
    const home = freshHome();
    const program = unpack(home, prefix);
    const ran = command(home, program, 'setup');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('temporary-copy');
    expect(Object.keys(snapshot(home.home))).toEqual(['shop']);
  });
});

describe('an older version in the place of a newer one', () => {
  it('says what it cannot read, and leaves it as it is', () => {
    const home = freshHome();
    const choice = writeHome(
      home,
      '.local/state/pip-detour/choices/0123456789abcdef.json',
      '{"version":99,"of":"later"}',
    );
    const ran = command(home, unpack(home), 'setup');
    expect(ran.stdout).toContain("Not read: 1 remembered choice in a newer pip-detour's form.");
    expect(readFileSync(choice, 'utf8')).toContain('later');
    expect(existsSync(dirname(choice))).toBe(true);
  });
});
