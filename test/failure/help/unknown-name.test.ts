import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedLikeModule, unknownName } from '../../../src/failure/help/unknown-name.ts';
import { parseCommandLine } from '../../../src/pip/command-line.ts';
import { situationFor } from '../../support/situations.ts';
import { whereAptKnowsAll as here } from './apt-knows-all.ts';

describe('a name that no package has', () => {
  it.each<[string, string, readonly (string | RegExp)[]]>([
    ['a slip of the finger', 'reqeusts', [/^No package called/, /^Did you mean requests\?/]],
    ['a module, whose package has another name', 'cv2', [/^No package/, /^Did you mean opencv-python\?/]],
    ['a slip in the name of such a module', 'sklern', [/^No package/, /^Did you mean scikit-learn\?/]],
    ['what is like nothing', 'my-own-unheard-of-thing', [/^No package/, /^Check how it is spelled/]],
    [
      "a module of Python's own",
      'json',
      [/^json is a part of Python itself/, /import json works already\.$/],
    ],
    ['one that is compiled into Python', 'sys', [/^sys is a part/, /import sys works already\.$/]],
    [
      'one that the distribution keeps apart',
      'Tkinter',
      [
        /^tkinter is a part of .* Debian keeps it in python3-tk\.$/,
        /^To get it, type: apt-get .*python3-tk$/,
      ],
    ],
  ])('%s: %s', async (_, name, says) => {
    const { situation, environment } = here(false);
    const json = join(situation.interpreter?.stdlib ?? '', 'json/__init__.py');
    mkdirSync(dirname(json), { recursive: true });
    writeFileSync(json, '');
    const { lines } = await unknownName(
      { kind: 'no-such-name', name, certain: false },
      { ...situation, command: parseCommandLine(['install', name]) },
      environment,
    );
    expect(lines).toEqual(says.map((one) => expect.stringMatching(one)));
  });
});

describe('a package whose build says nothing of what it lacks', () => {
  it.each<[string, readonly string[] | undefined]>([
    [
      'sklearn',
      [
        'sklearn could not be built.',
        'Did you mean scikit-learn? To install it, type: pip install scikit-learn',
      ],
    ],
    ['demo', undefined],
  ])('is perhaps called like the module of another: %s', (name, says) => {
    expect(namedLikeModule({ name }, situationFor(`install ${name}`))?.lines).toEqual(says);
  });
});
