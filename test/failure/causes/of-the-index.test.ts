import { describe, expect, it } from 'vitest';
import { forWhom } from '../../../src/failure/causes/other-files.ts';
import { causeOf } from '../recorded.ts';

describe('what an index has not', () => {
  it.each([
    [
      'a version there is none of',
      'Could not find a version that satisfies the requirement six==1.61.0 (from versions: 1.15.0, 1.16.0, 1.17.0)\nNo matching distribution found for six==1.61.0',
      { kind: 'no-version', name: 'six', wanted: '==1.61.0', nearest: '1.16.0' },
    ],
    [
      'versions for other Pythons',
      'Ignored the following versions that require a different python version: 2.4.9 Requires-Python >=3.12; 2.5.0 Requires-Python >=3.12\nCould not find a version that satisfies the requirement numpy>=2.5 (from versions: 2.3.0, 2.4.0)\nNo matching distribution found for numpy>=2.5',
      { kind: 'needs-python', name: 'numpy', requires: '>=3.12' },
    ],
    [
      'a version for another Python, in a requirements file',
      'Ignored the following versions that require a different python version: 2.4.9 Requires-Python >=3.12; 2.5.0 Requires-Python >=3.13\nNo matching distribution found for numpy==2.4.9 (from -r r.txt (line 1))',
      { kind: 'needs-python', name: 'numpy', requires: '>=3.12' },
    ],
    [
      'versions for other Pythons, as text sorts them, with one that is not finished',
      'Ignored the following versions that require a different python version: 2.10.0 Requires-Python >=3.13; 2.22.0rc1 Requires-Python >=3.14; 2.9.0 Requires-Python >=3.12\nCould not find a version that satisfies the requirement demo>=2.9 (from versions: 2.8)\nNo matching distribution found for demo>=2.9',
      { kind: 'needs-python', name: 'demo', requires: '>=3.13' },
    ],
    [
      'a project for other Pythons',
      "ERROR: Package 'demo' requires a different Python: 3.11.2 not in '>=3.13'",
      { kind: 'needs-python', name: 'demo', requires: '>=3.13' },
    ],
    [
      'no such name',
      'Could not fetch URL https://pypi.org/simple/reqeusts/: 404 Client Error: Not Found for url: https://pypi.org/simple/reqeusts/ - skipping\nCould not find a version that satisfies the requirement reqeusts (from versions: none)\nNo matching distribution found for reqeusts',
      { kind: 'no-such-name', name: 'reqeusts', certain: true },
    ],
    [
      'the same in the log of a pip -v, after a build that said so of another and went well',
      "  Running command Getting requirements to build wheel\n  ERROR: No matching distribution found for numpy==9\n  Getting requirements to build wheel: finished with status 'done'\nERROR: No matching distribution found for reqeusts",
      { kind: 'no-such-name', name: 'reqeusts', certain: false },
    ],
    [
      'perhaps no such name',
      'No matching distribution found for reqeusts',
      { kind: 'no-such-name', name: 'reqeusts', certain: false },
    ],
    [
      'a conflict',
      'Cannot install -r r.txt (line 1), demo==1.0 and other==2.0 because these package versions have conflicting dependencies.\nResolutionImpossible: for help',
      { kind: 'conflict' },
    ],
    [
      'another hash',
      'THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    six==1.16.0 from https://files.pythonhosted.org/six.whl (from -r r.txt (line 1)):\n',
      { kind: 'hash-mismatch', name: 'six' },
    ],
    [
      'an index that wants a password',
      'WARNING: 401 Error, Credentials not correct for https://index.test/simple/six/\nNo matching distribution found for six',
      { kind: 'index-refuses', code: 401 },
    ],
    [
      'an index that is out of order',
      'ERROR: HTTP error 500 while getting https://index.test/six-1.0-py3-none-any.whl',
      { kind: 'index-refuses', code: 500 },
    ],
    [
      'only versions that were withdrawn',
      'ERROR: Ignored the following yanked versions: 1.0, 1.1\nERROR: Could not find a version that satisfies the requirement six (from versions: none)\nERROR: No matching distribution found for six',
      { kind: 'withdrawn', name: 'six', version: '1.1' },
    ],
    [
      'the same from a pip that lists them among the others',
      'ERROR: Could not find a version that satisfies the requirement six>=1 (from versions: 1.0, 1.1)\nERROR: No matching distribution found for six>=1',
      { kind: 'withdrawn', name: 'six', version: '1.1' },
    ],
    [
      'only a pre-release that fits',
      'ERROR: Could not find a version that satisfies the requirement six>=1.5 (from versions: 1.0, 2.0a1, 2.0rc1)\nERROR: No matching distribution found for six>=1.5',
      { kind: 'pre-release', version: '2.0rc1' },
    ],
    [
      'a version that no pre-release reaches',
      'ERROR: Could not find a version that satisfies the requirement six>=3 (from versions: 1.0, 2.0rc1)\nERROR: No matching distribution found for six>=3',
      { kind: 'no-version', wanted: '>=3' },
    ],
  ])('%s', (_, said, cause) => {
    expect(causeOf(said)).toMatchObject(cause);
  });

  it.each([
    ['1.0.0', '1.9.0 1.0.1 1.1.0', '1.0.1'],
    ['9.9', '0.9.2 1.9.0 1.17.0', '1.17.0'],
    ['4.22', '4.2.1 4.2.2 4.2.20 5.0', '4.2.2'],
    ['2.0', '1.9 2.0rc1 2.0.1', '2.0.1'],
    ['2.13', '1.2 2.31 2.32.4', '2.31'],
    ['7', '1.0 2.0a1', '2.0a1'],
  ])('%s is nearest to one of %s', (wanted, there, nearest) => {
    const said = `ERROR: Could not find a version that satisfies the requirement foo==${wanted} (from versions: ${there.replaceAll(' ', ', ')})\nERROR: No matching distribution found for foo==${wanted}`;
    expect(causeOf(said)).toMatchObject({ kind: 'no-version', nearest });
  });

  const conflict = (...lines: string[]) =>
    `ERROR: Cannot install a and b because these package versions have conflicting dependencies.\n\nThe conflict is caused by:\n${lines.map((line) => `    ${line}\n`).join('')}\nTo fix this you could try to:\nERROR: ResolutionImpossible: for help visit x`;
  it.each<[string, readonly string[], object]>([
    [
      'all versions of one project need what is not there',
      ['a 1.0 depends on zt>=2', 'a 0.9 depends on zt>=1'],
      { kind: 'no-such-name', name: 'zt', certain: false },
    ],
    ['two projects need it', ['a 1.0 depends on zt>=2', 'b 1 depends on zt<2'], { kind: 'conflict' }],
    [
      'somebody wants another one',
      ['The user requested zt<1', 'a 1.0 depends on zt>=2'],
      { kind: 'conflict' },
    ],
    [
      'a limit forbids it',
      ['a 1.0 depends on zt>=2', 'The user requested (constraint) zt<1'],
      { kind: 'conflict' },
    ],
  ])('knows versions that contradict each other: %s', (_, lines, cause) => {
    expect(causeOf(conflict(...lines))).toMatchObject(cause);
  });
});

describe('for whom ready-made files are', () => {
  const here = { python: '3.11', platform: 'linux', arch: 'x64' };
  it.each([
    [['cp38-cp38-manylinux2014_x86_64', 'cp39-cp39-manylinux2014_x86_64'], { requires: '>=3.8,<3.10' }],
    [['cp39-cp39-win_amd64', 'cp313-cp313-manylinux_2_28_x86_64'], { requires: '>=3.13,<3.14' }],
    [
      ['cp311-cp311-win32', 'cp311-cp311-macosx_11_0_arm64'],
      { kind: 'other-platform', systems: ['Windows', 'macOS'] },
    ],
    [['py3-none-manylinux2014_aarch64'], { systems: ['Linux on aarch64'] }],
    // The C library is too old, perhaps: nothing certain is known.
    [['cp311-cp311-manylinux_2_39_x86_64'], { kind: 'other-platform', systems: [] }],
    [['cp37-abi3-macosx_10_9_universal2'], { systems: ['macOS'] }],
  ])('%j', (tags, cause) => {
    expect(forWhom({ kind: 'other-files', name: 'demo', tags }, here)).toMatchObject(cause);
  });
});
