import { expect, it } from 'vitest';
import { isTyped } from '../../src/prompt/type-ahead.ts';

it.each<[string, string, boolean]>([
  ['a word', 'ls', true],
  ['Enter', '\r', true],
  ['a letter beyond ASCII', 'é', true],
  ['an arrow and a letter', '\x1b[Aj', true],
  ['an arrow', '\x1b[A', false],
  ['Escape', '\x1b', false],
  ['where the cursor is, said by the terminal', '\x1b[12;40R', false],
  ['what the terminal is', '\x1b[?62;22c', false],
  ['its colour', '\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\', false],
  ['its colour, ended by a bell', '\x1b]11;rgb:1e1e/1e1e/1e1e\x07', false],
  ['the mouse', '\x1b[<0;10;10M', false],
  ['Ctrl-C', '\x03', false],
])('%s: somebody typed it or not', (_, keys, typed) => {
  expect(isTyped(keys)).toBe(typed);
});
