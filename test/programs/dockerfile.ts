import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../../src/system/quote.ts';
import { freshHome, placeProgram } from '../install/support.ts';
import { inContainer } from '../support/machines.ts';
import type { Ran } from '../support/sandbox.ts';

/** The clean systems that `scripts/platforms.sh make` has made. */
const place = process.env['PIP_DETOUR_PLATFORMS'] ?? '';
export const systems =
  place === '' ? [] : readdirSync(place).filter((name) => existsSync(join(place, name, 'etc/os-release')));

export const dockerCase = {
  program: 'Docker',
  how: 'the lines of a Dockerfile’s `RUN`, as root by `/bin/sh -c` in a clean chroot on an overlay (the engine itself was not run)',
  result: 'same exit codes, output and files; the hint alone comes after a refusal',
};

/** What stands after `RUN`; `hinted`: pip refuses, and nobody is there. Each prints what it has made. */
export const dockerLines: readonly {
  readonly line: string;
  readonly code: number;
  readonly hinted?: true;
}[] = [
  { line: 'pip install demo-lib', code: 1, hinted: true },
  { line: 'pip --version && pip list --format freeze', code: 0 },
  { line: 'pip install --target /opt/lib demo-lib && find /opt/lib | sort', code: 0 },
  {
    line: 'pip install --break-system-packages demo-lib && python3 -c "import demo_lib; print(demo_lib.__file__)" && pip uninstall --yes --break-system-packages demo-lib',
    code: 0,
  },
];

/** Runs a line as a build does: root, no terminal, hardly any variables; what it said, without what differs each time. */
export function inDockerfile(system: string, line: string, shims: 'with' | 'silent' | 'without'): Ran {
  const box = freshHome();
  const program = placeProgram(box);
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const variables = [
    `HOME=/root`,
    `PATH=${shims === 'without' ? '' : `${program}/shims:`}${path}`,
    'PIP_NO_INDEX=1',
    `PIP_FIND_LINKS=${box.wheels}`,
    ...(shims === 'silent' ? ['PIP_DETOUR_HINT=0'] : []),
  ];
  const command = `env -i ${variables.map(quote).join(' ')} /bin/sh -c ${quote(line)}`;
  return inContainer(box, command, { under: join(place, system), files: ['/.dockerenv'], timeout: 120_000 });
}
