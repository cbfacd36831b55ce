import { describe, expect, it } from 'vitest';
import { inSentences } from '../../../src/failure/help/words.ts';
import type { Cause } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

const causes: readonly [Cause, RegExp, RegExp][] = [
  [
    { kind: 'needs-python', name: 'demo', requires: '>=3.13' },
    /^demo requires Python >=3\.13, and this Python is 3\.11\.$/,
    /type uv python install 3\.13 or pyenv install 3\.13, and then the same command again/,
  ],
  [
    { kind: 'no-version', name: 'six', wanted: '==1.61', nearest: '1.16.0' },
    /^There is no six==1\.61 on the index\. The nearest version is 1\.16\.0\. To take it, type: pip3 install demo 'six==1\.16\.0'$/,
    /^$/,
  ],
  // What nobody typed, or a build has made up, is put into no command.
  [
    { kind: 'no-version', name: 'other', wanted: '==9', nearest: '8.1' },
    /^There is no other==9 on the index\. The nearest version is 8\.1\.$/,
    /^$/,
  ],
  [
    { kind: 'no-such-name', name: 'demo', certain: true },
    /^The index has no package called demo\.$/,
    /^Check how it is spelled/,
  ],
  [{ kind: 'no-such-name', name: 'demo', certain: false }, /was not reached/, /^Check how it is spelled/],
  [
    { kind: 'no-such-name', name: 'other', certain: false },
    /other was found/,
    /^You did not type it: a package/,
  ],
  [
    { kind: 'needs-python', name: 'demo', requires: '>=3.13', project: '>=3.11' },
    /^demo requires Python >=3\.13, and this project allows >=3\.11\.$/,
    /^Write requires-python = ">=3\.13" into pyproject\.toml, or ask for an older version of demo\.$/,
  ],
  [
    { kind: 'other-platform', name: 'demo', systems: ['Windows', 'macOS'] },
    /^demo is there ready-made only for Windows and macOS, and its source is not/,
    /project's page/,
  ],
  [
    { kind: 'conflict', between: ['a 1', 'b 2'] },
    /^a 1 and b 2 cannot be installed together/,
    /environment of its own/,
  ],
  [
    { kind: 'hash-mismatch', name: 'six' },
    /^The hash of what was downloaded for six is not/,
    /pip hash FILE/,
  ],
  [{ kind: 'no-space' }, /no space left/, /type df -h .* type: pip3 cache purge$/],
  [{ kind: 'certificates' }, /certificate/, /global\.cert FILE/],
  [{ kind: 'certificates', by: 'uv' }, /^uv could not verify/, /with SSL_CERT_FILE=FILE before it/],
  [{ kind: 'certificates', by: 'pipx' }, /^pip could not verify/, /global\.cert FILE/],
  [{ kind: 'certificates', by: 'poetry' }, /^poetry could not verify/, /REQUESTS_CA_BUNDLE=FILE before it/],
  [{ kind: 'certificates', by: 'pixi' }, /^pixi could not verify/, /^Perhaps a proxy .* clock/],
  [{ kind: 'no-network', by: 'poetry' }, /not be reached/, /poetry source show.*REQUESTS_CA_BUNDLE=FILE/],
  [{ kind: 'no-network', by: 'pdm' }, /not be reached/, /\(pdm config pypi\.url, pyproject\.toml\)/],
  [{ kind: 'proxy' }, /proxy/, /HTTPS_PROXY.*global\.proxy/],
  [{ kind: 'proxy', by: 'uv' }, /proxy/, /ALL_PROXY\.$/],
  [{ kind: 'no-network', by: 'uv' }, /could not be reached/, /UV_DEFAULT_INDEX/],
  [
    { kind: 'repository', url: 'https://nowhere.invalid/x.git', why: 'unreachable' },
    /^The repository https:\/\/nowhere\.invalid\/x\.git could not be reached\.$/,
    /Check that address/,
  ],
  [{ kind: 'repository', url: 'https://a.b/x', why: 'refused' }, /wants a password/, /git ls-remote/],
  [{ kind: 'repository', url: 'https://a.b/x', why: 'not-there' }, /does not exist, or/, /git ls-remote/],
  [
    { kind: 'repository', url: 'https://a.b/x', why: 'no-revision', revision: 'v9' },
    /has no branch, tag or commit called v9\.$/,
    /lists what it has/,
  ],
  [{ kind: 'no-network' }, /could not be reached/, /pip config list/],
  [{ kind: 'broken-off' }, /^The connection broke off/, /PIP_DEFAULT_TIMEOUT=60 before it/],
  [{ kind: 'broken-off', damaged: true, by: 'uv' }, /^An archive is not whole/, /UV_HTTP_TIMEOUT=60/],
  [{ kind: 'broken-off', by: 'pixi' }, /^The connection broke off/, /^Type the same command again\.$/],
  [
    { kind: 'read-only', path: '/srv/x' },
    /^\/srv\/x is on a read-only disk\.$/,
    /TMPDIR=DIRECTORY before it/,
  ],
  [{ kind: 'built-for-another', file: 'a.so' }, /^a\.so was built for another/, /--no-cache-dir/],
  [{ kind: 'too-old-source' }, /older than 3\.11/, /newer version/],
  [{ kind: 'too-old-pip' }, /pip that ran is too old/, /rm -r ~\/\.local\/share\/pipx\/shared/],
  [{ kind: 'wants-pip' }, /starts a pip of the environment/, /pip3 install pip/],
  [{ kind: 'wants-module', name: 'numpy' }, /imports numpy/, /pip3 install numpy setuptools wheel/],
  [
    { kind: 'wants-module', name: 'Crypto' },
    /imports Crypto/,
    /^First install setuptools, wheel and the package that this module belongs to/,
  ],
  [
    { kind: 'wants-module', name: 'pkg_resources' },
    /imports pkg_resources/,
    /pip3 install 'setuptools<81' wheel/,
  ],
  [
    { kind: 'wants-older', name: 'cython', below: '3' },
    /cython older than 3/,
    /install 'cython<3' setuptools/,
  ],
  [
    { kind: 'too-old-tool', name: 'CMake', needs: '3.26' },
    /CMake here is too old .* 3\.26/,
    /pipx install cmake/,
  ],
  [{ kind: 'too-old-tool', name: 'Rust' }, /Rust here is too old/, /rustup/],
  [{ kind: 'too-new-cmake' }, /older than 3\.5/, /CMAKE_POLICY_VERSION_MINIMUM=3\.5/],
  [
    { kind: 'other-age', name: 'PROJ', needs: '9.4 or newer', has: '9.1.1' },
    /^The build wants PROJ 9\.4 or newer, and 9\.1\.1 is here\.$/,
    /To list them, type: pip3 index versions NAME$/,
  ],
  [
    { kind: 'other-age', words: 'needs libgit2 1.9' },
    /does not compile here\. It says: needs libgit2 1\.9$/,
    /Another version/,
  ],
  [{ kind: 'does-not-compile' }, /perhaps it was written for another version/, /Another version/],
  [{ kind: 'lacks-own-module', name: '_ctypes' }, /built without its own module _ctypes/, /another Python/],
  [{ kind: 'build-fetches' }, /nobody answered/, /HTTPS_PROXY/],
  [{ kind: 'wants-cuda' }, /nvcc/, /CUDA_HOME=/],
  [
    { kind: 'wants-older', name: 'setuptools', below: '58' },
    /setuptools older than 58/,
    /install 'setuptools<58' wheel\. Then type .*--no-build-isolation/,
  ],
  [{ kind: 'no-memory' }, /not enough memory/, /-j1/],
  [{ kind: 'index-refuses', code: 401 }, /answered 401/, /netrc/],
  [{ kind: 'index-refuses', code: 503 }, /answered 503/, /again later/],
  [
    { kind: 'withdrawn', name: 'six', version: '1.1' },
    /withdrawn every version of six/,
    /newest of these all the same, ask for exactly that: ==1\.1$/,
  ],
  [
    { kind: 'pre-release', name: 'six', wanted: '>=1.5', version: '2.0rc1' },
    /^The only version of six>=1\.5 is 2\.0rc1, which is not finished yet\.$/,
    /--pre/,
  ],
  [{ kind: 'refused-inside' }, /runs a pip of its own/, /authors of the project/],
];

describe('a cause in sentences: what it is, and what to type or to look at', () => {
  it.each(causes)('%o', (cause, what, remedy) => {
    const here = situationFor('install demo six==1.61', { name: 'pip3' });
    const [first = '', second = ''] = inSentences(cause, here, {});
    expect(first).toMatch(what);
    expect(second).toMatch(remedy);
  });

  it.each([
    ['install -i http://h/simple six==1.61', "type: pip install -i http://h/simple 'six==1.16.0'"],
    ['install --no-index -f d six[a]==1.61 -U', "type: pip install --no-index -f d 'six[a]==1.16.0' -U"],
    ['install -i http://me:pw@h/simple six==1.61', 'type the same command with six==1.16.0.'],
  ])('what is to be typed keeps all that was typed: %s', (line, then) => {
    const cause: Cause = { kind: 'no-version', name: 'six', wanted: '==1.61', nearest: '1.16.0' };
    expect(inSentences(cause, situationFor(line), {})).toEqual([
      `There is no six==1.61 on the index. The nearest version is 1.16.0. To take it, ${then}`,
    ]);
  });

  it.each([
    [
      'install -i http://h/simple reqeusts[socks]>=2',
      "To install it, type: pip install -i http://h/simple 'requests[socks]>=2'",
    ],
    ['install -i http://me:pw@h/simple reqeusts', 'Then correct the name.'],
    ['install -r requirements.txt', 'Then correct the name.'],
  ])('a known name is offered with all that was typed: %s', (line, then) => {
    const cause: Cause = { kind: 'no-such-name', name: 'reqeusts', certain: true };
    expect(inSentences(cause, situationFor(line), { nearest: 'requests' })).toEqual([
      'The index has no package called reqeusts.',
      `Did you mean requests? ${then}`,
    ]);
  });

  it('shows no control character of what a program said', () => {
    const name = 'a\u001b[31mb';
    for (const [cause] of causes) {
      const said = 'name' in cause ? { ...cause, name } : cause;
      expect(inSentences(said, situationFor('install demo'), {}).join('')).not.toContain('\u001b');
    }
  });
});
