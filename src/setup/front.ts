import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listing } from '../system/listing.ts';
import { makeDirectories } from '../system/make-directories.ts';

/**
 * The front of a program that a package manager owns: a directory of links to it, in the place and the shape that install.sh
 * gives the program itself. What a person's setting up adds lies in there (the manifest, the Node that was written down,
 * shims for `pip3.N`), the rc line names it, and when the program goes every link leads nowhere and does nothing.
 */
export interface FrontPlan {
  readonly directory: string;
  readonly add: readonly FrontLink[];
  /** Links of an earlier version, to what there is no more. */
  readonly remove: readonly string[];
}

/** A link by its path in the front, and where it leads. */
export interface FrontLink {
  readonly path: string;
  readonly to: string;
}

/** What belongs to a place and not to the program. */
const own = new Set(['node', 'manifest.json', 'shims', 'cache']);
const shims = ['pip', 'pip-detour'];

/** Whether this is a directory of links, or none is there yet, as opposed to a program itself. */
export function mayBeFront(directory: string): boolean {
  const library = linkAt(join(directory, 'lib'));
  return library !== undefined || listing(directory).length === 0;
}

/** What it takes for `directory` to be a front of `program`. */
export function planFront(directory: string, program: string): FrontPlan {
  const wanted = [
    ...listing(program)
      .filter((name) => !own.has(name))
      .map((name) => ({ path: name, to: join(program, name) })),
    ...shims.map((name) => ({ path: `shims/${name}`, to: join(program, 'shims', name) })),
    { path: 'shims/pip3', to: 'pip' },
  ];
  const paths = new Set(wanted.map(({ path }) => path));
  return {
    directory,
    add: wanted.filter(({ path, to }) => linkAt(join(directory, path)) !== to),
    remove: listing(directory).filter(
      (name) => !paths.has(name) && linkAt(join(directory, name)) !== undefined,
    ),
  };
}

/** Makes it so; each link is there at every moment. True when that changed anything. */
export function carryOutFront({ directory, add, remove }: FrontPlan): boolean {
  if (add.length > 0) makeDirectories(join(directory, 'shims'));
  for (const { path, to } of add) {
    const fresh = join(directory, `${dirname(path)}/.new-${process.pid}`);
    rmSync(fresh, { force: true });
    symlinkSync(to, fresh);
    renameSync(fresh, join(directory, path));
  }
  for (const name of remove) rmSync(join(directory, name));
  return add.length + remove.length > 0;
}

/** Where a symbolic link leads; undefined for what is none. */
function linkAt(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}
