import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome, placeProgram, rcOf, writeHome } from '../install/support.ts';
import { type HookShell, hooked, hookShells, readsHook } from '../support/hooked.ts';
import { dist, lacks, python } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { terminal } from '../support/terminal.ts';

/** Somebody who has pip-detour set up for this shell. */
function home(name: HookShell): { box: Sandbox; program: string } {
  const box = freshHome({ SHELL: `/usr/bin/${name}` });
  writeHome(box, rcOf[name].file, rcOf[name].prompt);
  const program = placeProgram(box);
  const ran = box.run(join(program, 'shims/pip-detour'), ['setup']);
  expect(ran).toMatchObject({ code: 0 });
  return { box, program };
}

/** In each shell: PATH with colons between its entries, in a line that can be told from what was typed. */
const showsPath: Record<HookShell, string> = {
  bash: 'printf "path <%s>\\n" "$PATH"',
  zsh: 'printf "path <%s>\\n" "$PATH"',
  fish: 'printf "path <%s>\\n" (string join : $PATH)',
};

/** What is shown after each of the lines, typed one after the other at the prompt `ready> `. */
async function typing(
  command: readonly string[],
  box: Sandbox,
  lines: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const [program = '', ...args] = command;
  const pty = terminal(program, args, { env: box.env, cwd: box.project, columns: 400 });
  const ready = /ready> ?$/;
  const last = (history: string) => history.slice(history.lastIndexOf('\n') + 1);
  const prompts = (history: string) => history.split('ready>').length - 1;
  const paths: string[][] = [];
  await pty.waitUntil((history) => ready.test(last(history)));
  for (const line of lines) {
    const before = prompts(pty.history());
    pty.send(`${line}\r`);
    const shown = await pty.waitUntil((history) => prompts(history) > before && ready.test(last(history)));
    if (!line.includes('path <')) continue;
    const path = [...shown.matchAll(/^path <(.*)>$/gm)].at(-1)?.[1];
    if (path === undefined) throw new Error(`PATH is not shown:\n${shown}`);
    paths.push(path.split(':'));
  }
  // Shells in shells: each has its history to write before it is gone.
  let gone = false;
  const exited = pty.exited.then(() => {
    gone = true;
  });
  while (!gone) {
    const before = prompts(pty.history());
    pty.send('exit\r');
    await Promise.race([exited, pty.waitUntil((history) => prompts(history) > before)]);
  }
  return paths;
}

/** Whether this process may give a shell of its own a user that the system does not know. */
const canBecome =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'mount', '--bind', '/etc/passwd', '/etc/passwd']).status === 0;

function times(path: readonly string[] | undefined, entry: string): number {
  return path?.filter((each) => each === entry).length ?? 0;
}

describe.each(hookShells)('in %s', (name) => {
  const entering = (environment: string) =>
    `${name === 'fish' ? 'source' : '.'} ${environment}/bin/activate${name === 'fish' ? '.fish' : ''}`;
  const again = `${name === 'fish' ? 'source' : '.'} ~/${rcOf[name].file}`;

  describe.skipIf(lacks(name))('PATH', () => {
    it('has the shims first and once in a terminal, in a shell in it, and when the rc file is read again', async () => {
      const { box, program } = home(name);
      const shims = join(program, 'shims');
      const paths = await typing([`/usr/bin/${name}`, '-i'], box, [
        showsPath[name],
        name,
        showsPath[name],
        again,
        showsPath[name],
      ]);
      expect(paths.length).toBe(3);
      for (const path of paths) {
        expect(path[0]).toBe(shims);
        expect(times(path, shims)).toBe(1);
      }
    });

    it('keeps an activated environment before the shims, in a shell in it, too', async () => {
      const { box, program } = home(name);
      const environment = join(box.project, '.venv');
      expect(box.run(python, ['-m', 'venv', '--without-pip', environment]).code).toBe(0);
      const paths = await typing([`/usr/bin/${name}`, '-i'], box, [
        entering(environment),
        showsPath[name],
        name,
        showsPath[name],
        again,
        showsPath[name],
      ]);
      expect(paths.length).toBe(3);
      for (const path of paths) {
        expect(path.slice(0, 2)).toEqual([join(environment, 'bin'), join(program, 'shims')]);
        expect(times(path, join(program, 'shims'))).toBe(1);
        expect(times(path, join(environment, 'bin'))).toBe(1);
      }
    });

    it('is right in a login shell', async () => {
      const { box, program } = home(name);
      // bash reads ~/.bash_profile and no ~/.bashrc then: setting up has seen to it.
      if (name === 'bash') {
        writeHome(box, '.bash_profile', rcOf.bash.prompt);
        box.run(join(program, 'shims/pip-detour'), ['setup']);
      }
      const [path] = await typing([`/usr/bin/${name}`, '-l', '-i'], box, [showsPath[name]]);
      expect(path?.[0]).toBe(join(program, 'shims'));
      expect(times(path, join(program, 'shims'))).toBe(1);
    });

    // With a user of its own for one process (mount_namespaces(7)), and back to the shell it was started from.
    it.skipIf(!canBecome)('is right after su -, for that person, and after coming back', async () => {
      const { box, program } = home(name);
      if (name === 'bash') writeHome(box, '.profile', '. ~/.bashrc\n');
      const users = box.write(
        'passwd',
        `${readFileSync('/etc/passwd')}ana:*:4711:4711::${box.home}:/usr/bin/${name}\n`,
      );
      box.run('chown', ['-R', '4711:4711', box.root]);
      const become = `unshare --mount sh -c 'mount --bind ${users} /etc/passwd && exec su - ana'`;
      const shims = join(program, 'shims');
      const paths = await typing([`/usr/bin/${name}`, '-i'], box, [
        become,
        showsPath[name],
        'exit',
        showsPath[name],
      ]);
      for (const path of paths) {
        expect(path[0]).toBe(shims);
        expect(times(path, shims)).toBe(1);
      }
      expect(paths.length).toBe(2);
    });

    it.skipIf(lacks('tmux'))('is right in tmux', async () => {
      const { box, program } = home(name);
      // It opens login shells; this is what Debian gives everybody.
      if (name === 'bash') writeHome(box, '.profile', '. ~/.bashrc\n');
      const server = ['/usr/bin/tmux', '-S', join(box.root, 'tmux'), '-f', '/dev/null'];
      try {
        const [path] = await typing([...server, 'set', '-g', 'status', 'off', ';', 'new-session'], box, [
          showsPath[name],
        ]);
        expect(path?.[0]).toBe(join(program, 'shims'));
        expect(times(path, join(program, 'shims'))).toBe(1);
      } finally {
        box.run('/usr/bin/tmux', [...server.slice(1), 'kill-server']);
      }
    });
  });

  it.skipIf(lacks(name))(
    'a shell from before the installation, and one after the removal, work',
    async () => {
      const { box, program } = home(name);
      box.run('cp', ['-R', dist, join(box.root, 'kept')]);
      const user = await shell(name, box);
      expect(await user.command('pip --version')).toMatch(/^pip [\d.]+ from/m);
      await user.command(readsHook(name, program));
      expect(await user.command('pip --version')).toMatch(/^pip [\d.]+ from/m);
      box.run('rm', ['-r', program]);
      for (const pip of ['pip', 'pip3'])
        expect(await user.command(`${pip} --version`)).toMatch(/^pip [\d.]+ from/m);
      expect(await user.command('pip install demo-lib', 20_000)).toContain('externally-managed-environment');
      expect(existsSync(join(box.project, '.venv/lib/python3'))).toBe(false);
      const after = await hooked(name, box, { directory: join(box.root, 'kept') });
      expect(await after.command('pip --version')).toMatch(/^pip [\d.]+ from/m);
    },
  );
});
