import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { knownNames } from '../../src/detours/system-package/known-names.ts';
import { managers, type PackageManagerId } from '../../src/detours/system-package/managers/index.ts';
import type { Machine, Purpose } from '../../src/detours/system-package/managers/manager.ts';
import { quoteAll } from '../../src/system/quote.ts';
import { top, which } from './machine.ts';
import { containerArguments } from './machines.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * Other distributions' package managers, really run: each in a container of its own, on a repository that a script in
 * `distributions/` makes of a few packages called as that distribution calls them. What they answer is recorded in
 * test/detours/system-package/recorded, for machines that have none of them:
 *   PIP_DETOUR_RECORD=1 npx vitest run test/detours/system-package/real-managers.test.ts
 * PIP_DETOUR_TEST_ROOT: another root (of debootstrap) to take the managers from. PIP_DETOUR_TEST_PROGRAMS: a directory
 * of managers that no package of Debian brings, put on PATH.
 */
export const scripts = join(top, 'test/support/distributions');
export const recorded = join(top, 'test/detours/system-package/recorded');

/** Which script makes the machine, and what has to be there for it. */
export const distributions = {
  dnf: { script: 'dnf.sh', programs: ['dnf', 'createrepo_c', 'rpmbuild'], version: 'dnf --version' },
  zypper: {
    script: 'zypper.sh',
    programs: ['zypper', 'createrepo_c', 'rpmbuild'],
    version: 'zypper --version',
  },
  pacman: { script: 'pacman.sh', programs: ['pacman', 'repo-add'], version: 'pacman --version' },
  msys2: { script: 'pacman.sh', programs: ['pacman', 'repo-add'], version: 'pacman --version' },
  apk: { script: 'apk.sh', programs: ['apk', 'openssl'], version: 'apk --version' },
  xbps: { script: 'xbps.sh', programs: ['xbps-query', 'xbps-create'], version: 'xbps-query --version' },
  emerge: { script: 'emerge.sh', programs: ['grep'], version: 'grep --version' },
  nix: { script: 'nix.sh', programs: ['nix-instantiate'], version: 'nix-instantiate --version' },
} satisfies Partial<
  Record<PackageManagerId, { script: string; programs: readonly string[]; version: string }>
>;

export type Distribution = keyof typeof distributions;

const root = process.env['PIP_DETOUR_TEST_ROOT'] ?? '/';
const programs = process.env['PIP_DETOUR_TEST_PROGRAMS'];

/** What a distribution's machine lacks here; nothing when it can be made. */
export function lacking(id: Distribution): string | undefined {
  const path = ['/usr/bin', '/bin'].map((directory) => join(root, directory));
  return distributions[id].programs.find(
    (program) =>
      which(program, [...(programs === undefined ? [] : [programs]), ...path].join(':')) === undefined,
  );
}

/** The arguments for `unshare` that make the machine and run a line of sh in it. */
export function onMachine(box: Sandbox, id: Distribution, line: string): string[] {
  const path = programs === undefined ? '' : `PATH=${programs}:$PATH; export PATH; `;
  return containerArguments(
    box,
    `${path}{ ${join(scripts, distributions[id].script)}; } >/srv/made 2>&1 || { cat /srv/made; exit 99; }; ${line}`,
    { under: root, cwd: '/' },
  );
}

/** One question as it was put, and the answer. */
export interface Answered {
  readonly purpose: Purpose;
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly code: number;
  readonly output: string;
}
export interface Recording {
  readonly id: PackageManagerId;
  readonly version: string;
  readonly machine: Machine;
  readonly answers: readonly Answered[];
}

/** What every manager is asked about: there, installed, spelt otherwise, another project's name, and not there at all. */
export const names =
  'requests pyyaml zope-interface docopt black pyjwt pillow jwt dns magic gone nothing'.split(' ');
const questions: readonly (readonly [Purpose, readonly string[]])[] = [
  ['install', names],
  ['uninstall', names],
  ['install', ['nothing']],
];

/** Makes the machine and puts the questions, exactly as the program does. */
export function interview(box: Sandbox, id: Distribution): Recording {
  const parts = questions.map(([purpose, about], index) => {
    const { program, args, env = {} } = managers[id].ask(about, machineOf(id), purpose);
    const variables = Object.entries({ ...env, LC_ALL: 'C', LANGUAGE: '', LANG: 'C' }).map(
      ([k, v]) => `${k}=${v}`,
    );
    const words = quoteAll(['env', ...variables, program, ...args]);
    return `${words} </dev/null >/srv/said-${index} 2>/srv/complaints-${index}; echo $? >/srv/code-${index}`;
  });
  const show = questions.map((_, index) => `printf '\\036'; cat /srv/code-${index}; cat /srv/said-${index}`);
  const version = `printf '\\036'; ${distributions[id].version} 2>&1`;
  const channel = id === 'nix' ? 'NIX_PATH=nixpkgs=/srv/nixpkgs; export NIX_PATH; ' : '';
  const ran = box.run('unshare', onMachine(box, id, `${channel}${[...parts, ...show, version].join('; ')}`), {
    timeout: 240_000,
  });
  if (ran.code !== 0) throw new Error(`${id}: the machine could not be made\n${ran.stdout}${ran.stderr}`);
  const said = ran.stdout.split('\x1e').slice(1);
  return {
    id,
    version: /\d+(\.\d+)+/.exec(said.at(-1) ?? '')?.[0] ?? '',
    machine: machineOf(id),
    answers: questions.map(([purpose, about], index) => {
      const [code = '', ...output] = (said[index] ?? '').split('\n');
      const { program, args } = managers[id].ask(about, machineOf(id), purpose);
      return {
        purpose,
        names: about,
        words: [program, ...args],
        code: Number(code),
        output: `${output.join('\n').trimEnd()}\n`,
      };
    }),
  };
}

/** The Python of the root the managers are taken from: `3.11`. */
function machineOf(id: Distribution): Machine {
  const python = basename(realpathSync(join(root, 'usr/bin/python3'))).replace('python', '');
  const stdlib = id === 'msys2' ? `/ucrt64/lib/python${python}` : `/usr/lib/python${python}`;
  return { python, stdlib, arch: 'x64', known: knownNames };
}

const mark = '### ';

/** Written so that it can be read: for each question a line of JSON, and under it the answer as it came. */
export function record({ answers, ...of }: Recording): void {
  mkdirSync(recorded, { recursive: true });
  // The tables of names are no part of a machine.
  const { known: _, ...machine } = of.machine;
  const parts = answers.map(({ output, ...question }) => `${mark}${JSON.stringify(question)}\n${output}`);
  writeFileSync(
    join(recorded, `${of.id}-${of.version}.txt`),
    `${JSON.stringify({ ...of, machine })}\n${parts.join('')}`,
  );
}

export function readRecordings(): Recording[] {
  return readdirSync(recorded).map((name) => {
    const [head = '', ...parts] = readFileSync(join(recorded, name), 'utf8').split(
      new RegExp(`^${mark}`, 'm'),
    );
    const { machine, ...of } = JSON.parse(head);
    return {
      ...of,
      machine: { arch: 'x64', ...machine, known: knownNames },
      answers: parts.map((part) => {
        const end = part.indexOf('\n');
        return { ...JSON.parse(part.slice(0, end)), output: part.slice(end + 1) };
      }),
    };
  });
}
