import { describe, expect, it, vi } from 'vitest';
import { choose } from '../support/choose.ts';
import { lacks, pythonName, systemIsManaged } from '../support/machine.ts';
import { packageIndex } from '../support/package-index.ts';
import { pyenv, pyenvVersions } from '../support/pythons.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

/** What the index says, taken into the open question: a real pip, a real terminal, an index of the tests' own. */
const index = packageIndex();

function box(mode: string, settings = ''): Sandbox {
  const made = sandbox(index.variables(mode));
  // A busy machine answers late: it is waited for, however long it takes.
  made.write('../.config/pip-detour/config.toml', `package-timeout = 300\n${settings}`);
  return made;
}

function typed(made: Sandbox, line: string, env: Record<string, string> = {}): Terminal {
  return terminal('/bin/sh', ['-c', `${line}; echo "code $?"`], {
    env: { ...made.env, ...env },
    cwd: made.project,
    columns: 110,
  });
}

describe.skipIf(!systemIsManaged() || lacks('pipx'))('while the question stands, the index says', () => {
  it('what an application is that nobody listed, and it is recommended to pipx; the mark stays where it is', async () => {
    const made = box('first');
    const user = typed(made, 'pip install quickfmt');
    await user.waitFor('looking it up …');
    const before = user
      .screen()
      .split('\n')
      .findIndex((line) => line.startsWith('❯'));
    await user.waitFor(/quickfmt 1\.5 · A command-line formatter for tests · commands: quickfmt, quickfmtd/);
    await user.waitFor(/recommended: quickfmt is made to be run, not imported/);
    const lines = user.screen().split('\n');
    expect(lines.findIndex((line) => line.startsWith('❯'))).toBe(before);
    expect(lines[before]).toMatch(/❯ 1 {2}Use a virtual environment here/);
    // What stood there is done, and no less because more became known.
    user.send(keys.enter);
    await user.waitFor('code 0', 90_000);
    expect(made.exists('.venv/bin/quickfmtd')).toBe(true);
  });

  it.each([
    ['nosuchname', /There is no nosuchname in the package index\./],
    ['quickfmt==7', /There is no such version of quickfmt: the newest is 1\.5\./],
    ['newpy', /newpy 3\.0 needs Python >=3\.99, and this is 3\.\d+\.[\s\S]*newpy requires Python >=3\.99/],
    ['plainlib', /plainlib 2\.0 · A library for tests\s[\s\S]*plainlib has no commands to run/],
  ])('what is to be known of %s, for a reader of a plain list, too', async (name, said) => {
    const user = typed(box('plain'), `pip install ${name}`, { PIP_DETOUR_ACCESSIBLE: '1' });
    await user.waitFor(said);
    user.send('q\r');
    await user.waitFor('code 1');
  });

  it('nothing yet: the question can be answered at once, and the look ends with it', async () => {
    const name = `slow-${process.pid}`;
    const made = box('slow');
    const seen = `cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'index-look[.]py 300 install ${name}'`;
    const looking = () => made.run('sh', ['-c', seen]).stdout;
    const user = typed(made, `pip install ${name}`);
    await user.waitFor('enter run');
    await vi.waitFor(() => expect(looking()).toBe('1\n'), { timeout: 30_000 });
    await choose(user, /Leave it/);
    await user.waitFor('code 1');
    await vi.waitFor(() => expect(looking()).toBe('0\n'), { timeout: 10_000 });
  });
});

const earlier = pyenvVersions().some((name) => name.startsWith('3.10.'));

describe.skipIf(!systemIsManaged() || lacks('pipx') || !earlier || pythonName === 'python3.10')(
  'an application for another Python that is here',
  () => {
    it('is given to pipx with it: in the question, and after pipx alone has failed', async () => {
      const made = box('earlier');
      const pyenvHere = { PYENV_ROOT: pyenv };
      const asked = typed(made, 'pip install earlypy', pyenvHere);
      await asked.waitFor(
        /recommended: earlypy is made to be run[\s\S]*Install as an app with pipx +commands in .* · Python 3\.10|Install as an app with pipx +commands in .* · Python 3\.10[\s\S]*earlypy is made to be run/,
        60_000,
      );
      asked.send(keys.escape);
      await asked.waitFor('code 1');
      const user = typed(made, 'pip install earlypy', { ...pyenvHere, PIP_DETOUR: 'pipx' });
      await user.waitFor(
        /earlypy requires Python <3\.11, and this Python is 3\.\d+\.[\s\S]*Install it with Python 3\.10 and try again[\s\S]*esc leave/,
        90_000,
      );
      user.send(keys.enter);
      await user.waitFor('code 0', 90_000);
      const python = made.run('sh', [
        '-c',
        'ls "$HOME"/.local/*/pipx/venvs/earlypy/lib "$HOME"/.local/pipx/venvs/earlypy/lib 2>/dev/null',
      ]);
      expect(python.stdout).toMatch(/python3\.10/);
      expect(made.run('sh', ['-c', 'exec "$HOME/.local/bin/earlypy"']).code).toBe(0);
    }, 240_000);
  },
);

describe.skipIf(!systemIsManaged())('the index is not asked', () => {
  it('where nobody is asked', () => {
    const ran = box('nobody').run('pip', ['install', 'quickfmt']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('externally-managed-environment');
    expect(index.requests('nobody')).toEqual([]);
  });

  it.each([
    ['with the setting off', 'off', 'look-at-index = false\n', 'pip install quickfmt'],
    ['with --no-index', 'without', '', 'pip install --no-index quickfmt'],
    ['for a file', 'file', '', 'touch requirements.txt; pip install -r requirements.txt'],
  ])('%s', async (_, mode, settings, line) => {
    const user = typed(box(mode, settings), line);
    await user.waitFor('enter run');
    expect(user.history()).not.toContain('looking it up');
    user.send(keys.escape);
    await user.waitFor('code 1');
    expect(index.requests(mode)).toEqual([]);
  });
});
