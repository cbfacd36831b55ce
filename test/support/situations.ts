import { parseCommandLine } from '../../src/pip/command-line.ts';
import type { Interpreter, Pipx, Situation } from '../../src/types.ts';

/** A situation as it would be on Debian 12, at a typed command line; change what the test is about. */
export function situationFor(line: string, change: Partial<Situation> = {}): Situation {
  const argv = line.split(' ').filter((word) => word !== '');
  const interpreter: Interpreter = {
    executable: '/usr/bin/python3',
    prefix: '/usr',
    stdlib: '/usr/lib/python3.11',
    version: '3.11',
    marker: '/usr/lib/python3.11/EXTERNALLY-MANAGED',
  };
  const situation: Situation = {
    command: parseCommandLine(argv),
    name: 'pip',
    realPip: '/usr/bin/pip',
    verdict: { kind: 'refuses', because: 'the marker is there', interpreter },
    interpreter,
    pipPackage: '/usr/lib/python3/dist-packages/pip',
    pipVersion: '23.0.1',
    manager: 'Debian',
    cwd: '/home/u/shop',
    home: '/home/u',
    homeOwner: change.uid ?? 1000,
    uid: 1000,
    where: { kinds: [], throwAway: false },
    place: { directory: '/home/u/shop', writable: true, owner: 1000 },
    environment: { directory: '/home/u/shop/.venv', state: 'missing' },
    maker: { kind: 'venv' },
    pipx,
    seeds: [
      { name: 'setuptools', source: '/usr/share/python-wheels/setuptools-66.1.1-py3-none-any.whl' },
      { name: 'pip', source: '/usr/share/python-wheels/pip-23.0.1-py3-none-any.whl' },
    ],
    ownLibrary: '/home/u/.local/share/pip-detour/lib',
    notApplications: [],
    sentElsewhere: [],
    dryRun: false,
    installer: 'pip',
    remembers: true,
    bans: {},
    ...change,
  };
  return Object.freeze(situation);
}

export const pipx: Pipx = {
  executable: '/usr/bin/pipx',
  version: '1.1.0',
  environments: '/home/u/.local/pipx/venvs',
  bin: '/home/u/.local/bin',
  binOnPath: true,
  installed: [],
  variables: {},
};
