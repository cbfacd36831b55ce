import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeeds } from '../system/succeeds.ts';
import type { Plan } from '../types.ts';
import { execute, type Outcome } from './execute.ts';
import type { ExecuteOptions } from './run-step.ts';

/**
 * Runs a command that only says what it would do (`pip install --dry-run`), in a temporary directory. `planIn` is called
 * with the path at which the plan may make an environment.
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
