import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { type AST, parseTOML } from 'toml-eslint-parser';
import { inStyle, type Listed, listedBy, orderOf, type Recordable } from './style.ts';

/** The bundle that changes `dependencies` of a pyproject.toml (PEP 621): loaded only where there is one. */

/** A string of the array: its text, what project it names, and where it stands with its quotes. */
interface Element extends Partial<Listed> {
  readonly text: string;
  readonly range: readonly [number, number];
}

/** As `withLines` for a requirements file; undefined where it cannot be done without changing more. */
export function withDependencies(
  text: string,
  recordables: readonly Recordable[],
): { readonly text: string; readonly added: readonly string[] } | undefined {
  let now = text;
  const added: string[] = [];
  for (const one of recordables) {
    const found = arrayOf(now);
    if (found === undefined) return undefined;
    const listed = found.elements.flatMap(({ text, name }) => (name === undefined ? [] : [{ text, name }]));
    const line = inStyle(one, listed, '>=');
    now = withElement(now, found, line);
    added.push(line);
    if (!isChangedTo(text, now, (before) => [...before, ...added])) return undefined;
  }
  return { text: now, added };
}

/** As `withoutLines`. */
export function withoutDependencies(
  text: string,
  names: readonly string[],
): { readonly text: string; readonly removed: readonly string[] } | undefined {
  let now = text;
  const removed: string[] = [];
  for (;;) {
    const found = arrayOf(now);
    const at = found?.elements.findIndex(({ name }) => name !== undefined && names.includes(name)) ?? -1;
    if (found === undefined || at === -1) break;
    removed.push(found.elements[at]?.text ?? '');
    now = withoutElement(now, found, at);
  }
  const isRight = isChangedTo(text, now, (before) => before.filter((one) => !removed.includes(String(one))));
  return isRight ? { text: now, removed } : undefined;
}

interface Found {
  readonly range: readonly [number, number];
  readonly elements: readonly Element[];
}

function arrayOf(text: string): Found | undefined {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  let body: AST.TOMLTopLevelTable['body'];
  try {
    body = parseTOML(text.slice(mark)).body[0].body;
  } catch {
    return undefined;
  }
  const value = valueAt(body, ['project', 'dependencies']);
  if (value?.type !== 'TOMLArray') return undefined;
  const elements = value.elements.flatMap((element): Element[] => {
    if (element.type !== 'TOMLValue' || element.kind !== 'string' || element.multiline) return [];
    const { name } = listedBy(element.value) ?? {};
    const range = [element.range[0] + mark, element.range[1] + mark] as const;
    return [{ text: element.value, range, ...(name === undefined ? {} : { name }) }];
  });
  if (elements.length !== value.elements.length) return undefined;
  return { range: [value.range[0] + mark, value.range[1] + mark], elements };
}

function valueAt(
  body: AST.TOMLTopLevelTable['body'],
  path: readonly string[],
): AST.TOMLContentNode | undefined {
  for (const node of body) {
    const at = node.type === 'TOMLTable' && node.kind === 'standard' ? node.resolvedKey.map(String) : [];
    const pairs = node.type === 'TOMLTable' ? (node.kind === 'standard' ? node.body : []) : [node];
    for (const pair of pairs) {
      const keys = [...at, ...pair.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
      if (isDeepStrictEqual(keys, path)) return pair.value;
    }
  }
  return undefined;
}

function withElement(text: string, { range, elements }: Found, line: string): string {
  const quoted = quotedLike(text, elements.at(-1), line);
  const order = orderOf(elements.map((one) => one.text));
  const after =
    order === undefined ? elements.length - 1 : elements.findLastIndex((one) => order(one.text, line) <= 0);
  const [start, end] = range;
  const inner = text.slice(start + 1, end - 1);
  const isTall = inner.includes('\n');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const previous = elements[after];
  const first = elements[0];
  if (first === undefined) {
    if (!isTall) return splice(text, end - 1, quoted);
    const indent = /\n([ \t]*)$/.exec(text.slice(0, end - 1))?.[1] ?? '';
    return splice(text, end - 1 - indent.length, `${indent}    ${quoted},${eol}`);
  }
  if (previous === undefined) {
    const lead = isTall ? `,${eol}${indentAt(text, first.range[0])}` : ', ';
    return splice(text, first.range[0], `${quoted}${lead}`);
  }
  if (!isTall || text.slice(previous.range[1], elements[after + 1]?.range[0] ?? end).search('\n') === -1)
    return splice(text, previous.range[1], `, ${quoted}`);
  const comma = commaAfter(text, previous.range[1], end);
  const withComma = comma === undefined ? splice(text, previous.range[1], ',') : text;
  const lineEnd = withComma.indexOf('\n', (comma ?? previous.range[1]) + 1);
  const indent = indentAt(text, previous.range[0]);
  const at = withComma[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  return splice(withComma, at, `${eol}${indent}${quoted}${comma === undefined ? '' : ','}`);
}

function withoutElement(text: string, { range, elements }: Found, at: number): string {
  const [from, to] = elements[at]?.range ?? [0, 0];
  const end = range[1] - 1;
  const comma = commaAfter(text, to, end);
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const rest = comma === undefined ? to : comma + 1;
  const lineEnd = text.indexOf('\n', rest);
  const isAlone =
    text.slice(lineStart, from).trim() === '' && lineStart > range[0] && lineEnd !== -1 && lineEnd < end;
  // The comment behind it was about it.
  const isRest = /^[ \t]*(#[^\n]*)?\r?$/.test(text.slice(rest, lineEnd === -1 ? rest : lineEnd));
  let now =
    isAlone && isRest
      ? text.slice(0, lineStart) + text.slice(lineEnd + 1)
      : text.slice(0, from) + text.slice(rest).replace(/^[ \t]+(?!#)/, '');
  // The last one leaves the comma before it behind, which an array written without one did not have.
  const previous = elements[at - 1];
  if (comma === undefined && previous !== undefined) {
    const before = commaAfter(now, previous.range[1], now.length);
    if (before !== undefined) now = now.slice(0, before) + now.slice(before + 1);
    if (!isAlone)
      now = now.slice(0, previous.range[1]) + now.slice(previous.range[1]).replace(/^[ \t]+(?=\])/, '');
  }
  return now;
}

/** Where the comma after an element stands, past comments. */
function commaAfter(text: string, from: number, end: number): number | undefined {
  const gap = /^(?:[ \t\r\n]|#[^\n]*)*,/.exec(text.slice(from, end))?.[0];
  return gap === undefined ? undefined : from + gap.length - 1;
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
}

/** A basic string where a literal one could not hold it, or the others are. */
function quotedLike(text: string, like: Element | undefined, line: string): string {
  const quote = like === undefined ? '"' : text.charAt(like.range[0]);
  if (quote === "'" && !line.includes("'")) return `'${line}'`;
  return `"${line.replace(/[\\"]/g, '\\$&')}"`;
}

function splice(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at);
}

/** Whether the document means what it meant, but for this change of what is listed. */
function isChangedTo(
  before: string,
  after: string,
  change: (listed: readonly unknown[]) => readonly unknown[],
): boolean {
  try {
    const [was, is] = [parted(parse(before)), parted(parse(after))];
    const wanted = [...change(was.listed)].map(String).sort();
    return isDeepStrictEqual(wanted, is.listed.map(String).sort()) && isDeepStrictEqual(was.rest, is.rest);
  } catch {
    return false;
  }
}

/** `[project] dependencies`, and everything else. */
function parted(document: object): { readonly listed: readonly unknown[]; readonly rest: unknown } {
  const { project, ...others } = fieldsOf(document);
  const { dependencies, ...rest } = fieldsOf(project);
  return { listed: Array.isArray(dependencies) ? dependencies : [], rest: [others, rest] };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
