import type { AST } from 'toml-eslint-parser';
import type { Value } from './kinds.ts';
import { begins, type Entry, entries, type Node, same, splice } from './toml-entries.ts';

/** The text with a value. One that it does not have yet is put where a person would look for it, in the words of its neighbours. */
export function withValue(
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

/** JSON's strings are TOML's, but for DEL, which TOML wants escaped (TOML 1.0.0, "String"). */
function toToml(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(toToml).join(', ')}]`;
  return typeof value === 'string' ? JSON.stringify(value).replaceAll('\u007f', '\\u007f') : String(value);
}

function bare(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}
