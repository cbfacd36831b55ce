import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeeds } from '../system/succeeds.ts';
import type { Plan } from '../types.ts';
import { execute, type Outcome } from './execute.ts';
import type { ExecuteOptions } from './run-step.ts';

/**
 * Runs what only tells (`pip install --dry-run`), in a directory that is taken away again: `planIn` is given the path of an
 * environment that may be made there.
 */
export async function rehearse(
  planIn: (environment: string) => Plan,
  options: ExecuteOptions,
): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'pip-detour-dry-run-'));
  try {
    return await execute(planIn(join(directory, 'environment')), options);
  } finally {
    succeeds(() => rmSync(directory, { recursive: true, force: true }));
  }
}
