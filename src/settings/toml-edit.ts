import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { type AST, parseTOML } from 'toml-eslint-parser';
import type { Value } from './kinds.ts';

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

type Node = AST.TOMLKeyValue | AST.TOMLTable;

/** A key and its value, with the whole path of the key and what holds it. */
interface Entry {
  readonly node: AST.TOMLKeyValue;
  readonly path: readonly string[];
  readonly holder: AST.TOMLTable | AST.TOMLInlineTable | undefined;
}

function keysOf({ keys }: AST.TOMLKey): string[] {
  return keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}

/** Every key there is outside arrays, in the order of the text, those in inline tables after the key that holds them. */
function entries(body: readonly Node[]): Entry[] {
  return body.flatMap((node) => {
    if (node.type === 'TOMLKeyValue') return entry(node, [], undefined);
    const at = node.resolvedKey;
    if (node.kind === 'array' || !at.every((key) => typeof key === 'string')) return [];
    return node.body.flatMap((inner) => entry(inner, at.map(String), node));
  });
}

function entry(
  node: AST.TOMLKeyValue,
  at: readonly string[],
  holder: AST.TOMLTable | AST.TOMLInlineTable | undefined,
): Entry[] {
  const path = [...at, ...keysOf(node.key)];
  const { value } = node;
  const inner =
    value.type === 'TOMLInlineTable' ? value.body.flatMap((below) => entry(below, path, value)) : [];
  return [{ node, path, holder }, ...inner];
}

const same = (a: readonly string[], b: readonly string[]) => isDeepStrictEqual(a, b);
const begins = (path: readonly string[], start: readonly string[]) =>
  path.length > start.length && same(path.slice(0, start.length), start);

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function withValue(
  text: string,
  body: readonly Node[],
  path: readonly string[],
  name: string,
  value: Value,
): string {
  const all = entries(body);
  const there = all.find((entry) => same(entry.path, [...path, name]));
  const written = toToml(value);
  if (there !== undefined) return splice(text, ...there.node.value.range, written);
  const line = `${name} = ${written}`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return (
    inInlineTable(text, all, path, line) ??
    inTable(text, body, path, line, newline) ??
    besideDotted(text, all, path, line, newline) ??
    (path.length === 0 ? atTop(text, body, line, newline) : atEnd(text, path, line, newline))
  );
}

/** `pip-detour = { … }`, or a table further up that is written so. */
function inInlineTable(
  text: string,
  all: readonly Entry[],
  path: readonly string[],
  line: string,
): string | undefined {
  const within = all.filter(
    (entry) =>
      entry.node.value.type === 'TOMLInlineTable' && (same(entry.path, path) || begins(path, entry.path)),
  );
  const deepest = within.at(-1);
  if (deepest === undefined || deepest.node.value.type !== 'TOMLInlineTable') return undefined;
  const table = deepest.node.value;
  const dotted = [...path.slice(deepest.path.length).map(bare), line].join('.');
  const last = table.body.at(-1);
  if (last === undefined) return splice(text, ...table.range, `{ ${dotted} }`);
  return splice(text, last.range[1], last.range[1], `, ${dotted}`);
}

/** After the last line of the table `[tool.pip-detour]`. */
function inTable(
  text: string,
  body: readonly Node[],
  path: readonly string[],
  line: string,
  newline: string,
): string | undefined {
  const table = body.find(
    (node): node is AST.TOMLTable =>
      node.type === 'TOMLTable' && node.kind === 'standard' && same(node.resolvedKey.map(String), path),
  );
  if (table === undefined) return undefined;
  const last = table.body.at(-1);
  const after = last ?? table.key;
  const indent = last === undefined ? '' : indentOf(text, last.range[0]);
  return insertAfterLine(text, after.range[1], indent + line, newline);
}

/** After the last of `tool.pip-detour.x = …`, in the same words. */
function besideDotted(
  text: string,
  all: readonly Entry[],
  path: readonly string[],
  line: string,
  newline: string,
): string | undefined {
  const last = all.findLast(
    ({ path: whole, node, holder }) =>
      begins(whole, path) &&
      holder?.type !== 'TOMLInlineTable' &&
      node.key.keys.length > whole.length - path.length,
  );
  if (last === undefined) return undefined;
  const { node } = last;
  const next = node.key.keys[node.key.keys.length - (last.path.length - path.length)];
  if (next === undefined) return undefined;
  const start = text.slice(node.range[0], next.range[0]);
  return insertAfterLine(text, node.range[1], indentOf(text, node.range[0]) + start + line, newline);
}

/** Our own file: after the last key that stands before any table. */
function atTop(text: string, body: readonly Node[], line: string, newline: string): string {
  const last = body.filter((node) => node.type === 'TOMLKeyValue').at(-1);
  if (last !== undefined) return insertAfterLine(text, last.range[1], line, newline);
  if (body.length === 0)
    return `${text}${text === '' || text.endsWith('\n') ? '' : newline}${line}${newline}`;
  return splice(text, 0, 0, `${line}${newline}${newline}`);
}

/** A table of its own, at the end. */
function atEnd(text: string, path: readonly string[], line: string, newline: string): string {
  const gap = text.trim() === '' || /\n\r?\n$/.test(text) ? '' : newline;
  const end = text === '' || text.endsWith('\n') ? gap : newline + gap;
  return `${text}${end}[${path.map(bare).join('.')}]${newline}${line}${newline}`;
}

function insertAfterLine(text: string, at: number, line: string, newline: string): string {
  const end = text.indexOf('\n', at);
  if (end === -1) return `${text}${newline}${line}${newline}`;
  return splice(text, end + 1, end + 1, line + newline);
}

function indentOf(text: string, at: number): string {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(before) ? before : '';
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

/** JSON's strings are TOML's, but for DEL, which TOML wants escaped (TOML 1.0.0, "String"). */
function toToml(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(toToml).join(', ')}]`;
  return typeof value === 'string' ? JSON.stringify(value).replaceAll('\u007f', '\\u007f') : String(value);
}

function bare(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}
