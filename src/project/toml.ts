import { parse, TomlError } from 'smol-toml';
import type { ProjectTool } from '../types.ts';

/** What a pyproject.toml says that matters here. A bundle of its own: loaded only where there is such a file. */
export interface ProjectText {
  /** The tools that keep its dependencies, as far as their tables tell. */
  readonly tools: readonly ProjectTool['id'][];
  /** `requires-python` (PEP 621), or Poetry's `python` among the dependencies. */
  readonly requiresPython?: string;
}

/**
 * Tables that configure a build backend, publishing or a version alone do not say that the tool of the same name keeps
 * the dependencies: hatchling, pdm-backend, poetry-core and uv_build are used under any tool.
 */
const backendOnly: Readonly<Record<'uv' | 'poetry' | 'pdm' | 'pixi' | 'hatch', readonly string[]>> = {
  uv: ['build-backend'],
  poetry: ['packages', 'include', 'exclude', 'version', 'build', 'scripts', 'requires-poetry'],
  pdm: ['build', 'version'],
  pixi: [],
  hatch: ['build', 'version', 'metadata', 'publish'],
};

/** Reads a pyproject.toml; undefined when it is not valid TOML. */
export function readProjectText(text: string): ProjectText | undefined {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    return undefined;
  }
  const tool = table(document, 'tool');
  const tools = (['uv', 'poetry', 'pdm', 'pixi', 'hatch'] as const).filter((id) => {
    const keys = Object.keys(table(tool, id) ?? {});
    return keys.some((key) => !backendOnly[id].includes(key));
  });
  const requires =
    string(table(document, 'project'), 'requires-python') ??
    string(table(table(tool, 'poetry'), 'dependencies'), 'python');
  return { tools, ...(requires === undefined ? {} : { requiresPython: requires }) };
}

/** A TOML document, or what is wrong with it as a clause that follows its name. */
export type Document =
  | { readonly ok: true; readonly table: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: string };

/** Reads a TOML file of ours, or of `path` the table in it: `['tool', 'pip-detour']`; an absent table is empty. */
export function readDocument(text: string, path: readonly string[] = []): Document {
  try {
    let found: unknown = parse(text);
    for (const key of path) found = entry(found, key) ?? {};
    if (typeof found === 'object' && found !== null && !Array.isArray(found))
      return { ok: true, table: Object.fromEntries(Object.entries(found)) };
    return { ok: false, problem: `has a ${path.join('.')} that is not a table` };
  } catch (thrown) {
    // Its message ends in an excerpt, which is somebody's text; the place and the first line are enough.
    if (thrown instanceof TomlError)
      return {
        ok: false,
        problem: `is not valid TOML: line ${thrown.line}, ${thrown.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')}`,
      };
    return { ok: false, problem: 'is not valid TOML that can be read' };
  }
}

function entry(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, key) ? Reflect.get(of, key) : undefined;
}

function table(of: unknown, key: string): object | undefined {
  const value = entry(of, key);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function string(of: unknown, key: string): string | undefined {
  const value = entry(of, key);
  return typeof value === 'string' ? value : undefined;
}
