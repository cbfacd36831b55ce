import { describe, expect, it } from 'vitest';
import { pipxSigns, tellOutcome } from '../../../src/detours/pipx/outcome.ts';
import type { OutputMeaning, Situation } from '../../../src/types.ts';
import { nothingSaid } from '../../support/facts.ts';
import { situationOf, somePipx } from '../situation.ts';

/** Words as pipx breaks them into lines for a terminal of that width. */
function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const bin = '/home/ana/.local/bin/demo-app';
const texts: readonly (readonly [string, string, string])[] = [
  [
    '1.0 to 1.15',
    'no-apps',
    'No apps associated with package demo-lib or its dependencies. If you are attempting to install a library, pipx should not be used.',
  ],
  [
    '1.0 to 1.15',
    'no-apps',
    "No apps associated with package demo-needs. Try again with '--include-deps' to include apps of dependent packages",
  ],
  [
    '1.16',
    'no-apps',
    'No apps associated with package demo-lib or its dependencies. `pipx install` requires an application entry point.',
  ],
  [
    '1.0 to 1.15',
    'already-installed',
    "'demo-app' already seems to be installed. Not modifying existing installation in '/home/ana/x'. Pass '--force' to force installation.",
  ],
  [
    '1.16',
    'already-installed',
    "'demo-app' (2.0) already seems to be installed. Not modifying existing installation in '/home/ana/x'.",
  ],
  [
    '1.0 to 1.16',
    'name-clash',
    `⚠️  File exists at ${bin} and points to /a b/demo-app, not /home/ana/x/demo-app. Not modifying.`,
  ],
  ['1.16', 'name-clash', `⚠️  File exists at ${bin} and does not match /home/ana/x/demo-app. Not modifying.`],
  ['1.0 to 1.16', 'not-found', 'ERROR: No matching distribution found for demo-nowhere'],
  ['1.0 to 1.16', 'not-found', 'ERROR: No matching distribution found for pip-tools'],
];

describe.each([40, 78, 200])('in a terminal of %i columns', (width) => {
  it.each(texts)('pipx %s says %s', (_, means, text) => {
    const line = text.startsWith('ERROR') ? text : wrapped(text, width, '    ');
    const seen = pipxSigns.filter((sign) => new RegExp(sign.pattern).test(`installing…\n${line}\ndone`));
    expect(seen.map((sign) => sign.means)).toEqual([means]);
  });
});

it.each([
  'ERROR: No matching distribution found for pip\nFailed to upgrade shared libraries',
  'ERROR: No matching distribution found for pip>=26.1\n',
  '⚠️  Note: demo-app was already on your PATH at /usr/bin/demo-app',
  '  installed package demo-app 2.0, installed using Python 3.11.2',
])('%j means nothing of all this', (text) => {
  expect(pipxSigns.filter((sign) => new RegExp(sign.pattern).test(text))).toEqual([]);
});

describe('what is said afterwards', () => {
  it('names, of several packages, the one that was there, and how to upgrade it', () => {
    const situation = situationOf(['install', 'black', 'ruff'], { pipx: somePipx({ installed: ['black'] }) });
    expect(tellOutcome(['already-installed'], situation, ['black', 'ruff'])).toEqual([
      'pipx had black installed already and changed nothing. To upgrade: pipx upgrade black',
      'Commands in ~/.local/bin: black, ruff.',
    ]);
  });

  it.each<[string, readonly OutputMeaning[], readonly string[], RegExp]>([
    [
      'of a library with commands',
      [],
      ['import'],
      /To import it in your own code: PIP_DETOUR=venv pip install demo$/,
    ],
    ['of what is only run', [], [], /^Commands in ~\/\.local\/bin: demo\.$/],
    [
      'once, of what was there',
      ['already-installed'],
      ['import'],
      /pipx upgrade demo To import it [^:]*: \S+ pip install demo Commands in [^:]*: demo\.$/,
    ],
  ])('tells how it is imported, too: %s', (_, meanings, says, told) => {
    const facts = { ...nothingSaid, says };
    const index: Situation['index'] = {
      state: 'answered',
      answers: [{ kind: 'found', name: 'demo', version: '1', package: facts }],
    };
    expect(tellOutcome(meanings, situationOf(['install', 'demo'], { index }), ['demo']).join(' ')).toMatch(
      told,
    );
  });

  it('is nothing when there is nothing to say', () => {
    expect(tellOutcome([], situationOf(['uninstall', 'black']), [])).toEqual([]);
  });
});
