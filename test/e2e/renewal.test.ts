import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  freshHome,
  openTerminal,
  placeProgram,
  programOf,
  type RcShell,
  rcOf,
  typeIn,
  writeHome,
} from '../install/support.ts';
import { lacks, top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';

const everyShell: readonly RcShell[] = ['bash', 'zsh', 'fish'];

/** A person of this shell; `.bashrc` leads on from the login file, as distributions have it. */
function person(shell: RcShell): Sandbox {
  const home = freshHome({ SHELL: `/usr/bin/${shell}` });
  writeHome(home, '.profile', '. ~/.bashrc\n');
  writeHome(home, rcOf[shell].file, rcOf[shell].prompt);
  return home;
}

const installNew = (home: Sandbox) => {
  const ran = home.run(join(top, 'install.sh'));
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
};

/**
 * Version 0.0.9, as the first sessions left it: its rc line reads env.sh, it has no hooks and no completions, and its
 * memory is of the first form.
 */
function installOld(home: Sandbox, shell: RcShell): { readonly choice: string; readonly settings: string } {
  const program = placeProgram(home);
  for (const name of readdirSync(program))
    if (/^hook\.|^completions$/.test(name)) rmSync(join(program, name), { recursive: true });
  writeFileSync(join(program, 'lib/version'), '0.0.9\n');
  expect(home.run(join(program, 'shims/pip-detour'), ['setup']).stderr).toBe('');
  const rc = join(home.home, rcOf[shell].file);
  writeFileSync(
    rc,
    readFileSync(rc, 'utf8')
      .replaceAll(/hook\.(bash|zsh)/g, 'env.sh')
      .replaceAll('hook.fish', 'env.fish'),
  );
  appendFileSync(rc, '# mine, written later\n');
  expect(
    home.run('pip', ['install', 'demo-lib'], { env: { PATH: `${program}/shims:/usr/bin:/bin` } }).code,
  ).toBe(1);
  const remembered = { version: 1, directory: home.project, detour: 'venv', at: '2026-01-01T00:00:00.000Z' };
  // The name is the beginning of the SHA-256 of the directory.
  const name = home
    .run('/bin/sh', ['-c', `printf %s "${home.project}" | sha256sum | cut -c1-16`])
    .stdout.trim();
  return {
    choice: writeHome(home, `.local/state/pip-detour/choices/${name}.json`, JSON.stringify(remembered)),
    settings: writeHome(home, '.config/pip-detour/config.toml', '# mine\nactivate = "always"\n'),
  };
}

/** What no shell may say, whatever became of the program beneath it. */
const complaint = /No such file|not found|Unknown command|command not|cannot|error/i;
const pips = ['pip --version', 'pip3 --version', 'python3 -m pip --version'];

describe.each(everyShell)('a newer version installed over an older one, %s', (shell) => {
  const missing = lacks(shell);

  it.skipIf(missing)(
    'keeps memory and settings, renews our line where it stands, and does not break a shell that runs',
    async () => {
      const home = person(shell);
      const { choice, settings } = installOld(home, shell);
      const before = [choice, settings].map((file) => readFileSync(file, 'utf8'));
      const old = await openTerminal(home, shell);
      for (const pip of pips) expect(await typeIn(old, pip)).toMatch(/^pip \d/);

      const told = installNew(home);
      expect(told).toMatch(/^pip-detour \d+\.\d+\.\d+ is installed in .*, in place of 0\.0\.9\.$/m);
      expect(told).toContain(`Renewed our line in ~/${rcOf[shell].file}`);
      expect([choice, settings].map((file) => readFileSync(file, 'utf8'))).toEqual(before);
      const lines = readFileSync(join(home.home, rcOf[shell].file), 'utf8').trimEnd().split('\n');
      expect(lines.at(-1)).toBe('# mine, written later');
      expect(lines.filter((line) => line.includes('>>> pip-detour >>>'))).toEqual([lines.at(-2)]);
      expect(lines.at(-2)).toContain(`hook.${shell}`);
      expect(
        home.run(join(programOf(home), 'shims/pip-detour'), ['doctor', '--quick'], {
          env: { PATH: `${programOf(home)}/shims:/usr/bin:/bin` },
        }).stdout,
      ).toContain('All is well.');

      for (const pip of pips) expect(await typeIn(old, pip)).toMatch(/^pip \d/);
      const installed = await typeIn(old, 'pip install demo-lib');
      expect(installed).toContain('remembered for ~/shop');
      expect(installed).toContain('Successfully installed demo-lib-2.0');
      expect(await typeIn(old, 'pip-detour --version')).not.toBe('0.0.9');
    },
    120_000,
  );
});

describe.each(everyShell)('once pip-detour is gone, %s', (shell) => {
  const missing = lacks(shell);
  const ways: readonly (readonly [string, (home: Sandbox) => void])[] = [
    ['uninstalled', (home) => void home.run(join(programOf(home), 'shims/pip-detour'), ['uninstall'])],
    ['deleted by hand', (home) => rmSync(programOf(home), { recursive: true })],
  ];

  it.skipIf(missing).each(ways)(
    '%s: shells that run go on with the real pip, and new ones start clean',
    async (_, remove) => {
      const home = person(shell);
      // As install.sh leaves it.
      expect(home.run(join(placeProgram(home), 'shims/pip-detour'), ['setup']).code).toBe(0);
      const open = await openTerminal(home, shell);
      // bash and zsh keep a table of where they found what.
      for (const pip of pips) expect(await typeIn(open, pip)).toMatch(/^pip \d/);
      remove(home);
      expect(existsSync(programOf(home))).toBe(false);
      for (const pip of pips)
        expect(await typeIn(open, pip), `${basename(pip)} in an open shell`).toMatch(/^pip \d[^\n]*$/);
      expect(await typeIn(open, 'pip install demo-lib')).toContain('externally-managed-environment');
      expect(await typeIn(open, 'cd /; cd - >/dev/null')).not.toMatch(complaint);
      const fresh = await openTerminal(home, shell);
      for (const pip of pips) expect(await typeIn(fresh, pip)).toMatch(/^pip \d[^\n]*$/);
      const started = home.run(`/usr/bin/${shell}`, ['-i', '-l', '-c', 'true']);
      expect(started.stderr.replace(/.*(job control|ioctl).*\n/g, '')).toBe('');
    },
  );
});
