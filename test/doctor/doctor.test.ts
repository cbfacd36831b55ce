import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/commands/doctor.ts';
import {
  freshHome,
  placeProgram,
  programOf,
  type RcShell,
  rcOf,
  snapshot,
  writeHome,
} from '../install/support.ts';
import { lacks, top } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import type { Ran, Sandbox } from '../support/sandbox.ts';

/** A person with everything in place for this shell, login files included, as install.sh leaves it. */
function person(shell: RcShell = 'bash'): Sandbox {
  const home = freshHome({ SHELL: `/usr/bin/${shell}`, PIP_CONFIG_FILE: undefined });
  writeHome(home, '.profile', '. ~/.bashrc\n');
  writeHome(home, rcOf[shell].file, '# mine\n');
  const program = placeProgram(home);
  execFileSync(process.execPath, [join(top, 'scripts/same-program.mjs'), 'record', program]);
  home.env['PATH'] = `${program}/shims:${home.env['PATH']}`;
  const ran = home.run('pip-detour', ['setup']);
  expect(ran.stderr).toBe('');
  return home;
}

const doctor = (home: Sandbox, ...args: string[]): Ran => home.run('pip-detour', ['doctor', ...args]);

/** What failed; the exit code must agree. */
function failures(home: Sandbox, ...args: string[]): DoctorReport['checks'] {
  const ran = home.run(join(programOf(home), 'shims/pip-detour'), ['doctor', '--json', ...args]);
  const report: DoctorReport = JSON.parse(ran.stdout);
  expect(ran.code).toBe(report.ok ? 0 : 1);
  return report.checks.filter(({ state }) => state === 'failed');
}

describe.each<RcShell>(['bash', 'zsh', 'fish'])('pip-detour doctor for a person with %s', (shell) => {
  it.skipIf(lacks(shell))(
    'finds that all is well, leaves everything as it was, and says so by its exit code',
    () => {
      const home = person(shell);
      const before = snapshot(home.home);
      const ran = doctor(home);
      expect(ran.stdout).toContain(
        `✓ ${shell}, your shell, in a new terminal: ~/.local/share/pip-detour/shims/pip`,
      );
      expect(ran.stdout).toContain(
        `✓ ${shell}, your shell, as a login shell: ~/.local/share/pip-detour/shims/pip`,
      );
      expect(ran.stdout).toContain(
        '✓ a refused pip install in a temporary directory was handled, and worked',
      );
      expect(ran.stdout).toMatch(/\nAll is well\.\n$/);
      expect(ran.stdout).not.toContain('✗');
      expect([ran.stderr, ran.code]).toEqual(['', 0]);
      expect(withoutHistory(snapshot(home.home))).toEqual(withoutHistory(before));
    },
  );

  it.skipIf(lacks(shell))('finds another pip that was put in front, and its command mends it', () => {
    const home = person(shell);
    const bin = join(home.root, 'opt');
    mkdirSync(bin);
    writeFileSync(join(bin, 'pip'), '#!/usr/bin/python3\n', { mode: 0o755 });
    const line = shell === 'fish' ? `set -gx PATH ${bin} $PATH\n` : `PATH=${bin}:$PATH\n`;
    appendFileSync(join(home.home, rcOf[shell].file), line);
    const found = failures(home, '--quick');
    expect(found.length).toBeGreaterThan(0);
    for (const { check, says, mend } of found) {
      expect(check).toBe('shell');
      expect(says).toContain(`${bin}/pip comes first`);
      expect(mend).toBe(`pip-detour setup --shell ${shell} --last`);
    }
    expect(home.run('/bin/sh', ['-c', String(found[0]?.mend)]).stdout).toContain('Moved our line to the end');
    expect(failures(home, '--quick')).toEqual([]);
  });
});

/** fish keeps files of its own, whoever starts it. */
function withoutHistory(files: Record<string, string>): string[] {
  return Object.entries(files)
    .filter(([path]) => !/fish|^\.(config|local|cache)(\/share)?$/.test(path))
    .map(([path, what]) => `${path} ${what}`);
}

describe('pip-detour doctor', () => {
  const cases: readonly (readonly [string, string, (home: Sandbox) => void, string])[] = [
    [
      'our line is gone',
      'shell',
      (home) => writeHome(home, '.bashrc', ''),
      'there is no line of ours in ~/.bashrc',
    ],
    [
      'the Node that was written down is gone',
      'node',
      (home) => writeFileSync(join(programOf(home), 'node'), '/gone/node\n'),
      '(/gone/node) is gone',
    ],
    [
      'there is a new pip3.N',
      'versioned-pips',
      (home) => {
        const bin = join(home.root, 'new');
        mkdirSync(bin);
        writeFileSync(join(bin, 'pip3.99'), '', { mode: 0o755 });
        home.env['PATH'] += `:${bin}`;
      },
      'pip3.99 has no shim',
    ],
    [
      'a stopped installation left something',
      'leftovers',
      (home) => writeHome(home, '.local/share/.pip-detour-install.4711/x', ''),
      'an installation that was stopped left ~/.local/share/.pip-detour-install.4711',
    ],
    [
      'an older copy is on PATH',
      'leftovers',
      (home) => {
        const bin = join(home.root, 'old bin');
        mkdirSync(bin);
        symlinkSync(join(top, 'shims/pip'), join(bin, 'pip'));
        home.env['PATH'] += `:${bin}`;
      },
      'another pip-detour is on PATH',
    ],
    [
      'something remembered is damaged',
      'memory',
      (home) => writeHome(home, '.local/state/pip-detour/choices/0123456789abcdef.json', '{'),
      'is damaged and is not used',
    ],
    [
      'a setting that means nothing',
      'settings',
      (home) => {
        writeHome(home, '.config/pip-detour/config.toml', 'activaet = "always"\n');
        home.env['EDITOR'] = 'sed -i s/activaet/activate/';
      },
      'there is no setting activaet; did you mean activate?',
    ],
    [
      'a killed writer left something',
      'memory',
      (home) => {
        const file = writeHome(home, '.local/state/pip-detour/choices/0123456789abcdef.json.tmp-12', '');
        utimesSync(file, 0, 0);
      },
      '.json.tmp-12 is no longer used by pip-detour',
    ],
    [
      'a pip.conf switches the refusal off',
      'overrides',
      (home) => writeHome(home, '.config/pip/pip.conf', '[install]\nbreak-system-packages = true\n'),
      '~/.config/pip/pip.conf sets break-system-packages',
    ],
  ];
  it('finds all of these at once, and what it says to type mends them all', () => {
    const home = person();
    for (const [, , breakIt] of cases) breakIt(home);
    const found = failures(home, '--quick');
    for (const [title, check, , words] of cases)
      expect(
        found.filter((finding) => finding.check === check).map(({ says }) => says),
        title,
      ).toContainEqual(expect.stringContaining(words));
    expect(found).toHaveLength(cases.length + 1);
    for (const { mend } of found) home.run('/bin/sh', ['-c', String(mend)]);
    expect(failures(home)).toEqual([]);
  });
});

describe('pip-detour doctor', () => {
  it('finds that no login file reads .bashrc, and its command mends that', () => {
    const home = person();
    rmSync(join(home.home, '.profile'));
    const [found] = failures(home, '--quick');
    expect(found?.says).toContain('as a login shell: /usr/bin/pip; there is no line of ours in ~/.profile');
    home.run('/bin/sh', ['-c', String(found?.mend)]);
    expect(failures(home, '--quick')).toEqual([]);
  });
});

describe('pip-detour doctor finds it, and says what to do', () => {
  const cases: readonly (readonly [string, string, (home: Sandbox) => void, string, string])[] = [
    [
      'a file of ours is damaged',
      'program',
      (home) => appendFileSync(join(programOf(home), 'lib/plain.cjs'), '\n'),
      'lost or changed since: lib/plain.cjs',
      'run ./install.sh again',
    ],
    [
      'what steps in does not',
      'live-install',
      (home) => writeFileSync(join(programOf(home), 'lib/intercept.cjs'), 'exports.main = 1;'),
      'was not handled',
      'PIP_DETOUR=off pip',
    ],
    [
      'an alias stands before it',
      'shell',
      (home) => appendFileSync(join(home.home, '.bashrc'), "alias pip='echo no'\n"),
      'an alias of yours, echo no',
      'unalias pip',
    ],
    [
      'a function stands before it',
      'shell',
      (home) => appendFileSync(join(home.home, '.bashrc'), 'pip() { :; }\n'),
      'a function called pip that is not ours',
      'unset -f pip',
    ],
    [
      'the rc file ends before our line',
      'shell',
      (home) => writeHome(home, '.bashrc', `return\n${readFileSync(join(home.home, '.bashrc'), 'latin1')}`),
      'is not reached',
      'to the top of ~/.bashrc',
    ],
    [
      'a variable switches the refusal off',
      'overrides',
      (home) => {
        home.env['PIP_BREAK_SYSTEM_PACKAGES'] = '1';
      },
      'PIP_BREAK_SYSTEM_PACKAGES sets',
      'unset PIP_BREAK_SYSTEM_PACKAGES',
    ],
    [
      'a pip.conf switches the refusal off for good',
      'overrides',
      (home) => {
        delete home.env['PIP_CONFIG_FILE'];
        writeHome(home, '.config/pip/pip.conf', '[global]\nbreak-system-packages = true\n');
      },
      '~/.config/pip/pip.conf sets break-system-packages',
      "sed -i '/^ *break-system-packages/d'",
    ],
    [
      'the marker was renamed',
      'overrides',
      (home) => {
        const python = managedPython(join(home.root, 'python'), '/usr/lib/python3/dist-packages');
        execFileSync('mv', [python.marker, `${python.marker}.old`]);
        home.env['PATH'] = `${programOf(home)}/shims:${python.prefix}/bin:/usr/bin:/bin`;
      },
      'EXTERNALLY-MANAGED was renamed to',
      'EXTERNALLY-MANAGED.old',
    ],
    [
      'commands that pipx or another tool has put where PATH does not find them',
      'pipx',
      (home) => {
        writeHome(home, '.local/bin/httpie', '#!/bin/sh\n');
      },
      '~/.local/bin is not on PATH, so the commands in it are not found',
      '',
    ],
    [
      'the shell is older than the installation',
      'this-shell',
      (home) => {
        home.env['PATH'] = '/usr/bin:/bin';
      },
      'here, pip is /usr/bin/pip, not the shim',
      'exec bash',
    ],
  ];
  it.each(cases)('%s', (_, check, prepare, words, mend) => {
    const home = person();
    prepare(home);
    const args = check === 'live-install' ? [] : ['--quick'];
    const found = failures(home, ...args).find((finding) => finding.check === check);
    expect(found?.says).toContain(words);
    expect(found?.mend).toContain(mend);
  });

  it('a directory off PATH with nothing in it but pip-detour, which its shims find, is no fault', () => {
    const home = person();
    writeHome(home, '.local/bin/pip-detour', '#!/bin/sh\n');
    expect(failures(home, '--quick')).toEqual([]);
  });

  it('a line that was commented out is no fault', () => {
    const home = person();
    const rc = join(home.home, '.bashrc');
    writeFileSync(rc, readFileSync(rc, 'utf8').replace(/^if/m, '#if'));
    const ran = doctor(home, '--quick');
    expect(ran.stdout).toContain('· bash: switched off by you, the line in ~/.bashrc is commented out');
    expect(ran.code).toBe(0);
  });

  it('a shell whose rc file starts something else is named', () => {
    const home = person();
    writeHome(home, '.bashrc', 'exec /bin/true\n');
    expect(doctor(home, '--quick').stdout).toContain(
      'gave no answer; its start-up files start something else, or wait',
    );
  });
});
