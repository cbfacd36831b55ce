import { describe, expect, it } from 'vitest';
import { causeOf } from '../recorded.ts';

describe('where nothing could be done at all', () => {
  it.each([
    [
      'a full disk',
      'Could not install packages due to an OSError: [Errno 28] Auf dem Gerät ist kein Speicherplatz mehr verfügbar',
      { kind: 'no-space' },
    ],
    [
      'a disk that may only be read',
      "Could not install packages due to an OSError: [Errno 30] Read-only file system: '/srv/x'",
      { kind: 'read-only', path: '/srv/x' },
    ],
    [
      'a pip that is too old for its Python',
      "File \"/x/site-packages/pip/_vendor/pkg_resources/__init__.py\", line 2164, in <module>\nregister_finder(pkgutil.ImpImporter, find_on_path)\nAttributeError: module 'pkgutil' has no attribute 'ImpImporter'",
      { kind: 'too-old-pip' },
    ],
  ])('%s', (_, said, cause) => {
    expect(causeOf(said)).toMatchObject(cause);
  });

  it('says nothing where nothing is certain', () => {
    expect(causeOf('error: something went wrong')).toBeUndefined();
    expect(causeOf('')).toBeUndefined();
  });
});
