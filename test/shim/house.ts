import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { dist, top, which } from '../support/machine.ts';

/** A shell the shim must run in: `program` is the binary, `as` the name it is called by, where that matters. */
export interface Shell {
  readonly title: string;
  readonly program: string;
  /** Called by this name: bash and zsh then behave as the system's sh. */
  readonly as?: 'sh';
  /** One more word on the `#!` line. */
  readonly word?: string;
  /** Variables this shell changes in any script's environment, which no script can help. */
  readonly changes?: readonly string[];
  /** It loses arguments that are not in the locale's encoding, before any script sees them. */
  readonly textOnly?: true;
}

export const shells: readonly Shell[] = [
  { title: 'dash', program: 'dash' },
  { title: 'bash as sh', program: 'bash', as: 'sh' },
  { title: 'bash --posix', program: 'bash', word: '--posix' },
  { title: 'busybox sh', program: 'busybox', word: 'sh', changes: ['SHLVL'] },
  { title: 'mksh', program: 'mksh' },
  // As sh, yash takes its own builtins only where PATH has programs of their names; no system has it as sh.
  { title: 'yash', program: 'yash', textOnly: true },
  { title: 'zsh as sh', program: 'zsh', as: 'sh', changes: ['LOGNAME', 'OLDPWD'] },
];

/** The system's own sh, which is what everything but the table of shells is tested with. */
const systemShell: Shell = { title: 'sh', program: 'sh' };

export function write(file: string, text: string, mode = 0o755): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

export function link(file: string, target: string): string {
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, file);
  return file;
}

/**
 * The program as it is installed, in `place`, its shim run by `shell`. The bundle is a stub that prints `node` and
 * what it was given; returns the directory for PATH.
 */
export function install(place: string, shell: Shell = systemShell): string {
  const binary = which(shell.program) ?? shell.program;
  const interpreter = shell.as === undefined ? binary : join(place, 'as', shell.program, shell.as);
  if (shell.as !== undefined && !existsSync(interpreter)) link(interpreter, binary);
  const shims = join(place, 'shims');
  const firstLine = `#!${interpreter}${shell.word === undefined ? '' : ` ${shell.word}`}`;
  for (const name of ['pip', 'pip-detour'])
    write(join(shims, name), readFileSync(join(dist, 'shims', name), 'utf8').replace(/^#!.*/, firstLine));
  link(join(shims, 'pip3'), 'pip');
  mkdirSync(join(place, 'lib'));
  copyFileSync(join(top, 'src/start.cjs'), join(place, 'lib/start.cjs'));
  write(
    join(place, 'lib/intercept.cjs'),
    `exports.main = async (...given) => console.log('node ' + JSON.stringify(given.slice(0, 3)));`,
  );
  write(join(place, 'node'), `${process.execPath}\n`);
  return shims;
}

/** A pip that only says where it lies: its interpreter is the echo program under the name of a Python. */
export function echoPip(directory: string, name = 'pip'): string {
  const interpreter = join(directory, '..', 'echo', 'python3');
  if (!existsSync(interpreter)) {
    mkdirSync(dirname(interpreter), { recursive: true });
    copyFileSync('/bin/echo', interpreter);
  }
  return write(join(directory, name), `#!${interpreter}\n`);
}

/** What a pip of `recordingPip` saw; text is one character per byte. */
export interface Seen {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly descriptors: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly umask: number;
  readonly ignored: string;
}

/** A pip that writes all it can see of how it was started to `file`. Run by the system's Python, which is managed. */
export function recordingPip(directory: string, file: string, name = 'pip'): string {
  return write(
    join(directory, name),
    `#!/usr/bin/python3 -IS
import json, os
def read(name):
    with open('/proc/self/' + name, 'rb') as f:
        return f.read().decode('latin-1')
descriptors = {}
for fd in os.listdir('/proc/self/fd'):
    try:
        descriptors[fd] = os.readlink('/proc/self/fd/' + fd)
    except OSError:
        pass
umask = os.umask(0)
seen = {
    'argv': read('cmdline').split('\\0')[:-1],
    'environment': dict(e.split('=', 1) for e in read('environ').split('\\0')[:-1]),
    'descriptors': descriptors,
    'directory': os.getcwd(),
    'umask': umask,
    'ignored': [l for l in read('status').splitlines() if l.startswith('SigIgn')][0],
}
with open(${JSON.stringify(file)}, 'w') as f:
    json.dump(seen, f)
`,
  );
}

function isSeen(value: unknown): value is Seen {
  return typeof value === 'object' && value !== null && 'argv' in value && 'environment' in value;
}

export function seen(file: string): Seen {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isSeen(value)) throw new Error(`${basename(file)} was not written by the recording pip`);
  return value;
}
