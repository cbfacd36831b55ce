import { describe, expect, it } from 'vitest';
import { about } from '../../src/prompt/about.ts';
import type { IndexAnswer } from '../../src/types.ts';
import { thing, told } from '../support/facts.ts';
import { situationFor } from '../support/situations.ts';

const program = { summary: 'A terminal app for things', commands: ['thing'] };

describe('the lines under the command', () => {
  it.each<[string, readonly IndexAnswer[], readonly string[]]>([
    ['thing', [thing({ ...program, summary: 'For things.' })], ['thing 1.0 · For things · command: thing']],
    ['thing', [{ kind: 'absent', name: 'thing' }], ['There is no thing in the package index.']],
    [
      'reqeusts',
      [{ kind: 'absent', name: 'reqeusts' }],
      ['There is no reqeusts in the package index; did you mean requests?'],
    ],
    [
      'tkinter',
      [{ kind: 'absent', name: 'tkinter' }],
      ['tkinter is a part of Python itself, and no package.'],
    ],
    ['sys', [{ kind: 'absent', name: 'sys' }], ['sys is a part of Python itself, and no package.']],
    // There is a package of this name, which is not the one that most people mean.
    [
      'sklern',
      [{ kind: 'found', name: 'sklern', version: '0.0.5' }],
      ['sklern 0.0.5 · did you mean scikit-learn?'],
    ],
    ['requests', [{ kind: 'found', name: 'requests', version: '2.32' }], ['requests 2.32']],
    [
      'thing==9',
      [{ kind: 'version', name: 'thing', version: '1.0' }],
      ['There is no such version of thing: the newest is 1.0.'],
    ],
    ['thing[cli]', [thing({ extras: ['CLI', 'all'] })], ['thing 1.0']],
    [
      'thing[cli,no.pe]',
      [thing({ extras: ['cli', 'all'] })],
      ['thing 1.0 has no extra [no.pe]: it has cli, all.'],
    ],
    ['thing[x]', [thing({ summary: 'For things.' })], ['thing 1.0 has no extra [x].']],
    ['thing[x]', [thing({ extras: Array.from({ length: 30 }, (_, at) => `e${at}`) })], ['thing 1.0']],
    ['thing other', [thing({})], ['thing 1.0', '']],
    ['a b c d', [], []],
  ])('of %s', (line, answers, expected) => {
    expect(about(told(line, answers))).toEqual(expected);
  });

  it('are as many while it is being asked', () => {
    const looking = situationFor('install a b', { index: { state: 'looking', answers: [] } });
    expect(about(looking)).toEqual(['looking it up …', '']);
    expect(about(situationFor('install a b'))).toEqual([]);
  });
});
