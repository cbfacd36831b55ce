import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/detours/decide.ts';
import { recommendation } from '../../../src/detours/recommendation.ts';
import { isProven, namesakes } from '../../../src/detours/system-package/debian-names.ts';
import { systemPackage } from '../../../src/detours/system-package/index.ts';
import { managerById } from '../../../src/detours/system-package/managers/index.ts';
import { sameness } from '../../../src/detours/system-package/same-project.ts';
import type { IndexAnswer, PackageAnswer, Situation, SystemPackages } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

type Packaged = Extract<PackageAnswer, { kind: 'packaged' }>;

const packaged = (version: string, page?: string, doubt?: Packaged['doubt']): Packaged => ({
  kind: 'packaged',
  name: 'thing',
  package: 'python3-thing',
  version,
  ...(page === undefined ? {} : { page }),
  ...(doubt === undefined ? {} : { doubt }),
});

const found = (version: string, ...pages: readonly string[]): IndexAnswer => ({
  kind: 'found',
  name: 'thing',
  version,
  package: {
    summary: '',
    opening: '',
    pages,
    classifiers: [],
    extras: [],
    says: [],
    groups: [],
    dependencies: [],
    commands: [],
  },
});

describe('whether a distribution’s package is the project that the index has', () => {
  it.each([
    [
      'the same page',
      packaged('1.0', 'https://github.com/o/thing/'),
      found('1.1', 'http://www.github.com/O/thing.git'),
      'same',
    ],
    [
      'a page below it',
      packaged('1.0', 'https://github.com/o/thing'),
      found('1.1', 'https://github.com/o/thing/issues'),
      'same',
    ],
    [
      'its pages at GitHub',
      packaged('1.0', 'https://o.github.io/thing'),
      found('1.1', 'https://github.com/o/thing'),
      'same',
    ],
    [
      'its documentation',
      packaged('1.0', 'http://thing.rtfd.org'),
      found('1.1', 'https://thing.readthedocs.io/en/latest'),
      'same',
    ],
    [
      'SourceForge',
      packaged('1.0', 'http://thing.sourceforge.net/'),
      found('1.1', 'https://sourceforge.net/projects/thing/'),
      'same',
    ],
    [
      'a host of its own',
      packaged('1.0', 'https://thing.example/'),
      found('1.1', 'https://www.thing.example/docs'),
      'same',
    ],
    ['its page at PyPI', packaged('1.0', 'https://pypi.org/project/Thing/'), found('1.1'), 'same'],
    [
      'the same page, and newer there',
      packaged('2.0', 'https://github.com/o/thing'),
      found('1.1', 'https://github.com/o/thing'),
      'same',
    ],
    [
      'newer than the newest',
      packaged('2.18.8.3', 'https://github.com/b/python-thing'),
      found('1.31.0', 'https://github.com/o/thing'),
      'another',
    ],
    [
      'newer than any for this Python',
      packaged('2.0'),
      { kind: 'python', name: 'thing', version: '1.5', requires: '>=3.99' },
      'another',
    ],
    ['a snapshot that is newer', packaged('2.0~git2020'), found('1.1'), 'unclear'],
    [
      'another owner, of a name that was guessed',
      packaged('1.0', 'https://github.com/a/thing', 'guessed'),
      found('1.1', 'https://github.com/b/thing'),
      'another',
    ],
    [
      'another owner, for projects move',
      packaged('1.0', 'https://github.com/a/thing'),
      found('1.1', 'https://github.com/b/thing'),
      'unclear',
    ],
    [
      'one account alone',
      packaged('1.0', 'https://github.com/a', 'guessed'),
      found('1.1', 'https://github.com/a'),
      'unclear',
    ],
    ['no such name there', packaged('1.0'), { kind: 'absent', name: 'thing' }, 'unclear'],
    ['no answer', packaged('1.0'), undefined, 'unclear'],
  ] as const)('%s', (_, ours, theirs, expected) => {
    expect(sameness(ours, theirs)).toBe(expected);
  });
});

/** What is offered for `pip install thing` where apt and the index have said this. */
function offered(answer: Packaged, ...said: readonly IndexAnswer[]) {
  const systemPackages: SystemPackages = {
    manager: 'apt',
    state: 'answered',
    answers: [answer],
    root: [],
    attended: true,
    does: ['/usr/bin/apt-get', 'install', 'python3-thing'],
  };
  const index: Situation['index'] = said.length === 0 ? undefined : { state: 'answered', answers: said };
  const situation = situationFor('install thing', {
    uid: 0,
    systemPackages,
    ...(index === undefined ? {} : { index }),
  });
  return { situation, decided: decide(systemPackage, situation) };
}

describe('what may be another project', () => {
  it('is not offered where the index says so, with the reason', () => {
    const { decided } = offered(
      packaged('1.0', 'https://a.example', 'guessed'),
      found('1.1', 'https://b.example'),
    );
    expect(decided.unavailable).toBe("python3-thing is another project than the index's thing");
  });

  it('is in no package where its name is known to collide and the index says nothing', () => {
    expect(offered(packaged('1.0', undefined, 'another')).decided.unavailable).toBe(
      'Debian has no package for thing',
    );
    const page = 'https://github.com/o/thing';
    expect(offered(packaged('1.0', page, 'another'), found('1.1', page)).decided.unavailable).toBeUndefined();
  });

  it('has a remark, is never recommended, and is never taken unasked', () => {
    for (const { situation, decided } of [
      offered(packaged('1.0', undefined, 'guessed')),
      offered(packaged('2.0', 'https://a.example'), found('1.1', 'https://b.example')),
    ]) {
      expect(decided).toMatchObject({
        detail: expect.stringContaining('perhaps another project of that name'),
        onlyAsked: expect.stringContaining('nothing but its name says that python3-thing is'),
      });
      expect(recommendation(situation)?.id).not.toBe('system-package');
    }
    expect(offered(packaged('1.0')).decided).not.toHaveProperty('onlyAsked');
  });
});

describe('what is known of a name', () => {
  it.each('requests numpy zope-interface ruamel-yaml pyyaml mercurial setuptools aiohttp'.split(' '))(
    '%s is proven',
    (name) => {
      expect(isProven(name)).toBe(true);
    },
  );

  it.each('dlt tuna jwt uncalled a-name-of-next-year'.split(' '))('%s is not', (name) => {
    expect(isProven(name)).toBe(false);
  });

  it('a namesake is asked about where the index can tell, and nowhere else', () => {
    expect(namesakes('dlt')).toEqual(['python3-dlt']);
    expect(namesakes('requests')).toEqual([]);
  });
});

it('apt’s home pages are read by package', () => {
  const pages = managerById('apt')?.readPages?.(
    'Package: python3-dlt\nVersion: 2.18.8.3-1\nHomepage: https://github.com/bmwcarit/python-dlt\n\nPackage: python3-apt\nVersion: 2.6.0\n\n',
  );
  expect([...(pages ?? [])]).toEqual([['python3-dlt', 'https://github.com/bmwcarit/python-dlt']]);
});
