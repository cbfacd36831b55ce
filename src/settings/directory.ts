import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../system/digest.ts';
import { holdsAlone, whyUnsafeMode } from '../system/ownership.ts';
import { readTextFile } from '../system/text-file.ts';
import type { Reading } from './layers.ts';

/** Where a person's settings for single directories lie: one file each, named as remembered choices are. */
export function directoriesDirectory(configDirectory: string): string {
  return join(configDirectory, 'directories');
}

/** The name of a directory's file, without its extension. */
export function directoryFileName(directory: string): string {
  return sha256(directory, 16);
}

/** The settings for `cwd` (a real path), then those for the directories above it; see holdsAlone for where that ends. */
export function directorySettings(configDirectory: string, cwd: string, home: string): Reading[] {
  const directories = directoriesDirectory(configDirectory);
  if (cwd === '' || !existsSync(directories)) return [];
  const readings: Reading[] = [];
  for (let at = cwd; ; at = dirname(at)) {
    if (at === cwd || !holdsAlone(at, home)) readings.push(...readDirectory(directories, at));
    if (at === dirname(at)) return readings;
  }
}

/** The values of exactly this directory (a real path); undefined where its file is damaged. */
export function valuesOfDirectory(
  configDirectory: string,
  directory: string,
): Readonly<Record<string, unknown>> | undefined {
  const [reading] = readDirectory(directoriesDirectory(configDirectory), directory);
  if (reading === undefined) return {};
  return reading.ok ? reading.raw.values : undefined;
}

function readDirectory(directories: string, directory: string): Reading[] {
  const file = join(directories, `${directoryFileName(directory)}.json`);
  const read = readTextFile(file);
  if (read.kind === 'absent') return [];
  const wrong = (problem: string): Reading[] => [{ ok: false, source: 'directory', from: file, problem }];
  if (read.kind === 'unreadable') return wrong(read.problem);
  const theirs = whyUnsafeMode(read.stats);
  if (theirs !== undefined) return wrong(theirs);
  const values = asValues(read.text, directory);
  // Another directory's record under this name would be a planted or damaged file.
  return values === undefined
    ? wrong('is damaged')
    : [{ ok: true, raw: { source: 'directory', from: directory, values } }];
}

function asValues(text: string, directory: string): Readonly<Record<string, unknown>> | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof record !== 'object' || record === null) return undefined;
  const values: unknown = Reflect.get(record, 'settings');
  if (Reflect.get(record, 'directory') !== directory || typeof values !== 'object' || values === null)
    return undefined;
  return Object.fromEntries(Object.entries(values));
}
