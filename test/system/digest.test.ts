import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/system/digest.ts';

const byNode = (text: string) => createHash('sha256').update(text).digest('hex');

it.each([
  '',
  'abc',
  '/home/anna/shop',
  'ä€😀',
  '\ud800',
  ...[55, 56, 63, 64, 65, 119, 120].map((n) => 'x'.repeat(n)),
])('the digest of %j is the one node:crypto has', (text) => expect(sha256(text)).toBe(byNode(text)));

it('so is that of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => sha256(text) === byNode(text)),
    { numRuns: 100 },
  );
});

it('and it can be cut short', () => expect(sha256('abc', 16)).toBe('ba7816bf8f01cfea'));
