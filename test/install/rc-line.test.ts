import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLine, hasLine, removeLines } from '../../src/setup/rc-line.ts';

const command = "if [ -r '/it''s/env.sh' ]; then . '/it''s/env.sh'; fi";
const other = 'if [ -r /elsewhere/env.sh ]; then . /elsewhere/env.sh; fi';
const add = (text: string | undefined) => addLine(text, command).text;

describe('the line in an rc file', () => {
  it.each([
    ['not there', undefined],
    ['empty', ''],
    ['with a final newline', 'export A=1\n'],
    ['without a final newline', 'export A=1'],
    ['with Windows line ends', 'export A=1\r\nexport B=2\r\n'],
    ['with Windows line ends and none at the end', 'export A=1\r\nexport B=2'],
    ['ending in a lone carriage return', 'export A=1\r'],
    ['of nothing but a newline', '\n'],
    ['ending in blank lines', 'export A=1\n\n\n'],
    ['in Latin-1', 'export A=\xe9\xff\n'],
    ['with a NUL', 'a\0b'],
    ['ending in a backslash', 'export A=1 \\'],
    ['ending in a line to be continued', 'export A=1 \\\n'],
  ])('is taken out again without a trace from a file %s', (_, before) => {
    const after = add(before);
    expect(hasLine(after)).toBe(true);
    expect(removeLines(after)).toBe(before);
  });

  it('leaves any file whatever as it was once it is taken out', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array).toString('latin1'));
    const lines = fc
      .array(fc.constantFrom('a', '\n', '\r\n', '\r', '# x', '\\', '\\\n', ' '), { maxLength: 20 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(bytes, lines), (before) => {
        expect(removeLines(add(before))).toBe(before);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is added once, however often', () => {
    const once = add('export A=1');
    expect(addLine(once, command)).toEqual({ text: once, found: 'same' });
  });

  it('keeps the line ends of the file', () => {
    expect(add('a\r\nb\r\n')).toMatch(/>>>\r\n$/);
    expect(add('a\nb\n')).toMatch(/[^\r]\n$/);
  });

  it.each(['export A=1 \\\n', 'export A=1 \\'])('is a command of its own after %j', (before) => {
    expect(add(before)).toMatch(/\n\nif/);
  });

  it('is renewed in its place when the program has moved', () => {
    const moved = addLine(`${addLine('a\n', other).text}b\n`, command);
    expect(moved.found).toBe('other');
    expect(moved.text).toBe(`${add('a\n')}b\n`);
  });

  it('is left alone when the person has commented it out', () => {
    const off = add('a\n').replace('if [', '# if [');
    expect(addLine(off, command)).toEqual({ text: off, found: 'off' });
    expect(removeLines(off)).toBe('a\n');
  });

  it.each([
    ['something was written after it', (text: string) => `${text}b\n`, 'a\nb\n'],
    ['something was written before it', (text: string) => `x\n${text}`, 'x\na'],
    ['an editor turned the line ends', (text: string) => text.replaceAll('\n', '\r\n'), 'a'],
    ['an editor took the final newline', (text: string) => text.trimEnd(), 'a'],
    ['it stands there twice', (text: string) => text + text.slice(2), 'a'],
  ])('goes, and nothing else goes, when %s', (_, edit, wanted) => {
    expect(removeLines(edit(add('a')))).toBe(wanted);
  });

  it.each([
    ['within an if of its own', 'if true; then\n\t# pip\n\tOURS\nfi\n', 'if true; then\n\t# pip\n\t:\nfi\n'],
    ['within a function', 'f() {\n  OURS\n}\n', 'f() {\n  :\n}\n'],
    ['within a loop', 'while false; do\n\n  OURS\ndone\n', 'while false; do\n\n  :\ndone\n'],
    ['as the other case', 'if a; then b; else\n  OURS\nfi\n', 'if a; then b; else\n  :\nfi\n'],
    ['with Windows line ends', 'if a; then\r\n  OURS\r\nfi\r\n', 'if a; then\r\n  :\r\nfi\r\n'],
    ['among other commands', 'if a; then\n  b\n  OURS\nfi\n', 'if a; then\n  b\nfi\n'],
    ['in a case', 'case $- in\n*i*)\n  OURS\n  ;;\nesac\n', 'case $- in\n*i*)\n  ;;\nesac\n'],
    ['behind a condition', '[ -t 0 ] && OURS\nb\n', '[ -t 0 ] && :\nb\n'],
    ['behind another command', 'a; OURS\nb\n', 'a; :\nb\n'],
    ['commented out', 'if a; then\n  b\n  # OURS\nfi\n', 'if a; then\n  b\nfi\n'],
  ])('leaves what the person built around it a file that shells can read: %s', (_, built, wanted) => {
    const line = add('').trimEnd();
    expect(removeLines(built.replace('OURS', line))).toBe(wanted);
  });

  it('does not take a file with it that holds something by now', () => {
    expect(removeLines(`${add(undefined)}export MINE=1\n`)).toBe('export MINE=1\n');
  });
});
