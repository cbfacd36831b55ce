import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookShells, readsHook } from '../support/hooked.ts';
import { lacks, python, systemIsManaged } from '../support/machine.ts';
import {
  asUser,
  cannotBeTwo,
  give,
  neighbour,
  person,
  type Shared,
  sharedMachine,
  whose,
} from '../support/neighbours.ts';
import { shell } from '../support/shell.ts';
import { keys, terminal } from '../support/terminal.ts';

/** Threat 10 of docs/security.md: other people on the same machine. Needs root, to be two of them. */

const skipped = cannotBeTwo || !systemIsManaged() || lacks('setpriv');
const venv = { PIP_DETOUR: 'venv' };
const install = ['install', 'demo-lib'];

/** An environment somebody made for themselves, as `python3 -m venv` does. */
function environmentOf(box: Shared, uid: number, directory: string): string {
  box.directory(dirname(directory), uid);
  const made = box.as(uid, python, ['-m', 'venv', '--without-pip', directory], { cwd: '/' });
  expect(made).toMatchObject({ code: 0 });
  return directory;
}

/** What is installed in an environment, by its files. */
function installed(directory: string): readonly string[] {
  const [library = ''] = readdirSync(join(directory, 'lib'));
  return readdirSync(join(directory, 'lib', library, 'site-packages')).filter((name) =>
    name.startsWith('demo'),
  );
}

describe.skipIf(skipped)('what others have put where we look (needs root)', () => {
  it('an environment of somebody else’s is refused', () => {
    const box = sharedMachine(person, 0o755);
    const theirs = environmentOf(
      box,
      neighbour,
      join(box.directory(join(box.root, 'n'), neighbour), '.venv'),
    );
    box.run('cp', ['-a', theirs, box.shared]);
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('.venv belongs to another user');
    expect(ran.stderr).toContain('externally-managed-environment');
    expect(installed(join(box.shared, '.venv'))).toEqual([]);
  });

  it('a HOME that is root’s, as su leaves it, is no fault of ours: the whole file is ignored', () => {
    const box = sharedMachine(person, 0o755);
    const home = box.directory(join(box.root, 'root'), 0, 0o700);
    const refused = box.as(person, 'pip', install, { env: { HOME: home, PIP_DETOUR: 'ask' } });
    expect(refused.stderr).toMatch(
      /hint: See PEP 668[^\n]*\npip-detour: you were not asked, because[^\n]*\n$/,
    );
    expect(refused.stderr).not.toMatch(/running the real pip|the whole file is ignored/);
    const env = { ...venv, HOME: home };
    expect(box.as(person, 'pip', install, { env })).toMatchObject({ code: 0 });
    expect(installed(join(box.shared, '.venv')).length).toBeGreaterThan(0);
  });

  it('a place that only root may go to is not said to be gone', () => {
    const box = sharedMachine(0, 0o700);
    const inside = box.directory(join(box.shared, 'inside'), 0);
    // cd before becoming the person, as `su -c` is typed.
    const ran = box.run(asUser(person)[0] ?? '', [...asUser(person).slice(1), 'pip', ...install], {
      cwd: inside,
      env: venv,
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('because this directory is gone, or you may not look at it');
    expect(ran.stderr).toContain('hint: See PEP 668');
  });

  it('a directory that may be written to and not listed is no obstacle', () => {
    const box = sharedMachine(person, 0o300);
    expect(box.as(person, 'pip', install, { env: venv })).toMatchObject({ code: 0 });
    expect(installed(join(box.shared, '.venv')).length).toBeGreaterThan(0);
  });

  it('a link that somebody else made in a place like /tmp is refused, though it leads to one of the person’s', () => {
    const box = sharedMachine(0, 0o1777);
    const mine = environmentOf(box, person, join(box.home, 'mine/.venv'));
    symlinkSync(mine, join(box.shared, '.venv'));
    give(join(box.shared, '.venv'), neighbour);
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('.venv is a link that another user made');
    expect(ran.stderr).toContain('externally-managed-environment');
    expect(installed(mine)).toEqual([]);
  });

  it('an environment of the person’s own that anybody may change is refused, with what to type', () => {
    const box = sharedMachine(person, 0o755);
    const directory = environmentOf(box, person, join(box.shared, '.venv'));
    chmodSync(directory, 0o777);
    const refused = box.as(person, 'pip', install, { env: venv });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('.venv can be changed by anybody (chmod -R o-w takes that away)');
    expect(installed(directory)).toEqual([]);
    box.as(person, 'chmod', ['-R', 'o-w', directory]);
    expect(box.as(person, 'pip', install, { env: venv }).code).toBe(0);
  });

  it('without any umask what we make is nobody else’s to change, and is taken the next time', () => {
    const box = sharedMachine(person, 0o755);
    const line = 'umask 0; pip install demo-lib && pip install demo-other';
    const ran = box.as(person, '/bin/sh', ['-c', line], { env: venv });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(whose(join(box.shared, '.venv'))).toBe(`${person} 775`);
  });

  it('where everybody may replace what lies there, the environment is made elsewhere', () => {
    const box = sharedMachine(neighbour, 0o777);
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(ran.stderr).toContain('anybody may replace what lies here');
    expect(readdirSync(box.shared)).toEqual([]);
  });

  it('in a place like /tmp it is made there, and holds for nothing below', () => {
    const box = sharedMachine(0, 0o1777);
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(whose(join(box.shared, '.venv'))).toBe(`${person} 755`);
    const below = box.directory(join(box.shared, 'below'), person);
    box.as(person, 'pip', install, { env: venv, cwd: below });
    expect(existsSync(join(below, '.venv'))).toBe(true);
  });

  it('an environment that a neighbour has put into a parent directory of root’s is no project’s', () => {
    const box = sharedMachine(0, 0o755);
    const theirs = environmentOf(box, neighbour, join(box.root, 'n/.venv'));
    symlinkSync(theirs, join(box.shared, '.venv'));
    const mine = box.directory(join(box.shared, 'mine'), person);
    const ran = box.as(person, 'pip', install, { env: venv, cwd: mine });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(installed(join(mine, '.venv'))).not.toEqual([]);
    expect(installed(theirs)).toEqual([]);
  });

  it('nothing in a neighbour’s parent directory counts: no environment, no settings, no project', () => {
    const box = sharedMachine(neighbour, 0o755);
    environmentOf(box, neighbour, join(box.shared, '.venv'));
    writeFileSync(join(box.shared, '.pip-detour.toml'), 'detour = "none"\n');
    writeFileSync(join(box.shared, 'pyproject.toml'), '[project]\nname = "theirs"\nversion = "1"\n');
    const mine = box.directory(join(box.shared, 'mine'), person);
    const status = box.as(person, 'pip-detour', ['status'], { cwd: mine });
    expect(status.stdout + status.stderr).not.toContain('.pip-detour.toml');
    const ran = box.as(person, 'pip', install, { env: venv, cwd: mine });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(installed(join(mine, '.venv'))).not.toEqual([]);
  });

  it('what is planted while the question is open is seen when it is answered', async () => {
    const box = sharedMachine(0, 0o1777);
    const mine = environmentOf(box, person, join(box.home, 'mine/.venv'));
    const [command = '', ...args] = [...asUser(person), 'pip', ...install];
    const user = terminal(command, args, { env: box.env, cwd: box.shared });
    await user.waitFor('esc leave');
    symlinkSync(mine, join(box.shared, '.venv'));
    give(join(box.shared, '.venv'), neighbour);
    user.send(keys.enter);
    // Asked again, with the reason; to leave it is pip's refusal.
    await user.waitFor(/question was open: [^!]*is a link that\s+another user made[\s\S]*esc leave/);
    user.send(keys.escape);
    const { code } = await user.exited;
    expect(code).toBe(1);
    expect(installed(mine)).toEqual([]);
  });
});

/** The name a directory's record goes by. */
const nameOf = (directory: string) => createHash('sha256').update(directory).digest('hex').slice(0, 16);

describe.skipIf(skipped)('what others have put where we write (needs root)', () => {
  /** Everything of ours in directories of the neighbour's, with a link to the person's file wherever one may be written. */
  function planted(): { box: Shared; precious: string; state: string } {
    const box = sharedMachine(person, 0o755);
    const tmp = box.directory(join(box.root, 'tmp'), 0, 0o1777);
    const precious = join(box.home, 'precious');
    writeFileSync(precious, 'precious\n');
    give(precious, person);
    box.env['XDG_STATE_HOME'] = box.env['XDG_DATA_HOME'] = box.env['XDG_CONFIG_HOME'] = tmp;
    const state = join(tmp, 'pip-detour');
    for (const name of ['', 'choices', 'locks', 'shell', 'trust', 'moved', 'directories'])
      box.directory(join(state, name), neighbour, 0o777);
    box.directory(join(tmp, 'pip-detour-environments'), neighbour, 0o777);
    const record = `${nameOf(box.shared)}.json`;
    for (const name of [`choices/${record}`, `trust/${record}`, `directories/${record}`, 'config.toml']) {
      symlinkSync(precious, join(state, name));
      give(join(state, name), neighbour);
    }
    return { box, precious, state };
  }

  it('a command is carried out, and neither the memory nor a lock nor a file for shells is written', () => {
    const { box, precious, state } = planted();
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(readFileSync(precious, 'utf8')).toBe('precious\n');
    for (const name of ['locks', 'shell', 'moved']) expect(readdirSync(join(state, name))).toEqual([]);
  });

  it('what is remembered there is not believed, and nothing is added: both are said', async () => {
    const { box, precious, state } = planted();
    const status = box.as(person, 'pip-detour', ['status']);
    expect(status.stdout + status.stderr).toContain('are ignored: it belongs to another user');
    const [command = '', ...args] = [...asUser(person), 'pip', ...install];
    const user = terminal(command, args, { env: box.env, cwd: box.shared, columns: 200 });
    await user.waitFor('esc leave');
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain('Successfully installed demo-lib-2.0');
    expect(user.history()).toContain('the choice could not be written');
    expect(user.history()).toContain('belongs to another user');
    expect(readdirSync(join(state, 'choices'))).toEqual([`${nameOf(box.shared)}.json`]);
    expect(readFileSync(precious, 'utf8')).toBe('precious\n');
  });

  it('trust that somebody else gave is none, and none is given there', () => {
    const { box, state } = planted();
    const file = join(box.shared, '.pip-detour.toml');
    const content = 'detour = "break-system-packages"\n';
    writeFileSync(file, content);
    give(file, person);
    const record = { version: 1, file, content: createHash('sha256').update(content).digest('hex'), at: 'x' };
    const forged = join(state, 'trust', `${nameOf(file)}.json`);
    writeFileSync(forged, JSON.stringify(record));
    give(forged, neighbour);
    const refused = box.as(person, 'pip', install);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('externally-managed-environment');
    const trusting = box.as(person, 'pip-detour', ['trust']);
    expect(trusting.code).not.toBe(0);
    expect(trusting.stderr).toContain('it belongs to another user');
  });

  it('settings of somebody else’s do not count, and that is said', () => {
    const { box, state } = planted();
    const file = join(state, 'config.toml');
    box.run('rm', [file]);
    writeFileSync(file, 'detour = "none"\n');
    give(file, neighbour);
    const ran = box.as(person, 'pip-detour', ['status']);
    expect(ran.stdout + ran.stderr).toContain('belongs to another user; the whole file is ignored');
    give(file, person);
    chmodSync(file, 0o666);
    const open = box.as(person, 'pip-detour', ['status']);
    expect(open.stdout + open.stderr).toContain('can be changed by anybody (chmod o-w takes that away)');
  });

  it('no environment is made in a directory for them that is somebody else’s', () => {
    const { box } = planted();
    const ran = box.as(person, 'pip', install, { env: venv, cwd: box.home });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("lies in another user's directory");
    expect(readdirSync(join(box.root, 'tmp/pip-detour-environments'))).toEqual([]);
  });

  it.each(hookShells.filter((name) => !lacks(name)))(
    'a link in place of the file that %s looks for is neither read nor emptied',
    async (name) => {
      const box = sharedMachine(person, 0o755);
      const environment = environmentOf(box, person, join(box.shared, '.venv'));
      const precious = join(box.home, 'precious');
      writeFileSync(precious, `${environment}\n`);
      give(precious, person);
      // Their own directory, which they have opened to everybody.
      const directory = box.directory(join(box.home, '.local/state/pip-detour/shell'), person, 0o777);
      const user = await shell(name, box, {
        cwd: box.shared,
        under: asUser(person),
        // fish has a place of its own in /tmp by the user's name, and these have none.
        env: { XDG_RUNTIME_DIR: box.directory(join(box.root, 'run'), person, 0o700) },
      });
      await user.command(readsHook(name, join(box.home, '.local/share/pip-detour')));
      const shown = await user.command(name === 'fish' ? 'echo pid $fish_pid' : 'echo "pid $$"');
      const pid = /pid (\d+)/.exec(shown.replace(/echo.*\n/, ''))?.[1] ?? '';
      const file = join(directory, `${hostname()}.${pid}`);
      symlinkSync(precious, file);
      give(file, neighbour);
      await user.command('true');
      expect(await user.command('echo "in <$VIRTUAL_ENV>"')).toContain('in <>');
      expect(readFileSync(precious, 'utf8')).toBe(`${environment}\n`);
      // The very same, written by themselves, is what the hook waits for.
      box.run('rm', [file]);
      writeFileSync(file, `${environment}\n`);
      give(file, person);
      await user.command('true');
      expect(await user.command('echo "in <$VIRTUAL_ENV>"')).toContain(`in <${environment}>`);
    },
  );
});

describe.skipIf(skipped)('root and a person (needs root)', () => {
  it('an environment in a person’s project that is root’s: another place is taken, and the line that makes it theirs is said', () => {
    const box = sharedMachine(person, 0o755);
    const directory = environmentOf(box, person, join(box.shared, '.venv'));
    box.run('chown', ['-R', '0:0', directory]);
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('Installed into ~/.local/share/pip-detour-environments/shared-');
    expect(installed(directory)).toEqual([]);
    const [, line = ''] = /belongs to root \(sudo (chown -R .*) makes it yours\)/.exec(ran.stderr) ?? [];
    expect(line).toContain('"$(id -u):$(id -g)"');
    box.run('sh', ['-c', line.replace('$(id -u):$(id -g)', String(person))]);
    expect(box.as(person, 'pip', install, { env: venv }).code).toBe(0);
    expect(installed(directory)).not.toEqual([]);
  });

  it('root in a person’s project makes nothing there, and is told what to do; also without sudo’s variables', () => {
    const box = sharedMachine(person, 0o755);
    const ran = box.as(0, 'pip', install, { env: { ...venv, HOME: '/root' } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('belongs to another user, who could not change it: do this without sudo');
    expect(readdirSync(box.shared)).toEqual([]);
  });

  it('root does not enter or use a person’s environment, nor believe their settings', () => {
    const box = sharedMachine(person, 0o755);
    const directory = environmentOf(box, person, join(box.shared, '.venv'));
    writeFileSync(join(box.shared, '.pip-detour.toml'), 'detour = "none"\n');
    give(join(box.shared, '.pip-detour.toml'), person);
    const ran = box.as(0, 'pip', install, { env: { ...venv, HOME: '/root' } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('.venv belongs to another user');
    expect(installed(directory)).toEqual([]);
    const explained = box.as(0, 'pip-detour', ['explain', '--', 'pip', ...install], {
      env: { HOME: '/root' },
    });
    expect(explained.stdout + explained.stderr).not.toContain('.pip-detour.toml');
  });

  it('root with a person’s HOME writes nothing into it: no trust, no setting, no choice', () => {
    const box = sharedMachine(0, 0o755);
    writeFileSync(join(box.shared, '.pip-detour.toml'), 'detour = "break-system-packages"\n');
    const before = box.run('find', [box.home, '-printf', '%p %u %m %T@\n']).stdout;
    for (const args of [['trust'], ['config', 'set', 'detour', 'venv'], ['setup', '--shell', 'bash']]) {
      const ran = box.as(0, 'pip-detour', args);
      expect(ran.code, `${args} ${ran.stdout}${ran.stderr}`).not.toBe(0);
      expect(ran.stderr).toMatch(/another user|root/);
    }
    expect(box.run('find', [box.home, '-printf', '%p %u %m %T@\n']).stdout).toBe(before);
  });

  it('a person in a project of root’s gets an environment of their own, which is remembered', async () => {
    const box = sharedMachine(0, 0o755);
    environmentOf(box, 0, join(box.shared, '.venv'));
    writeFileSync(join(box.shared, 'pyproject.toml'), '[project]\nname = "roots"\nversion = "1"\n');
    const ran = box.as(person, 'pip', install, { env: venv });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    expect(ran.stderr).toMatch(/\.venv in the project belongs to root \(sudo chown /);
    expect(installed(join(box.shared, '.venv'))).toEqual([]);
    const again = box.as(person, 'pip', ['install', 'demo-other'], { env: venv });
    expect(again, again.stderr).toMatchObject({ code: 0 });
    const [made = ''] = readdirSync(join(box.home, '.local/share/pip-detour-environments'));
    expect(whose(join(box.home, '.local/share/pip-detour-environments', made))).toBe(`${person} 755`);
  });

  it('what root has set up in a project of root’s holds for a person there, within what a project may say', () => {
    const box = sharedMachine(0, 0o755);
    writeFileSync(join(box.shared, '.pip-detour.toml'), 'detour = "none"\n');
    const ran = box.as(person, 'pip-detour', ['status']);
    expect(ran.stdout).toContain('.pip-detour.toml');
  });
});
