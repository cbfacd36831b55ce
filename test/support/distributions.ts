import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { aptCandidates, modulesBeside } from '../../src/detours/system-package/apt-files.ts';
import { knownNames } from '../../src/detours/system-package/known-names.ts';
import { managers, type PackageManagerId } from '../../src/detours/system-package/managers/index.ts';
import type { CommandLine, Machine, Purpose } from '../../src/detours/system-package/managers/manager.ts';
import { quoteAll } from '../../src/system/quote.ts';
import type { Missing } from '../../src/types.ts';
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
/** The same of what a build lacks: asked with the list of files, or without it. */
export interface Told {
  readonly missing: readonly Missing[];
  readonly hasFiles: boolean;
  readonly line: string;
  readonly output: string;
}
/** Which of these packages are installed. */
export interface Checked {
  readonly packages: readonly string[];
  readonly line: string;
  readonly output: string;
}
export interface Recording {
  readonly id: PackageManagerId;
  readonly version: string;
  readonly machine: Machine;
  readonly answers: readonly Answered[];
  readonly told: readonly Told[];
  readonly checked: readonly Checked[];
}

/** What every manager is asked about: there, installed, spelt otherwise, another project's name, and not there at all. */
export const names =
  'requests pyyaml zope-interface docopt black pyjwt pillow jwt dns magic gone nothing'.split(' ');
const questions: readonly (readonly [Purpose, readonly string[]])[] = [
  ['install', names],
  ['uninstall', names],
  ['install', ['nothing']],
];

/** What builds lack. A header of a directory that its package has, and a compiler with Python's header, are among it. */
const lacked: readonly (readonly Missing[])[] = [
  [{ kind: 'header', name: 'portaudio.h' }],
  [{ kind: 'header', name: 'mysql.h' }],
  [
    { kind: 'pkg-config', name: 'portaudio-2.0' },
    { kind: 'cmake', name: 'Qt6' },
    { kind: 'library', name: 'pq' },
  ],
  [{ kind: 'program', name: 'pg_config' }],
  [
    { kind: 'program', name: 'x86_64-linux-gnu-gcc' },
    { kind: 'header', name: 'Python.h' },
  ],
  [{ kind: 'header', name: 'no/such/thing-at-all.h' }],
];

/** Each with the list of files there; before, without it, where other questions are put then. */
function lacks(id: Distribution) {
  const each = (hasFiles: boolean) =>
    lacked.flatMap((missing) => {
      const lines = managers[id].brings?.ask(missing, { ...machineOf(id), hasFiles }) ?? [];
      return lines.length === 0 ? [] : [{ missing, hasFiles, line: lines.map(words).join('; ') }];
    });
  const [without, having] = [each(false), each(true)];
  return [...without.filter(({ line }) => !having.some((one) => one.line === line)), ...having];
}

/** The project that is installed there, as one of them calls its package, and packages that are not. */
function checks(id: Distribution): Omit<Checked, 'output'>[] {
  const { python } = machineOf(id);
  const project = ['python3', `python${python.replace('.', '')}`, 'python'].map(
    (first) => `${first}-requests`,
  );
  const packages = [...project, 'portaudio-devel', 'portaudio'];
  const line = managers[id].installed?.ask(packages);
  return line === undefined ? [] : [{ packages, line: words(line) }];
}

/** Makes the machine and puts the questions, exactly as the program does. */
export function interview(box: Sandbox, id: Distribution): Recording {
  const machine = machineOf(id);
  const brought = lacks(id);
  const check = checks(id);
  const asked = [
    ...questions.map(([purpose, about]) => words(managers[id].ask(about, machine, purpose))),
    ...[...brought, ...check].map(({ line }) => line),
  ];
  const fetch = managers[id].brings?.files?.fetch;
  const files = questions.length + brought.findIndex(({ hasFiles }) => hasFiles);
  const parts = asked.map((line, index) => {
    const fetches = fetch !== undefined && index === files ? `${words(fetch)} >>/srv/made 2>&1; ` : '';
    return `${fetches}{ ${line}; } </dev/null >/srv/said-${index} 2>/srv/complaints-${index}; echo $? >/srv/code-${index}`;
  });
  const show = asked.map((_, index) => `printf '\\036'; cat /srv/code-${index}; cat /srv/said-${index}`);
  const version = `printf '\\036'; ${distributions[id].version} 2>&1`;
  const channel = id === 'nix' ? 'NIX_PATH=nixpkgs=/srv/nixpkgs; export NIX_PATH; ' : '';
  const ran = box.run('unshare', onMachine(box, id, `${channel}${[...parts, ...show, version].join('; ')}`), {
    timeout: 240_000,
  });
  if (ran.code !== 0) throw new Error(`${id}: the machine could not be made\n${ran.stdout}${ran.stderr}`);
  const said = ran.stdout.split('\x1e').slice(1);
  const answered = asked.map((_, index) => {
    const [code = '', ...output] = (said[index] ?? '').split('\n');
    return { code: Number(code), output: `${output.join('\n').trimEnd()}\n` };
  });
  const none = { code: -1, output: '' };
  return {
    id,
    version: /\d+(\.\d+)+/.exec(said.at(-1) ?? '')?.[0] ?? '',
    machine,
    answers: questions.map(([purpose, about], index) => {
      const { program, args } = managers[id].ask(about, machine, purpose);
      return { purpose, names: about, words: [program, ...args], ...(answered[index] ?? none) };
    }),
    told: brought.map(({ line, ...question }, index) => {
      const { output } = answered[questions.length + index] ?? none;
      return { ...question, line, output };
    }),
    checked: check.map((question) => ({ ...question, output: (answered.at(-1) ?? none).output })),
  };
}

/** A command line as a shell reads it, in plain words (`inPlainWords`). */
export function words({ program, args, env = {} }: CommandLine): string {
  const variables = Object.entries({ ...env, LC_ALL: 'C', LANGUAGE: '', LANG: 'C' }).map(
    ([k, v]) => `${k}=${v}`,
  );
  return quoteAll(['env', ...variables, program, ...args]);
}

/** No part of a machine: the same everywhere. */
const tables = { known: knownNames, files: aptCandidates, modules: modulesBeside };

/** The Python of the root the managers are taken from: `3.11`. */
function machineOf(id: Distribution): Machine {
  const python = basename(realpathSync(join(root, 'usr/bin/python3'))).replace('python', '');
  const stdlib = id === 'msys2' ? `/ucrt64/lib/python${python}` : `/usr/lib/python${python}`;
  return { python, stdlib, arch: 'x64', ...tables };
}

const mark = '### ';
/** How a NUL is written, so that the files stay text. */
const nul = '\u2400';

/** Written so that it can be read: for each question a line of JSON, and under it the answer as it came. */
export function record({ id, version, machine: { python, stdlib, arch }, ...asked }: Recording): void {
  mkdirSync(recorded, { recursive: true });
  const parts = [...asked.answers, ...asked.told, ...asked.checked].map(
    ({ output, ...question }) => `${mark}${JSON.stringify(question)}\n${output.replaceAll('\0', nul)}`,
  );
  writeFileSync(
    join(recorded, `${id}-${version}.txt`),
    `${JSON.stringify({ id, version, machine: { python, stdlib, arch } })}\n${parts.join('')}`,
  );
}

export function readRecordings(): Recording[] {
  return readdirSync(recorded).map((name) => {
    const [head = '', ...parts] = readFileSync(join(recorded, name), 'utf8').split(
      new RegExp(`^${mark}`, 'm'),
    );
    const { machine, ...of } = JSON.parse(head);
    const all = parts.map((part) => {
      const end = part.indexOf('\n');
      return { ...JSON.parse(part.slice(0, end)), output: part.slice(end + 1).replaceAll(nul, '\0') };
    });
    return {
      ...of,
      machine: { arch: 'x64', ...machine, ...tables },
      answers: all.filter(({ purpose }) => purpose !== undefined),
      told: all.filter(({ missing }) => missing !== undefined),
      checked: all.filter(({ packages }) => packages !== undefined),
    };
  });
}
