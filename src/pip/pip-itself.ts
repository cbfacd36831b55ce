import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Inherited, noticeInterruption, run, runUnseen } from '../system/process.ts';
import type { Environment } from '../system/variables.ts';
import type { Ending, PipCommand } from '../types.ts';
import { isPipScript, shebangOf } from './shebang.ts';
import { isPython, pipArguments, pythonOptions } from './start.ts';

/** A pip that is to be run, as a call of ours has it. */
interface Called {
  /** What pip was called by. */
  readonly name: string;
  readonly realPip: string;
  readonly command: PipCommand;
  readonly environment: Environment;
  readonly inherited: Inherited;
}

/** A pip that has run: the Python, its flags, pip's script (`-m`: the module), and the environment they were started with. */
interface Ran {
  readonly python: string;
  readonly flags: readonly string[];
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** A pip that had the terminal to itself. */
export interface Unwatched {
  readonly ending: Ending;
  /** The Python whose pip, asked now, says that it refuses this command line; costs about one start of pip. */
  refused(): Promise<string | undefined>;
}

/** A pip that has failed is asked no longer than this, in ms. */
const patience = 10_000;

/** How often a wrapper is looked at to see which Python it becomes, in ms. */
const glance = 20;

/**
 * Runs the real pip with the terminal to itself, for a command line that may or may not be refused. How it ended says
 * too little, so where it failed the same pip can be asked (pip-refuses.py), which touches nothing.
 */
export async function runUnwatched(call: Called): Promise<Unwatched> {
  const { name, realPip, command, environment, inherited } = call;
  let ran = asScript(call);
  let glances: NodeJS.Timeout | undefined;
  const interruption = noticeInterruption();
  try {
    const ending = await run(realPip, pipArguments(realPip, command.argv, name), {
      env: environment.variables,
      inherited,
      onStart(pid) {
        if (ran !== undefined) return;
        glances = setInterval(() => {
          ran = asProcess(pid);
          if (ran !== undefined) clearInterval(glances);
        }, glance);
      },
    });
    const may = 'code' in ending && ending.code === 1 && !interruption.stop();
    return {
      ending,
      async refused() {
        if (!may || ran === undefined) return undefined;
        return asked(ran, command.argv, inherited);
      },
    };
  } finally {
    clearInterval(glances);
    interruption.stop();
  }
}

/** The Python that a pip script names, or the one that was typed; `py` and a version manager's pick the same one again. */
function asScript({ name, realPip, environment }: Called): Ran | undefined {
  if (isPython(realPip))
    return {
      python: realPip,
      flags: pythonOptions(name),
      script: '-m',
      variables: environment.variables,
    };
  const shebang = shebangOf(realPip, environment);
  if (shebang === undefined || !isPipScript(realPip)) return undefined;
  return {
    python: shebang.executable,
    flags: shebang.flags === '' ? [] : [shebang.flags],
    script: realPip,
    variables: environment.variables,
  };
}

/** What a wrapper (python-exec, one of Nix) has become: a Python that runs a script of pip's, told by proc(5). */
function asProcess(pid: number): Ran | undefined {
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

/** The Python that says that its pip refuses. */
async function asked(ran: Ran, argv: readonly string[], inherited: Inherited): Promise<string | undefined> {
  const { python, flags, script, variables } = ran;
  const chunks: Buffer[] = [];
  try {
    await runUnseen(python, [...flags, join(__dirname, 'pip-refuses.py'), script, ...argv], {
      env: variables,
      inherited,
      stdin: 'ignore',
      timeout: patience,
      onStdout: (chunk) => chunks.push(chunk),
      onStderr: () => {},
    });
    const [, executable] = /^refuses (\/.*)$/s.exec(Buffer.concat(chunks).toString()) ?? [];
    return executable;
  } catch {
    return undefined;
  }
}
