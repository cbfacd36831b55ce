import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../system/errors.ts';
import { listing } from '../system/listing.ts';
import { shortPath } from '../system/quote.ts';
import { readBytes, removeEmpty, removeFile, rewrite } from './files.ts';
import type { Manifest } from './manifest.ts';
import { hasLine, removeLines } from './rc-line.ts';

/** What uninstalling would take away, as data. */
export interface RemovalPlan {
  /** rc files with our line; `after` undefined removes the file, which was made for it and holds nothing else. */
  readonly edits: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string | undefined;
  }[];
  /** Whole directories that are ours: the program, memory, settings. */
  readonly trees: readonly string[];
  /** Removed when they are empty in the end. */
  readonly directories: readonly string[];
}

/** What is to be taken away, as far as it is there. */
export interface RemovalWishes {
  readonly manifest: Manifest;
  /** The rc files of every shell we know, besides those of the manifest. */
  readonly rcFiles: readonly string[];
  /** Directories to remove, those that are there. */
  readonly trees: readonly string[];
  /** The program directory, beside which a stopped installation may have left its workshop. */
  readonly program: string;
}

/** Reads what is there and decides; changes nothing. */
export function planRemoval(wishes: RemovalWishes): RemovalPlan {
  const files = [...new Set([...wishes.manifest.rcFiles, ...wishes.rcFiles])];
  const edits = files.flatMap((path) => {
    const before = textOf(path);
    return before === undefined || !hasLine(before) ? [] : [{ path, before, after: removeLines(before) }];
  });
  const beside = dirname(wishes.program);
  const left = listing(beside).filter((name) => name.startsWith('.pip-detour-install.'));
  return {
    edits,
    trees: [...wishes.trees, ...left.map((name) => join(beside, name))].filter((path) => existsSync(path)),
    directories: wishes.manifest.directories,
  };
}

/** Something that could not be taken away, and the system's reason. */
export interface NotRemoved {
  readonly path: string;
  readonly why: string;
}

/** Does what the plan says, as far as it can be done; what could not be done is returned. */
export function carryOutRemoval(plan: RemovalPlan): readonly NotRemoved[] {
  const failures: NotRemoved[] = [];
  const attempt = (path: string, action: () => void) => {
    try {
      action();
    } catch (error) {
      failures.push({ path, why: systemCode(error) ?? String(error) });
    }
  };
  for (const edit of plan.edits)
    attempt(edit.path, () => {
      if (edit.after === undefined) removeFile(edit.path);
      else rewrite(edit.path, edit.before, edit.after);
    });
  for (const tree of plan.trees) attempt(tree, () => rmSync(tree, { recursive: true }));
  removeEmpty(plan.directories);
  return failures;
}

/** What is, or would be, taken away, one line each. */
export function removalReport(
  plan: RemovalPlan,
  home: string,
  would: boolean,
  failures: readonly NotRemoved[],
): string[] {
  const verb = would ? 'Would remove' : 'Removed';
  const done = (path: string) => !failures.some((failure) => failure.path === path);
  return [
    ...plan.edits
      .filter((edit) => done(edit.path))
      .map((edit) =>
        edit.after === undefined
          ? `${verb} ${shortPath(edit.path, home)}, which held nothing but our line.`
          : `${verb} our line from ${shortPath(edit.path, home)}.`,
      ),
    ...plan.trees.filter(done).map((tree) => `${verb} ${shortPath(tree, home)}`),
  ];
}

/** A file that may not be read cannot hold a line we could take out. */
function textOf(path: string): string | undefined {
  try {
    return readBytes(path);
  } catch {
    return undefined;
  }
}
