import { copyFileSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DetourError, systemCode } from '../system/errors.ts';
import { listing } from '../system/listing.ts';
import { shortPath } from '../system/quote.ts';
import { makeDirectory, missingDirectories, readBytes, rewrite, tryWriting } from './files.ts';
import { carryOutFront, type FrontPlan } from './front.ts';
import { linkChanges, versionedPips } from './links.ts';
import { type Manifest, readManifest, writeManifest } from './manifest.ts';
import { addLine, addLineLast, type LineAdded } from './rc-line.ts';
import { type Homes, type RcFile, rcCommand, rcFiles, type Shell } from './shells.ts';

/** One rc file with its text before (undefined: not there) and after, as Latin-1 readings of the bytes. */
export interface RcEdit extends LineAdded {
  readonly path: string;
  readonly before: string | undefined;
}

/** What setting up would change, as data. */
export interface SetupPlan {
  /** The program directory, as the rc line names it. */
  readonly directory: string;
  readonly shell: Shell | undefined;
  /** What has to lie in the program directory first, where the program itself is a package manager's. */
  readonly front: FrontPlan | undefined;
  /** The line for a person to add by hand, where no rc file is to be changed. */
  readonly command: string;
  readonly edits: readonly RcEdit[];
  readonly links: { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Every shim there will be. */
  readonly names: readonly string[];
  /** What the shims start node by; undefined when it is written down already. */
  readonly node: string | undefined;
  readonly manifest: Manifest;
}

/** What setting up is to bring about. */
export interface SetupWishes {
  readonly directory: string;
  readonly homes: Homes;
  readonly shell: Shell | undefined;
  readonly rc: boolean;
  /** The files that all users' shells read; undefined: those of this person's shell. */
  readonly files: readonly RcFile[] | undefined;
  readonly front: FrontPlan | undefined;
  /** Our line is to be the last one, also where it stands further up already. */
  readonly last: boolean;
  readonly path: string;
  /** The names `pip3.N` of this person's Pythons, on that PATH or not. */
  readonly kept: readonly string[];
  /** Absolute path of the node to be used from now on. */
  readonly node: string;
  /** Directories made on the way here, and those that using the program will make. */
  readonly made: readonly string[];
}

/** Reads what is there and decides; changes nothing. */
export function planSetup(wishes: SetupWishes): SetupPlan {
  const { directory, homes, shell } = wishes;
  const shims = join(directory, 'shims');
  const present = listing(shims);
  const links = linkChanges(present, versionedPips(wishes.path, shims), wishes.kept);
  const names = ['pip', 'pip3', ...present.filter((name) => /^pip3\./.test(name)), ...links.add];
  const command = rcCommand(shell, directory);
  const add = wishes.last ? addLineLast : addLine;
  const own = shell === undefined ? [] : rcFiles(shell, homes).map((path) => ({ path, command }));
  const files = wishes.rc ? (wishes.files ?? own) : [];
  const edits = files.map((file) => {
    const before = reading(file.path, homes.home, file.command);
    return { path: file.path, before, ...add(before, file.command) };
  });
  const old = readManifest(directory);
  const made = edits.flatMap((edit) => missingDirectories(dirname(edit.path)));
  return {
    directory,
    shell,
    front: wishes.front,
    command,
    edits,
    links,
    names: [...new Set(names.filter((name) => !links.remove.includes(name)))].sort(),
    node: nodeIn(directory) === wishes.node ? undefined : wishes.node,
    manifest: {
      rcFiles: [...new Set([...old.rcFiles, ...edits.map((edit) => edit.path)])],
      directories: [...new Set([...old.directories, ...wishes.made, ...made])],
    },
  };
}

/** Fails where carrying out would fail for want of permission, before anything is changed. */
export function checkSetup(plan: SetupPlan, home: string): void {
  for (const edit of plan.edits)
    if (edit.text !== edit.before)
      explaining(edit.path, home, plan.command, () => {
        tryWriting(edit.path);
      });
}

/** Does what the plan says; true when that changed anything. Safe to repeat. */
export function carryOutSetup(plan: SetupPlan, home: string): boolean {
  const shims = join(plan.directory, 'shims');
  const fronted = plan.front !== undefined && carryOutFront(plan.front);
  // The manifest first: if we are stopped here, uninstalling knows of one file too many, never of one too few.
  let changed = writeManifest(plan.directory, plan.manifest) || fronted;
  if (plan.node !== undefined) {
    writeFileSync(join(plan.directory, 'node.new'), `${plan.node}\n`);
    renameSync(join(plan.directory, 'node.new'), join(plan.directory, 'node'));
    changed = true;
  }
  for (const name of plan.links.add) linkOrCopy(shims, name);
  for (const name of plan.links.remove) unlinkSync(join(shims, name));
  changed ||= plan.links.add.length + plan.links.remove.length > 0;
  for (const edit of plan.edits) {
    if (edit.text === edit.before) continue;
    explaining(edit.path, home, plan.command, () => {
      makeDirectory(dirname(edit.path));
      rewrite(edit.path, edit.before, edit.text);
    });
    changed = true;
  }
  return changed;
}

/** A drive of Windows' kind knows no links; a copy is as good a shim. */
function linkOrCopy(shims: string, name: string): void {
  try {
    symlinkSync('pip', join(shims, name));
  } catch (error) {
    if (!['EPERM', 'ENOSYS', 'EOPNOTSUPP', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error;
    copyFileSync(join(shims, 'pip'), join(shims, name));
  }
}

function nodeIn(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, 'node'), 'utf8').trimEnd();
  } catch {
    return undefined;
  }
}

function reading(path: string, home: string, command: string): string | undefined {
  return explaining(path, home, command, () => readBytes(path));
}

/** Turns a refusal of the file system into a sentence that says what to do instead. */
function explaining<T>(path: string, home: string, command: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^\w+: |, .*$/g, '') : String(error);
    throw new DetourError(
      'rc-not-writable',
      `${shortPath(path, home)} cannot be changed: ${why}`,
      `use --no-rc and put this line where your shell reads it: ${command}`,
    );
  }
}
