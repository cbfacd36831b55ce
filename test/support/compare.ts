import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python, top } from './machine.ts';

/** How the three standard streams of a run are connected; `compare.py` makes them. */
export type Mode =
  | 'pipes'
  | 'one-pipe'
  | 'pty'
  | 'pty-narrow'
  | 'pty-out'
  | 'file'
  | 'closed-stdin'
  | 'closed-stdout'
  | 'closed-stderr'
  /** A pipe of 4096 bytes whose reader comes only when it is full. */
  | 'full'
  /** `| head -1`. */
  | 'head'
  /** stdout is a pipe that nobody reads any more. */
  | 'gone';

/** One command line, to be run with and without the shim. Text is one character per byte. */
export interface Case {
  readonly title: string;
  readonly root: string;
  readonly direct: readonly string[];
  readonly through: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mode: Mode;
  readonly script?: Readonly<Record<string, readonly [text: string, mode: number]>>;
  readonly stdin?: string;
  readonly prepare?: {
    /** Files below home to be open under these numbers. */
    readonly open?: Readonly<Record<string, string>>;
    readonly umask?: number;
    readonly ignored?: readonly string[];
    readonly blocked?: readonly string[];
    /** Soft limit of open files. */
    readonly files?: number;
    readonly cwd?: string;
    /** Stand in a directory that has been deleted. */
    readonly gone?: boolean;
  };
}

/** What could be seen of one run; `seen` is what a recording pip wrote down. */
export interface Run {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Readonly<Record<string, string>>;
  readonly seen: Readonly<Record<string, unknown>> | null;
}

export interface Pair {
  readonly direct: Run;
  readonly through: Run;
}

function isPair(value: unknown): value is Pair {
  return typeof value === 'object' && value !== null && 'direct' in value && 'through' in value;
}

/** Bytes as text, one character per byte: what `Case` wants of words that are not ASCII. */
export function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Runs all cases, `jobs` at a time, and gives their results in order. */
export async function compare(cases: readonly Case[], jobs = 2): Promise<Pair[]> {
  const child = spawn(python, ['-I', join(top, 'test/support/compare.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
  });
  child.stdin.end(JSON.stringify({ jobs, cases }));
  const pairs: Pair[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const value: unknown = JSON.parse(line);
    if (!isPair(value)) throw new Error(`not a pair: ${line}`);
    pairs.push(value);
  }
  if (pairs.length !== cases.length) throw new Error(`${cases.length} cases, ${pairs.length} results`);
  return pairs;
}
