import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { succeeds } from '../system/succeeds.ts';
import type { Traces } from '../types.ts';

/** Notes which of these traces are there now. The function it returns takes away those that have been added since. */
export function tidying(traces: readonly Traces[]): () => void {
  const found = () => traces.flatMap(pathsOf);
  const before = new Set(found());
  return () => {
    for (const path of found())
      if (!before.has(path)) succeeds(() => rmSync(path, { recursive: true, force: true }));
  };
}

function pathsOf({ directory, names }: Traces): string[] {
  const pattern = new RegExp(names);
  try {
    return readdirSync(directory)
      .filter((name) => pattern.test(name))
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
}
