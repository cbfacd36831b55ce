import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { ManagedPython } from './managed.ts';
import type { Sandbox } from './sandbox.ts';
import type { Shell } from './shell.ts';
import { keys } from './terminal.ts';

/** A source directory whose build waits until it is let go: it holds a real pip open at a known place. */
export interface Held {
  /** As it is typed: `./slow`. */
  readonly name: string;
  /** Resolves once a build waits. */
  reached(): Promise<void>;
  /** Lets the waiting build go on, to its good end. */
  release(): void;
  /** Lets go whoever still waits, and says whether there was anybody: what a killed pip leaves behind. */
  releaseLeft(): boolean;
  /** Forgets that a build has waited, for the next one. */
  reset(): void;
}

const slow = { timeout: 30_000, interval: 10 };

export function heldBuild(box: Sandbox): Held {
  const directory = join(box.project, 'slow');
  const gate = join(box.root, 'gate');
  const reached = join(box.root, 'reached');
  mkdirSync(directory);
  execFileSync('mkfifo', [gate]);
  writeFileSync(
    join(directory, 'pyproject.toml'),
    '[build-system]\nrequires = []\nbuild-backend = "waiting"\nbackend-path = ["."]\n',
  );
  const wheel = readdirSync(box.wheels).find((name) => name.startsWith('demo_lib-2.0')) ?? '';
  writeFileSync(
    join(directory, 'waiting.py'),
    `import shutil
def get_requires_for_build_wheel(settings=None):
    ${waits(reached, gate).join('\n    ')}
    return []
def build_wheel(directory, settings=None, metadata=None):
    shutil.copy(${JSON.stringify(join(box.wheels, wheel))}, directory)
    return ${JSON.stringify(wheel)}
`,
  );
  return {
    name: './slow',
    reached: () => expect.poll(() => existsSync(reached), slow).toBe(true),
    release: () => writeFileSync(gate, ''),
    releaseLeft: () => releaseAt(gate),
    reset: () => rmSync(reached, { force: true }),
  };
}

/** Makes a Python's own `venv` wait once it has made the environment, before it ends. */
export function holdVenv(
  managed: ManagedPython,
  box: Sandbox,
): { reached(): Promise<void>; release(): void } {
  const gate = join(box.root, 'venv-gate');
  const reached = join(box.root, 'venv-reached');
  const place = join(dirname(managed.marker), 'venv');
  const real = realpathSync(place);
  rmSync(place);
  cpSync(real, place, { recursive: true });
  execFileSync('mkfifo', [gate]);
  writeFileSync(
    join(place, '__main__.py'),
    ['from . import main', 'main()', ...waits(reached, gate), ''].join('\n'),
  );
  return {
    reached: () => expect.poll(() => existsSync(reached), slow).toBe(true),
    release() {
      releaseAt(gate);
    },
  };
}

/**
 * What a Python waits with, from when the file `reached` is there until somebody has opened and closed the pipe `gate`. It
 * looks up often: a signal that comes just before a call that waits would be heard only after it.
 */
function waits(reached: string, gate: string): string[] {
  return [
    'import os, select',
    `gate = os.open(${JSON.stringify(gate)}, os.O_RDONLY | os.O_NONBLOCK)`,
    `open(${JSON.stringify(reached)}, 'w').close()`,
    'while not select.select([gate], [], [], 0.05)[0]: pass',
    'os.close(gate)',
  ];
}

/** Lets go whoever waits at a pipe; says whether there was anybody. */
export function releaseAt(gate: string): boolean {
  try {
    closeSync(openSync(gate, constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}

/** Processes that have `word` in their command line or environment's HOME, ours and the shells under test left out. */
export function processesWith(word: string, except: readonly number[] = []): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && !except.includes(Number(name)))
    .flatMap((pid) => {
      const command = contents(`/proc/${pid}/cmdline`);
      return `${command}${contents(`/proc/${pid}/environ`)}`.includes(word)
        ? [`${pid} ${command.replaceAll('\0', ' ')}`]
        : [];
    });
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** The process a shell runs in the foreground: its one child. */
export function childOf(shell: number): number {
  const children = contents(`/proc/${shell}/task/${shell}/children`).trim().split(' ');
  return Number(children.at(-1));
}

/** Ctrl-Z to the pip that runs in a shell, and `fg`. */
export async function stopAndGoOn(user: Shell): Promise<void> {
  user.send(keys.ctrlZ);
  await user.ready();
  user.type('fg');
  await user.waitFor(/fg\n.*pip /);
}

/** Resolves once no process of the sandbox is left but those named. */
export async function nobodyLeft(box: Sandbox, except: readonly number[] = []): Promise<void> {
  await expect.poll(() => processesWith(box.root, except), slow).toEqual([]);
}
