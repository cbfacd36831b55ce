import { setPriority } from 'node:os';
import spawn from 'cross-spawn';

/** How a question to a package manager ended. `failed` says why there is no answer, as a clause. */
export type Consulted =
  | { readonly output: string; readonly code: number; readonly said: string }
  | { readonly failed: string };

/** What a package manager is asked with. */
export interface ConsultOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In ms of our running; then the manager is killed. */
  readonly patience: number;
  /** Nobody wants to know any more. */
  readonly signal?: AbortSignal;
  /** Where it is started; `/` unless said otherwise. */
  readonly cwd?: string;
  /** Its stdin is a pipe of ours that ends when we do; otherwise there is nothing to read. */
  readonly tied?: true;
}

/** No answer is longer than this, in bytes: Void's whole list of Python packages has a tenth of it. */
const longest = 4_000_000;

/**
 * Into how many shorter timeouts the limit is split: a timeout runs on while we are stopped (Ctrl-Z), and so only one
 * does.
 */
const slices = 16;

/**
 * Its niceness: pip and the prompt, for which the person waits, come first. Not where the program has little time to
 * answer.
 */
const patient = { alone: 19, tied: 5 };

/**
 * Starts a program from `/`, unless told otherwise, with nothing to read, and brings what it wrote. Never throws; when it is given up the
 * program is killed. No signal handlers: this runs while the prompt is up, whose business signals are.
 */
export function consult(
  program: string,
  args: readonly string[],
  { env, patience, signal, cwd = '/', tied }: ConsultOptions,
): Promise<Consulted> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve({ failed: 'nobody waits any more' });
    const stdin = tied === true ? 'pipe' : 'ignore';
    const child = spawn(program, [...args], { cwd, env, stdio: [stdin, 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const complaints: Buffer[] = [];
    let size = 0;
    const settle = (result: Consulted) => {
      clearInterval(timer);
      signal?.removeEventListener('abort', stop);
      child.stdin?.destroy();
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
      resolve(result);
    };
    const giveUp = (failed: string) => {
      child.kill('SIGKILL');
      settle({ failed });
    };
    const stop = () => giveUp('nobody waits any more');
    let left = slices;
    const timer = setInterval(() => {
      left -= 1;
      if (left === 0) giveUp(`it gave no answer in ${patience / 1000} seconds`);
    }, patience / slices);
    signal?.addEventListener('abort', stop);
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > longest) giveUp('its answer was too long');
      else chunks.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (complaints.length < 20) complaints.push(chunk);
    });
    child.on('error', () => settle({ failed: 'it could not be started' }));
    child.on('close', (code, killed) =>
      settle(
        killed === null
          ? {
              code: code ?? 1,
              output: Buffer.concat(chunks).toString('utf8'),
              said: Buffer.concat(complaints).toString('utf8'),
            }
          : { failed: `it was ended by ${killed}` },
      ),
    );
    try {
      if (child.pid !== undefined) setPriority(child.pid, tied === true ? patient.tied : patient.alone);
    } catch {
      // It is as fast as the others, then.
    }
  });
}
