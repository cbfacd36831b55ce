import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { isNarrow, segmenter } from '../../src/prompt/graphemes.ts';
import { unicodeGlyphs } from '../../src/prompt/signs.ts';

/** Text of letters and of everything that makes graphemes difficult. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(
        '\r',
        '\n',
        '\x1b[1m',
        '…',
        '❯',
        '·',
        '\u0301',
        '\ufe0f',
        '\u200d',
        '✔',
        '↔',
        '👍',
        'é',
        'a',
        ' ',
      ),
    ),
  }),
);

it('text is taken apart as Intl.Segmenter takes it apart', () => {
  const [ours, real] = [segmenter(), new Intl.Segmenter()];
  const parts = (from: Intl.Segments) =>
    [...from].map(({ segment, index, input }) => [segment, index, input]);
  fc.assert(
    fc.property(text, fc.nat(20), (given, at) => {
      expect(parts(ours.segment(given))).toEqual(parts(real.segment(given)));
      if (at >= given.length) return;
      const [one, other] = [ours.segment(given).containing(at), real.segment(given).containing(at)];
      expect([one?.segment, one?.index]).toEqual([other?.segment, other?.index]);
    }),
    { numRuns: 3000 },
  );
});

it('every character that is called narrow is one column wide, by itself and before any other', () => {
  for (let code = 0; code < 0x10000; code += 1) {
    const character = String.fromCharCode(code);
    if (isNarrow(character)) expect([character, stringWidth(character)]).toEqual([character, 1]);
  }
  fc.assert(
    fc.property(text, (given) => {
      if (isNarrow(given)) expect(stringWidth(given)).toBe(given.length);
    }),
    { numRuns: 3000 },
  );
});

it('the prompt’s own signs are narrow', () => {
  for (const sign of Object.values(unicodeGlyphs)) expect(isNarrow(sign)).toBe(true);
});
