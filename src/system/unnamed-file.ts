import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** open(2): with O_DIRECTORY it makes O_TMPFILE; the same on every machine that Node runs on. Node has no name for it. */
const unnamed = 0o20_000_000;

/**
 * Opens a file in memory that has no name (Linux): whoever has its descriptor can use it, and it is gone with the last of
 * them. Undefined where there is no such thing.
 */
export function openUnnamed(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return openSync(
      '/dev/shm',
      constants.O_RDWR | constants.O_APPEND | constants.O_DIRECTORY | unnamed,
      0o600,
    );
  } catch {
    return undefined;
  }
}

/** Closes it; gives what stands in it, of a long text the last `longest` bytes. */
export function closeUnnamed(descriptor: number, longest: number): Buffer {
  try {
    const { size } = fstatSync(descriptor);
    const text = Buffer.alloc(Math.min(size, longest));
    return text.subarray(0, readSync(descriptor, text, 0, text.length, size - text.length));
  } finally {
    closeSync(descriptor);
  }
}
