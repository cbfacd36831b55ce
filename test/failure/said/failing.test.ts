import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failingIn } from '../../../src/failure/said/failing.ts';
import { hear } from '../../../src/failure/said/hear.ts';
import { pipxLog } from '../../../src/failure/said/pipx-log.ts';

describe('whose build has failed', () => {
  it.each([
    [
      'pip 23',
      'Collecting pygit2\nDownloading pygit2-1.18.0.tar.gz (800 kB)\nDownloading cffi-1.17.tar.gz\nERROR: Failed building wheel for pygit2\nERROR: Could not build wheels for pygit2, which is required',
      { name: 'pygit2', version: '1.18.0' },
    ],
    [
      'pip 23, whose metadata could not be made',
      'Collecting other\nCollecting M2Crypto\nUsing cached m2crypto-0.51.0.tar.gz (545 kB)\nerror: metadata-generation-failed',
      { name: 'M2Crypto', version: '0.51.0' },
    ],
    [
      'pip 26',
      "ERROR: Failed to build 'M2Crypto' when getting requirements to build wheel",
      { name: 'M2Crypto' },
    ],
    [
      'uv',
      'Failed to build `demo==1.0`\nThe build backend returned an error',
      { name: 'demo', version: '1.0' },
    ],
    [
      'pip 25',
      '  error: failed-wheel-build-for-install\n  \n  × Failed to build installable wheels for some pyproject.toml based projects\n  ╰─> pygit2',
      { name: 'pygit2' },
    ],
    [
      'pip, of an archive, whatever its build prints',
      `Looking in links: p\nProcessing ./p/evil-1.0.tar.gz\n  error: subprocess-exited-with-error\n  \n  × Preparing metadata (pyproject.toml) did not run successfully.\n  │ exit code: 1\n  ╰─> [4 lines of output]\n      [end of output]\n      Failed building wheel for numpy\n      \n      Collecting numpy\n      [end of output]\n  \nerror: metadata-generation-failed`,
      { name: 'evil', version: '1.0' },
    ],
    [
      'the same, as pip is listened to',
      'Processing ./p/evil-1.0.tar.gz\nsubprocess-exited-with-error\nx did not run successfully.\nexit code: 1\n[3 lines of output]\n[end of output]\n\nFailed building wheel for numpy\n[end of output]\nmetadata-generation-failed',
      { name: 'evil', version: '1.0' },
    ],
    [
      'the same of pip -v, which passes it on',
      'Processing ./p/evil-1.0.zip\n  Running command Preparing metadata (pyproject.toml)\n  Failed building wheel for numpy\n  error: no\n  error: subprocess-exited-with-error\n  \n  ╰─> See above for output.\nerror: metadata-generation-failed',
      { name: 'evil', version: '1.0' },
    ],
    [
      'the same of uv',
      '  × Failed to build `evil==1.0`\n  ╰─▶ The build backend returned an error\n\n      [stdout]\n      Failed to build `numpy`\n',
      { name: 'evil', version: '1.0' },
    ],
    [
      'pip, of a repository',
      'Collecting git+https://example.org/x.git\nerror: subprocess-exited-with-error',
      undefined,
    ],
    ['nobody', 'error: something', undefined],
    ['nobody, where nothing was built', 'Collecting lxml\nERROR: Cannot uninstall lxml 4.9.2', undefined],
  ])('%s', (_, said, failing) => {
    expect(failingIn(hear(said))).toEqual(failing);
  });
});

it('a FIFO that a build calls the log of pipx is not waited for', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pipx-log-'));
  const fifo = join(directory, 'x_pip_errors.log');
  execFileSync('mkfifo', [fifo]);
  expect(pipxLog(`Full pip output in file:\n    ${fifo}\n`, process.getuid?.() ?? 0)).toBe('');
  rmSync(directory, { recursive: true });
});
