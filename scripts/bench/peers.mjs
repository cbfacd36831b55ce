import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './stage.mjs';

/** Peers from PyPI, each in one environment of the bench's own; with the person's own way to an index. */
export function fetchPeers(stage) {
  const directory = join(stage.root, 'peers');
  const bin = join(directory, 'bin');
  const made = spawnSync(python, ['-m', 'venv', directory], { stdio: 'ignore' });
  if (made.status !== 0) return { why: 'python3 -m venv does not work here', bin };
  const get = (name) => {
    const args = [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--retries',
      '1',
      '--timeout',
      '15',
      name,
    ];
    const ran = spawnSync(join(bin, 'pip'), args, { stdio: 'ignore', timeout: 90_000 });
    const program = join(bin, name);
    return ran.status === 0 && existsSync(program) ? program : undefined;
  };
  const uv = get('uv');
  const rest = uv === undefined ? {} : { virtualenv: get('virtualenv'), pipim: get('pipim') };
  return {
    uv,
    ...rest,
    bin,
    why: 'PyPI cannot be reached',
    whyPipim: 'PyPI has no pipim that installs a program',
  };
}
