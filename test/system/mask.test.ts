import { describe, expect, it } from 'vitest';
import { masked, maskedJson, maskedWords } from '../../src/system/mask.ts';
import { quoteAll } from '../../src/system/quote.ts';
import { harmless, lines, secret } from '../support/secrets.ts';

describe('what is secret on a command line', () => {
  it.each(lines)('%s', (...line) => {
    const shown = maskedWords(line);
    expect(shown.join(' ')).not.toMatch(secret);
    expect(shown.join(' ')).toContain('****');
    // Only what is secret is gone: the options, the host and what is to be installed are there.
    expect(shown.join(' ')).toContain('demo-lib');
    expect(maskedWords(shown)).toEqual(shown);
  });

  it.each(lines)('is so in a text, and in JSON: %s', (...line) => {
    const text = `not asked. Type: PIP_DETOUR=venv pip ${quoteAll(line)} (or none)`;
    expect(masked(text)).not.toMatch(secret);
    expect(masked(masked(text))).toBe(masked(text));
    expect(maskedJson({ run: [text], by: { line } })).not.toMatch(secret);
  });
});

describe('as pip has it', () => {
  it.each([
    ['https://alice:pw@host/simple', 'https://alice:****@host/simple'],
    ['https://token@host:81/simple', 'https://****@host:81/simple'],
    ['https://a:b@c:d@host/', 'https://a:****@host/'],
    ['https://alice:@host/', 'https://****:****@host/'],
    ['git+ssh://git@github.com/a/b@v1', 'git+ssh://git@github.com/a/b@v1'],
    [
      'demo @ https://a:b@host/x.whl?token=c&v=1#sha256=d',
      'demo @ https://a:****@host/x.whl?token=****&v=1#sha256=d',
    ],
  ])('%s', (text, shown) => {
    expect(masked(text)).toBe(shown);
    expect(maskedWords([text])).toEqual([shown]);
  });
});

it.each(harmless)('harmless: %s', (text) => {
  expect(masked(text)).toBe(text);
  expect(maskedWords(text.split(' '))).toEqual(text.split(' '));
});

it('takes no time over what is long', () => {
  for (const part of [
    'x',
    'x=x',
    'a:',
    '@',
    'a@',
    'x=',
    "'",
    '//',
    'https://',
    '%3A//',
    'token',
    '--i',
    '-i ',
  ]) {
    const before = process.cpuUsage().user;
    masked(`A=b ${part.repeat(100_000)}`);
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  }
});
