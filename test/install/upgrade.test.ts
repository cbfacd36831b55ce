import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose } from '../support/choose.ts';
import { long, systemIsManaged, top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';
import { freshHome, openTerminal, placeProgram, programOf, rcOf, typeIn, writeHome } from './support.ts';

/*
 * What somebody has from 0.1 works on with this version: records, settings, trust, and the hook in an open terminal. The
 * old program is built of the last commit that called itself 0.1; building it takes ten seconds, so this is for
 * PIP_DETOUR_LONG_TESTS=1, in a clone that has its history.
 */

function lastOf(version: string): string | undefined {
  try {
    const log = ['log', '--format=%H', '-1', `-S"version": "${version}"`, '--', 'package.json'];
    const commit = execFileSync('git', log, { cwd: top, encoding: 'utf8' }).trim();
    return commit === '' ? undefined : `${commit}^`;
  } catch {
    return undefined;
  }
}

const old = long && systemIsManaged() ? lastOf('0.1.0') : undefined;
const slow = 60_000;

describe.skipIf(old === undefined)('from 0.1 to this version', () => {
  const sources = join(tmpdir(), `pip-detour-old-${process.pid}`);

  beforeAll(() => {
    mkdirSync(sources);
    const archive = execFileSync('git', ['archive', old ?? ''], { cwd: top, maxBuffer: 2 ** 28 });
    execFileSync('tar', ['-x', '-C', sources], { input: archive });
    symlinkSync(join(top, 'node_modules'), join(sources, 'node_modules'));
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: sources, stdio: 'pipe' });
  }, 120_000);
  afterAll(() => rmSync(sources, { recursive: true, force: true }));

  /** A person who has used 0.1: a line in .bashrc, an answer for one project, a setting, and a project's file trusted. */
  async function userOfTheOld(): Promise<Sandbox> {
    const home = freshHome({ SHELL: '/bin/bash' });
    writeHome(home, '.bashrc', rcOf.bash.prompt);
    cpSync(join(sources, 'dist'), programOf(home), { recursive: true, verbatimSymlinks: true });
    expect(detour(home, 'setup').code).toBe(0);
    home.write('pyproject.toml', '[project]\nname = "shop"\n');
    const shims = `${programOf(home)}/shims:${home.env['PATH'] ?? ''}`;
    const user = terminal(join(programOf(home), 'shims/pip'), ['install', 'demo-lib'], {
      env: { ...home.env, PATH: shims },
      cwd: home.project,
    });
    await choose(user, /Use (?:a|the project's) virtual environment/);
    await user.exited;
    expect(existsSync(join(home.project, '.venv/bin/python'))).toBe(true);
    expect(detour(home, 'config', 'set', 'prompt-timeout', '77').code).toBe(0);
    mkdirSync(join(home.home, 'other'));
    writeFileSync(
      join(home.home, 'other/pyproject.toml'),
      '[project]\nname = "other"\n[tool.pip-detour]\ndetour = "break-system-packages"\n',
    );
    expect(detour(home, 'trust', join(home.home, 'other/pyproject.toml')).code).toBe(0);
    return home;
  }

  const detour = (home: Sandbox, ...words: string[]) =>
    home.run(join(programOf(home), 'shims/pip-detour'), words);

  it(
    'the choice, the setting, the trust and an open terminal are taken along',
    async () => {
      const home = await userOfTheOld();
      const before = await openTerminal(home, 'bash');
      const choices = JSON.parse(detour(home, 'choices', '--json').stdout);

      rmSync(programOf(home), { recursive: true });
      placeProgram(home);
      const upgraded = detour(home, 'setup');
      expect(upgraded.stderr).toBe('');
      expect(upgraded.code).toBe(0);

      // The record means what it meant, and stands without a question.
      expect(JSON.parse(detour(home, 'choices', '--json').stdout)).toMatchObject(
        choices.map(({ directory, detour: id }: Record<string, unknown>) => ({ directory, detour: id })),
      );
      const again = home.run(
        join(programOf(home), 'shims/pip'),
        ['install', '--force-reinstall', 'demo-lib'],
        {
          env: { PATH: `${programOf(home)}/shims:${home.env['PATH'] ?? ''}` },
        },
      );
      expect(again.stderr).toContain('remembered for');
      expect(again.code).toBe(0);

      expect(detour(home, 'config', 'get', 'prompt-timeout').stdout).toContain('77');
      expect(detour(home, 'trust', '--list').stdout).toContain('other/pyproject.toml');
      expect(detour(home, 'trust', '--list').stdout).not.toContain('no longer');

      // The hook of 0.1 in a terminal that was open all the while, and the new one in a new terminal.
      expect(await typeIn(before, 'pip install demo-lib; echo ended with $?')).toMatch(/ended with 0/);
      const after = await openTerminal(home, 'bash');
      expect(await typeIn(after, 'type -P pip')).toContain(`${programOf(home)}/shims/pip`);
      expect(await typeIn(after, 'pip-detour --version')).not.toContain('0.1');

      expect(detour(home, 'uninstall', '--yes').code).toBe(0);
      for (const user of [before, after]) {
        user.send('exit\r');
        await user.exited;
      }
    },
    slow * 3,
  );
});
