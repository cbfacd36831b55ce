import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/settings/kinds.ts';
import { CannotEdit, edited } from '../../src/settings/toml-edit.ts';

const table = ['tool', 'pip-detour'];

describe('a value is set in a pyproject.toml, and everything else stays as it was', () => {
  it.each<[string, string, string]>([
    [
      'no table yet',
      '[project]\nname = "x" # n\n',
      '[project]\nname = "x" # n\n\n[tool.pip-detour]\ndetour = "venv"\n',
    ],
    ['an empty file', '', '[tool.pip-detour]\ndetour = "venv"\n'],
    ['nothing but a byte-order mark', '\ufeff', '\ufeff[tool.pip-detour]\ndetour = "venv"\n'],
    [
      'a byte-order mark before it all',
      '\ufeff[tool.pip-detour]\n# ours\n',
      '\ufeff[tool.pip-detour]\ndetour = "venv"\n# ours\n',
    ],
    [
      'no newline at the end',
      '[project]\nname = "x"',
      '[project]\nname = "x"\n\n[tool.pip-detour]\ndetour = "venv"\n',
    ],
    [
      'a table with other keys, comments and an indent',
      '[tool.pip-detour] # ours\n  hint = false # quiet\n\n# next\n[tool.z]\n',
      '[tool.pip-detour] # ours\n  hint = false # quiet\n  detour = "venv"\n\n# next\n[tool.z]\n',
    ],
    [
      'a table without keys',
      '[tool.pip-detour] # ours\n[tool.z]\n',
      '[tool.pip-detour] # ours\ndetour = "venv"\n[tool.z]\n',
    ],
    [
      'another value',
      "[tool.pip-detour]\n  detour   =  'pipx'   # why\n",
      '[tool.pip-detour]\n  detour   =  "venv"   # why\n',
    ],
    [
      'the key in quotes',
      '[tool."pip-detour"]\n"detour" = "pipx"\n',
      '[tool."pip-detour"]\n"detour" = "venv"\n',
    ],
    [
      'dotted keys at the top',
      'tool.pip-detour.hint = true\n[project]\n',
      'tool.pip-detour.hint = true\ntool.pip-detour.detour = "venv"\n[project]\n',
    ],
    [
      'dotted keys in [tool]',
      "[tool]\n 'pip-detour' . hint=true\n",
      "[tool]\n 'pip-detour' . hint=true\n 'pip-detour' . detour = \"venv\"\n",
    ],
    [
      'an inline table',
      '[tool]\npip-detour = { hint = true } # c\n',
      '[tool]\npip-detour = { hint = true, detour = "venv" } # c\n',
    ],
    ['an empty inline table', '[tool]\npip-detour = {}\n', '[tool]\npip-detour = { detour = "venv" }\n'],
    [
      'an inline table further up',
      'tool = { black = { x = 1 } }\n',
      'tool = { black = { x = 1 }, pip-detour.detour = "venv" }\n',
    ],
    [
      'Windows line ends',
      '[tool.pip-detour]\r\nhint = true\r\n[z]\r\n',
      '[tool.pip-detour]\r\nhint = true\r\ndetour = "venv"\r\n[z]\r\n',
    ],
    [
      'arrays of tables around it',
      '[[a]]\nb = 1\n[[a]]\nb = 2\n',
      '[[a]]\nb = 1\n[[a]]\nb = 2\n\n[tool.pip-detour]\ndetour = "venv"\n',
    ],
  ])('%s', (_, before, after) => {
    expect(edited(before, table, 'detour', 'venv')).toBe(after);
  });

  it.each<[string, string, string]>([
    [
      'a key of its own line, with the comment beside it',
      '[tool.pip-detour]\ndetour = "venv" # c\n# d\n',
      '[tool.pip-detour]\n# d\n',
    ],
    [
      'a list over several lines',
      '[tool.pip-detour]\ndetour = [\n  1, # c\n]\nhint = true\n',
      '[tool.pip-detour]\nhint = true\n',
    ],
    ['a dotted key', 'tool.pip-detour.detour = "venv"\n', ''],
    [
      'the first of an inline table',
      '[tool]\npip-detour = { detour = 1, hint = true }\n',
      '[tool]\npip-detour = { hint = true }\n',
    ],
    [
      'the last of an inline table',
      '[tool]\npip-detour = { hint = true, detour = 1 }\n',
      '[tool]\npip-detour = { hint = true }\n',
    ],
    ['the only one of an inline table', '[tool]\npip-detour = {detour = 1}\n', '[tool]\npip-detour = {}\n'],
    ['the last line without a newline', '[tool.pip-detour]\ndetour = 1', '[tool.pip-detour]\n'],
    ['what is not there', '[tool.z]\ndetour = 1\n', '[tool.z]\ndetour = 1\n'],
  ])('and taken out again: %s', (_, before, after) => {
    expect(edited(before, table, 'detour', undefined)).toBe(after);
  });

  it.each<[string, string, string]>([
    ['an empty file', '', 'hint = true\n'],
    ['comments only', '# ours\n', '# ours\nhint = true\n'],
    ['after the last key', 'a = 1\n\n# end\n', 'a = 1\nhint = true\n\n# end\n'],
    ['before tables', '[x]\ny = 1\n', 'hint = true\n\n[x]\ny = 1\n'],
  ])('in a file that is ours alone: %s', (_, before, after) => {
    expect(edited(before, [], 'hint', true)).toBe(after);
  });

  it.each([
    ['no TOML', '[tool\n'],
    ['the table is a number', '[tool]\npip-detour = 1\n'],
    ['the table is an array of tables', '[[tool.pip-detour]]\nx = 1\n'],
    ['the key twice', '[tool.pip-detour]\nx = 1\nx = 2\n'],
  ])('%s: an error, and nothing made up', (_, text) => {
    expect(() => edited(text, table, 'detour', 'venv')).toThrow(CannotEdit);
  });
});

/** Documents as people write them: comments, blank lines, indents, both line ends, every way to write our table. */
const newline = fc.constantFrom('\n', '\r\n');
const value = fc.constantFrom(
  '1',
  '"x # y"',
  "'l'",
  'true',
  '[1, 2]',
  '["a",\n  "b", # c\n]',
  '{ a = 1 }',
  '1979-05-27',
  '"""a\nb"""',
);
const comment = fc.constantFrom('', ' # why', '\t#');
const line = fc.tuple(fc.constantFrom('', '  ', '\t'), value, comment);
const filler = fc.constantFrom('', '# a remark', '   ', '#detour = 1');
const ours = ['detour', 'hint', 'forbid'];

function lines(
  keys: readonly string[],
  drawn: readonly (readonly [string, string, string])[],
  before = '',
): string[] {
  return drawn.map(([indent, text, end], at) => `${indent}${before}${keys[at]} = ${text}${end}`);
}

const someOfOurs = fc
  .subarray(ours)
  .chain((keys) => fc.tuple(fc.constant(keys), fc.array(line, { minLength: 3, maxLength: 3 })));
const ourTable = fc.oneof(
  fc.constant({ top: [''], bottom: [''] }),
  someOfOurs.map(([keys, drawn]) => ({
    top: [],
    bottom: ['[tool.pip-detour]', ...lines(keys, drawn.slice(0, keys.length))],
  })),
  someOfOurs.map(([keys, drawn]) => ({
    top: [],
    bottom: ['[ tool . "pip-detour" ] # ours', '', ...lines(keys, drawn.slice(0, keys.length))],
  })),
  someOfOurs.map(([keys, drawn]) => ({
    top: lines(keys, drawn.slice(0, keys.length), 'tool.pip-detour.'),
    bottom: [],
  })),
  fc.subarray(ours).map((keys) => ({
    top: [],
    bottom: ['[tool]', `pip-detour = { ${keys.map((key) => `${key} = 1`).join(', ')} }`],
  })),
);
const documents = fc
  .tuple(
    fc.array(filler, { maxLength: 3 }),
    fc.array(line, { maxLength: 3 }),
    ourTable,
    fc.array(line, { maxLength: 3 }),
    fc.array(filler, { maxLength: 2 }),
    newline,
    fc.boolean(),
  )
  .map(([before, top, { top: ourTop, bottom }, other, after, end, last]) => {
    const whole = [
      ...before,
      ...lines(['a', 'b', 'c'], top),
      ...ourTop,
      '[project]',
      ...lines(['name', 'version', 'x'], other),
      ...bottom,
      ...after,
      '[[tool.z]]',
      ...lines(['name', 'version', 'x'], other),
    ].join('\n');
    return (last ? `${whole}\n` : whole).replaceAll('\n', end);
  });

const given = fc.oneof<fc.Arbitrary<Value>[]>(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.integer(),
  fc.array(fc.string(), { maxLength: 3 }),
);

describe('whatever the document looks like', () => {
  it('what is set is read back, and the lines that were there are still there, in their order', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(...ours, 'installer'), given, (text, name, wanted) => {
        const after = edited(text, table, name, wanted);
        expect(Reflect.get(inside(after), name)).toEqual(wanted);
        const had = Object.hasOwn(inside(text), name);
        // An inline table is one line, which then must change.
        const kept = text.split('\n').filter((line) => !line.startsWith('pip-detour = {'));
        if (!had) expect(isWithin(kept, after.split('\n'))).toBe(true);
        const again = edited(after, table, name, undefined);
        if (!had) expect(isWithin(kept, again.split('\n'))).toBe(true);
        const rest = { ...inside(text) };
        Reflect.deleteProperty(rest, name);
        expect(JSON.stringify(inside(again))).toBe(JSON.stringify(rest));
      }),
      { numRuns: 1500 },
    );
  });

  it('setting one value changes no byte outside it', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(...ours), given, (text, name, wanted) => {
        fc.pre(Object.hasOwn(inside(text), name));
        const after = edited(text, table, name, wanted);
        const start = common(text, after);
        const end = common(
          [...text.slice(start)].reverse().join(''),
          [...after.slice(start)].reverse().join(''),
        );
        const [gone, come] = [text.slice(start, text.length - end), after.slice(start, after.length - end)];
        // What differs lies within one value: no comment, no key, no header of another line is in it.
        expect(gone.length).toBeLessThanOrEqual(40);
        expect(come.length).toBeLessThanOrEqual(JSON.stringify(wanted).length * 6 + 2);
      }),
      { numRuns: 500 },
    );
  });
});

/** Our table of a document; empty where there is none. */
function inside(text: string): object {
  const found: unknown = Reflect.get(Object(Reflect.get(parse(text), 'tool') ?? {}), 'pip-detour');
  return Object(found ?? {});
}

/** Whether every line is found in the other list, in the same order. A missing end of the last line may be added. */
function isWithin(lines: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const [index, wanted] of lines.entries()) {
    const isLast = index === lines.length - 1;
    while (at < all.length && all[at] !== wanted && !(isLast && all[at]?.trimEnd() === wanted)) at += 1;
    if (at === all.length) return isLast && wanted === '';
    at += 1;
  }
  return true;
}

function common(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}
