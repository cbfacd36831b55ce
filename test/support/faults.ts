import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../../src/system/quote.ts';
import { lacks } from './machine.ts';
import { canMount } from './machines.ts';
import type { Ran, RunOptions, Sandbox } from './sandbox.ts';

/*
 * Faults in real programs, injected at a system call by strace(1) (`inject=`), or by a file system that is full or
 * read-only. A killed call is not carried out: what is on disk is what was there before it.
 */

/** For `describe.skipIf`: strace with `inject=` is needed. */
export const cannotInject = lacks('strace');

/** System calls by which a program changes what is on disk. `openat` counts where it may make or empty a file. */
const changing = [
  ...['openat', 'open', 'creat', 'write', 'pwrite64', 'writev', 'ftruncate', 'fsync', 'fdatasync'],
  ...['mkdir', 'mkdirat', 'rmdir', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'utimensat'],
  ...['link', 'linkat', 'symlink', 'symlinkat', 'chmod', 'fchmod', 'fchmodat', 'chown', 'fchown', 'fchownat'],
];

/** One call, so that it can be met again: the `nth` of its name in its thread (from 1). */
export interface SystemCall {
  readonly name: string;
  readonly nth: number;
  /** As strace prints it, without its result. */
  readonly text: string;
}

/**
 * Where a fault strikes: at one call of a traced run, or at every call of these names on exactly one of these paths (of
 * rename(2) strace looks at the first path only).
 */
export type At =
  | SystemCall
  | {
      readonly names: readonly string[];
      readonly paths: readonly string[];
      /** Names of calls that are struck from the second on. */
      readonly again?: readonly string[];
    };
/** SIGKILL before the call is carried out, or an error (`ENOSPC`) instead of it. */
export type Fault = 'kill' | { readonly error: string };

export interface Faulty extends Ran {
  /** The fault struck, where it was meant to. */
  readonly struck: boolean;
}

/** Runs a program to its end and lists its calls that change something below a directory, in order. */
export function changingCalls(
  box: Sandbox,
  below: string,
  command: readonly string[],
  options: RunOptions = {},
): readonly SystemCall[] {
  const { log } = traced(box, ['--seccomp-bpf', '-e', `trace=${changing.join(',')}`], command, options);
  const counts = new Map<string, number>();
  const calls: SystemCall[] = [];
  for (const [, thread = '', name = '', rest = ''] of log.matchAll(/^(\d+) +(\w+)(\(.*)$/gm)) {
    const key = `${thread} ${name}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const text = `${name}${rest.replace(/ += .*$| <unfinished \.\.\.>$/, '')}`;
    const changes = !/^open/.test(name) || /O_CREAT|O_TRUNC/.test(text);
    if (changes && text.includes(below)) calls.push({ name, nth, text });
  }
  return calls;
}

/** Runs a program with a fault. */
export function withFault(
  box: Sandbox,
  at: At,
  fault: Fault,
  command: readonly string[],
  options: RunOptions = {},
): Faulty {
  const names = ('names' in at ? at.names : [at.name]).join(',');
  const again = 'names' in at ? (at.again ?? []) : [];
  const what = fault === 'kill' ? 'signal=KILL' : `error=${fault.error}`;
  const when = 'nth' in at ? `:when=${at.nth}` : '';
  const { ran, log } = traced(
    box,
    [
      ...('paths' in at ? at.paths.flatMap((path) => ['-P', path]) : []),
      // Three times as quick; a signal is not injected with it (strace 6.1).
      ...(fault === 'kill' ? [] : ['--seccomp-bpf']),
      ...['-e', `trace=${[names, ...again].join(',')}`, '-e', `inject=${names}:${what}${when}`],
      ...again.flatMap((name) => ['-e', `inject=${name}:${what}:when=2+`]),
    ],
    command,
    options,
  );
  const struck = fault === 'kill' ? /killed by SIGKILL/.test(log) : /\(INJECTED\)/.test(log);
  return { ...ran, struck: struck && ('paths' in at || same(at, struckBy(log))) };
}

/**
 * As `withFault`, until the fault has met that very call. Which one is the nth of its thread is not the same in each run:
 * Node 26 looks once how many processors there are (two files), in whatever thread comes to it first. `before` brings
 * back what a fault that struck elsewhere has changed.
 */
export function withFaultAt(
  box: Sandbox,
  call: SystemCall,
  fault: Fault,
  command: readonly string[],
  before: () => void,
  options: RunOptions = {},
): Ran {
  for (let tries = 0; tries < 30; tries += 1) {
    before();
    const nth = Math.max(1, call.nth + ([0, -2, 2, -1, 1][tries % 5] ?? 0));
    const ran = withFault(box, { ...call, nth }, fault, command, options);
    if (ran.struck) return ran;
  }
  throw new Error(`not met: ${call.text}`);
}

/** The call the fault met: the one so marked, or the last one before the first thread died. */
function struckBy(log: string): string {
  const marked = /^\d+ +(\w+\(.*) += .*\(INJECTED\)$/m.exec(log)?.[1];
  const [before = ''] = log.split(/^\d+ +\+\+\+ killed by SIGKILL/m);
  return marked ?? [...before.matchAll(/^\d+ +(\w+\(.*)$/gm)].at(-1)?.[1] ?? '';
}

/** Names of temporary files and numbers of descriptors and processes differ from run to run. */
function same(call: SystemCall, text: string): boolean {
  const plain = (words: string) =>
    words
      .replace(/\)?( <unfinished.*| += .*)?$/, '')
      // What is written may hold the time.
      .replace(/^(p?write\w*\([^,]*).*$/, '$1')
      .replace(/tmp-[\da-f]+|\d+/g, '#');
  // Of a call that was never carried out the last arguments may not have been printed.
  return text !== '' && plain(call.text).startsWith(plain(text));
}

function traced(
  box: Sandbox,
  flags: readonly string[],
  command: readonly string[],
  options: RunOptions,
): { ran: Ran; log: string } {
  // Outside the sandbox: it may be what is full.
  const directory = mkdtempSync('/tmp/pip-detour-trace-');
  const file = join(directory, 'log');
  try {
    const ran = box.run(
      'strace',
      ['-f', '-y', '-q', '-s', '256', '-o', file, ...flags, '--', ...command],
      options,
    );
    return { ran, log: existsSync(file) ? readFileSync(file, 'utf8') : '' };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** For `describe.skipIf`: mounts need root. */
export const cannotMount = !canMount;

/**
 * The arguments for `unshare` that run `line` (sh) where `directory`, which must exist, is a file system of its own: `full` has
 * not one block nor inode to spare, `read-only` shows what is there. What is written on a full one is lost afterwards.
 */
export function onFileSystem(kind: 'full' | 'read-only', directory: string, line: string): string[] {
  const dir = quote(directory);
  const mounts = {
    // What is there is copied in, and the rest filled up.
    full: `copy=$(mktemp -d) && cp -a ${dir}/. "$copy" && mount -t tmpfs -o size=4m,nr_inodes=4k,mode=700 none ${dir} &&
cp -a "$copy"/. ${dir} && rm -rf "$copy" && { head -c 8m /dev/zero >${dir}/filler 2>/dev/null || :; }`,
    'read-only': `mount --bind ${dir} ${dir} && mount -o remount,ro,bind ${dir}`,
  };
  return ['--mount', '--', '/bin/sh', '-c', `set -e; ${mounts[kind]}; cd . ; ${line}`];
}
