import { isAbsolute } from 'node:path';
import { textOf } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';
import { readConfiguration } from './config.ts';
import { normalizeName } from './requirement.ts';

/**
 * Whether pip's files or variables limit this project (PEP 503): a file of constraints names it, or may. `prefix` and `pip`:
 * of the pip that reads them.
 */
export function limitedBySettings(
  project: string,
  environment: Environment,
  { prefix, pip }: { readonly prefix: string; readonly pip: string },
): boolean {
  const configuration = readConfiguration({ environment, prefix, basePrefix: prefix, pip, isolated: false });
  if (!('layers' in configuration)) return true;
  const files = configuration.layers.flatMap((layer) =>
    [':env:', 'install', 'global'].flatMap((section) =>
      (layer.get(`${section}.constraint`) ?? '').split(/\s+/).filter((file) => file !== ''),
    ),
  );
  return files.some((file) => mayLimit(file, project));
}

/** What cannot be read, or names further files, may say anything. */
function mayLimit(file: string, project: string): boolean {
  const text = isAbsolute(file) ? textOf(file) : undefined;
  if (text === undefined) return true;
  return text.split('\n').some((line) => {
    const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1];
    return /^\s*-/.test(line) || (name !== undefined && normalizeName(name) === project);
  });
}
