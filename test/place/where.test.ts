import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HintFacts, hintFor, places } from '../../src/place/kinds.ts';
import { lookWhere } from '../../src/place/where.ts';
import { agents, ciServices } from '../../src/system/automation.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import type { PlaceKind } from '../../src/types.ts';

const disk = '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n';
const overlay = '66 63 0:40 / / rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/u\n';
const vfs = '66 63 8:1 /var/lib/docker/vfs/dir/0f3 / rw - ext4 /dev/sda1 rw\n';
const btrfs = '25 1 0:22 /@ / rw,relatime - btrfs /dev/sda2 rw,subvol=/@\n';

interface Machine {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly terminal?: boolean;
  readonly manager?: string;
}

/** Looks at a system of planted files: a disk as root and systemd as first process, unless a row says otherwise. */
function look({ files = {}, env = {}, uid = 1000, terminal = true, manager = 'Debian' }: Machine) {
  const root = mkdtempSync(join(tmpdir(), 'where-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const all = { 'proc/self/mountinfo': disk, 'proc/1/comm': 'systemd\n', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return lookWhere({
    environment: readEnvironment({ HOME: '/home/u', ...env }),
    uid,
    terminal,
    manager,
    root,
  });
}

const inOverlay = { 'proc/self/mountinfo': overlay, 'proc/1/comm': 'bash\n' };

describe('where we are', () => {
  it.each<[string, Machine, readonly PlaceKind[], boolean]>([
    ['a laptop', {}, [], false],
    ['a laptop on btrfs', { files: { 'proc/self/mountinfo': btrfs } }, [], false],
    ['a live medium: an overlay, but an init runs', { files: { 'proc/self/mountinfo': overlay } }, [], false],
    ['a virtual machine made from an image', { files: { '.dockerenv': '' }, uid: 0 }, ['root'], false],
    ['a Docker shell', { files: { ...inOverlay, '.dockerenv': '' }, uid: 0 }, ['docker', 'root'], true],
    [
      'Docker with the vfs driver',
      { files: { 'proc/self/mountinfo': vfs, '.dockerenv': '' } },
      ['docker'],
      true,
    ],
    [
      'a Docker build',
      { files: inOverlay, uid: 0, terminal: false },
      ['docker', 'docker-build', 'root'],
      true,
    ],
    ['Podman', { files: { ...inOverlay, 'run/.containerenv': '' }, uid: 0 }, ['podman', 'root'], true],
    ['a pod', { files: inOverlay, env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } }, ['kubernetes'], true],
    [
      'a dev container',
      { files: { ...inOverlay, '.dockerenv': '' }, env: { REMOTE_CONTAINERS: 'true' } },
      ['devcontainer'],
      false,
    ],
    ['Codespaces', { files: inOverlay, env: { CODESPACES: 'true' } }, ['codespaces'], false],
    [
      'toolbox',
      { files: { ...inOverlay, 'run/.containerenv': '', 'run/.toolboxenv': '' } },
      ['toolbox'],
      false,
    ],
    [
      'distrobox',
      { files: inOverlay, env: { DISTROBOX_ENTER_PATH: '/usr/bin/distrobox-enter' } },
      ['toolbox'],
      false,
    ],
    ['LXC', { files: { 'run/systemd/container': 'lxc\n' } }, ['lxc'], false],
    ['WSL 1', { files: { 'proc/sys/kernel/osrelease': '4.4.0-19041-Microsoft\n' } }, ['wsl1'], false],
    [
      'WSL 2 with systemd, which calls itself a container',
      {
        files: {
          'proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n',
          'run/systemd/container': 'wsl\n',
        },
      },
      ['wsl2'],
      false,
    ],
    [
      'a container of Docker Desktop, on a kernel of WSL',
      {
        files: {
          ...inOverlay,
          '.dockerenv': '',
          'proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n',
        },
      },
      ['docker'],
      true,
    ],
    [
      'a Raspberry Pi',
      { files: { 'proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0' } },
      ['raspberry-pi'],
      false,
    ],
    ['NixOS', { files: { 'etc/NIXOS': '' }, manager: 'Nix' }, ['nixos'], false],
    ['Homebrew', { manager: 'Homebrew' }, ['homebrew'], false],
    ['sudo', { uid: 0, env: { SUDO_UID: '1000' } }, ['sudo'], false],
    [
      'sudo in a container, where an ordinary user lives',
      { uid: 0, env: { SUDO_UID: '1000' }, files: { ...inOverlay, '.dockerenv': '' } },
      ['docker', 'sudo'],
      false,
    ],
    ['root who became root by sudo from root', { uid: 0, env: { SUDO_UID: '0' } }, ['root'], false],
    ['a notebook', { env: { JPY_PARENT_PID: '7' } }, ['jupyter'], false],
    ['an agent', { env: { CLAUDECODE: '1' }, terminal: false }, ['agent'], false],
    [
      'GitHub Actions',
      { env: { CI: 'true', GITHUB_ACTIONS: 'true' }, terminal: false },
      ['github-actions'],
      false,
    ],
    [
      'GitLab CI in an image',
      { files: inOverlay, env: { CI: 'true', GITLAB_CI: 'true' }, uid: 0, terminal: false },
      ['gitlab-ci', 'docker', 'root'],
      true,
    ],
    ['other CI', { env: { CI: '1' } }, ['ci'], false],
    ...agents.map(({ variable }): [string, Machine, PlaceKind[], boolean] => [
      `an agent, by ${variable}`,
      { env: { [variable]: 'x' } },
      ['agent'],
      false,
    ]),
    ...ciServices.map(({ name, variables }): [string, Machine, PlaceKind[], boolean] => [
      `CI, by ${variables.join(' and ')} of ${name}`,
      { env: Object.fromEntries(variables.map((variable) => [variable, 'x'])) },
      ['ci'],
      false,
    ]),
    ['Jenkins’ client on a laptop', { env: { JENKINS_URL: 'https://ci/' } }, [], false],
    ['CI=false speaks for the services', { env: { CI: 'false', TF_BUILD: 'True' } }, [], false],
    ['a build number of somebody’s own is no CI', { env: { BUILD_NUMBER: '7', RUN_ID: '8' } }, [], false],
    ['ssh without a terminal', { env: { SSH_CONNECTION: '1 2 3 4' }, terminal: false }, ['ssh'], false],
    ['ssh with one', { env: { SSH_CONNECTION: '1 2 3 4' } }, [], false],
  ])('%s', (_, machine, kinds, throwAway) => {
    const where = look(machine);
    expect([...where.kinds].sort()).toEqual([...kinds].sort());
    expect(where.throwAway).toBe(throwAway);
  });
});

const facts: HintFacts = { line: 'pip install requests', rest: 'install requests', version: '3.11' };

describe('what is said to those whom nobody can ask', () => {
  it.each<[readonly PlaceKind[], Partial<HintFacts>, RegExp]>([
    [[], {}, /^To choose in advance: PIP_DETOUR=venv pip install requests/],
    [['jupyter'], {}, /%pip install requests/],
    [['jupyter'], { kernel: 'managed' }, /make a kernel of an environment/],
    [['github-actions', 'root'], {}, /actions\/setup-python/],
    [['gitlab-ci', 'docker'], {}, /image: python:3\.11/],
    [['ci'], {}, /PIP_DETOUR=venv/],
    [
      ['docker', 'docker-build', 'root'],
      {},
      /RUN python3 -m venv \/opt\/venv, then ENV PATH=\/opt\/venv\/bin/,
    ],
    [
      ['docker-build'],
      { venvLine: 'apt-get install -y python3.11-venv' },
      /apt-get install -y python3\.11-venv && python3 -m venv/,
    ],
    [['docker-build'], {}, /PIP_DETOUR=break-system-packages/],
    [['kubernetes'], {}, /lost with the pod/],
    [['sudo'], {}, /without sudo/],
    [['sudo'], { needsEnvironment: true }, /without sudo\. To choose in advance, if there is an environment/],
    [['ssh'], {}, /ssh -t/],
    [['jupyter', 'docker-build'], {}, /%pip/],
  ])('%j with %j: %s', (kinds, change, said) => {
    const hint = hintFor(kinds, { ...facts, ...change });
    expect(hint).toMatch(said);
    expect(hint).not.toContain('\n');
  });
});

it('the table of places has a row for every kind, once', () => {
  const kinds = places.flatMap((row) => row.kinds);
  expect(new Set(kinds).size).toBe(kinds.length);
});
