import { describe, expect, it } from 'vitest';
import { causeOf, gcc } from '../recorded.ts';

/** The same, said by who installs where pip does not; recorded of uv 0.4 and 0.13, poetry 2.5, pdm 2.29 and pipenv 2026.10. */
const others: readonly [string, string, object][] = [
  [
    'uv: no such name',
    'error: No solution found when resolving dependencies\n  cause: Because nosuchname was not found in the package registry and you require nosuchname, we can conclude that your requirements are unsatisfiable.',
    { kind: 'no-such-name', name: 'nosuchname', certain: true },
  ],
  [
    'uv, as it drew it first, broken at the width of the terminal',
    '  × No solution found when resolving dependencies:\n  ╰─▶ Because nosuchname was not\n      found in the package registry and you require nosuchname',
    { kind: 'no-such-name', name: 'nosuchname', certain: true },
  ],
  [
    'uv: an index that wants a password is not asked',
    'error: No solution found when resolving dependencies\n  cause: Because six was not found in the package registry and you require six, we can conclude that your requirements are unsatisfiable.\n\nhint: An index URL (http://127.0.0.1/simple/) could not be queried due to a lack of valid authentication credentials (401 Unauthorized)',
    { kind: 'no-such-name', name: 'six', certain: false },
  ],
  [
    'uv: no such version',
    'error: No solution found when resolving dependencies\n  cause: Because there is no version of quickfmt==7 and you require quickfmt==7, we can conclude that your requirements are unsatisfiable.',
    { kind: 'no-version', name: 'quickfmt', wanted: '==7' },
  ],
  [
    'uv: no version that new',
    'Because only quickfmt<=1.5 is available and you require quickfmt>=7, we can conclude that your requirements are unsatisfiable.',
    { kind: 'no-version', name: 'quickfmt', wanted: '>=7', nearest: '1.5' },
  ],
  [
    'uv: another Python',
    '  cause: Because the current Python version (3.11.2) does not satisfy Python>=3.99 and newpy==3.0 depends on Python>=3.99, we can conclude that newpy==3.0 cannot be used.',
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99' },
  ],
  [
    'uv: another Python than the project allows',
    '  cause: Because the requested Python version (>=3.11) does not satisfy Python>=3.99 and newpy==3.0 depends on Python>=3.99, we can conclude that newpy==3.0 cannot be used.',
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99', project: '>=3.11' },
  ],
  [
    'uv: another system',
    'Because pywin32==306 has no wheels with a matching platform tag (e.g., `manylinux_2_36_x86_64`) and you require pywin32==306',
    { kind: 'other-platform', name: 'pywin32' },
  ],
  [
    'uv: a conflict',
    'error: No solution found when resolving dependencies\n  cause: Because one==1.0 depends on third>=2 and two==2.0 depends on third<2, we can conclude that one==1.0 and two==2.0 are incompatible.',
    { kind: 'conflict', between: ['one 1.0', 'two 2.0'] },
  ],
  [
    'uv: another hash',
    'error: Failed to download `plainlib==2.0`\n  cause: Hash mismatch for `plainlib==2.0`\n\n         Expected:\n           sha256:aaaa',
    { kind: 'hash-mismatch', name: 'plainlib' },
  ],
  [
    'uv: no network',
    'error: Request failed after 3 retries in 6.2s\n  cause: error sending request for url (http://nosuch.invalid/simple/six/)\n  cause: client error (Connect)\n  cause: dns error',
    { kind: 'no-network' },
  ],
  [
    'uv: a build',
    `error: Failed to build \`needs @ file:///needs\`\n  cause: The build backend returned an error\n\n         [stderr]\n${gcc('fatal error')}`,
    { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
  ],
  ['poetry: a name', 'Could not find a matching version of package nosuchname', { kind: 'no-such-name' }],
  [
    'poetry: another Python',
    "The current project's supported Python range (>=3.11) is not compatible with some of the required packages Python requirement:\n  - newpy requires Python >=3.99, so it will not be installable for Python >=3.11,<3.99\n\nSo, because shop depends on newpy (^3.0), version solving failed.",
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99', project: '>=3.11' },
  ],
  [
    'poetry: a version of a dependency',
    "Because shop depends on quickfmt (7) which doesn't match any versions, version solving failed.",
    { kind: 'no-version', name: 'quickfmt', wanted: '==7' },
  ],
  [
    'poetry: a conflict',
    'Because one (1.0) depends on third (>=2)\n and two (2.0) depends on third (<2), one (1.0) is incompatible with two (2.0).\nSo, because shop depends on both, version solving failed.',
    { kind: 'conflict', between: ['one 1.0', 'two 2.0'] },
  ],
  [
    'poetry: a build, with a bar before each line',
    `PEP517 build of a dependency failed\n\nBackend subprocess exited when trying to invoke build_wheel\n\n${gcc('fatal error').replace(/^ */gm, '    | ')}`,
    { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
  ],
  [
    'pdm: a name',
    '[CandidateNotFound]: Unable to find candidates for nosuchname. There may exist some issues with the package name or network condition.',
    { kind: 'no-such-name', name: 'nosuchname', certain: false },
  ],
  [
    'pdm: another Python',
    "ERROR: Unable to find a resolution because the following dependencies don't work on all Python versions in the range of the project's `requires-python`: >=3.11.\n  python>=3.99 (from <Candidate newpy@3.0 from http://127.0.0.1/simple/newpy/>)",
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99', project: '>=3.11' },
  ],
  [
    'pdm: a build',
    `pdm.exceptions.BuildError: Build backend raised error: Showing the last 10 lines\nof the build output:\n${gcc('fatal error')}`,
    { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
  ],
  [
    'pipenv, which does not say which versions there are',
    '✘ Locking Failed!\nERROR: No matching distribution found for quickfmt==7\n\nThe conflict is caused by:\n    The user requested quickfmt==7',
    { kind: 'no-such-name', name: 'quickfmt', certain: false },
  ],
  [
    'pip, where all that there is is made for others',
    'Could not find a version that satisfies the requirement pywin32 (from versions: none)\npip-detour: files of pywin32: cp311-cp311-win32 cp311-cp311-win_amd64\nNo matching distribution found for pywin32',
    { kind: 'other-files', name: 'pywin32', tags: ['cp311-cp311-win32', 'cp311-cp311-win_amd64'] },
  ],
];

describe('what uv, poetry, pdm and pipenv say', () => {
  it.each(others)('%s', (_, said, cause) => {
    expect(causeOf(said)).toMatchObject(cause);
  });
});
