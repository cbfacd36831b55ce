import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { install, type Shell as ShimShell, shells } from '../shim/house.ts';
import { type Case, compare, type Run } from '../support/compare.ts';
import { dist, lacks, pip } from '../support/machine.ts';
import { comparable, differences, type RecordedOptions, recorded } from '../support/recording.ts';
import { sandbox } from '../support/sandbox.ts';

/** Latin-1 on a UTF-8 system, half a character, and what no encoding allows. One character per byte. */
const lost = ['caf\xe9', '\xc3', '\xff\xfe\x80\n', '\xed\xa0\x80', '\xe9\'"\\$(x)%s\n\n'];
const long = 'x'.repeat(100_000);
/** One argument may have 131071 bytes on Linux (MAX_ARG_STRLEN of execve(2)). */
const longest = 'x'.repeat(131_071);

/** Straight to the real pip, through Node on to it, and through Node to a refusal that stays as it is. */
const ways: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  ['straight', ['list'], {}],
  ['through Node', ['install', '-t', 't'], {}],
  ['through Node to a refusal', ['install'], { PIP_DETOUR: 'none' }],
  ['through Node to a hint', ['uninstall', '-y'], {}],
];

const rows: readonly (readonly [string, readonly string[], RecordedOptions?])[] = [
  ['bytes that are not UTF-8', lost],
  [
    'such bytes among others',
    [
      'a',
      ...lost,
      '',
      'é'
        .split('')
        .map(() => '\xc3\xa9')
        .join(''),
      'z',
    ],
  ],
  ['empty arguments', ['', '', 'x', '']],
  ['an argument of 100,000 characters', [long]],
  ['an argument as long as can be', [longest]],
  ['100,000 bytes that are not UTF-8', ['\xe9'.repeat(100_000)]],
  ['as many as the system takes', Array.from({ length: 15 }, () => longest)],
  ['100,000 arguments', Array.from({ length: 100_000 }, (_, at) => String(at % 10))],
  [
    'variables that are not UTF-8',
    ['x'],
    { env: { LATIN: 'caf\xe9', NODE_OPTIONS: '--\xff', ONE: '\x80\n\n' } },
  ],
  ['a variable of 100,000 such bytes', ['x'], { env: { LONG: '\xe9'.repeat(100_000) } }],
  ['arguments and variables that are not', lost, { env: { LATIN: 'caf\xe9' } }],
  ['a directory that is not UTF-8', ['x'], { prepare: { cwd: 'proj\xe9' } }],
  ['a home that is not UTF-8', ['x'], { env: { HOME: '/proc/nowhere/\xe9' } }],
  ['no TERM', ['x'], { without: ['TERM'] }],
  ['no HOME', ['x'], { without: ['HOME'] }],
  ['a home that cannot be written to', ['x'], { env: { HOME: '/proc/self' } }],
  ['LC_ALL=C', ['\xc3\xa9', 'caf\xe9'], { env: { LC_ALL: 'C' } }],
  ['descriptors 3, 9 and 30', ['x'], { prepare: { open: { 3: 'a', 9: 'b', 30: 'c' } } }],
  ['umask and a limit of open files', ['x'], { prepare: { umask: 0o77, files: 77 } }],
  ['signals ignored', ['x'], { prepare: { ignored: ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGUSR1'] } }],
  [
    'signals blocked',
    ['x'],
    { prepare: { blocked: ['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGCHLD', 'SIGRTMAX'] } },
  ],
  [
    'signals blocked and others ignored, and a stream closed',
    ['x'],
    { mode: 'closed-stdin', prepare: { blocked: ['SIGHUP', 'SIGALRM'], ignored: ['SIGUSR2'] } },
  ],
  ['SIGPIPE ignored', ['x'], { prepare: { ignored: ['SIGPIPE'] } }],
];

describe.each(ways)('%s', (_title, start, env) => {
  it('the real pip finds everything as it was given', async () => {
    const box = sandbox();
    const cases: Case[] = rows.map(([title, args, options]) =>
      recorded(box, [...start, ...args], { ...options, title, env: { ...env, ...options?.env } }),
    );
    const pairs = await compare(cases);
    const found = pairs.flatMap(({ direct, through }, at) => {
      if (direct.seen === null) return [`${cases[at]?.title}: the recording pip wrote nothing`];
      return differences(comparable(direct), comparable(through)).map(
        (one) => `${cases[at]?.title}${one.slice(0, 300)}`,
      );
    });
    expect(found).toEqual([]);
  });
});

describe.each(shells)('in $title, on the way through Node', (sh) => {
  it.skipIf(lacks(sh.program))(
    'descriptors, ignored signals, umask and limits are the person’s',
    async () => {
      const box = sandbox();
      const shims = builtFor(sh, `${box.root}/ours`);
      const prepare = { umask: 0o27, files: 333, ignored: ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1'] };
      const env = { PIP_DETOUR: 'none' };
      const open = { 3: 'a', 4: 'b', 9: 'c', 10: 'd', 15: 'e', 30: 'f' };
      const modes = ['pipes', 'pty', 'closed-stdin', 'closed-stdout', 'closed-stderr'] as const;
      const cases = modes.flatMap((mode) => [
        recorded(box, ['install', '-t', 't'], { mode, shims, env, prepare }),
        recorded(box, ['install', '-t', 't'], { mode, shims, env, prepare: { ...prepare, open } }),
      ]);
      const pairs = await compare(cases);
      // What each sh sets of its own in the environment is the other suite's.
      const without = (run: Run) => ({ ...run, seen: { ...run.seen, environment: [] } });
      const found = pairs.flatMap(({ direct, through }, at) =>
        differences(without(direct), without(through)).map((one) => `${cases[at]?.title}${one}`),
      );
      expect(found).toEqual([]);
      expect(pairs.every(({ through }) => through.seen !== null)).toBe(true);
    },
  );
});

/** The built program with its shim run by another shell. */
function builtFor(sh: ShimShell, place: string): string {
  const shims = install(place, sh);
  cpSync(join(dist, 'lib'), join(place, 'lib'), { recursive: true, force: true });
  return shims;
}

it('without PATH the system finds a pip all the same', () => {
  const box = sandbox();
  const answer = (program: string) => box.run('/usr/bin/env', ['-u', 'PATH', program, '--version']);
  expect(answer(`${dist}/shims/pip`)).toEqual(answer(pip));
});
