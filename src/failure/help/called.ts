import { printable } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { Missing } from '../../types.ts';

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

/** Several of one kind that are missing together: `the packages swig and bison`. Of many only the first have their names said. */
export function calledTogether(several: readonly [Missing, ...Missing[]]): string {
  const [first, ...others] = several;
  if (others.length === 0) return called(first);
  const named = several.slice(0, several.length > most ? most - 1 : most).map(({ name }) => printable(name));
  const unnamed = several.length - named.length;
  const [plural, by = ''] = plurals[first.kind];
  return `the ${plural} ${inWords(unnamed === 0 ? named : [...named, `${unnamed} more`])}${by}`;
}

/** So many names fit into a sentence. */
const most = 8;

const plurals: Readonly<Record<Missing['kind'], readonly [string, string?]>> = {
  header: ['headers'],
  library: ['libraries'],
  'pkg-config': ['libraries', ' (by their pkg-config names)'],
  cmake: ['libraries', ' (by their cmake names)'],
  program: ['programs'],
  package: ['packages'],
  module: ["Python's own modules"],
};
