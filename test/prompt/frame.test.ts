import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { closing, frame } from '../../src/prompt/frame.ts';
import { mode } from '../../src/prompt/mode.ts';
import type { Question, QuestionOption } from '../../src/prompt/question.ts';
import { initialState, type Key, press } from '../../src/prompt/state.ts';
import { shop } from './questions.ts';

/** Text as hostile as a file name can be: escape sequences, newlines, wide and combining characters. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\x1b[2J\x1b]0;title\x07',
    'a\r\nb\tc',
    '漢字のとても長い名前'.repeat(4),
    'e\u0301\u202eabc',
    '',
  ),
  fc.string({ maxLength: 200 }),
);
const option: fc.Arbitrary<QuestionOption> = fc.record(
  {
    id: fc.constantFrom('venv', 'pipx', 'break-system-packages', 'none'),
    title: text,
    detail: text,
    unavailable: text,
    activates: fc.boolean(),
    recommended: text,
    commands: fc.array(text, { maxLength: 4 }),
  },
  { requiredKeys: ['id', 'title', 'detail', 'commands'], noNullPrototype: true },
);
const question: fc.Arbitrary<Question> = fc.record(
  {
    headline: text,
    command: text,
    place: text,
    options: fc.array(option, { minLength: 1, maxLength: 9 }),
    preselected: fc.nat(8),
    rememberFor: text,
    remember: fc.boolean(),
    activate: fc.constantFrom('always', 'once', 'no'),
    help: fc.array(text, { maxLength: 5 }),
    notice: text,
  },
  {
    requiredKeys: ['headline', 'command', 'place', 'options', 'preselected', 'remember', 'help'],
    noNullPrototype: true,
  },
);
const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom<Key>({ kind: 'move', by: 1 }, { kind: 'move', by: -1 }),
  fc.constantFrom<Key>({ kind: 'details' }, { kind: 'help' }, { kind: 'remember' }, { kind: 'other' }),
  fc.nat(9).map((number): Key => ({ kind: 'number', number })),
);
const look = fc.record({
  columns: fc.integer({ min: 20, max: 250 }),
  rows: fc.integer({ min: 2, max: 60 }),
  unicode: fc.boolean(),
  listening: fc.boolean(),
});

function stateAfter(asked: Question, keys: readonly Key[]) {
  return keys.reduce((state, pressed) => {
    const result = press(asked, state, pressed);
    return 'state' in result ? result.state : state;
  }, initialState(asked));
}

describe('whatever is asked, in whatever size,', () => {
  it('no line is wider than the terminal, nor as many as its rows, nor holds a control character', () => {
    fc.assert(
      fc.property(question, fc.array(key, { maxLength: 6 }), look, (asked, keys, surface) => {
        const lines = frame(asked, stateAfter(asked, keys), surface).map((spans) =>
          spans.map((span) => span.text).join(''),
        );
        expect(lines.length).toBeLessThan(surface.rows);
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThan(surface.columns);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('what Enter takes can be taken', () => {
    fc.assert(
      fc.property(question, fc.array(key, { maxLength: 6 }), (asked, keys) => {
        const result = press(asked, { ...stateAfter(asked, keys), help: false }, { kind: 'enter' });
        if (!('answer' in result)) throw new Error('Enter did not answer');
        const usable = asked.options.filter(({ unavailable }) => unavailable === undefined);
        if (result.answer.kind === 'chosen') expect(usable.map(({ id }) => id)).toContain(result.answer.id);
        else expect(usable).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('the marked line and the keys can be seen wherever the drawn prompt is used', () => {
    fc.assert(
      fc.property(question, fc.array(key, { maxLength: 6 }), look, (asked, keys, surface) => {
        const state = { ...stateAfter(asked, keys), help: false };
        const { columns, rows } = surface;
        const form = mode({ columns, rows, term: 'xterm', plain: false, options: asked.options.length });
        fc.pre(form === 'ink' && state.highlighted >= 0);
        const drawn = frame(asked, state, { ...surface, unicode: true, listening: true });
        const all = drawn.map((spans) => spans.map((span) => span.text).join(''));
        expect(all.some((line) => line.startsWith('❯'))).toBe(true);
        if (rows >= 24 && asked.options.length <= 5) expect(all.at(-1)).toContain('esc leave');
      }),
      { numRuns: 300 },
    );
  });

  it('the closing line is one line that fits', () => {
    fc.assert(
      fc.property(question, look, (asked, surface) => {
        const id = asked.options[0]?.id ?? 'none';
        const spans = closing(asked, { kind: 'chosen', id, remember: true }, surface);
        expect(stringWidth(spans.map((span) => span.text).join(''))).toBeLessThan(surface.columns);
      }),
    );
  });
});

describe('the form of the prompt', () => {
  const usual = { columns: 80, rows: 24, term: 'xterm-256color', plain: false, options: shop.options.length };
  it.each([
    ['an ordinary terminal', {}, 'ink'],
    ['forty columns', { columns: 40 }, 'ink'],
    ['twenty columns', { columns: 20 }, 'ink'],
    ['nineteen columns', { columns: 19 }, 'plain'],
    ['no known width', { columns: undefined }, 'plain'],
    ['a size of nought', { columns: 0, rows: 0 }, 'plain'],
    ['as many rows as it takes', { rows: 14 }, 'ink'],
    ['one row less', { rows: 13 }, 'plain'],
    ['more options than rows', { options: 20 }, 'plain'],
    ['TERM=dumb', { term: 'dumb' }, 'plain'],
    ['no TERM', { term: undefined }, 'plain'],
    ['the wish for it', { plain: true }, 'plain'],
  ] as const)('%s', (_, changed, form) => {
    expect(mode({ ...usual, ...changed })).toBe(form);
  });
});
