import { parseCommandLine } from '../../src/pip/command-line.ts';
import type { Pipx, Situation } from '../../src/types.ts';

/** A pipx that was not looked for: 1.1.0 as Debian 12 has it, nothing installed. */
export function somePipx(change: Partial<Pipx> = {}): Pipx {
  return {
    executable: '/usr/bin/pipx',
    version: '1.1.0',
    environments: '/home/ana/.local/pipx/venvs',
    bin: '/home/ana/.local/bin',
    installed: [],
    binOnPath: true,
    variables: {},
    ...change,
  };
}

/** Somebody in a plain directory of a Debian, with a pipx, who typed `pip ...argv`. */
export function situationOf(argv: readonly string[], change: Partial<Situation> = {}): Situation {
  return {
    command: parseCommandLine(argv),
    name: 'pip',
    realPip: '/usr/bin/pip',
    verdict: { kind: 'refuses', because: 'the marker is there' },
    manager: 'Debian',
    cwd: '/home/ana/work',
    home: '/home/ana',
    homeOwner: change.uid ?? 1000,
    uid: 1000,
    where: { kinds: [], throwAway: false },
    place: { directory: '/home/ana/work', writable: true, owner: 1000 },
    environment: { directory: '/home/ana/work/.venv', state: 'missing' },
    maker: { kind: 'venv' },
    pipx: somePipx(),
    seeds: [],
    ownLibrary: '/home/ana/.local/share/pip-detour/lib',
    notApplications: [],
    sentElsewhere: [],
    dryRun: false,
    installer: 'pip',
    remembers: true,
    bans: {},
    ...change,
  };
}
