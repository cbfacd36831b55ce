import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What setting up added outside the program directory, written down inside it, for `pip-detour uninstall`. */
export interface Manifest {
  /** rc files that hold our line. The line itself says what else goes with it (see rc-line.ts). */
  readonly rcFiles: readonly string[];
  /** Directories that were not there before, ours or to be made later: removed when they are empty by then. */
  readonly directories: readonly string[];
}

/** Nothing was added yet. */
const emptyManifest: Manifest = { rcFiles: [], directories: [] };

/** The manifest of a program directory. Uninstalling does not depend on it: one that cannot be read is an empty one. */
export function readManifest(directory: string): Manifest {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    if (typeof parsed !== 'object' || parsed === null) return emptyManifest;
    const read = Object.fromEntries(Object.entries(parsed));
    return { rcFiles: strings(read['rcFiles']), directories: strings(read['directories']) };
  } catch {
    return emptyManifest;
  }
}

/** Whether a program directory has been set up, as opposed to merely built. */
export function hasManifest(directory: string): boolean {
  return existsSync(join(directory, 'manifest.json'));
}

/** Writes it unless it says the same already; true when it was written. */
export function writeManifest(directory: string, manifest: Manifest): boolean {
  const before = readManifest(directory);
  if (hasManifest(directory) && JSON.stringify(before) === JSON.stringify(manifest)) return false;
  const path = join(directory, 'manifest.json');
  writeFileSync(`${path}.new`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  renameSync(`${path}.new`, path);
  return true;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
