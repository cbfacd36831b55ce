import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { python } from './machine.ts';

/** A package index on the loopback (package-index.py), for a whole test file. */
export interface PackageIndex {
  /** Its simple API; `mode` says how it misbehaves. */
  url(mode?: string): string;
  /** The requests so far, `METHOD PATH RANGE`; those of a mode where one is named. */
  requests(mode?: string): readonly string[];
  /** What makes a sandbox's pip ask it, and nobody else. */
  variables(mode?: string): Record<string, string | undefined>;
}

/** Starts it before the tests of this file, and ends it after them. */
export function packageIndex(): PackageIndex {
  let directory = '';
  let stop = () => {};
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pip-detour-index-'));
    const server = spawn(
      python,
      [join(import.meta.dirname, 'package-index.py'), join(directory, 'port'), join(directory, 'log')],
      { stdio: 'ignore' },
    );
    stop = () => server.kill('SIGKILL');
    await vi.waitFor(
      () => readFileSync(join(directory, 'port'), 'utf8').match(/\d/)?.[0] ?? Promise.reject(),
      {
        timeout: 20_000,
      },
    );
  });
  afterAll(() => {
    stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const url = (mode = 'good') =>
    `http://127.0.0.1:${readFileSync(join(directory, 'port'), 'utf8')}/${mode}/simple/`;
  return {
    url,
    requests(mode = '') {
      const log = join(directory, 'log');
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
      return lines.filter((line) => line.includes(` /${mode}`));
    },
    variables: (mode) => ({ PIP_NO_INDEX: undefined, PIP_FIND_LINKS: undefined, PIP_INDEX_URL: url(mode) }),
  };
}
