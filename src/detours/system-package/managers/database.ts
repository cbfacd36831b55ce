import { readFileSync } from 'node:fs';

/** A file of a package manager's database; empty where it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whether one of its lines is this. */
export function hasLine(file: string, line: string): boolean {
  return textOf(file).split('\n').includes(line);
}
