import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { type AST, parseTOML } from 'toml-eslint-parser';
import type { Value } from './kinds.ts';
import { entries, type Node, same, splice } from './toml-entries.ts';
import { withValue } from './toml-line.ts';

/** The file cannot be changed without changing more than was asked for. */
export class CannotEdit extends Error {
  override readonly name = 'CannotEdit';
}

/**
 * A TOML document with one value set (`undefined`: taken out), every other byte as it was. `path` names the table:
 * `['tool', 'pip-detour']`, or nothing for the top. What comes out is read again and compared before it is given.
 * @throws CannotEdit when the document is not valid TOML, or has something else in the place.
 */
export function edited(
  text: string,
  path: readonly string[],
  name: string,
  value: Value | undefined,
): string {
  const before = document(text);
  // toml-eslint-parser takes a byte-order mark for a character where nothing follows it.
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const rest = text.slice(mark.length);
  const body = nodes(rest);
  const after =
    mark + (value === undefined ? without(rest, body, path, name) : withValue(rest, body, path, name, value));
  const wanted = changed(before, [...path, name], value);
  // smol-toml is what reads the file later: whatever this made must mean exactly this to it.
  if (wanted === undefined || !isDeepStrictEqual(pruned(document(after), path), pruned(wanted, path)))
    throw new CannotEdit('it cannot be changed without changing other values');
  return after;
}

/** The two parsers do not take quite the same for TOML. */
function nodes(text: string): AST.TOMLTopLevelTable['body'] {
  try {
    return parseTOML(text).body[0].body;
  } catch {
    throw new CannotEdit('it is not valid TOML');
  }
}

function document(text: string): unknown {
  try {
    return plain(parse(text));
  } catch {
    throw new CannotEdit('it is not valid TOML');
  }
}

/** smol-toml's tables have no prototype, which would count as a difference. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function changed(of: unknown, path: readonly string[], value: Value | undefined): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (!(of instanceof Map)) return undefined;
  const result = new Map<unknown, unknown>(of);
  if (rest.length === 0 && value === undefined) result.delete(key);
  else result.set(key, changed(result.get(key) ?? new Map(), rest, value));
  return result;
}

/** Without the tables on the way to ours when they are empty: taking out `tool.x.y = 1` leaves no `tool` behind. */
function pruned(of: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !(of instanceof Map)) return of;
  const result = new Map<unknown, unknown>(of);
  const inner = pruned(result.get(key), rest);
  if (inner === undefined || (inner instanceof Map && inner.size === 0)) result.delete(key);
  else result.set(key, inner);
  return result;
}

function without(text: string, body: readonly Node[], path: readonly string[], name: string): string {
  const there = entries(body).find((entry) => same(entry.path, [...path, name]));
  if (there === undefined) return text;
  const { node, holder } = there;
  const [from, to] = node.range;
  if (holder?.type === 'TOMLInlineTable') return outOfInlineTable(text, holder, node);
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  return splice(text, start, end === -1 ? text.length : end + 1, '');
}

/** With the comma that parted it from its neighbour. */
function outOfInlineTable(text: string, table: AST.TOMLInlineTable, node: AST.TOMLKeyValue): string {
  const at = table.body.indexOf(node);
  const [next, previous] = [table.body[at + 1], table.body[at - 1]];
  if (next !== undefined) return splice(text, node.range[0], next.range[0], '');
  if (previous !== undefined) return splice(text, previous.range[1], node.range[1], '');
  return splice(text, ...node.range, '');
}
