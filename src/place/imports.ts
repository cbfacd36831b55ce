import { type Dirent, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isEnvironment } from '../project/environments.ts';
import { bytesOf } from '../system/text-file.ts';

/** Where to look for imports, and for which. */
export interface Sought {
  readonly root: string;
  /** Top-level modules. */
  readonly modules: readonly string[];
  /** The directories below `root` as well. */
  readonly deep: boolean;
}

/** An import that was found: the module, and the file it stands in, by its path below the root. */
export interface FoundImport {
  readonly module: string;
  readonly file: string;
}

/** How much is looked at, at most: what is not found by then would be found too late. */
const most = { files: 300, entries: 4_000, bytes: 256_000, depth: 5, seconds: 0.15 };

/** Where other people's sources lie. */
const passedOver = ['node_modules', '__pycache__', 'site-packages', 'dist-packages', 'build', 'dist'];

/** An `import` statement, at whatever depth; only what stands in a line of its own counts. */
const statement = /^[ \t]*(?:from[ \t]+([A-Za-z_]\w*)[\w.]*[ \t]+import\b|import[ \t]+([A-Za-z_][^\n#;]*))/gm;

/**
 * The first of these modules that a project's `*.py` files import, the files nearest to the root first; none that the
 * project has itself. The files are read as text, no more of them than `most` says; nothing of them is run.
 */
export function findImport({ root, modules, deep }: Sought): FoundImport | undefined {
  // Not performance.now(), for which Node loads modules of its own.
  const until = process.uptime() + most.seconds;
  let entries = 0;
  let files = 0;
  let level = [root];
  const own = ownModules(root);
  const wanted = modules.filter((module) => !own.has(module));
  for (let depth = 0; level.length > 0 && depth <= most.depth; depth += 1) {
    const below: string[] = [];
    for (const directory of level) {
      for (const entry of entriesOf(directory)) {
        entries += 1;
        if (entries > most.entries || files >= most.files || process.uptime() > until) return undefined;
        const path = join(directory, entry.name);
        if (entry.isDirectory() && deep && mayHoldSources(entry.name, path)) below.push(path);
        if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
        files += 1;
        const module = importedBy(path, wanted);
        if (module !== undefined) return { module, file: relative(root, path) };
      }
    }
    level = below;
  }
  return undefined;
}

function importedBy(file: string, modules: readonly string[]): string | undefined {
  const text = bytesOf(file, most.bytes)?.toString('utf8') ?? '';
  if (!modules.some((module) => text.includes(module))) return undefined;
  // What stands in a text of several lines, such as a docstring, is no statement.
  const code = text.replace(/("""|''')[\s\S]*?\1/g, '""');
  for (const [, from, list = ''] of code.matchAll(statement)) {
    const names = from === undefined ? list.split(',').map((part) => part.trim().split(/[\s.]/)[0]) : [from];
    const found = modules.find((module) => names.includes(module));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the project's own sources are imported as, from its root and from `src`. */
function ownModules(root: string): Set<string> {
  const names = [root, join(root, 'src')].flatMap((directory) =>
    entriesOf(directory)
      .filter((entry) => entry.isDirectory() || entry.name.endsWith('.py'))
      .map(({ name }) => name.replace(/\.py$/, '')),
  );
  return new Set(names);
}

function mayHoldSources(name: string, path: string): boolean {
  return !name.startsWith('.') && !passedOver.includes(name) && !isEnvironment(path);
}

/** Sorted, so that the same is found each time. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
