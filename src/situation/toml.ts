import { parse } from 'smol-toml';
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

/** Reads a pyproject.toml; undefined when it is no TOML. */
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
