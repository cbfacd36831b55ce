import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import type { Inherited } from '../system/inherited.ts';
import { runUnseen } from '../system/unseen.ts';
import type { Environment } from '../system/variables.ts';
import { isPipScript, shebangOf } from './shebang.ts';
import { isPython, pythonOptions } from './start.ts';

/** What starts a pip: the Python, its flags, pip's script (`-m`: the module), and the variables. */
export interface PipStart {
  readonly python: string;
  readonly flags: readonly string[];
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** A pip's refusal, said where it could change nothing. */
export interface Refusal {
  /** The Python whose pip refused. */
  readonly python: string;
  /** What pip printed, byte for byte. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** False where pip had more to do after its message (a log to write, an index to ask), which it could not. */
  readonly whole: boolean;
}

/** A word and a path (PATH_MAX), in bytes. */
const mostWords = 8_192;

/** A pip that runs held. */
export interface Witness {
  /** Undefined where pip did not refuse. Never rejects. */
  readonly refusal: Promise<Refusal | undefined>;
  /** Ends it; the refusal is undefined then. */
  stop(): void;
}

/** How a witness is called. */
export interface WitnessOptions {
  readonly inherited: Inherited;
  /** Given up after so many ms; absent: never. */
  readonly patience?: number;
  /** True where what it prints is for the person: it is as wide, and coloured, as on their terminal. */
  readonly shown?: boolean;
}

/** How a pip is started: by the script that names its Python, or by the Python that was typed; undefined for a wrapper. */
export function startOf(
  name: string,
  realPip: string,
  environment: Pick<Environment, 'variables' | 'path'>,
): PipStart | undefined {
  const { variables } = environment;
  if (isPython(realPip)) return { python: realPip, flags: pythonOptions(name), script: '-m', variables };
  const shebang = shebangOf(realPip, environment);
  if (shebang === undefined || !isPipScript(realPip)) return undefined;
  const flags = shebang.flags === '' ? [] : [shebang.flags];
  return { python: shebang.executable, flags, script: realPip, variables };
}

/** The same of a process that a wrapper (python-exec, one of Nix) has become, told by proc(5); undefined while it is none. */
export function startOfProcess(pid: number): PipStart | undefined {
  try {
    const [python = '', script = '', module] = stringsOf(`/proc/${pid}/cmdline`);
    const isPip = script === '-m' ? module === 'pip' : script.startsWith('/') && isPipScript(script);
    if (!/^\/.*\/(python|pypy)[0-9.]*t?$/.test(python) || !isPip) return undefined;
    const entries = stringsOf(`/proc/${pid}/environ`).map((entry): [string, string] => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at), entry.slice(at + 1)];
    });
    return { python, flags: [], script, variables: Object.fromEntries(entries) };
  } catch {
    // It has ended, or there is no /proc.
    return undefined;
  }
}

function stringsOf(file: string): string[] {
  return readFileSync(file, 'utf8').replace(/\0$/, '').split('\0');
}

/**
 * Runs a pip that can change nothing (pip-witness.py), to hear from itself whether it refuses these arguments. Costs
 * about one start of pip.
 */
export function startWitness(start: PipStart, argv: readonly string[], options: WitnessOptions): Witness {
  const { inherited, patience, shown = false } = options;
  const { python, flags, script, variables } = start;
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const word: Buffer[] = [];
  let pid: number | undefined;
  const refusal = runUnseen(
    python,
    [...flags, join(__dirname, 'pip-witness.py'), '--held', shown ? seenStreams() : '-', script, ...argv],
    {
      env: variables,
      inherited: { ...inherited, descriptors: [] },
      stdin: shown ? 'inherit' : 'ignore',
      ...(patience === undefined ? {} : { timeout: patience }),
      onStart(started) {
        pid = started;
      },
      onStdout: (chunk) => stdout.push(chunk),
      onStderr: (chunk) => stderr.push(chunk),
      aside: { descriptor: 3, take: (chunk) => word.push(chunk), last: mostWords },
    },
  ).then(
    () => {
      pid = undefined;
      const said = testimony(Buffer.concat(word).toString());
      return said && { ...said, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
    },
    () => undefined,
  );
  return {
    refusal,
    stop() {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      pid = undefined;
    },
  };
}

/** What pip-witness.py says: `refuses` or `cut`, and the Python's path. */
function testimony(word: string): Pick<Refusal, 'python' | 'whole'> | undefined {
  const [, how, python] = /^(refuses|cut) (\/.*)$/s.exec(word) ?? [];
  return python === undefined ? undefined : { python, whole: how === 'refuses' };
}

/**
 * The words that start the same pip and have it tell on a descriptor what it says. It is a Python with a runner file or
 * with `-m pip`, or a script of pip's; undefined for a wrapper.
 */
export function heardBy(
  descriptor: number,
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): { readonly command: string; readonly args: readonly string[] } | undefined {
  const witness = [join(__dirname, 'pip-witness.py'), '--heard', String(descriptor)];
  if (/\.py$/.test(args[0] ?? '')) return { command, args: [...witness, ...args] };
  const module = args.indexOf('-m');
  if (isPython(command) && module !== -1)
    return { command, args: [...args.slice(0, module), ...witness, '-m', ...args.slice(module + 2)] };
  const start = startOf('', command, { variables, path: variables['PATH'] ?? '' });
  if (start === undefined) return undefined;
  return { command: start.python, args: [...start.flags, ...witness, start.script, ...args] };
}

/**
 * Those of the output streams that are terminals here, as `12`, or `-`. What pip prints into a pipe has other colours than
 * on a terminal; told so, it says the same bytes as without us, and "leave it" shows them.
 */
export function seenStreams(): string {
  return [1, 2].filter((descriptor) => isatty(descriptor)).join('') || '-';
}
