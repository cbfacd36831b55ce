import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { lacks, pythonName, systemIsManaged } from '../support/machine.ts';
import { pyenv, pyenvVersions } from '../support/pythons.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

/** Failures of real projects: PyPI's, Debian's packages, a real compiler and a real pipx. */
const withoutPypi = process.env['PIP_DETOUR_TEST_PYPI'] !== '1' || !systemIsManaged();
const slow = 240_000;
vi.setConfig({ testTimeout: 600_000 });

function box(env: Readonly<Record<string, string | undefined>>): Sandbox {
  return sandbox({ PIP_NO_INDEX: undefined, PIP_FIND_LINKS: undefined, PIP_CONFIG_FILE: undefined, ...env });
}
function typed(made: Sandbox, line: string): Terminal {
  return terminal('/bin/sh', ['-c', `${line}; echo "code $?"`], {
    env: made.env,
    cwd: made.project,
    columns: 130,
  });
}

describe.skipIf(withoutPypi)('a real installation that fails (PIP_DETOUR_TEST_PYPI=1)', () => {
  /** Debian's own packages, unpacked where the compiler looks: the machine stays as it is. */
  const unpacks = `#!/bin/sh
case $* in install*liblzo2-dev*) ;; *) exec /usr/bin/apt-get "$@" ;; esac
mkdir -p "$HOME/debs" && cd "$HOME/debs" && /usr/bin/apt-get download liblzo2-dev liblzo2-2 || exit
for deb in *.deb; do dpkg -x "$deb" "$HOME/root"; done
`;

  it.skipIf(lacks('gcc', 'apt-get', 'dpkg') || existsSync('/usr/include/lzo'))(
    'for want of a header: it is named, got and built on a yes',
    async () => {
      const made = box({ PIP_DETOUR: 'venv' });
      const root = join(made.home, 'root/usr');
      made.write('../bin/apt-get', unpacks, 0o755);
      Object.assign(made.env, {
        PATH: (made.env['PATH'] ?? '').replace(':', `:${made.home}/bin:`),
        CPATH: join(root, 'include'),
        LIBRARY_PATH: join(root, 'lib/x86_64-linux-gnu'),
        LD_LIBRARY_PATH: join(root, 'lib/x86_64-linux-gnu'),
      });
      const user = typed(made, 'pip install --no-binary python-lzo python-lzo');
      await user.waitFor(
        /lacks the header lzo\/\w+\.h; Debian's liblzo2-dev brings it[\s\S]*esc leave/,
        slow,
      );
      user.send(keys.enter);
      await user.waitFor('code 0', slow);
      expect(made.run('.venv/bin/python', ['-c', 'import lzo; lzo.compress(b"x")']).code).toBe(0);
    },
  );

  const later = pyenvVersions().some((name) => /^3\.1[2-9]\./.test(name));
  it.skipIf(!later || pythonName !== 'python3.11').each([
    ['venv', 'django>=6', 'Make the environment', '.venv/bin/django-admin'],
    ['pipx', 'ansible-core>=2.20', 'Install it', '../.local/bin/ansible'],
  ])('for want of another Python, with %s: one that is here does it', async (detour, what, does, command) => {
    // The pip of pipx's own making is a newer one than the tests' other boxes have.
    const made = box({ PIP_DETOUR: detour, PYENV_ROOT: pyenv, PIPX_SHARED_LIBS: undefined });
    const user = typed(made, `pip install '${what}'`);
    await user.waitFor(
      new RegExp(`requires Python >=3\\.\\d+[\\s\\S]*${does} with Python[\\s\\S]*esc leave`),
      slow,
    );
    user.send(keys.enter);
    await user.waitFor('code 0', slow);
    expect(made.run(join(made.project, command), ['--version']).code).toBe(0);
  });

  it.each([
    [
      'venv',
      'six==1.61.0',
      /There is no six==1\.61\.0 on the index\. The nearest version is 1\.16\.0\. To take it, type: pip install 'six==1\.16\.0'/,
    ],
    [
      'pipx',
      'pycowsay==0.0.0.22',
      /There is no pycowsay==0\.0\.0\.22 on the index\. The nearest version is 0\.0\.0\.2\. To take it, type:/,
    ],
    [
      'venv',
      'reqeustss',
      /The index has no package called reqeustss\. Did you mean requests\? To install it, type: pip install requests/,
    ],
  ])('with %s, %s: what was meant is said where nobody can be asked', (detour, what, said) => {
    const ran = box({ PIP_DETOUR: detour, CI: '1' }).run('pip', ['install', what], { timeout: slow });
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toMatch(said);
  });
});
