import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs';
import { systemCode } from './errors.ts';
import { statOf } from './ownership.ts';

/** What came of reading a file that anybody may have put there. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string; readonly stats: Stats }
  | { readonly kind: 'absent' }
  /** `problem`: a clause that follows the file's name. */
  | { readonly kind: 'unreadable'; readonly problem: string };

/** Longer than this (bytes), a file is no settings of anybody's. */
export const longest = 1_000_000;

/** Reads a small text file, as anybody may have put it there. */
export function readTextFile(file: string): TextFile {
  const read = readRegularFile(file, longest);
  return 'bytes' in read ? asText(read.bytes, read.stats) : read;
}

/** The text of a file that belongs to the system, as in /proc or a package manager's database; empty where it cannot be read. */
export function systemText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The bytes of a file that may be larger, at most `most`; undefined for whatever else stands in its place. */
export function bytesOf(file: string, most: number): Buffer | undefined {
  const read = readRegularFile(file, most);
  return 'bytes' in read ? read.bytes : undefined;
}

/**
 * Never waits, whatever stands in a file's place: O_NONBLOCK lets a FIFO be opened without a writer, and what is no
 * regular file is not read (open(2)).
 */
function readRegularFile(
  file: string,
  most: number,
): { readonly bytes: Buffer; readonly stats: Stats } | Exclude<TextFile, { kind: 'text' }> {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (thrown) {
    return failed(thrown);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { kind: 'unreadable', problem: 'is not a regular file' };
    if (stats.size > most) return { kind: 'unreadable', problem: `is longer than ${most / 1_000_000} MB` };
    return { bytes: readWhole(descriptor, stats.size), stats };
  } catch (thrown) {
    return failed(thrown);
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a small file in somebody's directory; undefined for whatever else stands in its place. */
export function textOf(file: string): string | undefined {
  const read = readTextFile(file);
  return read.kind === 'text' ? read.text : undefined;
}

/**
 * Whether reading a file takes nothing from whoever reads it next: not so for `<(…)`, `/dev/stdin`, a FIFO. What cannot
 * be looked at, as in another's home, cannot be read even once.
 */
export function canBeReadTwice(file: string): boolean {
  const stats = statOf(file);
  return file === '/dev/null' || stats === undefined || stats.isFile() || stats.isDirectory();
}

function readWhole(descriptor: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

function asText(bytes: Buffer, stats: Stats): TextFile {
  try {
    // A byte order mark, as some editors write it, is left out by the decoder.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return { kind: 'unreadable', problem: 'is not a text file' };
    return { kind: 'text', text, stats };
  } catch {
    return { kind: 'unreadable', problem: 'is not a text file in UTF-8' };
  }
}

function failed(thrown: unknown): Exclude<TextFile, { kind: 'text' }> {
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'absent' };
    case 'ELOOP':
      return { kind: 'unreadable', problem: 'is a link that leads back to itself' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreadable', problem: 'cannot be read: you have no permission' };
    // open(2): a socket, or a device without a driver.
    case 'ENXIO':
    case 'ENODEV':
      return { kind: 'unreadable', problem: 'is not a regular file' };
    default:
      return { kind: 'unreadable', problem: `cannot be read (${systemCode(thrown) ?? 'unknown'})` };
  }
}
