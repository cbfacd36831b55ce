import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { headIn, longestPlain, prefixOf } from '../place/command-head.ts';
import { quote, quoteCsh, quoteFish, quoteInPython, spellings } from '../system/quote.ts';
import type { Relocation } from './relocation.ts';

/*
 * What the files of an environment say once it lies elsewhere: each a function from what stands there to what should,
 * pure but for `moved`. What names no old place comes back as it is.
 */

/** A command's first lines, so that it is run by the Python of `to`; undefined where it is not one of the old place's. */
export function repairedHead(bytes: Buffer, from: readonly string[], to: string): Buffer | undefined {
  const head = headIn(bytes.toString('latin1', 0, 8192));
  const place = head === undefined ? undefined : prefixOf(head);
  if (head === undefined || place === undefined || !from.includes(place)) return undefined;
  const python = `${to}/bin/${basename(head.python)}`;
  const options = head.options === '' ? '' : ` ${head.options}`;
  return Buffer.concat([Buffer.from(headOf(python, options)), bytes.subarray(head.length)]);
}

function headOf(python: string, options: string): string {
  const plain = `#!${python}${options}\n`;
  if (!/\s/.test(python) && Buffer.byteLength(plain) <= longestPlain) return plain;
  // A backslash means something else to Python, which reads these lines as a string: found by where it lies, as uv has it.
  const word = python.includes('\\')
    ? `"$(dirname -- "$(realpath -- "$0")")"/${quoteInPython(basename(python))}`
    : quoteInPython(python);
  return `#!/bin/sh\n'''exec' ${word}${options} "$0" "$@"\n' '''\n`;
}

/** How a path is written where a script of that name (`activate.csh`) expects one word; undefined: only as it is. */
function quoterFor(name: string): ((path: string) => string) | undefined {
  if (name === 'activate' || name === 'activate.sh') return quote;
  if (name.endsWith('.csh')) return quoteCsh;
  if (name.endsWith('.fish')) return quoteFish;
  return undefined;
}

/** Nothing in it means anything to a shell, with or without quotes. */
const isPlain = (path: string) => /^[A-Za-z0-9_@%+=,./-]+$/.test(path);

/** A script that a shell reads, `name` in `bin/`: every old place in it is `to` now, in the quotes of that shell. */
export function repairedScript(text: string, name: string, from: readonly string[], to: string): string {
  const asWord = quoterFor(name);
  const forms = longestFirst(from.flatMap(spellings)).map(literally).join('|');
  const word = new RegExp(`(${forms})|${anywhere(from)}([\\s;)]|$)?`, 'g');
  return text.replace(word, (whole: string, quoted: string | undefined, end: string | undefined) => {
    if (quoted !== undefined) return asWord?.(to) ?? (isPlain(to) ? `${quoted[0]}${to}${quoted[0]}` : whole);
    if (isPlain(to)) return `${to}${end ?? ''}`;
    return end === undefined || asWord === undefined ? whole : `${asWord(to)}${end}`;
  });
}

/** Whether a text still names a path in one of these places. */
export function names(text: string, places: readonly string[]): boolean {
  return new RegExp(anywhere(places)).test(text);
}

/** The source of a pattern for these paths, whatever stands below them. */
function anywhere(places: readonly string[]): string {
  return `(?<![\\w./-])(?:${longestFirst(places).map(literally).join('|')})(?![\\w.-])`;
}

function longestFirst(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => b.length - a.length);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `pyvenv.cfg` with the new place; its line on how the environment was made (`command`) is only for people to read. */
export function repairedSettings(text: string, from: readonly string[], to: string): string {
  return /[\r\n]/.test(to) ? text : text.replace(new RegExp(anywhere(from), 'g'), () => to);
}

/** A `.pth` or `.egg-link` file: a path on each line, code where a line begins with `import`. */
export function repairedPaths(text: string, moved: Relocation): string {
  return text
    .split('\n')
    .map((line) => {
      const path = line.trimEnd();
      const now = path.startsWith('/') ? moved(path) : undefined;
      return now === undefined || /[\r\n]/.test(now) ? line : now + line.slice(path.length);
    })
    .join('\n');
}

/** Python's code, repaired: a path that is the whole of a string. */
export function repairedCode(text: string, moved: Relocation): string {
  return text.replace(
    /(?<![A-Za-z0-9_'"])(['"])(\/(?:(?!\1)[^\\\n])*)\1(?!['"])/g,
    (whole, _, path: string) => {
      const now = moved(path);
      return now === undefined ? whole : inPython(now);
    },
  );
}

/** A string of Python's; JSON's escapes are among its own. */
function inPython(text: string): string {
  return JSON.stringify(text);
}

/** A JSON file that names a path, or a `file:` URL, anywhere in it: `direct_url.json`, a kernel's `kernel.json`. */
export function repairedJson(text: string, moved: Relocation): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, (whole) => {
    const value: unknown = JSON.parse(whole);
    const now = typeof value === 'string' ? movedPath(value, moved) : undefined;
    return now === undefined ? whole : JSON.stringify(now);
  });
}

function movedPath(value: string, moved: Relocation): string | undefined {
  if (value.startsWith('/')) return moved(value);
  if (!value.startsWith('file:///')) return undefined;
  try {
    const now = moved(fileURLToPath(value));
    return now === undefined ? undefined : pathToFileURL(now).href;
  } catch {
    return undefined;
  }
}
