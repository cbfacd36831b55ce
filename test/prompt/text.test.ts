import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/prompt/text.ts';

describe('text in lines', () => {
  it.each<[string, number, string[]]>([
    ['', 5, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['one  two', 4, ['one ', 'two']],
    ['seventeen', 5, ['seven', 'teen']],
    ['create ~/.local/share/somewhere/shop', 22, ['create ~/.local/share/', 'somewhere/shop']],
    ['in ~/a/b · c', 12, ['in ~/a/b · c']],
    ['see /usr/lib/python3.11 there', 8, ['see', '/usr/', 'lib/', 'python3.', '11 there']],
    ['/a/b/', 2, ['/a', '/', 'b/']],
  ])('%j at %d columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});
