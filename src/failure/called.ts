import { printable } from '../system/quote.ts';
import type { Missing } from '../types.ts';

/** What is missing, with its kind: `the header mysql.h`. */
export function called({ kind, name }: Missing): string {
  const shown = printable(name);
  switch (kind) {
    case 'header':
      return `the header ${shown}`;
    case 'library':
      return `the library ${shown}`;
    case 'pkg-config':
      return `the library ${shown} (by its pkg-config name)`;
    case 'cmake':
      return `the library ${shown} (by its cmake name)`;
    case 'program':
      return `the program ${shown}`;
    case 'package':
      return `the package ${shown}`;
    case 'module':
      return `Python's own module ${shown}`;
  }
}
