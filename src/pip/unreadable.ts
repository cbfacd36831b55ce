import { join } from 'node:path';
import stripAnsi from 'strip-ansi';
import type { Inherited } from '../system/inherited.ts';
import { runUnseen } from '../system/unseen.ts';
import type { Ending } from '../types.ts';
import { type PipStart, seenStreams } from './witness.ts';

/** How pip ended over what it is asked for, and what it said, before it came to refuse. */
export interface Unreadable {
  readonly ending: Ending;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** It is waited for no longer than this, in ms. */
const patience = 10_000;

/**
 * What pip would end with after a detour, too, because what it is asked for cannot be read (pip-reads.py); undefined where
 * it can. Costs a start of pip; changes nothing.
 */
export async function whatCannotBeRead(
  { python, flags, script, variables }: PipStart,
  argv: readonly string[],
  inherited: Inherited,
): Promise<Unreadable | undefined> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  try {
    const ending = await runUnseen(
      python,
      [...flags, join(__dirname, 'pip-reads.py'), seenStreams(), script, ...argv],
      {
        env: { ...variables, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
        inherited,
        stdin: 'ignore',
        timeout: patience,
        onStdout: (chunk) => stdout.push(chunk),
        onStderr: (chunk) => stderr.push(chunk),
      },
    );
    const [out, errors] = [Buffer.concat(stdout), Buffer.concat(stderr)];
    const said =
      'code' in ending && ending.code > 0 && /^(?:\x1b\[[\d;]*m)*ERROR: /m.test(errors.toString('latin1'));
    return said ? { ending, stdout: out, stderr: withoutTraceback(errors) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where pip itself stumbles (`http://[::1`) it shows its way through its own files, and through ours, which nobody looks
 * for: the last line says what it stumbled over (cli/base_command.py, "Exception:").
 */
function withoutTraceback(errors: Buffer): Buffer {
  const [before, traceback] = stripAnsi(errors.toString('latin1')).split(
    /^ERROR: Exception:\nTraceback \(most recent call last\):\n/m,
  );
  const last = traceback?.trimEnd().split('\n').at(-1);
  return last === undefined ? errors : Buffer.from(`${before}ERROR: ${last}\n`, 'latin1');
}
