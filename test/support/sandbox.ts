import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { dist } from './machine.ts';

/** A place of its own for one test: HOME, a project, and an environment with nothing of this machine's in it. */
export interface Sandbox {
  readonly root: string;
  readonly home: string;
  /** An empty directory to stand in, not under HOME's own rc files but inside HOME: `~/shop`. */
  readonly project: string;
  readonly env: Record<string, string>;
  readonly wheels: string;
  /** Writes a file (parents made) and returns its path; relative to `project`. */
  write(path: string, text: string, mode?: number): string;
  read(path: string): string;
  exists(path: string): boolean;
  /** Runs to the end without a terminal. */
  run(command: string, args?: readonly string[], options?: RunOptions): Ran;
}
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly timeout?: number;
}
export interface Ran {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program's shims come first on PATH, then the system's directories, and nothing else. */
export function sandbox(extra: Readonly<Record<string, string | undefined>> = {}): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pd-')));
  const home = join(root, 'home');
  const project = join(home, 'shop');
  if (process.env['KEEP_SANDBOX'] === undefined)
    // fish goes on writing for a moment after it was closed.
    onTestFinished(() => {
      // An environment has a thousand files, for which rm(1) takes a third of the time.
      if (existsSync(join(project, '.venv'))) spawnSync('rm', ['-rf', root]);
      rmSync(root, { recursive: true, force: true, maxRetries: 10 });
    });
  mkdirSync(project, { recursive: true });
  const wheels = inject('wheels');
  const env = merged(
    {
      HOME: home,
      PATH: `${dist}/shims:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      SHELL: '/bin/bash',
      USER: 'tester',
      // No configuration of this machine's, and only the wheels made for the tests.
      PIP_CONFIG_FILE: '/dev/null',
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: wheels,
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_ROOT_USER_ACTION: 'ignore',
      // pipx's shared libraries take seconds to make: made once for all tests.
      PIPX_SHARED_LIBS: join(inject('shared'), 'pipx-shared'),
      // apt reads its lists once for all tests.
      ...(inject('apt') === '' ? {} : { APT_CONFIG: inject('apt') }),
    },
    extra,
  );
  return {
    root,
    home,
    project,
    env,
    wheels,
    write(path, text, mode = 0o644) {
      const file = join(project, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode });
      return file;
    },
    read: (path) => readFileSync(join(project, path), 'utf8'),
    exists: (path) => existsSync(join(project, path)),
    run(command, args = [], options = {}) {
      const ran = spawnSync(command, [...args], {
        cwd: options.cwd ?? project,
        env: merged(env, options.env ?? {}),
        input: options.input ?? '',
        encoding: 'utf8',
        timeout: options.timeout ?? 60_000,
      });
      if (ran.error !== undefined) throw ran.error;
      return { code: ran.status, signal: ran.signal, stdout: ran.stdout, stderr: ran.stderr };
    },
  };
}

/** `base` with `change` laid over it; undefined takes a variable away. */
export function merged(
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = { ...base };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete result[name];
    else result[name] = value;
  }
  return result;
}
