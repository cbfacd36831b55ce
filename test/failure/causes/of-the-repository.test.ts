import { describe, expect, it } from 'vitest';
import { causeOf } from '../recorded.ts';

/** Recorded of pip 23.2 and uv 0.4 and 0.13, with git 2.39. */
const clone = (url: string, said: string) =>
  `Collecting git+${url}\n  Cloning ${url} to /tmp/pip-req-build-iax7xk0w\n  Running command git clone --filter=blob:none --quiet ${url} /tmp/pip-req-build-iax7xk0w\n  ${said}\n  error: subprocess-exited-with-error\n  \n  × git clone --filter=blob:none --quiet ${url} /tmp/pip-req-build-iax7xk0w did not run successfully.\n  │ exit code: 128\n  ╰─> See above for output.\n`;
const uv = (url: string, said: string) =>
  `error: Git operation failed\n  cause: failed to clone into: /x/git-v2/db/59f2\n  cause: process didn't exit successfully: \`/usr/bin/git fetch --force --update-head-ok '${url}' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)\n         --- stderr\n         ${said}\n`;
const url = 'https://nowhere.invalid/x.git';
const unable = `fatal: unable to access '${url}/': Could not resolve host: nowhere.invalid`;

describe('a repository that could not be fetched', () => {
  it.each([
    ['pip', clone(url, unable), { url, why: 'unreachable' }],
    [
      'pip, as it is listened to',
      `Running command git clone --filter=blob:none --quiet ${url} /tmp/x\n${unable}\nsubprocess-exited-with-error\ngit clone --filter=blob:none --quiet ${url} /tmp/x did not run successfully.\nexit code: 128`,
      { url, why: 'unreachable' },
    ],
    ['uv', uv(url, unable), { url, why: 'unreachable' }],
    [
      'ssh, with a name in the address',
      clone(
        "'ssh://****@nowhere.invalid/x.git'",
        'ssh: Could not resolve hostname nowhere.invalid: Name or service not known',
      ),
      { url: 'ssh://nowhere.invalid/x.git', why: 'unreachable' },
    ],
    [
      'a repository that is not there',
      clone('file:///nowhere/x.git', "fatal: '/nowhere/x.git' does not appear to be a git repository"),
      { url: 'file:///nowhere/x.git', why: 'not-there' },
    ],
    [
      'one that wants a password',
      clone(url, "fatal: could not read Username for 'https://nowhere.invalid': terminal prompts disabled"),
      { url, why: 'refused' },
    ],
    [
      'a branch that is not there',
      "Collecting git+file:/x/r@nobranch\n  Cloning file:///x/r (to revision nobranch) to /tmp/pip-req-build-w\n  WARNING: Did not find branch or tag 'nobranch', assuming revision or ref.\n  Running command git checkout -q nobranch\n  error: pathspec 'nobranch' did not match any file(s) known to git\n  error: subprocess-exited-with-error\n  \n  × git checkout -q nobranch did not run successfully.",
      { url: 'file:///x/r', why: 'no-revision', revision: 'nobranch' },
    ],
    [
      'the same of uv',
      "error: Git operation failed\n  cause: failed to clone into: /x\n  cause: failed to fetch branch or tag `nobranch`\n  cause: process didn't exit successfully: `/usr/bin/git fetch --force --update-head-ok 'file:///x/r' '+refs/tags/nobranch:refs/remotes/origin/tags/nobranch'` (exit status: 128)\n         --- stderr\n         fatal: couldn't find remote ref refs/tags/nobranch",
      { url: 'file:///x/r', why: 'no-revision', revision: 'nobranch' },
    ],
  ])('%s', (_, said, cause) => {
    expect(causeOf(said)).toEqual({ kind: 'repository', ...cause });
  });

  it('is not what a build fetches by itself', () => {
    const said = `error: subprocess-exited-with-error\n  ╰─> [2 lines of output]\n      ${unable}\n      subprocess.CalledProcessError: Command 'git clone ${url}' returned non-zero exit status 128.\n`;
    expect(causeOf(said)).toEqual({ kind: 'build-fetches' });
  });
});
