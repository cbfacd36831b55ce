import { isDeepStrictEqual } from 'node:util';
import type { AST } from 'toml-eslint-parser';

/** What stands where in the text of a TOML document. */

/** A line of a table, or a table. */
export type Node = AST.TOMLKeyValue | AST.TOMLTable;

/** A key and its value, with the whole path of the key and what holds it. */
export interface Entry {
  readonly node: AST.TOMLKeyValue;
  readonly path: readonly string[];
  readonly holder: AST.TOMLTable | AST.TOMLInlineTable | undefined;
}

function keysOf({ keys }: AST.TOMLKey): string[] {
  return keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}

/** Every key there is outside arrays, in the order of the text, those in inline tables after the key that holds them. */
export function entries(body: readonly Node[]): Entry[] {
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

/** Whether two paths are the same. */
export const same = (a: readonly string[], b: readonly string[]) => isDeepStrictEqual(a, b);

/** Whether a path leads to something below another. */
export const begins = (path: readonly string[], start: readonly string[]) =>
  path.length > start.length && same(path.slice(0, start.length), start);

/** The text with something else from one place to another. */
export function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}
