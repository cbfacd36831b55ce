import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { statOf } from '../system/ownership.ts';
import { redirection } from './redirection.ts';

/** Names an environment of ours goes by, in the order they are looked for. */
export const environmentNames = ['.venv', 'venv'] as const;

/** The same with those that people and tutorials use: each makes what lies below it a part of its project. */
export const usualNames: readonly string[] = [
  ...environmentNames,
  'env',
  'ENV',
  '.env',
  'virtualenv',
  '.virtualenv',
];

/** A directory of more entries than this is no project's root: under other names nothing is looked for in it. */
const mostEntries = 500;

/** What somebody, or a repair of ours, has put aside: `.venv.before-3.13`, `.venv.old`, `venv-backup`. */
const putAside = /\.before-|\.pip-detour-|[._-](old|orig|bak|backup|broken|save)$|~$/;

/** Whether this is an environment (PEP 405). */
export function isEnvironment(path: string): boolean {
  return existsSync(join(path, 'pyvenv.cfg'));
}

/** The same, or a file that leads to one (PEP 832, a draft): under a name that we look for ourselves. */
export function isNamedEnvironment(path: string): boolean {
  if (isEnvironment(path)) return true;
  const target = redirection(path);
  return target !== undefined && isEnvironment(target);
}

/**
 * The names of the environments that lie directly in a directory, the usual ones first: whatever holds a `pyvenv.cfg` and
 * a `bin/python`, be it dangling (a repository of tests has the one alone), but for what was put aside.
 */
export function environmentsIn(directory: string): string[] {
  const entries = entriesOf(directory);
  if (entries === undefined) return usualNames.filter((name) => isEnvironment(join(directory, name)));
  // By the names that are there: where case is not told apart `env` and `ENV` would be two.
  const usual = usualNames.filter((name) => entries.includes(name));
  const other = entries.length > mostEntries ? [] : entries.filter((name) => !usual.includes(name)).sort();
  return [
    ...usual.filter((name) => isEnvironment(join(directory, name))),
    ...other.filter((name) => !putAside.test(name) && isWhole(join(directory, name))),
  ];
}

function isWhole(path: string): boolean {
  return isEnvironment(path) && statOf(join(path, 'bin/python'), false) !== undefined;
}

/** The names of what may be directories; undefined where nobody may list them. */
function entriesOf(directory: string): string[] | undefined {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => !entry.isFile())
      .map(({ name }) => name);
  } catch {
    return undefined;
  }
}
