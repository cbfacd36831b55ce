import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { lacks, pythonName, systemIsManaged } from '../support/machine.ts';
import { needyProject } from '../support/needy-project.ts';
import { pyenv, pyenvVersions } from '../support/pythons.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

const slow = 60_000;
vi.setConfig({ testTimeout: 180_000 });

/** A project whose build runs a real compiler, and wants a header and then a program that a package of apt's brings. */
const build = `
    home = os.environ["HOME"]
    print("building with", os.isatty(2))
    if subprocess.call(["gcc", "-I" + home + "/include", "-c", "needs.c", "-o", "/dev/null"]):
        sys.exit(1)
    if not os.path.exists(home + "/include/pg_config"):
        sys.exit("Error: pg_config executable not found.")
`;

function withProject(extra: Readonly<Record<string, string>>): Sandbox {
  const box = sandbox(extra);
  needyProject(box, build);
  box.write('needs/needs.c', '#include <portaudio.h>\nint main(void) { return 0; }\n');
  // Knows every package it is asked about; what is got from it is there afterwards.
  box.write(
    '../bin/apt-cache',
    '#!/bin/sh\nshift\nfor name; do printf "%s:\\n  Installed: (none)\\n  Candidate: 1.0\\n" "$name"; done\n',
    0o755,
  );
  box.write(
    '../bin/apt-get',
    '#!/bin/sh\necho "apt-get $*" >>"$HOME/called"; mkdir -p "$HOME/include"\n' +
      'case $* in *portaudio*) : >"$HOME/include/portaudio.h" ;; *libpq*) : >"$HOME/include/pg_config" ;; esac\n',
    0o755,
  );
  box.env['PATH'] = (box.env['PATH'] ?? '').replace(':', `:${box.home}/bin:`);
  return box;
}

const line = ['install', '--no-build-isolation', './needs'];

describe.skipIf(lacks('gcc', 'apt-cache') || !systemIsManaged() || existsSync('/usr/include/portaudio.h'))(
  'a build that fails where we ran it',
  () => {
    it('says what it lacks, gets it on a yes, and tries again until it is built', async () => {
      const box = withProject({ PIP_DETOUR: 'venv' });
      const user = terminal('/bin/sh', ['-c', `pip ${line.join(' ')}; echo "code $?"`], {
        env: box.env,
        cwd: box.project,
        columns: 110,
      });
      await user.waitFor(
        /lacks the header portaudio\.h; Debian's portaudio19-dev brings it[\s\S]*esc leave/,
        slow,
      );
      expect(box.exists('.venv')).toBe(false);
      user.send(keys.enter);
      await user.waitFor(
        /lacks the program pg_config; Debian's libpq-dev brings it[\s\S]*libpq-dev +in ~\/shop\n[\s\S]*esc leave/,
        slow,
      );
      user.send(keys.enter);
      await user.waitFor('code 0', slow);
      expect(user.history()).toContain('Successfully installed needs-1.0');
      expect(box.read('../called').trim().split('\n')).toEqual([
        expect.stringMatching(/^apt-get install --no-install-recommends portaudio19-dev$/),
        expect.stringMatching(/^apt-get install --no-install-recommends libpq-dev$/),
      ]);
      expect(box.run(join(box.project, '.venv/bin/python'), ['-c', 'import needs']).code).toBe(0);
    });

    it('tells what Enter runs; where that fails, what was lacking is said again', async () => {
      const box = withProject({ PIP_DETOUR: 'venv' });
      box.write('../bin/apt-get', '#!/bin/sh\necho "E: no network"; exit 100\n', 0o755);
      const user = terminal('/bin/sh', ['-c', `pip ${line.join(' ')}; echo "code $?"`], {
        env: box.env,
        cwd: box.project,
        columns: 110,
      });
      await user.waitFor(/lacks the header portaudio\.h[\s\S]*esc leave/, slow);
      user.send('d');
      await user.waitFor(
        /Enter runs:\n +\$ .*apt-get install .*portaudio19-dev\n[\s\S]*\.venv\/bin\/python[\s\S]* install\s[\s\S]*\.\/needs/,
      );
      user.send(keys.enter);
      await user.waitFor('code 1', slow);
      expect(user.history()).toMatch(
        /^pip-detour: running .*apt-get install .*portaudio19-dev\nE: no network\npip-detour: that did not work.*\npip-detour: The build lacks the header portaudio\.h; .*\npip-detour: Type this, and then the same command again: \S/m,
      );
    });

    it('left alone, pip’s words and its exit code stand, and nothing is got', async () => {
      // Asked to be quiet, pip tells its errors all the same.
      const box = withProject({ PIP_DETOUR: 'venv', PIP_QUIET: '1' });
      const quiet = `pip ${line.join(' ')} -q --no-color --progress-bar off; echo "code $?"`;
      const user = terminal('/bin/sh', ['-c', quiet], { env: box.env, cwd: box.project, columns: 110 });
      await user.waitFor(/lacks the header portaudio\.h[\s\S]*esc leave/, slow);
      user.send(keys.escape);
      await user.waitFor('code 1', slow);
      // The question has gone from the screen; what it said can still be read and typed.
      expect(user.history()).toMatch(
        /^pip-detour: The build lacks the header portaudio\.h; Debian has it in portaudio19-dev\.\npip-detour: Type this, and then the same command again: .*apt-get install .*portaudio19-dev$/m,
      );
      expect(box.exists('../called')).toBe(false);
      expect(box.exists('.venv')).toBe(false);
    });

    it.each([
      [
        'nobody',
        { CI: '1' },
        /^pip-detour: The build lacks the header portaudio\.h; Debian has it in portaudio19-dev\. Type this, and then the same command again: .*apt-get install .*portaudio19-dev.*$/m,
      ],
      [
        'a coding agent',
        { CLAUDECODE: '1' },
        /^pip-detour-hint: \{"reference":"build-lacks",.*"missing":\["portaudio\.h"\],"run":".*apt-get install .*portaudio19-dev"\}$/m,
      ],
      ['nobody, silenced', { CI: '1', PIP_DETOUR_HINT: '0' }, undefined],
    ])('%s: one line after what pip says, which stays whole', (_, extra, said) => {
      const box = withProject({ PIP_DETOUR: 'venv', ...extra });
      const log = join(box.home, 'log');
      const ran = box.run('pip', [...line, '--log', log]);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('error: subprocess-exited-with-error');
      // The person's own log is kept as pip keeps it.
      expect(box.read('../log')).toMatch(/needs\.c:1:10: .*portaudio\.h/);
      const ours = ran.stderr.split('\n').filter((one) => /lacks|build-lacks/.test(one));
      expect(ours).toHaveLength(said === undefined ? 0 : 1);
      if (said !== undefined) expect(ran.stderr).toMatch(said);
      expect(box.exists('.venv')).toBe(false);
    });
  },
);

/** What uv 0.13 and poetry 2.5 really print, in short; each knows whether it is drawn to a terminal, and of which width. */
const uv = `#!/bin/sh
case $1 in venv) for last; do :; done; exec "$PYTHON" -I -m venv --without-pip "$last" ;; esac
test -t 2 && stty size <&2 >&2
printf '\\033[2mResolving\\033[0m...\\r\\033[2K' >&2
test -e "$HOME/include/portaudio.h" && { echo 'Installed 1 package' >&2; exit; }
printf 'error: Failed to build needs\\n  cause: The build backend returned an error\\n\\n         [stderr]\\n         needs.c:1:10: fatal error: portaudio.h: No such file or directory\\n' >&2
exit 2
`;
const poetry = `#!/bin/sh
test -t 1 && stty size <&1
test -e "$HOME/include/portaudio.h" && { echo 'Installed 1 package'; exit; }
printf 'Backend subprocess exited when trying to invoke build_wheel\\n\\n    | needs.c:1:10: fatal error: portaudio.h: No such file or directory\\n'
exit 2
`;

describe.skipIf(lacks('apt-cache') || !systemIsManaged() || existsSync('/usr/include/portaudio.h'))(
  'where another than pip installs, at a terminal',
  () => {
    it.each([
      ['uv', uv, { PIP_DETOUR: 'venv', PIP_DETOUR_INSTALLER: 'uv' }, []],
      ['poetry', poetry, { PIP_DETOUR: 'project-manager' }, ['poetry.lock', 'pyproject.toml']],
    ])('%s has it, and what it says when it fails is known', async (name, text, extra, files) => {
      const box = withProject({ ...extra, PYTHON: `/usr/bin/${pythonName}` });
      box.write(`../bin/${name}`, text, 0o755);
      for (const file of files) box.write(file, '[tool.poetry]\n');
      const user = terminal(
        '/bin/sh',
        ['-c', 'pip install needs; echo "code $?"; pip install needs; echo "code $?"'],
        {
          env: box.env,
          cwd: box.project,
          columns: 110,
        },
      );
      await user.waitFor(
        /lacks the header portaudio\.h; Debian's portaudio19-dev brings it[\s\S]*esc leave/,
        slow,
      );
      expect(user.history()).toMatch(/^\d+ 110$/m);
      expect(user.history()).toMatch(/fatal error: portaudio\.h: No such file or directory\n/);
      user.send(keys.escape);
      await user.waitFor('code 2', slow);
      await user.waitFor(/code 2[\s\S]*esc leave/, slow);
      user.send(keys.enter);
      await user.waitFor('code 0', slow);
      expect(user.history()).toContain('Installed 1 package');
    });

    it('what no package brings is said, and the same project as a package of the system is offered', async () => {
      const box = withProject({
        PIP_DETOUR: 'venv',
        PIP_DETOUR_INSTALLER: 'uv',
        PYTHON: `/usr/bin/${pythonName}`,
      });
      const failing = uv.replace(/needs\.c:1:10: .*directory/, 'Dependency "nowhere-9.9" not found');
      box.write('../bin/uv', failing, 0o755);
      const user = terminal('/bin/sh', ['-c', 'pip install pygobject; echo "code $?"'], {
        env: box.env,
        cwd: box.project,
        columns: 110,
      });
      await user.waitFor(
        /lacks the library nowhere-9\.9 .*No package is known to bring it[\s\S]*python3-gi[\s\S]*Leave it[\s\S]*esc leave/,
        slow,
      );
      user.send(keys.enter);
      await user.waitFor('code 0', slow);
      expect(box.read('../called')).toMatch(/^apt-get install .*python3-gi$/m);
    });

    it('where its streams are none, they stay what they are', () => {
      const box = withProject({
        PIP_DETOUR: 'venv',
        PIP_DETOUR_INSTALLER: 'uv',
        PYTHON: `/usr/bin/${pythonName}`,
      });
      box.write('../bin/uv', uv, 0o755);
      const ran = box.run('pip', ['install', 'needs']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('Resolving');
      expect(ran.stderr).not.toMatch(/^\d+ \d+$/m);
      expect(ran.stderr).toMatch(/The build lacks the header portaudio\.h; Debian has it in portaudio19-dev/);
    });
  },
);

describe.skipIf(!systemIsManaged())('a build that starts the pip of its environment', () => {
  it('gets it first the second time, unasked', () => {
    const box = sandbox({ PIP_DETOUR: 'venv', CI: '1', PIP_DETOUR_SYSTEM_SITE_PACKAGES: 'false' });
    box.write(
      'old/setup.py',
      'import subprocess, sys\nfrom setuptools import setup\nsubprocess.check_call([sys.executable, "-m", "pip", "--version"])\nsetup(name="old", version="1.0", py_modules=[])\n',
    );
    const ran = box.run('pip', ['install', '--no-build-isolation', './old']);
    expect(ran.stderr).toContain('No module named pip');
    expect(ran.stderr).toContain('trying again: the build starts the pip of the environment');
    expect(ran.code).toBe(0);
  });
});

const other = pyenvVersions().find((name) => /^3\.1[2-9]\./.test(name));

describe.skipIf(!systemIsManaged() || other === undefined || pythonName === 'python3.12')(
  'a project for other Pythons',
  () => {
    it('is tried again in an environment of one that fits, on a yes', async () => {
      const box = withProject({ PIP_DETOUR: 'venv', PYENV_ROOT: pyenv });
      const file = 'needs/pyproject.toml';
      box.write(file, `${box.read(file)}requires-python = ">=3.12"\n`);
      box.write(
        'needs/backend.py',
        box
          .read('needs/backend.py')
          .replace(/ {4}home = [\s\S]*?(?= {4}name = )/, '')
          .replace('Version: 1.0\\n")', 'Version: 1.0\\nRequires-Python: >=3.12\\n")'),
      );
      const user = terminal('/bin/sh', ['-c', `pip ${line.join(' ')}; echo "code $?"`], {
        env: box.env,
        cwd: box.project,
        columns: 110,
      });
      await user.waitFor(/needs requires Python >=3\.12, and this Python is 3\.\d+[\s\S]*esc leave/, slow);
      user.send('?');
      await user.waitFor('No Python is installed, changed or removed', slow);
      user.send(' ');
      await user.waitFor(/Make the environment with Python[\s\S]*esc leave/, slow);
      user.send(keys.enter);
      await user.waitFor('code 0', slow);
      expect(
        box.run(join(box.project, '.venv/bin/python'), [
          '-c',
          'import needs, sys; assert sys.version_info >= (3, 12)',
        ]).code,
      ).toBe(0);
    });
  },
);
