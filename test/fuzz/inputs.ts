import fc from 'fast-check';

/** Inputs that readers of foreign text have stumbled over: structure nearly right, and plain rubbish. */

/** How many inputs are tried in all; the long run sets it. */
export const inputs = Number(process.env['PIP_DETOUR_FUZZ_INPUTS'] ?? 7_200);
/** The same inputs in every run of the suite; a long run takes a new one and prints it. */
export const seed = Number(process.env['PIP_DETOUR_FUZZ_SEED'] ?? 20261124);
/** Found once, tried always: seeds under which a property failed before it was mended. */
export const keptSeeds: readonly number[] = [20261124, 668, 405];

/** Bytes and characters that mean something to some reader, or to a terminal, or to nobody. */
const odd = fc.constantFrom(
  ...[
    '\0',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\v',
    '\f',
    '\x1b[31m',
    '\x1b]0;t\x07',
    '\x85',
    '\u2028',
    '\u202e',
    '\ufeff',
  ],
  ...[
    '\ud800',
    '💥',
    'ü',
    '\\',
    '"',
    "'",
    '`',
    '$(x)',
    '\u0024{x}',
    '%s',
    '%(x)s',
    ';',
    '|',
    '&',
    '..',
    '~',
    '*',
    '?',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '-',
    '--',
    '-o',
    '=',
    ':',
    '#',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    ',',
    '<',
  ],
);
const text = fc.oneof(
  { weight: 4, arbitrary: odd },
  { weight: 3, arbitrary: fc.string({ maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom(' ', '  ', 'a', 'x', '1', '1.0', 'é', 'python3', 'requests') },
);

/** Text made of `words`, which its reader knows, and of what it does not expect. */
export function like(words: readonly string[], maxLength = 24): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: text }), {
      maxLength,
    })
    .map((parts) => parts.join(''));
}

export const anything = fc.array(text, { maxLength: 16 }).map((parts) => parts.join(''));

/** Text of `length` characters that makes a careless pattern try everything: one piece over and over, and a bad end. */
export function endless(length: number): readonly (readonly [string, string])[] {
  const pieces = [' ', '\t', 'a', '1.', '[', '(', '"', '=', ', ', '-', 'a\n', '\x1b[', '\x1b]', 'é'];
  return pieces.map((piece) => [
    `a, ${JSON.stringify(piece)} over and over, a mark nobody expects`,
    `a${piece.repeat(Math.ceil(length / piece.length))}!\n`,
  ]);
}
