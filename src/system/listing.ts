import { readdirSync } from 'node:fs';

/** The names in a directory, sorted; none where it is not there or cannot be read. */
export function listing(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
