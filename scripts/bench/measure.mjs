import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const timer = join(import.meta.dirname, 'timer.py');

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Times in ms by side, each side run `runs` times, in turn with the others; see timer.py for what a side is. */
export function inTurn(sides, runs) {
  const ran = spawnSync('/usr/bin/python3', ['-I', timer], {
    input: JSON.stringify({ runs, sides }),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (ran.status !== 0) throw new Error(ran.stderr.trim());
  return JSON.parse(ran.stdout);
}

/** A side's wall times as they stand in the table: median, smallest, largest, and the processor time of it all. */
export function summary({ wall, cpu }) {
  return {
    median: median(wall),
    min: Math.min(...wall),
    max: Math.max(...wall),
    cpu: cpu === undefined ? undefined : median(cpu),
    runs: wall.length,
  };
}

/** Does `action` while a process that never waits has one core for itself. */
export async function withOneCoreBusy(action) {
  const spin = ['/bin/sh', '-c', 'while :; do :; done'];
  const pinned = onPath('taskset') === undefined ? spin : ['taskset', '-c', '0', ...spin];
  const busy = spawn(pinned[0], pinned.slice(1), { stdio: 'ignore' });
  try {
    return await action();
  } finally {
    busy.kill('SIGKILL');
  }
}

/** What is measured once as the machine is, and once, with fewer runs, while one of its cores is busy. */
export async function quietAndBusy(runs, measure) {
  await measure(runs, '');
  await withOneCoreBusy(() => measure(Math.ceil(runs / 3), ', one core busy'));
}

/** The system calls of one command line and of what it starts, as strace writes them; undefined without strace. */
export function traced(argv, { env, cwd, calls }) {
  const log = join(mkdtempSync(join(tmpdir(), 'pip-detour-trace-')), 'log');
  try {
    const args = ['-f', '-qq', '-e', `trace=${calls}`, '-o', log, ...argv];
    const ran = spawnSync('strace', args, { env, cwd, stdio: 'ignore' });
    return ran.error === undefined ? readFileSync(log, 'utf8').split('\n') : undefined;
  } finally {
    rmSync(dirname(log), { recursive: true, force: true });
  }
}

export function onPath(program) {
  const found = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Rows of the table, printed as they come. */
export class Table {
  rows = [];

  /**
   * `ours` and `theirs`: summaries, in ms unless `unit` says otherwise. `target`: in words; `met`: undefined where there
   * is none to meet. `against`: what theirs is.
   */
  add({ name, ours, theirs, against, target, met, unit = 'ms', note }) {
    const row = { name, against, unit, ours, theirs, target, met, note, load: loadavg()[0] };
    if (theirs !== undefined && theirs.median > 0) {
      row.ratio = ours.median / theirs.median;
      row.added = ours.median - theirs.median;
    }
    this.rows.push(row);
    console.log(asLine(row));
    return row;
  }

  skip(name, why) {
    this.rows.push({ name, skipped: why });
    console.log(`${name.padEnd(wide)}  skipped: ${why}`);
  }

  title(text) {
    console.log(`\n${text}`);
  }
}

const wide = 58;
const number = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

function asLine({ name, unit, ours, theirs, ratio, added, target, met, note }) {
  const cell = (side) =>
    side === undefined
      ? ''.padStart(30)
      : `${number(side.median)} ${unit} (${number(side.min)}…${number(side.max)})`.padStart(30);
  const compared =
    ratio === undefined ? '' : `×${ratio.toFixed(2)} ${added >= 0 ? '+' : ''}${number2(added)}`;
  const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
  return `${name.padEnd(wide)}${cell(ours)}${cell(theirs)}  ${compared.padEnd(16)} ${verdict.padEnd(7)}${target ?? ''}${note === undefined ? '' : `  [${note}]`}`;
}

const number2 = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));

export function versionOf(program, ...args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n')[0];
  } catch {
    return undefined;
  }
}
