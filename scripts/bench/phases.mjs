import { readFileSync } from 'node:fs';
import { median } from './measure.mjs';
import { pip } from './stage.mjs';

/**
 * Where the time of one command goes: strace (seccomp-bpf, so that only these calls are slowed, by 0.05 ms each) notes
 * when the kernel saw certain calls, and the time between two of them is one phase.
 */

/** The calls by which phases are told apart. */
const calls = 'execve,openat,symlink,symlinkat,clone,clone3,fork,vfork,exit_group,write';

export const strace = (log) => [
  'strace',
  '-f',
  '-ttt',
  '-s',
  '300',
  '--seccomp-bpf',
  '-e',
  `trace=${calls}`,
  '-o',
  log,
];

/** Process id, seconds and text of each line of a log. */
function linesOf(log) {
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, pid, at, text] = /^(\d+)\s+(\d+\.\d+) (.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid, at: Number(at) * 1000, text }];
    });
}

/** A process made, as opposed to a thread. */
const forked = /^(?:v?fork|clone3?)\((?!.*CLONE_THREAD)/;
const isIn = (file) => new RegExp(`^openat\\([^"]*"[^"]*${file}"`);

/**
 * Ms between landmarks, by name. Each landmark is the first line after the one before that fits: `text`, and where
 * `by` is given the process that made the call named so earlier (`as`).
 */
function phasesIn(log, landmarks) {
  const lines = linesOf(log);
  const named = {};
  let next = 0;
  let before = lines[0].at;
  const found = {};
  for (const { name, text, as, by } of landmarks) {
    const at = lines.findIndex(
      (line, index) => index >= next && text.test(line.text) && (by === undefined || line.pid === named[by]),
    );
    if (at === -1) throw new Error(`the trace does not show the end of: ${name}`);
    if (as !== undefined) named[as] = lines[at].pid;
    found[name] = (found[name] ?? 0) + lines[at].at - before;
    before = lines[at].at;
    next = at + 1;
  }
  return found;
}

/** Medians over several logs. */
export function phases(logs, landmarks) {
  const all = logs.map((log) => phasesIn(log, landmarks));
  return Object.keys(all[0]).map((name) => [name, median(all.map((one) => one[name]))]);
}

const nodesExecve = /^execve\("[^"]*\/node"/;

/** Node, up to the bundle: the same for every command that it decides. */
const bundled = [
  { name: 'Node’s own start', text: isIn('/lib/start\\.cjs'), by: 'node' },
  {
    name: 'start.cjs: node:child_process, what the shim noted',
    text: isIn('/lib/intercept\\.cjs'),
    by: 'node',
  },
  { name: 'loading the bundle with its code cache', text: isIn(pip), by: 'node' },
];
const untilBundle = [{ name: 'the shim, up to Node’s execve', text: nodesExecve, as: 'node' }, ...bundled];

/** pip loads itself while Node, which it has started, decides. */
export const rememberedPhases = [
  {
    name: 'the shim, up to the execve of the environment’s Python',
    text: /^execve\("[^"]*\/\.venv\/bin\/python"/,
    as: 'pip',
  },
  { name: 'Python’s own start, up to Node’s execve', text: nodesExecve, as: 'node' },
  ...bundled.map((phase) => ({ ...phase, name: `beside pip, which loads itself: ${phase.name}` })),
  {
    name: 'beside pip: command line, verdict, settings, memory, the environment',
    text: /^symlink(at)?\(/,
    by: 'node',
  },
  { name: 'beside pip: the lock, the environment once more', text: /^write\(\d+, "go /, by: 'node' },
  { name: 'what pip has left to do', text: /^write\(\d+, "code 0/, by: 'pip' },
  { name: 'what is said afterwards', text: /^write\(\d+, "end /, by: 'node' },
  { name: 'pip’s end', text: /^exit_group\(/, by: 'pip' },
];

export const promptPhases = (frame) => [
  ...untilBundle,
  { name: 'command line, verdict, settings, memory', text: forked, by: 'node' },
  {
    name: 'the fork of a pip that is held, looking around, the frame',
    text: new RegExp(`^write\\(.*${frame}`),
    by: 'node',
  },
];

/** `seeds`: setuptools is put into the environment, as up to Python 3.11. */
export const firstPhases = (seeds) => [
  ...untilBundle,
  { name: 'command line, verdict, settings, looking around', text: /^symlink(at)?\(/, by: 'node' },
  { name: 'the lock, looking once more', text: forked, by: 'node' },
  { name: 'python -m venv --without-pip', text: /^execve\(.*"venv"/, as: 'venv' },
  { name: 'python -m venv --without-pip', text: /^exit_group\(/, by: 'venv' },
  ...(seeds
    ? [
        { name: 'setuptools put into it', text: /^execve\(.*seed\.py", "[^"]*setuptools/, as: 'seed' },
        { name: 'setuptools put into it', text: /^exit_group\(/, by: 'seed' },
      ]
    : []),
  { name: 'two forks', text: /^execve\(.*seed\.py", "--ahead"/, as: 'own' },
  { name: 'two forks', text: /^execve\(.*pip-runner__/, as: 'pip' },
  { name: 'pip: its start, and what is to be installed', text: isIn('\\.whl'), by: 'pip' },
  { name: 'pip: unpacking, compiling, its end', text: /^exit_group\(/, by: 'pip' },
  { name: 'its own pip, made ready meanwhile: what is left of it', text: /^exit_group\(/, by: 'own' },
  { name: 'what is said afterwards, and Node’s end', text: /^exit_group\(/, by: 'node' },
];

export const uvPhases = [
  ...untilBundle,
  { name: 'command line, verdict, settings, where uv and pythons are', text: /^symlink(at)?\(/, by: 'node' },
  { name: 'the lock', text: forked, by: 'node' },
  { name: 'fork and execve', text: /^execve\("[^"]*\/uv"/, as: 'making' },
  { name: 'uv venv', text: /^exit_group\(/, by: 'making' },
  { name: 'between the two', text: forked, by: 'node' },
  { name: 'fork and execve', text: /^execve\("[^"]*\/uv"/, as: 'installing' },
  { name: 'uv pip install', text: /^exit_group\(/, by: 'installing' },
  { name: 'what is said afterwards, and Node’s end', text: /^exit_group\(/, by: 'node' },
];
