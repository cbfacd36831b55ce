import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keptPlaces } from '../detours/system-package/managers/index.ts';
import { systemText } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';
import type { PlaceKind, Where } from '../types.ts';

/*
 * Own lines, because the libraries are wrong where it matters: is-docker and is-inside-container believe /.dockerenv,
 * which virtual machines made from images carry too; is-wsl does not tell WSL 1 from 2; ci-info takes BUILD_NUMBER or
 * RUN_ID for CI; std-env takes GOOSE_PROVIDER, a mere setting, for an agent. None knows LXC, pods, toolbox or Jupyter.
 */

/** What is known already when a place is looked at. */
export interface Standpoint {
  readonly environment: Environment;
  readonly uid: number;
  /** Somebody's terminal is at both stdin and stderr. */
  readonly terminal: boolean;
  /** Who manages the Python, as platform.ts names it. */
  readonly manager: string;
  /** Where the files of the system are read; another than `/` in tests. */
  readonly root?: string;
}

/** What marks a place: one of these variables is set to something, or one of these files (below the root) is there. */
export interface PlaceMark {
  readonly kind: PlaceKind;
  readonly variables: readonly string[];
  readonly files: readonly string[];
}

/** shims/unattended.sh, which leaves these places to Node, is made from this: `npm run docs`. */
export const placeMarks = [
  // Containers people live in: their Python is as much theirs as a laptop's.
  { kind: 'codespaces', variables: ['CODESPACES'], files: [] },
  {
    kind: 'devcontainer',
    variables: ['REMOTE_CONTAINERS', 'DEVCONTAINER', 'GITPOD_WORKSPACE_ID'],
    files: [],
  },
  { kind: 'toolbox', variables: ['DISTROBOX_ENTER_PATH', 'TOOLBOX_PATH'], files: ['run/.toolboxenv'] },
  // systemd's word for what it runs in (systemd-detect-virt(1) reads the same file); WSL 2 writes `wsl` there.
  { kind: 'lxc', variables: [], files: ['run/systemd/container', 'run/host/container-manager'] },
  { kind: 'kubernetes', variables: ['KUBERNETES_SERVICE_HOST'], files: [] },
  { kind: 'sudo', variables: ['SUDO_UID'], files: [] },
] as const satisfies readonly PlaceMark[];

/** What kind of machine and session this is, by variables and a handful of small files. Starts nothing. */
export function lookWhere({ environment, uid, terminal, manager, root = '/' }: Standpoint): Where {
  const { variables } = environment;
  const set = (...names: string[]) => names.some((name) => (variables[name] ?? '') !== '');
  const there = (path: string) => existsSync(join(root, path));
  const kinds = new Set<PlaceKind>();
  const isMarked = (kind: (typeof placeMarks)[number]['kind']) =>
    placeMarks.some((mark) => mark.kind === kind && (set(...mark.variables) || mark.files.some(there)));
  const add = (kind: PlaceKind, holds: boolean) => {
    if (holds) kinds.add(kind);
    return holds;
  };

  add('agent', environment.agent !== undefined);
  add('jupyter', set('JPY_PARENT_PID'));
  const ci = environment.ci;
  if (ci && variables['GITHUB_ACTIONS'] === 'true') kinds.add('github-actions');
  else if (ci && set('GITLAB_CI')) kinds.add('gitlab-ci');
  else if (ci) kinds.add('ci');

  const lived = [
    add('codespaces', isMarked('codespaces')),
    add('devcontainer', isMarked('devcontainer')),
    add('toolbox', isMarked('toolbox')),
    add('lxc', /^(lxc|lxc-libvirt|systemd-nspawn)$/.test(containerWord(root))),
  ].includes(true);
  const release = systemText(join(root, 'proc/sys/kernel/osrelease'));
  const container = lived ? undefined : containerAt(root, isMarked('kubernetes'));
  if (container !== undefined) kinds.add(container);
  // `4.4.0-19041-Microsoft` is WSL 1, `5.15.153.1-microsoft-standard-WSL2` WSL 2.
  // Docker Desktop's containers run on WSL's kernel, and have nothing of Windows in them.
  else if (/microsoft/i.test(release)) kinds.add(/WSL2|microsoft-standard/i.test(release) ? 'wsl2' : 'wsl1');
  // Who is root by sudo there lives in it as somebody else, for whom this Python stays.
  const bySudo = uid === 0 && Number(variables['SUDO_UID'] ?? 0) > 0;
  const throwAway = container !== undefined && !bySudo;
  add('docker-build', throwAway && container !== 'kubernetes' && uid === 0 && !terminal && !ci);

  add(
    'raspberry-pi',
    /^Raspberry Pi/.test(systemText(join(root, 'proc/device-tree/model'))) || there('etc/rpi-issue'),
  );
  for (const { called, kind, file } of keptPlaces)
    add(kind, manager === called || (file !== undefined && there(file)));
  if (uid === 0) kinds.add(bySudo ? 'sudo' : 'root');
  add('ssh', !terminal && set('SSH_CONNECTION', 'SSH_CLIENT'));
  return { kinds: [...kinds], throwAway };
}

function containerWord(root: string): string {
  const files = placeMarks.find(({ kind }) => kind === 'lxc')?.files ?? [];
  return files.map((file) => systemText(join(root, file)).trim()).find((word) => word !== '') ?? '';
}

/**
 * The engine whose container this is. A file alone proves nothing: the root file system must also be one that engines
 * make. Without any file (BuildKit, containerd) an overlay as root counts unless an init runs, as on a live medium.
 */
function containerAt(root: string, pod: boolean): PlaceKind | undefined {
  const layered = isLayered(systemText(join(root, 'proc/self/mountinfo')));
  if (pod) return 'kubernetes';
  if (!layered) return undefined;
  if (existsSync(join(root, 'run/.containerenv'))) return 'podman';
  if (existsSync(join(root, '.dockerenv'))) return 'docker';
  const first = systemText(join(root, 'proc/1/comm')).trim();
  return ['', 'systemd', 'init', 'runit', 's6-svscan', 'openrc-init'].includes(first) ? undefined : 'docker';
}

/** Whether `/` lies on layers, a copy-on-write volume or a part of another file system (proc(5), mountinfo). */
function isLayered(mountinfo: string): boolean {
  for (const line of mountinfo.split('\n')) {
    const [, , , from, at] = line.split(' ');
    if (at !== '/') continue;
    const kind = line.split(' - ')[1]?.split(' ')[0] ?? '';
    return (
      /^(overlay|aufs|fuse\.fuse-overlayfs|fuse-overlayfs)$/.test(kind) ||
      /\/(docker|containers|containerd|buildkit)\//.test(from ?? '')
    );
  }
  return false;
}
