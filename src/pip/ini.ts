/** Python's `str.strip()`: not quite the blanks that JavaScript's `trim` takes. */
const blanks = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const atEnds = new RegExp(`^${blanks}+|(?<!${blanks})${blanks}+$`, 'g');
const atEnd = new RegExp(`(?<!${blanks})${blanks}+$`);
const leading = new RegExp(`^${blanks}*`);

/** Python's `str.strip()`. */
function stripAsPython(text: string): string {
  return text.replace(atEnds, '');
}

/** Sections with their keys, `[DEFAULT]` already laid under each; or why Python would not read the file. */
export type Ini =
  | { readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>> }
  | { readonly wrong: 'duplicate' | 'unparsable' };

/**
 * Reads text as Python's `configparser.RawConfigParser()` does (Lib/configparser.py, `_read`): strict, full-line comments
 * only, continuation lines by indentation, no interpolation. `key` normalises option names.
 */
export function parseIni(text: string, key: (name: string) => string): Ini {
  const defaults = new Map<string, string[]>();
  const sections = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | undefined;
  let sectionName = '';
  let value: string[] | undefined;
  let indent = 0;
  let unparsable = false;
  const seen = new Set<string>();

  for (const line of text.split(/\r\n|\r|\n/)) {
    const clean = stripAsPython(line);
    if (clean.startsWith('#') || clean.startsWith(';')) continue;
    if (clean === '') {
      value?.push('');
      continue;
    }
    const column = leading.exec(line)?.[0].length ?? 0;
    if (value !== undefined && column > indent) {
      value.push(clean);
      continue;
    }
    indent = column;
    const header = /^\[(.+)\]/.exec(clean)?.[1];
    if (header !== undefined) {
      value = undefined;
      sectionName = header;
      section = header === 'DEFAULT' ? defaults : sections.get(header);
      if (header !== 'DEFAULT' && section !== undefined) return { wrong: 'duplicate' };
      section ??= new Map();
      if (header !== 'DEFAULT') sections.set(header, section);
      continue;
    }
    if (section === undefined) return { wrong: 'unparsable' };
    // Searched, not matched: a pattern with blanks on both sides of `=` takes hours over a long line of blanks.
    const delimiter = clean.search(/[=:]/);
    if (delimiter === -1) {
      unparsable = true;
      continue;
    }
    const written = stripAsPython(clean.slice(0, delimiter));
    if (written === '') unparsable = true;
    const name = key(written);
    const id = `${sectionName}\n${name}`;
    if (seen.has(id)) return { wrong: 'duplicate' };
    seen.add(id);
    const started = [stripAsPython(clean.slice(delimiter + 1))];
    section.set(name, started);
    // An empty name takes no continuation lines.
    value = name === '' ? undefined : started;
  }
  if (unparsable) return { wrong: 'unparsable' };
  const joined = (lines: string[]) => lines.join('\n').replace(atEnd, '');
  const result = new Map<string, Map<string, string>>();
  for (const [name, options] of sections) {
    const merged = new Map<string, string>();
    for (const [option, lines] of [...defaults, ...options]) merged.set(option, joined(lines));
    result.set(name, merged);
  }
  return { sections: result };
}
