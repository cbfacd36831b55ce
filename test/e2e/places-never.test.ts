import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { places } from '../../src/place/kinds.ts';
import { choose } from '../support/choose.ts';
import { windowsDrive } from '../support/drives.ts';
import { dist, python, top } from '../support/machine.ts';
import { canMount, containerArguments, inContainer } from '../support/machines.ts';
import { managedPython } from '../support/managed.ts';
import { fakePython } from '../support/pythons.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Terminal, terminal } from '../support/terminal.ts';

/*
 * The last column of the table in docs/places.md, row by row. Real: containers (an overlay as root), a file system
 * without links, files of root's. Simulated by what marks them: the variables of CI, agents, notebooks, pods and
 * Codespaces, the files of LXC, toolbox and Raspberry Pi, WSL's kernel release, the prefixes of Homebrew and Nix.
 */

const slow = 30_000;
const install = 'pip install demo-lib';

/** At a terminal: what is shown once it is over. Nobody presses a key. */
async function untouched(env: Record<string, string>): Promise<{ box: Sandbox; shown: string }> {
  const box = sandbox(env);
  const user = terminal('/bin/sh', ['-c', `${install}; echo "code $?"`], { env: box.env, cwd: box.project });
  await user.exited;
  expect(user.history()).toContain('code 1');
  expect(user.history()).not.toContain('Leave it');
  expect(box.exists('.venv')).toBe(false);
  expect(existsSync(join(box.home, '.local'))).toBe(false);
  return { box, shown: user.history().replaceAll('\n', '') };
}

/** The question in a container with these files, at which nobody has pressed a key yet. */
function askedInContainer(box: Sandbox, prepare = ':', files: readonly string[] = []): Terminal {
  return terminal('/usr/bin/unshare', containerArguments(box, `${prepare}; ${install}`, { files }), {
    env: box.env,
    cwd: box.project,
  });
}

/** The marked line of the question, with what is said of it. */
async function marked(user: Terminal): Promise<string> {
  const shown = await user.waitFor('esc leave', slow);
  return (/❯ ([\s\S]*?)\n {2}\d/.exec(shown)?.[1] ?? '').replace(/\s+/g, ' ');
}

/** Each file below a directory that is root's. */
const ofRoot = (directory: string) => execFileSync('find', [directory, '-user', '0'], { encoding: 'utf8' });

const never: Readonly<Record<string, (skip: (why: string) => void) => Promise<void> | void>> = {
  agent: async () => {
    const { shown } = await untouched({ CLAUDECODE: '1' });
    expect(shown).toContain('pip-detour-hint: {');
  },
  jupyter: async () => {
    const { shown } = await untouched({ JPY_PARENT_PID: '1' });
    expect(shown).toContain('%pip install demo-lib');
  },
  'github-actions': async () => {
    const { shown } = await untouched({ CI: 'true', GITHUB_ACTIONS: 'true' });
    expect(shown).toContain('actions/setup-python');
  },
  'gitlab-ci': async () => {
    const { shown } = await untouched({ CI: 'true', GITLAB_CI: 'true' });
    expect(shown).toContain('image: python:3');
  },
  ci: async () => {
    const { shown } = await untouched({ CI: 'true' });
    expect(shown).toContain('PIP_DETOUR=venv');
  },
  'docker-build': () => {
    const after = `${install}; ls -d /opt/venv .venv; python3 -c 'import demo_lib'`;
    const ran = inContainer(sandbox(), after);
    expect(ran.stderr).toContain('pip-detour: you were not asked');
    expect(ran.stderr).toContain("No module named 'demo_lib'");
    expect(ran.stdout).toBe('');
  },
  // This machine's own /.dockerenv, or one planted in a root that is one file system: neither is a container.
  docker: async () => {
    const box = sandbox();
    const root = join(box.root, 'plain');
    writeFileSync(
      join(box.root, 'plain.sh'),
      `set -e
mkdir '${root}'; mount -t tmpfs none '${root}'
for d in /*; do case $d in
/proc) mkdir '${root}/proc'; mount -t proc proc '${root}/proc' ;;
*) if [ -L "$d" ]; then cp -P "$d" '${root}/'; elif [ -d "$d" ]; then mkdir '${root}'"$d"; mount --rbind "$d" '${root}'"$d"; fi ;;
esac; done
: >'${root}/.dockerenv'
chroot '${root}' /bin/sh -c 'cd ${box.project} && ${install}'
`,
    );
    const user = terminal('/usr/bin/unshare', ['--mount', '/bin/sh', join(box.root, 'plain.sh')], {
      env: box.env,
      cwd: box.project,
    });
    expect(await marked(user)).toContain('Use a virtual environment here');
    expect(user.screen()).not.toContain('throw-away');
  },
  kubernetes: async () => {
    const box = sandbox({ KUBERNETES_SERVICE_HOST: '10.0.0.1' });
    expect(inContainer(box, install).stderr).toContain('What you install in a pod is lost with the pod');
    const user = askedInContainer(box);
    expect(await marked(user)).toMatch(/recommended: a throw-away container/);
    expect(user.screen()).toContain('remember for ~/shop: no');
  },
  codespaces: async () => {
    const user = askedInContainer(sandbox({ CODESPACES: 'true' }), ':', ['/.dockerenv']);
    expect(await marked(user)).toContain('Use a virtual environment here');
  },
  toolbox: async () => {
    const box = sandbox();
    box.write('.venv/pyvenv.cfg', 'home = /usr/bin\nversion = 3.99.1\n');
    mkdirSync(join(box.project, '.venv/bin'));
    symlinkSync('/usr/bin/python3.99', join(box.project, '.venv/bin/python'));
    const before = box.run('ls', ['-lR', '--full-time', '.venv']).stdout;
    const user = askedInContainer(box, ':', ['/run/.containerenv', '/run/.toolboxenv']);
    expect(await marked(user)).toContain('the environment in the project belongs to the host');
    await choose(user, /environment outside the project/);
    await user.exited;
    expect(user.history()).toContain('Successfully installed demo-lib-2.0');
    expect(box.run('ls', ['-lR', '--full-time', '.venv']).stdout).toBe(before);
  },
  lxc: async () => {
    const prepare = 'mkdir -p /run/systemd && echo lxc >/run/systemd/container';
    const user = askedInContainer(sandbox(), prepare, ['/.dockerenv']);
    expect(await marked(user)).toContain('Use a virtual environment here');
  },
  wsl1: (skip) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const drive = windowsDrive(box);
    if (drive === undefined) return skip('no device can be lent to a file here');
    const release = box.write('../osrelease', '4.4.0-19041-Microsoft\n');
    const line = `mount --bind '${release}' /proc/sys/kernel/osrelease; cd '${drive.shop}'; ${install}; ls -A`;
    const ran = drive.run(line);
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(ran.stdout.trim().split('\n').at(-1)).toBe('pyproject.toml');
    expect(ran.stderr).toContain('pip-detour-environments/shop-');
  },
  'raspberry-pi': () => {
    const box = sandbox({ PIP_DETOUR: 'venv', PIP_CONFIG_FILE: undefined, PIP_NO_INDEX: undefined });
    delete box.env['PIP_FIND_LINKS'];
    const index = join(box.root, 'piwheels/simple/gpiozero');
    mkdirSync(index, { recursive: true });
    box.run(python, [join(top, 'src/python/make-wheel.py'), index, 'gpiozero', '1.0']);
    writeFileSync(join(index, 'index.html'), '<a href="gpiozero-1.0-py3-none-any.whl">gpiozero</a>');
    const conf = `[global]\nindex-url=file://${box.root}/none\nextra-index-url=file://${box.root}/piwheels/simple\n`;
    const prepare = `mkdir -p /run/systemd; echo lxc >/run/systemd/container; : >/etc/rpi-issue; printf '${conf.replaceAll('\n', '\\n')}' >/etc/pip.conf`;
    const uses = `.venv/bin/python -c 'import gpiozero, wheel; print(wheel.__file__)'`;
    const ran = inContainer(box, `${prepare}; pip install gpiozero && ${uses}`);
    expect(ran.stdout).toContain('Successfully installed gpiozero-1.0');
    expect(ran.stdout).toContain('/usr/lib/python3/dist-packages/wheel');
    expect(ran.stderr).toContain('creating ~/shop/.venv');
  },
  homebrew: () => {
    const box = sandbox();
    const own = managedPython(join(box.root, 'Cellar/python@3.11/3.11.2'), '/usr/lib/python3/dist-packages');
    const formula = { name: 'numpy', full_name: 'numpy', versions: { stable: '2.1.3' }, installed: [] };
    box.write(
      '../bin/brew',
      `#!/bin/sh\necho '${JSON.stringify({ formulae: [formula], casks: [] })}'\n`,
      0o755,
    );
    const path = `${dist}/shims:${own.prefix}/bin:${box.home}/bin:/usr/bin:/bin`;
    const ran = box.run('pip-detour', ['explain', 'pip', 'install', 'numpy'], { env: { PATH: path } });
    expect(ran.stdout).toMatch(/Install Homebrew's package[\s\S]*bin\/brew install numpy/);
    expect(ran.stdout + ran.stderr).not.toMatch(/sudo|Debian|\bapt\b|distribution/);
  },
  nixos: () => {
    const box = sandbox();
    const own = managedPython(join(box.root, 'python'), '/usr/lib/python3/dist-packages');
    const store = '/nix/store/abc-python3';
    const text = readFileSync(own.pip, 'utf8').replaceAll(own.prefix, store);
    writeFileSync(own.pip, text, { mode: 0o755 });
    const mount = `mkdir -p ${store} && mount --bind '${own.prefix}' ${store} && mount -o remount,ro,bind ${store}`;
    const pip = `PATH=${dist}/shims:${store}/bin:$PATH; export PATH`;
    const line = `PIP_DETOUR=break-system-packages ${install}; PIP_DETOUR=venv ${install}`;
    const ran = inContainer(box, `${mount}; ${pip}; ${line}`);
    expect(ran.stderr).toContain('because nothing can write to the Nix store');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(ran.stderr).not.toMatch(/Read-only|Permission denied/);
  },
  sudo: async () => {
    const box = sandbox({ SUDO_UID: '1000', SUDO_USER: 'ana' });
    const own = managedPython(join(box.root, 'python'), '/usr/lib/python3/dist-packages');
    box.env['PATH'] = `${dist}/shims:${own.prefix}/bin:/usr/bin:/bin`;
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    box.write('uv.lock', '');
    fakePython(join(box.home, '.pyenv/versions/3.98.1'), '3.98.1');
    box.write('../.local/bin/uv', '#!/bin/sh\n: >made-by-root\n', 0o755);
    execFileSync('chown', ['-R', '1000:1000', box.home]);
    for (const detour of ['venv', 'pipx', 'project-manager', 'other-python'])
      expect(box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: detour } }).code).toBe(1);
    const user = terminal('pip', ['install', 'demo-lib'], { env: box.env, cwd: box.project });
    const asked = await user.waitFor('esc leave', slow);
    expect(asked).toMatch(/– {2}Use another Python +pyenv 3\.98\.1 belongs to another user/);
    expect(asked).toMatch(/– {2}Use a virtual environment here[\s\S]*do this without sudo/);
    expect(asked).not.toContain('remember');
    await choose(user, /Install into/);
    await user.waitFor('type break');
    user.send('break');
    await user.waitFor('break_');
    user.send('\r');
    expect((await user.exited).code).toBe(0);
    expect(ofRoot(box.home)).toBe('');
  },
  root: async () => {
    const box = sandbox();
    chownSync(box.project, 0, 0);
    const user = terminal('pip', ['install', 'demo-lib'], { env: box.env, cwd: box.project });
    expect(await marked(user)).toContain('Use a virtual environment here');
  },
  ssh: () => {
    const box = sandbox({ SSH_CONNECTION: '1 2 3 4' });
    expect(box.run('pip', ['install', 'demo-lib']).stderr).toContain('With ssh -t');
    expect(box.exists('.venv')).toBe(false);
  },
};

describe.skipIf(!canMount)('what must not happen', () => {
  const rows = places.map((row) => [row.situation, row.never, row.kinds[0] ?? ''] as const);
  it.for(rows)('%s: never %s', async ([, , kind], { skip }) => {
    expect(never).toHaveProperty(kind);
    await never[kind]?.(skip);
  });
});
